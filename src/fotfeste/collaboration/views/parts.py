"""What working together hangs on the person page: its tab, the staircase, and what happened."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.system_names import shown_name
from fotfeste.access.topics import Scope, Topic
from fotfeste.casework.selectors.timeline import Entry, Happening
from fotfeste.casework.views.attached import links_by_note
from fotfeste.casework.views.happenings import Told, may_name
from fotfeste.casework.views.person_parts import Card, PersonTab
from fotfeste.collaboration import policies, words
from fotfeste.collaboration.enums import RunEnd, Trigger
from fotfeste.collaboration.selectors import staircase
from fotfeste.collaboration.selectors.actors import ACTOR_MAPS
from fotfeste.collaboration.selectors.exits import lacks_talk
from fotfeste.collaboration.selectors.mapping import MAPPINGS
from fotfeste.collaboration.selectors.meetings import MEETINGS
from fotfeste.collaboration.selectors.notes import ATTACHMENTS, NOTES
from fotfeste.collaboration.selectors.plan_checkpoints import read_of_plan
from fotfeste.collaboration.selectors.plans import coordination_led
from fotfeste.collaboration.selectors.routines import RUNS, STEPS, ShownRun, ShownStep, runs_among
from fotfeste.kernel import formats
from fotfeste.kernel.ui import Step, Tone

if TYPE_CHECKING:
    from fotfeste.casework.selectors.person_page import PersonPage
    from fotfeste.casework.views.header import Header

#: What the person page reads along with the case, by the name it is found by.
ROWS = {
    "meetings": MEETINGS,
    "routine runs": RUNS,
    "routine steps": STEPS,
    "shared notes": NOTES,
    "shared attachments": ATTACHMENTS,
    "mappings": MAPPINGS,
    "actor maps": ACTOR_MAPS,
}

#: What there is some of when a checkpoint of the staircase is in place -> what is read where there is none of it.
_BEGUN: Mapping[str, tuple[str, Any]] = {
    "meetings": ("meeting with others", None),
    "mappings": ("mapping", None),
    "actor maps": ("actor marks", {}),
}

#: How many steps that stand open are told of beside the staircase; the rest stand on their tab.
SHOWN_TURNS = 4

TABS = (
    PersonTab("collaboration:mapping", gettext_lazy("Kartlegging"), Topic.MAPPING, 10),
    PersonTab("collaboration:meetings", gettext_lazy("Møter"), Topic.MEETINGS, 20),
    PersonTab("collaboration:cooperation", gettext_lazy("Samarbeid"), Topic.STATUS, 40),
    PersonTab("collaboration:shared_notes", gettext_lazy("Delte notater"), Topic.PLAN, 62),
    PersonTab("collaboration:plan", gettext_lazy("Plan"), Topic.PLAN, 30),
)


def staircase_card(actor: Actor, page: "PersonPage", header: "Header", today: date) -> Card | None:
    """Return the staircase: what is missing on each step, what is to be done now, whose turn it is and since when."""
    if not header.sees_status or not header.is_open:
        return None
    stairs = staircase.stairs_of(youth_id=page.youth.pk, on=today, known=_known(actor, page))
    under_way = [each for each in _runs(page) if each.run.ended_on is None]
    now = [step for each in under_way for step in each.to_act_on]
    return Card(
        "collaboration/_staircase_card.html",
        {
            "youth_id": page.youth.pk,
            "steps": [Step(_(each.label), each.done, max(len(each.points), 1), each.is_current) for each in stairs],
            "missing": [(each.label, each.missing, each.is_current) for each in stairs if each.missing],
            "turns": [_turn(each, header) for each in now[:SHOWN_TURNS]],
            "more": len(now[SHOWN_TURNS:]),
            "calls": page.youth.unit_id in policies.units_with(actor, Permission.MEETING_CALL),
            "offers": policies.may_offer_handover(
                actor=actor, unit_id=page.youth.unit_id, county_id=page.youth.county_id
            ),
        },
    )


def exit_card(actor: Actor, page: "PersonPage", header: "Header", today: date) -> Card | None:
    """Say that the youth quit without being talked with before, to those who would see the meeting were there one."""
    case, unit_id = page.registration, page.youth.unit_id
    sees = any(each.unit_id == unit_id and Topic.MEETINGS in each.topics(Scope.UNIT) for each in actor.assignments)
    if not sees or case is None or not header.sees_status or not header.is_open:
        return None
    if not lacks_talk(case=case, enrolments=page.known.enrolments, meetings=page.besides["meetings"]):
        return None
    return Card("collaboration/_exit_card.html", {"youth_id": page.youth.pk})


def coordination_card(actor: Actor, page: "PersonPage", header: "Header", today: date) -> Card | None:
    """Say who coordinates the plan to the leader of their unit, who reads none of it, and may offer it for them."""
    plan = coordination_led(actor=actor, youth=page.youth)
    if plan is None:
        return None
    return Card("collaboration/_coordination_card.html", {"youth_id": page.youth.pk, "name": plan.name})


def _turn(shown: ShownStep, header: "Header") -> dict[str, Any]:
    return {
        "what": words.to_act_on(shown),
        "unit": words.turn(shown, responsible=header.unit) if header.tells_unit else "",
        "since": formats.day(shown.since) if shown.since else "",
        "round": len(shown.rows) if len(shown.rows) > 1 else 0,
    }


def _known(actor: Actor, page: "PersonPage") -> dict[str, Any]:
    """
    Return what the staircase looks at that has been read with the page, where the reader sees all there is of it.

    Most youths have nothing yet, or only a plan, and their page need not ask for the rest.
    """
    youth = page.youth
    sees = all(
        any(each.unit_id == youth.unit_id and topic in each.topics(Scope.UNIT) for each in actor.assignments)
        for topic in (Topic.MAPPING, Topic.MEETINGS, Topic.PLAN)
    )
    if not sees:
        return {}
    plan = next((each for each in page.besides["plans"] if each.ended_on is None), None)
    of_plan = (
        read_of_plan(plan, measures=page.besides["plan measures"], reviews=page.besides["plan reviews"])
        if plan
        else {"plan": None}
    )
    return {**dict(lacks for name, lacks in _BEGUN.items() if not page.besides[name]), **of_plan}


def happenings(actor: Actor, page: "PersonPage", header: "Header") -> Iterator[Entry]:
    """Return when routines began and ended, what has been shared in notes, and when the youth was mapped."""
    yield from _mapped(page, header, actor)
    yield from _shared_notes(page, header, actor)
    if not header.sees_status:
        return
    for each in _runs(page):
        yield from _of(each, names_people=header.tells_unit)


def _runs(page: "PersonPage") -> list[ShownRun]:
    return runs_among(page.besides["routine runs"], page.besides["routine steps"])


def _shared_notes(page: "PersonPage", header: "Header", actor: Actor) -> Iterator[Entry]:
    files = links_by_note(page.besides["shared attachments"], name="collaboration:shared_attachment")
    for note in page.besides["shared notes"]:
        names = may_name(header, actor, note.written_at_unit_id)
        by = f"{note.written_by.name}, {note.written_at_unit.name}" if names else ""
        title = _("Delt notat (rettet senere)") if note.superseded_at else _("Delt notat")
        told = Told(title, note.text, "message-square-text", Tone.INFO, "shared", by=by, files=files[note.pk])
        is_struck = note.superseded_at is not None
        yield Entry(note.written_on, note.recorded_at, Happening.SHARED_NOTE, told, is_struck=is_struck)


def _mapped(page: "PersonPage", header: "Header", actor: Actor) -> Iterator[Entry]:
    for row in page.besides["mappings"]:
        by = row.by.name if may_name(header, actor, row.by_unit_id) else ""
        told = Told(_("Kartlegging"), "", "message-square-text", Tone.INFO, by=by)
        yield Entry(row.held_on, row.recorded_at, Happening.COOPERATION, told)


def _of(shown: ShownRun, *, names_people: bool) -> Iterator[Entry]:
    run, label = shown.run, _(shown.routine.label)
    told = Told(
        _("Rutine startet: %(routine)s") % {"routine": label},
        str(Trigger(run.trigger).label),
        "flag",
        Tone.INFO,
        by=shown_name(run.started_by.name) if names_people else "",
    )
    yield Entry(run.started_on, run.started_at, Happening.COOPERATION, told)
    if run.ended_on is not None and run.ended_at is not None:
        why = run.end_text or str(RunEnd(run.end_reason).label)
        told = Told(
            _("Rutine avsluttet: %(routine)s") % {"routine": label},
            why,
            "circle-slash",
            Tone.CLOSED,
            by=shown_name(run.ended_by.name) if names_people and run.ended_by is not None else "",
        )
        yield Entry(run.ended_on, run.ended_at, Happening.COOPERATION, told)
