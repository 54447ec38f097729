"""Routines and steps in the words of the user's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from fotfeste.collaboration.enums import LetterTask, PlanReminder, StepState, WashTask
from fotfeste.collaboration.selectors.routines import ShownStep
from fotfeste.collaboration.selectors.tasks import ShownTask
from fotfeste.organisations.enums import UnitKind
from fotfeste.spec.routines import END, Lane, Part, RoutineStep, Use, Way, changed_part, routine_of, routines

#: Tasks that something written down has set.
_SET_BY_RECORDS: Mapping[str, Any] = {each.value: each.label for each in (*LetterTask, *WashTask)}

LANES: Mapping[Lane, Any] = {
    Lane.SCHOOL: lazy("Skole"),
    Lane.DISTRICT: lazy("Bydel"),
    Lane.NAV: lazy("Nav"),
    Lane.APPRENTICESHIP: lazy("Fagopplæring"),
    Lane.EDUCATION_ADMIN: lazy("Utdanningsadministrasjonen"),
    Lane.ADULT_EDUCATION: lazy("Voksenopplæring"),
    Lane.SHARED: lazy("Flere sammen"),
}

#: The lane a unit of a kind is in; of others, whatever the step says.
_LANE_OF: Mapping[UnitKind, Lane] = {
    UnitKind.UPPER_SECONDARY: Lane.SCHOOL,
    UnitKind.LOWER_SECONDARY: Lane.SCHOOL,
    UnitKind.DISTRICT: Lane.DISTRICT,
    UnitKind.NAV_OFFICE: Lane.NAV,
    UnitKind.APPRENTICESHIP_DEPARTMENT: Lane.APPRENTICESHIP,
    UnitKind.EDUCATION_ADMIN: Lane.EDUCATION_ADMIN,
    UnitKind.ADULT_EDUCATION: Lane.ADULT_EDUCATION,
    UnitKind.SERVICE_CENTRE: Lane.ADULT_EDUCATION,
}

PARTIES: Mapping[str, Any] = {
    "school-counsellor": lazy("Rådgiver i skole"),
    "school": lazy("Skolen"),
    "district-contact": lazy("OT-kontakt i bydel"),
    "district": lazy("Bydelen"),
    "nav-ot-responsible": lazy("OT-ansvarlig i Nav"),
    "nav-adviser": lazy("Fast veileder i Nav"),
    "nav-office": lazy("Nav-kontoret"),
    "uda": lazy("Utdanningsadministrasjonen"),
    "apprenticeship-dept": lazy("Avdeling for fagopplæring"),
    "adult-education": lazy("Voksenopplæringen"),
    "vo-service-centre": lazy("Servicesenteret for voksenopplæring"),
    "coordinator": lazy("Koordinator i saken"),
    "owner": lazy("Enheten som har ansvaret"),
    "youth": lazy("Ungdommen"),
    "all": lazy("Den som møter personen"),
    "shared": lazy("Partene sammen"),
    "set": lazy("Byrådsavdeling for sosiale tjenester"),
}

USES: Mapping[Use, Any] = {
    Use.ALWAYS: lazy("Alltid"),
    Use.WHEN_RELEVANT: lazy("Når det er aktuelt"),
    Use.LEFT_OUT: lazy("Ikke i bruk her"),
}

PARTS: Mapping[Part, Any] = {
    Part.TEXT: lazy("Hva som gjøres"),
    Part.PARTY: lazy("Hvem som gjør det"),
    Part.DAYS: lazy("Frist i dager"),
    Part.USE: lazy("I bruk"),
}

_WHEN: Mapping[str, Any] = {
    "no other body is needed": lazy("Ingen andre trenger å være med"),
    "consent refused": lazy("Ungdommen sa nei til å dele"),
    "stays or has an apprenticeship": lazy("Blir i opplæringen eller har fått læreplass"),
    "the district takes over": lazy("Bydelen overtar"),
    "the school keeps the case": lazy("Skolen beholder saken"),
    "contract kept": lazy("Kontrakten består"),
    "follow-up is wanted": lazy("Ungdommen ønsker oppfølging"),
    "declined": lazy("Ungdommen takker nei til oppfølging"),
    "training starts": lazy("Opplæringen begynner"),
    "other offer": lazy("Et annet tilbud"),
    "a need is established": lazy("Behovet er fastslått"),
    "other advice": lazy("Annen veiledning"),
}


def when(way: Way) -> str:
    """Return what must be so for a way to be taken, or where it leads."""
    return str(_WHEN.get(way.when, way.when)) or whereto(way)


def whereto(way: Way) -> str:
    """Return where a way leads."""
    if way.to == END:
        return _("Avslutt rutinen")
    if way.to in routines():
        return _(routines()[way.to].label)
    return _(routine_of(way.to).step(way.to).label)


def conditions() -> frozenset[str]:
    """Return the conditions there are words for; a test holds them to those of the routines."""
    return frozenset(_WHEN)


def lane_of(step: RoutineStep, unit_kind: str) -> Lane:
    """Return the lane of whoever's turn a step is: of the unit that has it, else as the documents have it."""
    return _LANE_OF.get(UnitKind(unit_kind), step.lane) if unit_kind else step.lane


