"""OTUK rounds: how far the districts have come, and the board of each."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.http import Http404

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors.answers import Answer, newest_answers, standing_answers
from fotfeste.kernel import clock
from fotfeste.kernel.together import Rows, read_together
from fotfeste.law.annual_wheel import Occurrence
from fotfeste.law.readings import Readings
from fotfeste.law.school_year import school_year_of
from fotfeste.law.unit_duties import initiative_for_outside
from fotfeste.law.wheel_days import LISTS, days_of
from fotfeste.lists import policies
from fotfeste.lists.models import OtukClosing, OtukRound, OtukRow
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.people.selectors.youths import youths_by_id
from fotfeste.spec import implements

#: The lists a youth's county has made, the oldest first, read along with the case: four a year.
ROUNDS = Rows(
    OtukRound,
    "t.county_id = (SELECT y.county_id FROM people_youth y WHERE y.id = %(youth_id)s)",
    't."on"',
)


@dataclass(frozen=True, slots=True)
class ListDays:
    """The list day last passed, whether its list is made, and the next one."""

    last: date
    is_made: bool
    next: date


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How far one unit has come in a round. ``office_id`` is the Nav office asked about the same youths."""

    unit_id: int
    name: str
    listed: int
    answered: int
    has_contact: bool = True
    office_id: int | None = None
    office_name: str = ""
    office_answered: int = 0
    closing: OtukClosing | None = None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """
    One youth on a board.

    :ivar fields: the frozen fields; empty for Nav, which is told name and birth date only.
    :ivar begins: whether the district begins the effort across agencies; the school alone makes contact until then.
    :ivar answer: the unit's newest answer in this round; ``earlier`` the newest before it.
    """

    number: int
    youth_id: int
    name: str
    born: date
    fields: dict[str, Any]
    times_listed: int
    answer: Answer | None
    earlier: Answer | None
    begins: bool = False

    @property
    def version(self) -> int:
        """Return the id of the unit's newest answer, which tells whether it has answered again since; 0 for none."""
        newest = self.answer or self.earlier
        return newest.feedback_id if newest else 0

    @property
    def is_answered(self) -> bool:
        """Return whether the unit has answered in this round."""
        return self.answer is not None and self.answer.stands


@implements("dl-otuk-list-oct", "dl-otuk-list-nov", "dl-otuk-list-feb", "dl-otuk-list-apr")
def list_days(*, county_id: int, today: date) -> ListDays:
    """
    Return the list day last passed, whether a round has been made for it, and the next.

    One made up to a week before its day is that list, as it is for the wheel.

    Source: Oslostandarden § 6.3.1. One on a day off is kept the working day before, unless the county reads it
    otherwise (amb-47). A county that has left them all out of its wheel is told the days of the standard.
    """
    newest = OtukRound.objects.filter(county_id=county_id).aggregate(on=Max("on"))["on"]
    return list_days_by(readings_for(county_id=county_id), today=today, newest=newest)


def list_days_by(readings: Readings, *, today: date, newest: date | None) -> ListDays:
    """Return the same when the county's readings, and the day of its newest round, have been read."""
    times = days_of(LISTS, around=today, readings=readings)
    came, comes = _parted(times, today)
    if not (came and comes):
        proposed = _parted(days_of(LISTS, around=today), today)
        came, comes = came or proposed[0], comes or proposed[1]
    last, following = max(came), min(comes)
    return ListDays(last.due, newest is not None and newest >= last.opens, following.due)


def _parted(times: list[Occurrence], today: date) -> tuple[list[Occurrence], list[Occurrence]]:
    """Return the times that have come by a day, and those that come after it."""
    return [one for one in times if one.due <= today], [one for one in times if one.due > today]


def extra_rounds(*, county_id: int) -> frozenset[int]:
    """Return the county's rounds that are none of the year's four: those made beside the first of each list day."""
    rounds = list(OtukRound.objects.filter(county_id=county_id).order_by("on", "pk").values_list("pk", "on"))
    readings = readings_for(county_id=county_id)
    years = {school_year_of(on): on for _pk, on in rounds}
    times = {one for on in years.values() for one in days_of(LISTS, around=on, readings=readings)}
    of_the_year = {next((pk for pk, on in rounds if one.opens <= on <= one.closes), 0) for one in times}
    return frozenset(pk for pk, _on in rounds) - of_the_year


