"""The year as a picture with its table, and each event of it on a page of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.annualwheel import words
from fotfeste.annualwheel.enums import WheelState
from fotfeste.annualwheel.forms import YearForm
from fotfeste.annualwheel.picture import Mark, Wheel
from fotfeste.annualwheel.policies import may_record, units_shown
from fotfeste.annualwheel.recorded import is_recorded
from fotfeste.annualwheel.selectors.records import records_of, units_recording
from fotfeste.annualwheel.selectors.tasks import leaders_of
from fotfeste.annualwheel.selectors.turns import named_at, turns
from fotfeste.annualwheel.selectors.wheel import STREAKS, Standing, Time, UnitStanding, wheel_of
from fotfeste.annualwheel.streak import Streak
from fotfeste.annualwheel.views.choosing import address, county_shown, year_shown, years_offered
from fotfeste.kernel import clock, formats
from fotfeste.kernel.ui import Link, Tone
from fotfeste.law.annual_wheel import event, events_of
from fotfeste.law.school_year import SchoolYear
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.organisations.selectors.readings import readings_for

WEEKLY = "dl-weekly-leavers"
#: So many of those written down are shown, the last first.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table of the year. ``number`` is the one the wheel has for it."""

    standing: Standing
    time: Time | None
    number: int | None
    url: str
    party: str
    state: WheelState
    share: str = ""

    @property
    def tone(self) -> Tone:
        """Return the tone its state is shown in."""
        return words.TONES[self.state]


@requires(Permission.WHEEL_VIEW)
@require_GET
def wheel(request: ActorRequest) -> HttpResponse:
    """Show a school year: the picture, and the table that says the same and more."""
    today = clock.today()
    county_id, year, form = county_shown(request), year_shown(request, today), _form(request, today)
    own = units_shown(actor=request.actor, county_id=county_id)
    standings = wheel_of(county_id=county_id, year=year, today=today)
    dated = _dated(standings, year, own)
    context = {
        "form": form,
        "county_name": county_names().get(county_id, ""),
        "year": year,
        "is_now": today in year,
        "picture": _picture(dated, standings, year, today),
        "dated": dated,
        "streaks": [
            (_line(each, year, None, None, own), _streak_of(each))
            for each in standings
            if each.is_streak and each.event.is_duty
        ],
        "set_off": [_line(each, year, None, None, own) for each in standings if _is_set_off(each)],
        "practice": [_line(each, year, None, None, own) for each in standings if not each.event.is_duty],
        "sees_all": own is None,
        "turns": _turns(request, standings, county_id, year, today),
    }
    return render_screen(request, "annualwheel/wheel.html", context)


@requires(Permission.WHEEL_VIEW)
@require_GET
def wheel_event(request: ActorRequest, event_id: str) -> HttpResponse:
    """Show one event: who, what, what it builds on, where it is written, what closes it, and how it stands."""
    today = clock.today()
    county_id, year = county_shown(request), year_shown(request, today)
    if event_id not in {each.id for each in events_of(readings_for(county_id=county_id))}:
        raise Http404
    own = units_shown(actor=request.actor, county_id=county_id)
    [standing] = wheel_of(county_id=county_id, year=year, today=today, only=(event_id,))
    each = standing.event
    shown = {unit.unit_id for time in standing.times for unit in time.units if own is None or unit.unit_id in own}
    named = named_at(shown, county_id=county_id, on=today)
    context = {
        "standing": standing,
        "heading": _(each.label_nb),
        "text": _(each.text_nb) if each.text_nb else "",
        "state": standing.state,
        "tone": words.TONES[standing.state],
        "facts": _facts(standing, year),
        "after": _links(each.after, year),
        "before": _links(each.before, year),
        "closed_by": words.closed_by(standing.closed_by),
        "times": [_shown_time(time, own, named) for time in standing.times],
        "crumbs": [Link(_("Årshjulet"), address(year)), Link(_(each.label_nb))],
        "year": year,
        "form": _form(request, today),
        **_recorded(request, county_id, event_id, own, today),
    }
    return render_screen(request, "annualwheel/event.html", context)


def _recorded(
    request: ActorRequest, county_id: int, event_id: str, own: frozenset[int] | None, today: date
) -> dict[str, Any]:
    """Return what is written down of an event nothing else shows, and whether one may write it down."""
    if not is_recorded(event_id):
        return {"is_recorded": False}
    actor, asked = request.actor, units_recording(county_id=county_id, event_id=event_id, on=today)
    at = [unit_id for unit_id, _name in asked] if asked else [None]
    rows = records_of(county_id=county_id, event_id=event_id, unit_ids=own)[:SHOWN]
    return {
        "is_recorded": True,
        "may_record": any(may_record(actor=actor, county_id=county_id, unit_id=each) for each in at),
        "records": [(row, bool(may_record(actor=actor, county_id=county_id, unit_id=row.unit_id))) for row in rows],
    }


