"""The yearly meetings about the cooperation agreement, and what one begins with: duties, the wheel, and figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from fotfeste.access.actor import Actor
from fotfeste.annualwheel.enums import WheelState
from fotfeste.annualwheel.selectors.wheel import wheel_of
from fotfeste.law.school_year import SchoolYear, school_year_of
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.reporting import code_sets
from fotfeste.reporting.enums import DutyKept
from fotfeste.reporting.models import AgreementMeeting, AgreementReport
from fotfeste.reporting.policies import Reach, ReachKind, reaches
from fotfeste.reporting.reporter import as_reporter
from fotfeste.reporting.selectors import figures
from fotfeste.reporting.selectors.indicators import Indicator, Period, indicators
from fotfeste.reporting.shares import Share
from fotfeste.reporting.waiting import Waiting
from fotfeste.spec import catalogue

#: The worst that the wheel shows of what belongs to a duty is what it shows of the duty.
_WORST_FIRST = (WheelState.LATE, WheelState.DONE_LATE, WheelState.DONE)
_PROPOSED: Mapping[str, DutyKept] = {
    WheelState.LATE: DutyKept.NOT_KEPT,
    WheelState.DONE_LATE: DutyKept.PARTLY,
    WheelState.DONE: DutyKept.KEPT,
}
_CALLERS = (UnitKind.EDUCATION_ADMIN, UnitKind.EDUCATION_AGENCY, UnitKind.OTHER)
_HALF_A_YEAR = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """
    A duty of the agreement as a meeting goes through it.

    :ivar shown: how the year's wheel shows it; empty when the wheel says nothing of it.
    """

    id: str
    label: str
    party: str
    shown: str = ""

    @property
    def proposed(self) -> DutyKept:
        """How it is kept as far as the wheel tells; the meeting says."""
        return _PROPOSED.get(self.shown, DutyKept.NOT_REVIEWED)


def agreement_duties() -> dict[str, catalogue.Item]:
    """Return the duties of the cooperation agreement by id, in its order."""
    return {each.id: each for each in catalogue.items("duty") if each.source.startswith("agreement")}


def duty_lines(*, county_id: int, held_on: date, today: date) -> list[DutyLine]:
    """Return the duties of the agreement, with what the wheel shows of each for the year a meeting looks back on."""
    shown = _shown(county_id, year_looked_back_on(held_on), today)
    return [
        DutyLine(each.id, each.label_nb, str(each.get("party")), shown.get(each.id, ""))
        for each in agreement_duties().values()
    ]


def year_looked_back_on(held_on: date) -> SchoolYear:
    """Return the school year that makes up most of the twelve months before a day."""
    return school_year_of(held_on - _HALF_A_YEAR)


def _shown(county_id: int, year: SchoolYear, today: date) -> dict[str, str]:
    states: dict[str, set[WheelState]] = defaultdict(set)
    for standing in wheel_of(county_id=county_id, year=year, today=today):
        for duty in standing.event.duties:
            states[duty].add(standing.state)
    return {duty: next((state.value for state in _WORST_FIRST if state in found), "") for duty, found in states.items()}


def figures_on(*, county_id: int, on: date) -> list[Indicator]:
    """Return the indicators of a county as they stood on a day, as known now."""
    reach = Reach(ReachKind.COUNTY, "", county_id)
    with as_reporter():
        standing = figures.standing(reach=reach, on=on)
        unknown = Indicator("ind-share-unknown", standing.share(code_sets.UNKNOWN), Period(on, on))
        return [unknown, *indicators(reach=reach, standing=standing)]


def kept_figures(found: Iterable[Indicator]) -> list[dict[str, Any]]:
    """Return indicators as they are kept with the minutes."""
    return [
        {
            "id": each.id,
            "share": asdict(each.share),
            "period": [each.period.first_day.isoformat(), each.period.last_day.isoformat()],
            "wait": None if each.wait is None else {**asdict(each.wait), "steps": ()},
        }
        for each in found
    ]


def read_figures(kept: Iterable[Mapping[str, Any]]) -> list[Indicator]:
    """Return the indicators kept with some minutes."""
    return [
        Indicator(
            each["id"],
            Share(**each["share"]),
            Period(*(date.fromisoformat(day) for day in each["period"])),
            wait=Waiting(**{**each["wait"], "steps": ()}) if each["wait"] else None,
        )
        for each in kept
    ]


def county_reaches(actor: Actor) -> dict[int, Reach]:
    """Return the counties all of whose figures are open to the actor, with how far they are."""
    return {each.county_id: each for each in reaches(actor) if each.kind is ReachKind.COUNTY}


def agreement_meetings(*, actor: Actor) -> list[AgreementMeeting]:
    """Return what stands of minutes in the counties whose figures are open to the actor, the latest first."""
    rows = AgreementMeeting.objects.filter(county_id__in=list(county_reaches(actor)), superseded_at=None)
    rows = rows.select_related("county", "called_by", "written_by", "report").defer("report__content")
    return list(rows.order_by("-held_on", "-pk"))


def agreement_meeting_or_none(*, actor: Actor, meeting_id: int) -> AgreementMeeting | None:
    """Return one that stands; None when there is none the actor may read."""
    return next((each for each in agreement_meetings(actor=actor) if each.pk == meeting_id), None)


def report_of(meeting: AgreementMeeting) -> AgreementReport | None:
    """Return the file of a meeting with what it holds."""
    return AgreementReport.objects.filter(pk=meeting.report_id or 0).first()


def callers(*, county_id: int, on: date) -> list[tuple[int, str]]:
    """Return the units that may have called the meeting, the one in which the service is run first."""
    found = list(units.units(kinds=_CALLERS, county_id=county_id, on=on))
    found.sort(key=lambda each: each.kind != UnitKind.EDUCATION_ADMIN)
    return [(each.pk, each.name) for each in found]


def days_met(*, county_id: int) -> Sequence[date]:
    """Return the days on which the agreement was gone through in a county."""
    rows = AgreementMeeting.objects.filter(county_id=county_id, superseded_at=None)
    return list(rows.order_by("held_on").values_list("held_on", flat=True))