def rounds_of(*, county_id: int) -> QuerySet[OtukRound]:
    """Return the county's rounds, the newest first."""
    return OtukRound.objects.filter(county_id=county_id).select_related("frozen_by").order_by("-on")


#: The round that is out with the districts, for ``read_together`` with ``county_id``.
CURRENT_ROUND = Rows(
    OtukRound,
    't.id = (SELECT r.id FROM lists_otuk_round r WHERE r.county_id = %(county_id)s ORDER BY r."on" DESC LIMIT 1)',
    "t.id",
    related=("frozen_by",),
    is_open=True,
)


def current_round(*, county_id: int) -> OtukRound | None:
    """Return the round that is out with the districts."""
    [rows] = read_together(CURRENT_ROUND, values={"county_id": county_id})
    return next(iter(rows), None)


def get_round_or_404(*, actor: Actor, round_id: int) -> OtukRound:
    """
    Return the round. Who does not make the lists is shown the one that is out, and no other.

    :raises Http404: there is none the actor may see.
    """
    made = OtukRound.objects.select_related("frozen_by", "county").filter(pk=round_id).first()
    if made is None or made.county_id not in actor.county_ids:
        raise Http404
    if not policies.may_freeze_round(actor=actor, county_id=made.county_id):
        newest = current_round(county_id=made.county_id)
        if newest is None or newest.pk != made.pk:
            raise Http404
    return made


_LATER = Rows(OtukRound, 't.county_id = %(county_id)s AND t."on" > %(on)s', 't."on"', is_open=True)


def time_of(made: OtukRound) -> tuple[datetime, datetime | None]:
    """Return from when to when an answer belongs to the round: until the next list day."""
    [later] = read_together(_LATER, values={"county_id": made.county_id, "on": made.on})
    return time_until(made, next(iter(later), None))


def time_until(made: OtukRound, following: OtukRound | None) -> tuple[datetime, datetime | None]:
    """Return the same when the round that follows is known; None when none does."""
    return _midnight(made.on), _midnight(following.on) if following else None


def totals(rounds: Iterable[OtukRound]) -> dict[int, tuple[int, int]]:
    """Return how many stand on the districts' lists and how many are answered about, by round."""
    found = {}
    for made in rounds:
        counts = _rows(made).aggregate(listed=Count("pk"), answered=Count("pk", filter=_answered(made)))
        found[made.pk] = (counts["listed"], counts["answered"])
    return found


def counts_of(*, made: OtukRound) -> dict[int, tuple[int, int]]:
    """Return how many stand on each district's list and how many are answered about, by unit."""
    counted = _rows(made).values("district_id")
    counted = counted.annotate(listed=Count("pk"), answered=Count("pk", filter=_answered(made))).order_by()
    return {row["district_id"]: (row["listed"], row["answered"]) for row in counted}


def closings_of(*, made: OtukRound) -> dict[int, OtukClosing]:
    """Return how each district's list was closed, by unit; those that are open are not among them."""
    return {each.district_id: each for each in made.closings.select_related("closed_by")}


def district_counts(*, made: OtukRound) -> list[UnitCount]:
    """Return how far each district and its Nav office have come, in the order of the districts."""
    counted, closings = counts_of(made=made), closings_of(made=made)
    places = units.districts(county_id=made.county_id, on=made.on)
    by_office = _answered_by_offices(made, {each.unit_id: each.nav_office_id for each in places})
    return [
        UnitCount(
            unit_id=district.unit_id,
            name=district.name,
            listed=counted[district.unit_id][0],
            answered=counted[district.unit_id][1],
            has_contact=district.takes_responsibility,
            office_id=district.nav_office_id,
            office_name=district.nav_office_name,
            office_answered=by_office.get(district.unit_id, 0),
            closing=closings.get(district.unit_id),
        )
        for district in places
        if district.unit_id in counted
    ]


def _answered_by_offices(made: OtukRound, offices: dict[int, int | None]) -> dict[int, int]:
    """Return of how many on each district's list its Nav office has answered; an office may serve several."""
    since, before = time_of(made)
    about = standing_answers(since=since, before=before).filter(
        from_unit_id__in=[each for each in offices.values() if each]
    )
    told = set(about.values_list("youth_id", "from_unit_id"))
    counts: dict[int, int] = {}
    for youth_id, district_id in _rows(made).values_list("youth_id", "district_id"):
        counts[district_id] = counts.get(district_id, 0) + ((youth_id, offices.get(district_id)) in told)
    return counts


