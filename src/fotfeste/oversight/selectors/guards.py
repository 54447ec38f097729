"""
The coverage guard: statements that must hold on every day, so that no youth, list, message or task is forgotten.

``GUARDS`` is asked by ``fotfeste check``, by the administration's screen, and day by day by whoever lets a school year
pass: ``standings(county_id=…, on=…)`` gives them all, ``guard.look(CountyDay(county_id, on))`` one of them. Each
answers of one county on one day, from the rows the actor may see.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fotfeste.access.permissions import Permission
from fotfeste.access.selectors import people_at
from fotfeste.annualwheel.enums import WheelState
from fotfeste.annualwheel.selectors.tasks import tasks_of_leavers as wheel_tasks_of_leavers
from fotfeste.annualwheel.selectors.wheel import Time, wheel_of
from fotfeste.annualwheel.streak import Streak
from fotfeste.casework.selectors import unowned
from fotfeste.collaboration.selectors.tasks import tasks_of_leavers
from fotfeste.kernel import clock, formats
from fotfeste.kernel.together import Asked, read_together
from fotfeste.kernel.written import Named, Written
from fotfeste.law.readings import Readings
from fotfeste.law.school_year import school_year_of
from fotfeste.law.working_days import add_working_days
from fotfeste.lists.selectors.otuk import CURRENT_ROUND, list_days_by
from fotfeste.lists.services.unlisted import UNKNOWN_THEN, unlisted
from fotfeste.organisations.selectors.readings import LINES_IN_FORCE, readings_of
from fotfeste.organisations.selectors.units import education_admins
from fotfeste.spec import implements

# A target, not a duty: no document says how soon a message must be answered.
ANSWER_WORKING_DAYS = 5
_PRIVATE_SCHOOLS, _WEEKLY_LEAVERS = "dl-private-school-report", "dl-weekly-leavers"


@dataclass(frozen=True, slots=True)
class Found:
    """
    What breaks a guard in a county on a day.

    :ivar youth_ids: whom it is about, for those who may see them.
    :ivar names: the units, weeks or days it is about.
    :ivar excused: how many would break it, but have a reason that is written down.
    """

    count: int
    youth_ids: Sequence[int] = ()
    names: tuple[str, ...] = ()
    excused: int = 0

    @property
    def holds(self) -> bool:
        """Say whether nothing breaks it."""
        return not self.count


@dataclass(frozen=True)
class CountyDay:
    """A county on a day, as the guards look at it. What several of them look at is read by the first that does."""

    county_id: int
    on: date

    @cached_property
    def _read(self) -> dict[Asked, tuple[Any, ...]]:
        """What the guards look at, in one round trip."""
        before = add_working_days(self.on, -ANSWER_WORKING_DAYS)
        values = {
            "county_id": self.county_id,
            "on": self.on,
            "before": datetime.combine(before, time(), tzinfo=clock.OSLO),
        }
        return dict(zip(_LOOKED_AT, read_together(*_LOOKED_AT, values=values), strict=True))

    def found(self, asked: Asked) -> tuple[Any, ...]:
        """Return what is found by one of what the guards look at."""
        return self._read[asked]

    @cached_property
    def readings(self) -> Readings:
        """The readings the county judges by."""
        return readings_of(self.found(LINES_IN_FORCE), county_id=self.county_id)

    @cached_property
    def made(self) -> Any:
        """The round that is out with the districts."""
        return next(iter(self.found(CURRENT_ROUND)), None)

    @cached_property
    def times(self) -> dict[str, tuple[Time, ...]]:
        """The times of the events of the school year that guards ask about, by event."""
        found = wheel_of(
            county_id=self.county_id,
            year=school_year_of(self.on),
            today=self.on,
            only=(_PRIVATE_SCHOOLS, _WEEKLY_LEAVERS),
            readings=self.readings,
        )
        return {standing.event.id: standing.times for standing in found}

    @cached_property
    def is_at_work(self) -> bool:
        """Whether somebody works in the county; one without people has no year. Asked only where something is late."""
        admin = education_admins().get(self.county_id)
        return admin is not None and bool(people_at(unit_ids=[admin], permission=Permission.IMPORT_RUN, on=self.on))


@dataclass(frozen=True, slots=True)
class Guard:
    """
    One statement that must hold.

    :ivar name: its name, for programs and addresses. :ivar title: the statement.
    :ivar wrong: what is wrong, in words, for a count. :ivar excuse: the same of those who have a reason.
    :ivar place: the url name of where it is put right.
    :ivar is_fault: whether it is a fault in the data, or something people have left to do.
    """

    name: str
    title: Any
    wrong: Any
    place: str
    place_label: Any
    look: Callable[[CountyDay], Found]
    excuse: Any = ""
    is_fault: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a guard stands in a county on a day."""

    guard: Guard
    found: Found

    @property
    def sentence(self) -> str:
        """Say what is wrong, with the units, weeks or days by name and no youth; empty when it holds."""
        if self.found.holds:
            return ""
        said = str(self.guard.wrong % {"count": self.found.count})
        return f"{said} {', '.join(self.found.names)}." if self.found.names else said

    @property
    def excuse(self) -> str:
        """Say how many have a reason; empty when none does."""
        return str(self.guard.excuse % {"count": self.found.excused}) if self.found.excused else ""


