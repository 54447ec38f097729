"""Marking who is around a youth. The newest mark of each stands; what stood before is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.casework.selectors.who_sees import knows
from fotfeste.collaboration import models, policies
from fotfeste.collaboration.enums import SENSITIVE_BODIES, ActorBody, ActorPart
from fotfeste.collaboration.selectors.actors import standing_map, standing_marks
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.people import selectors as people
from fotfeste.people.services.places import lock_youth


@dataclass(frozen=True, slots=True)
class Marked:
    """The part somebody has, who to speak to there, and since when."""

    part: ActorPart
    contact: str = ""
    since: date | None = None


@transaction.atomic
def mark_actors(
    *, actor: Actor, youth_id: int, marks: Mapping[ActorBody, Marked], version: int | None = None
) -> models.ActorMap:
    """
    Say who is around a youth: with, to be invited, or not relevant. Those not named stay as they stood.

    Source: Oslostandarden § 3 and § 5.

    :param version: the map that stood when the user was shown it, 0 for none; None for a job.
    :raises NotAllowed: the youth is neither the actor's nor opened to the actor, or somebody is not for the actor to
        know of.
    :raises EditConflict: somebody has gone through it since; holds both.
    :raises Invalid: nobody is marked, or a day is ahead.
    """
    youth, today = lock_youth(youth_id=youth_id), clock.today()
    is_open = knows(actor=actor, topic=Topic.MAPPING, youth=youth, on=today)
    policies.may_write_mapping(actor=actor, is_open=is_open).require()
    if not marks:
        raise Invalid(_("Merk minst én."))
    if any(mark.since is not None and mark.since > today for mark in marks.values()):
        raise Invalid(_("«Siden» kan ikke være en dag fram i tid."))
    if marks.keys() & SENSITIVE_BODIES and not knows(actor=actor, topic=Topic.HEALTH, youth=youth, on=today):
        raise NotAllowed(_("Du kan ikke merke alle disse for denne ungdommen."))
    person = people.same_person_ids(youth_id=youth_id)
    stands, before = standing_map(person=person), standing_marks(person=person)
    changed = {body: mark for body, mark in marks.items() if _told(mark) != _told(before.get(body))}
    must_be_as_seen(
        version,
        stands.pk if stands else 0,
        _("Noen har gått gjennom kartet mens du holdt på. Ingenting er lagret."),
        theirs={
            **{str(body.label): _told(before.get(body)) for body in changed},
            _("Lagret"): formats.moment(stands.recorded_at) if stands else "",
        },
        yours={**{str(body.label): _told(mark) for body, mark in changed.items()}, _("Lagret"): _("Nå")},
        about=youth_id,
    )
    row = models.ActorMap.objects.create(
        youth_id=youth_id, by_id=actor.user_id, by_unit_id=actor.unit_id or youth.unit_id, recorded_at=clock.now()
    )
    for body, mark in changed.items():
        model = models.SensitiveActorMark if body in SENSITIVE_BODIES else models.ActorMark
        model.objects.create(
            youth_id=youth_id,
            actor_map=row,
            body=body,
            part=mark.part,
            contact=mark.contact.strip()[:120],
            since=mark.since,
        )
    audit.record("actors.marked", by=actor.user_id, about=youth_id, county=youth.county_id, details={"map": row.pk})
    return row


def _told(mark: object) -> str:
    """Return a mark in words; empty when there is none."""
    if mark is None:
        return ""
    part, contact, since = mark.part, mark.contact, mark.since  # type: ignore[attr-defined]
    return ", ".join(
        each for each in (str(ActorPart(part).label), contact, formats.day(since) if since else "") if each
    )