@implements("otl-protected")
def protected_rows(*, made: OtukRound) -> list[OtukRow]:
    """Return the rows of protected youths, to those who handle them."""
    rows = made.rows.filter(Q(is_protected=True) | ~Q(youth__protection="none"))
    return list(rows.filter(is_protected=True).select_related("youth").order_by("youth__name_key", "pk"))


def rows_of(*, made: OtukRound, unit_id: int, youth_ids: Iterable[int] | None = None) -> list[OtukRow]:
    """
    Return a district's frozen rows by number, without anybody who has become protected since.

    :param youth_ids: only those about some youths.
    """
    rows = _rows(made).filter(district_id=unit_id)
    if youth_ids is not None:
        rows = rows.filter(youth_id__in=list(youth_ids))
    return list(rows.select_related("youth").order_by("number"))


@contextmanager
def as_list_maker(county_id: int) -> Iterator[None]:
    """See the lists of a county as whoever makes them, for what is decided of a row its asker is not shown."""
    with acting_as(system_actor("scheduler", county_ids=(county_id,)), on=clock.today()):
        yield


def board(*, made: OtukRound, unit_id: int) -> list[BoardRow]:
    """Return a district's board, by number."""
    rows = rows_of(made=made, unit_id=unit_id)
    begins = _who_begins(made)
    answers, earlier = _answers(made, unit_id, [row.youth_id for row in rows])
    return [
        BoardRow(
            number=row.number,
            youth_id=row.youth_id,
            name=row.fields["name"],
            born=date.fromisoformat(row.fields["born"]),
            fields=row.fields,
            times_listed=row.times_listed,
            answer=answers.get(row.youth_id),
            earlier=earlier.get(row.youth_id),
            begins=begins(row.times_listed),
        )
        for row in rows
    ]


@implements("unit-outside-initiative", "amb-30")
def _who_begins(made: OtukRound) -> Callable[[int], bool]:
    """Say of how many lists in a row the district begins, as the county reads it on the day of the list."""
    readings = readings_for(county_id=made.county_id)

    @cache
    def begins(times_listed: int) -> bool:
        judged = initiative_for_outside(lists_remained_on=times_listed - 1, on=made.on, readings=readings)
        return bool(judged.outcome.district)

    return begins


def nav_board(*, made: OtukRound, unit_id: int, today: date) -> list[BoardRow]:
    """Return a Nav office's board: those it is asked about in this round, by name, and nothing more about them."""
    ids = access.youths_granted(unit_id=unit_id, topic=Topic.IDENTITY, source=made.source, on=today)
    people = [youth for youth in youths_by_id(ids).values() if youth.protection == "none"]
    answers, earlier = _answers(made, unit_id, [youth.pk for youth in people])
    return [
        BoardRow(
            number=number,
            youth_id=youth.pk,
            name=f"{youth.last_name}, {youth.first_name}",
            born=youth.born,
            fields={},
            times_listed=0,
            answer=answers.get(youth.pk),
            earlier=earlier.get(youth.pk),
        )
        for number, youth in enumerate(sorted(people, key=lambda youth: (youth.name_key, youth.pk)), start=1)
    ]


def _rows(made: OtukRound) -> QuerySet[OtukRow]:
    return made.rows.filter(is_protected=False, youth__protection="none")


def _answered(made: OtukRound) -> Any:
    since, before = time_of(made)
    about = standing_answers(since=since, before=before)
    return Exists(about.filter(youth_id=OuterRef("youth_id"), from_unit_id=OuterRef("district_id")))


def _answers(made: OtukRound, unit_id: int, ids: list[int]) -> tuple[dict[int, Answer], dict[int, Answer]]:
    since, before = time_of(made)
    now = newest_answers(youth_ids=ids, unit_ids=[unit_id], since=since, before=before)
    earlier = newest_answers(youth_ids=ids, unit_ids=[unit_id], before=since)
    return {youth: one for (youth, _unit), one in now.items()}, {youth: one for (youth, _unit), one in earlier.items()}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.OSLO)