def standings(*, county_id: int, on: date) -> list[Standing]:
    """Return how every guard stands in a county on a day, in a handful of statements."""
    day = CountyDay(county_id, on)
    return [Standing(guard, guard.look(day)) for guard in GUARDS]


def guard_named(name: str) -> Guard | None:
    """Return a guard by its name."""
    return next((guard for guard in GUARDS if guard.name == name), None)


def counties_in_use(*, on: date) -> list[int]:
    """Return the counties where somebody is registered or the administration works; nothing is asked of others."""
    admins = {unit_id: county_id for county_id, unit_id in education_admins().items()}
    at_work = people_at(unit_ids=admins, permission=Permission.IMPORT_RUN, on=on)
    return sorted({*unowned.counties_with_registrations(), *(admins[unit_id] for unit_id, *_rest in at_work)})


_COUNTY, _ON = Named("county_id"), Named("on")
_WITHOUT_UNIT = Written(lambda: unowned.without_unit(county_id=_COUNTY).values_list("youth_id", flat=True))
_WITHOUT_PERSON = Written(
    lambda: (
        unowned.without_person(county_id=_COUNTY, on=_ON)
        .annotate(is_vacant=unowned.is_vacant(_ON))
        .values_list("youth_id", "is_vacant")
    )
)
_UNANSWERED = Written(
    lambda: unowned.unanswered_feedback(county_id=_COUNTY, before=Named("before")).values_list("youth_id", flat=True)
)
_TASKS = Written(lambda: tasks_of_leavers(county_id=_COUNTY, on=_ON).values_list("youth_id", flat=True))
_YEAR_TASKS = Written(lambda: wheel_tasks_of_leavers(county_id=_COUNTY, on=_ON).values_list("unit__name", flat=True))
_LOOKED_AT: tuple[Asked, ...] = (
    *(_WITHOUT_UNIT, _WITHOUT_PERSON, LINES_IN_FORCE, CURRENT_ROUND, UNKNOWN_THEN),
    *(_UNANSWERED, _TASKS, _YEAR_TASKS),
)


def _unit(day: CountyDay) -> Found:
    return _of_youths(day.found(_WITHOUT_UNIT))


@implements("avt-school-has-counsellor", "avt-district-has-contact")
def _person(day: CountyDay) -> Found:
    """Find those without a named person, unless it is written down from which day the place is empty."""
    every = day.found(_WITHOUT_PERSON)
    ids = tuple(youth_id for youth_id, is_vacant in every if not is_vacant)
    return Found(len(ids), ids, excused=len(every) - len(ids))


def _list_made(day: CountyDay) -> Found:
    days = list_days_by(day.readings, today=day.on, newest=day.made.on if day.made else None)
    if days.is_made or not day.is_at_work:
        return Found(0)
    return Found(1, names=(formats.short_day(days.last),))


@implements("rep-otuk-list")
def _listed(day: CountyDay) -> Found:
    missed = unlisted(made=day.made, unknown=day.found(UNKNOWN_THEN))
    return Found(len(missed.youth_ids), missed.youth_ids, excused=missed.left_out)


def _feedback(day: CountyDay) -> Found:
    return _of_youths(day.found(_UNANSWERED))


def _tasks(day: CountyDay) -> Found:
    return _of_youths(day.found(_TASKS))


def _year_tasks(day: CountyDay) -> Found:
    names = day.found(_YEAR_TASKS)
    return Found(len(names), names=tuple(sorted(set(names), key=str.casefold)))


@implements("rep-private-schools")
def _private_schools(day: CountyDay) -> Found:
    times = day.times.get(_PRIVATE_SCHOOLS, ())
    late = {unit.name for time in times for unit in time.units if unit.state is WheelState.LATE}
    if not late or not day.is_at_work:
        return Found(0)
    return Found(len(late), names=tuple(sorted(late, key=str.casefold)))


@implements("dl-weekly-leavers")
def _weekly_loads(day: CountyDay) -> Found:
    times = [(time.due, time.state) for time in day.times.get(_WEEKLY_LEAVERS, ())]
    gaps = Streak(times, is_weekly=True).gaps
    if not gaps or not day.is_at_work:
        return Found(0)
    return Found(sum(state is WheelState.LATE for _due, state in times), names=(gaps,))


