"""Correcting who a youth is, how to reach them, and where they live."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.forms.identity import AddressForm, ContactDetailForm, EndForm, GuardianForm, IdentityForm
from fotfeste.casework.selectors.whereabouts import is_protected
from fotfeste.casework.services import residence
from fotfeste.casework.views.saving import Screen
from fotfeste.organisations.selectors import units
from fotfeste.people import selectors as people
from fotfeste.people.enums import IdKind
from fotfeste.people.services import addresses, contact, identity
from fotfeste.people.services.addresses import Place


@requires(Permission.YOUTH_EDIT)
@require_http_methods(["GET", "POST"])
def edit_identity(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Correct name, birth date or identity number."""
    screen = Screen(request, youth_id, _("Rett navn og nummer"))
    youth = screen.youth
    initial = {
        "first_name": youth.first_name,
        "last_name": youth.last_name,
        "born": youth.born,
        "version": youth.version,
    }
    form = IdentityForm(request.POST or None, initial=initial)
    given = screen.given(form)
    if given and not given["national_id"]:
        given |= {"national_id": youth.national_id or "", "is_fictive": youth.id_kind == IdKind.FICTIVE}
    if screen.saves(form, identity.correct_identity, youth_id=youth_id, **given):
        return _done(request, youth_id, _("Opplysningene er rettet."))
    return screen.show("casework/form.html", form)


@requires(Permission.YOUTH_EDIT)
@require_http_methods(["GET", "POST"])
def add_contact_detail(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Add a telephone number or an e-mail address."""
    screen = Screen(request, youth_id, _("Legg til telefon eller e-post"))
    return _add(screen, ContactDetailForm(request.POST or None), contact.add_contact_detail)


@requires(Permission.YOUTH_EDIT)
@require_http_methods(["GET", "POST"])
def add_guardian(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Add a guardian."""
    screen = Screen(request, youth_id, _("Legg til foresatt"))
    return _add(screen, GuardianForm(request.POST or None), contact.add_guardian)


@requires(Permission.YOUTH_EDIT)
@require_http_methods(["GET", "POST"])
def set_address(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Record where the youth is registered, stays or is placed."""
    screen = Screen(request, youth_id, _("Ny adresse"))
    districts = [(d.code, d.name) for d in units.districts(county_id=screen.youth.county_id, on=screen.today)]
    seen = people.addresses_seen(people.open_addresses(youth_id=youth_id))
    form = AddressForm(request.POST or None, districts=districts, today=screen.today, version=seen)
    given = screen.given(form)
    if given:
        place = Place(
            street=given.pop("street"),
            postcode=given.pop("postcode"),
            city=given.pop("city"),
            district_code=given.pop("district"),
        )
        del given["version"]
        given |= {"place": place, "seen_id": form.seen_id()}
    if not screen.saves(form, residence.set_address, youth_id=youth_id, **given):
        return screen.show("casework/form.html", form)
    if screen.result.points_elsewhere and not is_protected(screen.youth.protection):
        messages.info(request, _("Med den nye adressen peker reglene på en annen enhet."))
    return _done(request, youth_id, _("Lagret."))


@requires(Permission.YOUTH_EDIT)
@require_http_methods(["GET", "POST"])
def end_contact_detail(request: ActorRequest, youth_id: int, detail_id: int) -> HttpResponse:
    """Say that a number or an address is no longer in use."""
    return _end(request, youth_id, "contact_details", detail_id, contact.end_contact_detail, "detail_id")


@requires(Permission.YOUTH_EDIT)
@require_http_methods(["GET", "POST"])
def end_guardian(request: ActorRequest, youth_id: int, guardian_id: int) -> HttpResponse:
    """Say that somebody is no longer the guardian."""
    return _end(request, youth_id, "guardians", guardian_id, contact.end_guardian, "guardian_id")


@requires(Permission.YOUTH_EDIT)
@require_http_methods(["GET", "POST"])
def end_address(request: ActorRequest, youth_id: int, address_id: int) -> HttpResponse:
    """Say that the youth no longer stays somewhere."""
    return _end(request, youth_id, "addresses", address_id, addresses.end_address, "address_id")


def _add(screen: Screen, form: Any, act: Any) -> HttpResponse:
    if screen.saves(form, act, youth_id=screen.youth.pk, **screen.given(form)):
        return _done(screen.request, screen.youth.pk, _("Lagret."))
    return screen.show("casework/form.html", form)


def _end(request: ActorRequest, youth_id: int, facts: str, pk: int, act: Any, name: str) -> HttpResponse:
    """
    End a fact that is the youth's own; another's is not found under this address.

    One that has ended is no longer offered, but whoever was about to end it is told what somebody wrote first.
    """
    screen = Screen(request, youth_id, _("Ikke lenger i bruk"))
    known = getattr(people.known_facts(youth_ids=[youth_id], on=screen.today), facts)
    is_known = pk in {fact.pk for fact in known}
    if not is_known and not (request.method == "POST" and people.holds_fact(youth_id=youth_id, facts=facts, pk=pk)):
        raise Http404
    form = EndForm(request.POST or None, today=screen.today)
    if screen.saves(form, act, **{name: pk}, **screen.given(form)):
        return _done(request, youth_id, _("Avsluttet. Opplysningen står i historikken."))
    return screen.show("casework/form.html", form, submit=_("Avslutt"))


def _done(request: ActorRequest, youth_id: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("casework:person", youth_id=youth_id)
