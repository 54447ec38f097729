"""Writing the mapping of a youth, and marking who is around them. What stood before is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.casework.enums import Channel
from fotfeste.casework.selectors.who_sees import knows
from fotfeste.casework.services.contacts import note_talk
from fotfeste.collaboration import models, policies
from fotfeste.collaboration.enums import AreaState, MapArea, MapPlace, NextStep, WantsSchool
from fotfeste.collaboration.selectors.mapping import NOTES, areas_at, standing_mapping, topic_of
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.people import selectors as people
from fotfeste.people.services.places import lock_youth
from fotfeste.spec import implements

#: How the youth was talked with, by where; elsewhere they met.
_CHANNELS: Mapping[str, Channel] = {MapPlace.PHONE: Channel.CALL, MapPlace.HOME: Channel.VISIT}
#: What is said of an area: in one word, and in a text. Both empty takes out what stood.
Said = tuple[str, str]


@transaction.atomic
@implements("form-mapping")
def write_mapping(
    *,
    actor: Actor,
    youth_id: int,
    held_on: date,
    situation: str,
    needs: str,
    goal: str,
    wants_school: str,
    has_contact: bool,
    consent_asked: bool,
    next_step: str,
    place: str = "",
    talked: bool = False,
    areas: Mapping[MapArea, Said] | None = None,
    version: int | None = None,
) -> models.Mapping:
    """
    Write a mapping: a new row each time. An area that is not given stays as it stood.

    Source: Oslostandarden § 5 and § 6.1.1.

    :param talked: it was made in a talk with the youth that day, which is real contact.
    :param version: the mapping that stood when the user was shown the form, 0 for none; None for a job.
    :raises NotAllowed: the youth is neither the actor's nor opened to the actor, or an area is not for the actor.
    :raises EditConflict: somebody has written another since; holds both.
    :raises Invalid: situation, needs or goal lacks, or the day is ahead.
    """
    youth = lock_youth(youth_id=youth_id)
    policies.may_write_mapping(actor=actor, is_open=_is_open(actor, Topic.MAPPING, youth)).require()
    said = {"situation": situation.strip(), "needs": needs.strip(), "goal": goal.strip()}
    if not all(said.values()):
        raise Invalid(_("Skriv situasjonen, behovene og minst ett mål i ungdommens egne ord."))
    if held_on > clock.today():
        raise Invalid(_("Samtalen kan ikke være holdt fram i tid."))
    person = people.same_person_ids(youth_id=youth_id)
    stands = standing_mapping(person=person)
    told = {**said, "next_step": next_step}
    must_be_as_seen(
        version,
        stands.pk if stands else 0,
        _("Noen har skrevet kartleggingen mens du holdt på. Ingenting er lagret."),
        theirs=_compared(vars(stands)) if stands else {},
        yours=_compared(told),
        about=youth_id,
    )
    row = models.Mapping.objects.create(
        youth_id=youth_id,
        held_on=held_on,
        place=MapPlace(place).value if place else "",
        wants_school=WantsSchool(wants_school),
        has_contact=has_contact,
        consent_asked=consent_asked,
        next_step=NextStep(next_step),
        by_id=actor.user_id,
        by_unit_id=actor.unit_id or youth.unit_id,
        recorded_at=clock.now(),
        **said,
    )
    before = areas_at(person=person, mapping_id=stands.pk) if stands else {}
    _write_areas(actor, youth, row, areas or {}, before)
    audit.record(
        "mapping.written", by=actor.user_id, about=youth_id, county=youth.county_id, details={"mapping": row.pk}
    )
    if talked:
        note_talk(actor=actor, youth_id=youth_id, on=held_on, channel=_CHANNELS.get(place, Channel.MEETING))
    return row


def _write_areas(
    actor: Actor, youth: Any, row: models.Mapping, areas: Mapping[MapArea, Said], before: Mapping[MapArea, Any]
) -> None:
    """Keep what is said of the areas where it is new."""
    for area, (state, text) in areas.items():
        stands = before.get(area)
        if (state, text.strip()) == ((stands.state, stands.text) if stands else ("", "")):
            continue
        if not _is_open(actor, topic_of(area), youth):
            raise NotAllowed(_("Du kan ikke skrive om %(area)s for denne ungdommen.") % {"area": area.label.lower()})
        NOTES[topic_of(area)].objects.create(
            youth_id=row.youth_id,
            mapping=row,
            area=area,
            state=AreaState(state).value if state else "",
            text=text.strip(),
        )


def _is_open(actor: Actor, topic: Topic, youth: Any) -> bool:
    return actor.is_system or knows(actor=actor, topic=topic, youth=youth, on=clock.today())


def _compared(row: Mapping[str, Any]) -> dict[str, str]:
    """Return what two versions are compared by."""
    told = {
        _("Situasjonen nå"): str(row["situation"]),
        _("Behov"): str(row["needs"]),
        _("Ungdommens egne mål"): str(row["goal"]),
        _("Neste steg"): str(NextStep(row["next_step"]).label),
    }
    at = row.get("recorded_at")
    return {**told, _("Skrevet"): formats.moment(at) if at else _("Nå")}