def _of_youths(ids: tuple[int, ...]) -> Found:
    return Found(len(ids), ids)


GUARDS: tuple[Guard, ...] = (
    Guard(
        name="responsible-unit",
        title=_("Hver åpen tilmelding har én ansvarlig enhet"),
        wrong=ngettext_lazy(
            "%(count)s åpen tilmelding er uten ansvarlig enhet.",
            "%(count)s åpne tilmeldinger er uten ansvarlig enhet.",
            "count",
        ),
        place="casework:unassigned",
        place_label=_("Gå til køen"),
        look=_unit,
        is_fault=True,
    ),
    Guard(
        name="named-person",
        title=_("Hver åpen tilmelding har en navngitt person, eller en dag plassen ble ledig"),
        wrong=ngettext_lazy(
            "%(count)s åpen tilmelding har ingen som er valgt og er der, og enheten har ingen navngitt kontakt.",
            "%(count)s åpne tilmeldinger har ingen som er valgt og er der, og enheten har ingen navngitt kontakt.",
            "count",
        ),
        excuse=ngettext_lazy(
            "For %(count)s til er plassen ledig fra en dag som er registrert.",
            "For %(count)s til er plassen ledig fra en dag som er registrert.",
            "count",
        ),
        place="organisations:directory",
        place_label=_("Gå til enhetene"),
        look=_person,
    ),
    Guard(
        name="list-made",
        title=_("OTUK-listen for siste listedag er laget"),
        wrong=ngettext_lazy("Listen er ikke laget:", "Lister er ikke laget:", "count"),
        place="lists:otuk",
        place_label=_("Gå til OTUK-listene"),
        look=_list_made,
    ),
    Guard(
        name="on-last-list",
        title=_("Hver ungdom med ukjent aktivitet sto på den siste listen, eller har en grunn"),
        wrong=ngettext_lazy(
            "%(count)s ungdom var ukjent da listen ble laget, og står ikke på den.",
            "%(count)s ungdommer var ukjente da listen ble laget, og står ikke på den.",
            "count",
        ),
        excuse=ngettext_lazy(
            "%(count)s fant vi ingen bydel for. Grunnen står ved runden.",
            "%(count)s fant vi ingen bydel for. Grunnen står ved runden.",
            "count",
        ),
        place="lists:otuk",
        place_label=_("Gå til OTUK-listene"),
        look=_listed,
        is_fault=True,
    ),
    Guard(
        name="feedback-answered",
        title=_("Ingen melding har ventet på svar i mer enn fem arbeidsdager"),
        wrong=ngettext_lazy("%(count)s melding har ventet lenger.", "%(count)s meldinger har ventet lenger.", "count"),
        place="casework:feedback",
        place_label=_("Gå til meldingene"),
        look=_feedback,
    ),
    Guard(
        name="tasks-of-leavers",
        title=_("Ingen oppgave er gitt til noen som har sluttet"),
        wrong=ngettext_lazy(
            "%(count)s oppgave er gitt til en som ikke lenger har en rolle ved enheten.",
            "%(count)s oppgaver er gitt til noen som ikke lenger har en rolle ved enheten.",
            "count",
        ),
        place="collaboration:tasks",
        place_label=_("Gå til oppgavene"),
        look=_tasks,
    ),
    Guard(
        name="year-tasks-of-leavers",
        title=_("Ingen oppgave i årshjulet er gitt til en kontakt som har sluttet"),
        wrong=ngettext_lazy(
            "%(count)s oppgave er gitt til en som ikke lenger er kontakt:",
            "%(count)s oppgaver er gitt til noen som ikke lenger er kontakt:",
            "count",
        ),
        place="annualwheel:tasks",
        place_label=_("Gå til årets oppgaver"),
        look=_year_tasks,
    ),
    Guard(
        name="private-schools",
        title=_("Hver privat skole har meldt innen fristen i september"),
        wrong=ngettext_lazy(
            "%(count)s privat skole har ikke meldt:", "%(count)s private skoler har ikke meldt:", "count"
        ),
        place="integrations:private_schools",
        place_label=_("Gå til de private skolene"),
        look=_private_schools,
    ),
    Guard(
        name="weekly-loads",
        title=_("Listen over dem som har sluttet, er lest inn hver uke"),
        wrong=ngettext_lazy(
            "%(count)s uke mangler dette skoleåret:", "%(count)s uker mangler dette skoleåret:", "count"
        ),
        place="integrations:imports",
        place_label=_("Gå til innlesingen"),
        look=_weekly_loads,
    ),
)