def _turns(
    request: ActorRequest, standings: tuple[Standing, ...], county_id: int, year: SchoolYear, today: date
) -> list[dict[str, Any]]:
    """Return what the actor's own units are late with or must do soon, in the year it is."""
    if today not in year:
        return []
    mine = frozenset(each.unit_id for each in request.actor.assignments if each.county_id == county_id)
    found = turns(standings, county_id=county_id, unit_ids=mine, today=today)
    leaders = leaders_of({turn.unit_id for turn in found if turn.task and turn.task.leader_on}, on=today)
    return [
        {
            "turn": turn,
            "tone": words.TONES[turn.state],
            "url": address(year, turn.standing.event.id),
            "leaders": leaders.get(turn.unit_id, ()),
        }
        for turn in found
    ]


def _form(request: ActorRequest, today: date) -> YearForm:
    return YearForm({"skolear": year_shown(request, today).start_year}, years=years_offered(today))


def _is_set_off(standing: Standing) -> bool:
    return standing.event.is_duty and not standing.is_streak and standing.event.day is None and not _has_days(standing)


def _has_days(standing: Standing) -> bool:
    """Return whether the calendar places the event, and not something that happens."""
    return standing.event.recurrence not in {"trigger", "history"} and bool(standing.times)


def _dated(standings: tuple[Standing, ...], year: SchoolYear, own: frozenset[int] | None) -> list[Line]:
    """Return the days of the year in order, each with the number it has on the wheel."""
    found = [
        (time.due, number, each, time)
        for number, each in enumerate(standings)
        if each.event.is_duty and not each.is_streak and _has_days(each)
        for time in each.times
    ]
    found.sort(key=lambda one: one[:2])
    return [_line(each, year, time, number, own) for number, (_due, _n, each, time) in enumerate(found, start=1)]


def _line(
    standing: Standing, year: SchoolYear, time: Time | None, number: int | None, own: frozenset[int] | None
) -> Line:
    state = time.state if time else standing.state
    share = _share(time.units, own) if time else _streak(standing)
    url, party = address(year, standing.event.id), words.party(standing.event.party)
    return Line(standing, time, number, url, party, state, share)


def _share(units: tuple[UnitStanding, ...], own: frozenset[int] | None) -> str:
    """Return how many units have done it, or how it stands at one's own."""
    if not units:
        return ""
    if own is None:
        done = sum(unit.state in {WheelState.DONE, WheelState.DONE_LATE} for unit in units)
        return _("{done} av {of}").format(done=formats.number(done), of=formats.number(len(units)))
    return ", ".join(f"{unit.name}: {unit.state.label}" for unit in units if unit.unit_id in own)


def _streak_of(standing: Standing) -> Streak:
    return Streak([(time.due, time.state) for time in standing.times], is_weekly=standing.event.id in STREAKS)


def _streak(standing: Standing) -> str:
    if not standing.is_streak or not standing.closed_by:
        return ""
    return _("gjort {kept} ganger, {gaps} hull").format(kept=standing.kept, gaps=standing.gaps)


def _picture(dated: list[Line], standings: tuple[Standing, ...], year: SchoolYear, today: date) -> Wheel:
    marks = [
        Mark(line.number or 0, line.time.due, line.state, _(line.standing.event.label_nb))
        for line in dated
        if line.time
    ]
    weekly = next((each for each in standings if each.event.id == WEEKLY), None)
    late = sum(mark.state is WheelState.LATE for mark in marks)
    done = sum(mark.state in {WheelState.DONE, WheelState.DONE_LATE} for mark in marks)
    summary = _("{of} dager i året: {done} gjort, {late} over fristen. Tabellen under viser det samme.")
    return Wheel(
        year=year,
        marks=marks,
        weeks=[(time.due, time.state) for time in weekly.times] if weekly else [],
        today=today,
        title=_("Årshjulet for skoleåret {year}").format(year=year.label),
        summary=summary.format(of=len(marks), done=done, late=late),
    )


def _facts(standing: Standing, year: SchoolYear) -> list[tuple[str, str]]:
    each = standing.event
    rules = dict.fromkeys(words.rule(time.rule) for time in standing.times) if each.weekend else {}
    facts = [
        (_("Hvem"), words.party(each.party)),
        (_("Mottakere"), words.parties(each.recipients)),
        (_("Når dagen er en fridag"), "; ".join(rules)),
        (_("Kilde"), words.source(each.source) if each.source else _("Fylkets eget årshjul")),
        (_("Hva som viser at det er gjort"), words.closed_by(standing.closed_by) if each.is_duty else ""),
    ]
    return [(label, value) for label, value in facts if value]


def _links(ids: tuple[str, ...], year: SchoolYear) -> list[Link]:
    return [Link(_(event(each).label_nb), address(year, each)) for each in ids]


def _shown_time(time: Time, own: frozenset[int] | None, named: dict[int, str]) -> dict[str, Any]:
    """Return a time as its table shows it: with the units the actor may see, and who is named where it is not done."""
    units = [unit for unit in time.units if own is None or unit.unit_id in own]
    return {
        "time": time,
        "tone": words.TONES[time.state],
        "moved_from": time.nominal if time.due != time.nominal else None,
        "share": _share(time.units, own) if own is None else "",
        "units": [
            {
                "unit": unit,
                "tone": words.TONES[unit.state],
                "is_open": unit.state in {WheelState.LATE, WheelState.DUE},
                "contact": named[unit.unit_id],
            }
            for unit in units
        ],
    }