def parties(names: Iterable[str]) -> str:
    """Return who does a step."""
    return _(" eller ").join(str(PARTIES[each]) for each in names)


def part_of(step: RoutineStep, part: Part) -> str:
    """Return one part of a step in words."""
    match part:
        case Part.PARTY:
            return parties(step.parties)
        case Part.USE:
            return str(USES[step.use])
        case Part.TEXT:
            return _(step.text)
        case _:
            return changed_part(step, part)


def state(shown: ShownStep) -> str:
    """Return how a step stands; empty when nobody has come to it."""
    if shown.is_elsewhere:
        return _("Skjer hos andre")
    if shown.is_open and shown.step.for_lists:
        return _("Gjøres for hele listen")
    return str(StepState(shown.state).label) if shown.state else ""


def turn(shown: ShownStep, *, responsible: str) -> str:
    """
    Return whose turn it is.

    :param responsible: the unit that answers for the youth, and asks for the release a step waits for.
    """
    return responsible if shown.waits_for_release else shown.unit


def to_act_on(shown: ShownStep) -> str:
    """Return what is to be done with a step: do it, or say which way to go on from it."""
    if shown.is_open:
        return to_do(shown.step, waits_for_release=shown.waits_for_release, is_elsewhere=shown.is_elsewhere)
    return _to_choose(shown.step)


def _to_choose(step: RoutineStep) -> str:
    return _("Velg hvordan dere går videre etter «%(step)s»") % {"step": _(step.label)}


def to_do(step: RoutineStep, *, waits_for_release: bool, is_elsewhere: bool) -> str:
    """Return what is to be done with a step that stands open."""
    if waits_for_release:
        return _("Innhent samtykke. «%(step)s» venter på det.") % {"step": _(step.label)}
    if is_elsewhere:
        return _("Hør hvordan det gikk: %(step)s") % {"step": _(step.label)}
    return _(step.label)


def what(shown: ShownTask) -> str:
    """Return what a task is to do."""
    if shown.task.plan_id is not None:
        return str(PlanReminder(shown.task.what).label)
    if shown.step is None:
        return str(_SET_BY_RECORDS.get(shown.task.what, shown.task.what))
    if shown.is_choice:
        return _to_choose(shown.step)
    return to_do(shown.step, waits_for_release=shown.waits_for_release, is_elsewhere=shown.is_elsewhere)


def done_by(shown: ShownTask) -> str:
    """Return who does the step, or who sees to the plan a task reminds of; empty for a task set by hand."""
    if shown.task.plan_id is not None:
        return str(PARTIES["coordinator"])
    if shown.step is None:
        return ""
    return str(PARTIES["owner"]) if shown.waits_for_release else parties(shown.step.parties)
