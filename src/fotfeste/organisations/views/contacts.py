"""Naming, confirming and ending the people one calls at a unit."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.organisations import policies
from fotfeste.organisations.enums import ContactRole
from fotfeste.organisations.forms import EndContactForm, NameContactForm
from fotfeste.organisations.selectors import contacts as contact_selectors
from fotfeste.organisations.services import contacts
from fotfeste.organisations.views import rows


@requires(Permission.NAMED_CONTACT_EDIT)
@require_http_methods(["GET", "POST"])
def name_contact(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Ask for a new contact at the unit, and name the person."""
    today, unit = clock.today(), _editable_unit(request, unit_id)
    now_named = contact_selectors.contacts_on(unit_ids=[unit_id], on=today)[unit_id]
    form = NameContactForm(
        request.POST or None,
        initial={
            "role": rows.proposed_role(unit),
            "first_day": today,
            "version": contact_selectors.seen_of(now_named),
        },
        now_named=[(c.pk, f"{c.name} ({c.get_role_display()})") for c in now_named],
    )
    if form.is_valid():
        given = dict(form.cleaned_data)
        replaces_id = given.pop("replaces", None)
        given["role"] = ContactRole(given["role"])
        try:
            contacts.name_contact(actor=request.actor, unit_id=unit_id, replaces_id=replaces_id, on=today, **given)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kontaktpersonen er navngitt."))
            return redirect("organisations:unit", unit_id=unit_id)
    title = _("Navngi kontaktperson")
    context = {"unit": unit, "form": form, "title": title, "crumbs": _crumbs(unit, title)}
    return render_screen(request, "organisations/name_contact.html", context, status=422 if form.errors else 200)


@requires(Permission.NAMED_CONTACT_EDIT)
@require_http_methods(["GET", "POST"])
def end_contact(request: ActorRequest, unit_id: int, contact_id: int) -> HttpResponse:
    """Ask for the last day of a contact, and end the period."""
    unit, contact = _editable_unit(request, unit_id), _contact_or_404(unit_id, contact_id)
    form = EndContactForm(request.POST or None, today=clock.today(), version=contact.version)
    if form.is_valid():
        try:
            contacts.end_contact(actor=request.actor, contact_id=contact_id, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kontaktperioden er avsluttet."))
            return redirect("organisations:unit", unit_id=unit_id)
    title = _("Avslutt kontaktperiode")
    context = {"unit": unit, "contact": contact, "form": form, "title": title, "crumbs": _crumbs(unit, title)}
    return render_screen(request, "organisations/end_contact.html", context, status=422 if form.errors else 200)


@requires(Permission.NAMED_CONTACT_EDIT)
@require_POST
def confirm_contact(request: ActorRequest, unit_id: int, contact_id: int) -> HttpResponse:
    """Note that the contact is still right."""
    _contact_or_404(unit_id, contact_id)
    done = _("Kontaktpersonen er bekreftet i dag.")
    return _do(request, unit_id, done, contacts.confirm_contact, contact_id=contact_id, on=clock.today())


@requires(Permission.NAMED_CONTACT_EDIT)
@require_POST
def mark_published(request: ActorRequest, unit_id: int, contact_id: int) -> HttpResponse:
    """Note that the contact stands on the municipality's website."""
    _contact_or_404(unit_id, contact_id)
    done = _("Det er notert at nettsiden er oppdatert i dag.")
    return _do(request, unit_id, done, contacts.mark_published, contact_id=contact_id, on=clock.today())


@requires(Permission.NAMED_CONTACT_EDIT)
@require_POST
def acknowledge_contact(request: ActorRequest, unit_id: int, contact_id: int) -> HttpResponse:
    """Receive a new or ended contact on behalf of the education administration."""
    _contact_or_404(unit_id, contact_id)
    done = _("Du har kvittert for endringen.")
    return _do(request, None, done, contacts.acknowledge_contact, contact_id=contact_id, at=clock.now())


@requires(Permission.NAMED_CONTACT_EDIT)
@require_GET
def new_contacts(request: ActorRequest) -> HttpResponse:
    """List new and ended contacts the education administration has not acknowledged."""
    today, actor = clock.today(), request.actor
    counties = [
        each for each in actor.county_ids if policies.may_acknowledge_named_contact(actor=actor, county_id=each)
    ]
    if not counties:
        raise PermissionDenied
    county_id = min(counties)
    waiting = contact_selectors.contacts_unseen_by_admin(county_id=county_id)
    tabs = rows.tabs(actor=actor, county_id=county_id, on=today, current="new")
    return render_screen(request, "organisations/new_contacts.html", {"waiting": waiting, "tabs": tabs, "today": today})


def _editable_unit(request: ActorRequest, unit_id: int) -> "rows.Unit":
    unit = rows.get_unit_or_404(unit_id)
    if not policies.may_edit_named_contact(actor=request.actor, unit=unit):
        raise PermissionDenied
    return unit


def _contact_or_404(unit_id: int, contact_id: int) -> "rows.NamedContact":
    contact = contact_selectors.contact_or_none(contact_id=contact_id, unit_id=unit_id)
    if contact is None:
        raise Http404
    return contact


def _do(request: ActorRequest, unit_id: int | None, done: str, act: Any, **given: Any) -> HttpResponse:
    """Do one thing with a contact, say how it went, and go back to where it was pressed."""
    try:
        act(actor=request.actor, version=request.POST.get("version", ""), **given)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    if unit_id is None:
        return redirect("organisations:new_contacts")
    return redirect("organisations:unit", unit_id=unit_id)


def _crumbs(unit: "rows.Unit", here: str) -> list[Link]:
    return [
        Link(_("Enheter"), reverse("organisations:directory")),
        Link(unit.name, reverse("organisations:unit", kwargs={"unit_id": unit.pk})),
        Link(here),
    ]
