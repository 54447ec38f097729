"""Who is around a youth: shown with what the youth has let each know, and gone through in one form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors.person_page import PersonPage
from fotfeste.casework.selectors.who_sees import knows, rides_on_place
from fotfeste.casework.views.person import base, must_know
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration.enums import ActorBody, ActorPart
from fotfeste.collaboration.forms.actors import ActorsForm
from fotfeste.collaboration.selectors import actors as selectors
from fotfeste.collaboration.selectors.known_before import proposed
from fotfeste.collaboration.selectors.parties import Surroundings
from fotfeste.collaboration.services import actors as services
from fotfeste.kernel import formats
from fotfeste.people import selectors as people

if TYPE_CHECKING:
    from fotfeste.collaboration.models import ActorMap


@dataclass(frozen=True, slots=True)
class ActorRow:
    """
    One that may be around the youth, in words.

    :ivar unit: the unit here that it is; empty when there is none, or the reader is not told.
    :ivar release: whether the youth has let it know, and until when; empty when the reader may not know that.
    :ivar lacks_release: is with or to be invited, and the youth has not said yes to it.
    """

    actor: selectors.ShownActor
    label: str
    part: str
    unit: str
    release: str
    lacks_release: bool


@requires(Permission.MAPPING_WRITE)
@require_http_methods(["GET", "POST"])
def mark(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Go through who is around the youth."""
    page, header, context = base(request, youth_id, tab="mapping")
    must_know(request.actor, Topic.MAPPING, page, context["today"])
    screen = Screen(request, youth_id, _("Rundt ungdommen"))
    stands = last_gone_through(youth_id)
    knows_sensitive = knows(actor=request.actor, topic=Topic.HEALTH, youth=page.youth, on=page.on)
    bodies = selectors.bodies_known(knows_sensitive=knows_sensitive)
    actors = proposed(
        actors=[each.actor for each in actors_shown(request, page, page.on, bodies=bodies)],
        since=page.responsibility.first_day if page.responsibility else None,
        counsellor=header.counsellor,
        on=page.on,
    )
    form = ActorsForm(request.POST or None, actors=actors, version=stands.pk if stands else 0)
    is_right = form.is_bound and form.is_valid()
    given = {"marks": form.marks(), "version": form.cleaned_data["version"]} if is_right else {}
    if screen.saves(form, services.mark_actors, youth_id=youth_id, **given):
        messages.success(request, _("Kartet er lagret."))
        return redirect("collaboration:mapping", youth_id=youth_id)
    return screen.show(
        "collaboration/mark_actors.html",
        form,
        topic=Topic.MAPPING,
        tells_unit=header.tells_unit,
        explain=_("Hvem er med, hvem bør inviteres, og hvem er ikke aktuelle? Spør ungdommen."),
    )


def actors_shown(request: ActorRequest, page: PersonPage, on: date, *, bodies: Iterable[ActorBody]) -> list[ActorRow]:
    """Return how each of some bodies stands around the youth, in words."""
    youth = page.youth
    around = Surroundings(youth_id=youth.pk, unit_id=youth.unit_id, county_id=youth.county_id, on=on)
    person = people.same_person_ids(youth_id=youth.pk)
    # Who was let in sees what it has taken down itself, and never who else is let in.
    knows_releases = rides_on_place(request.actor, Topic.CONSENT, youth)
    found = selectors.actors_of(person=person, around=around, bodies=bodies)
    return [_row(each, knows_releases=knows_releases) for each in found]


def last_gone_through(youth_id: int) -> "ActorMap | None":
    """Return when somebody last went through who is around the youth."""
    return selectors.standing_map(person=people.same_person_ids(youth_id=youth_id))


def _row(each: selectors.ShownActor, *, knows_releases: bool) -> ActorRow:
    lacks = each.is_drawn and knows_releases and not each.is_responsible and each.released_until is None
    release = ""
    if each.is_responsible:
        release = _("Har ansvaret, trenger ikke samtykke")
    elif each.released_until is not None:
        release = _("Ja, til %(day)s") % {"day": formats.day(each.released_until)}
    elif lacks:
        release = _("Nei")
    return ActorRow(
        actor=each,
        label=str(each.body.label),
        part=str(ActorPart(each.part).label) if each.part else _("Ikke svart"),
        unit=each.unit.name if each.unit is not None else "",
        release=release,
        lacks_release=lacks,
    )
