"""What shows that a step of a routine about a unit is done, wherever it is kept; the counterpart of ``evidence``."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from fotfeste.casework.selectors.queue import count_unassigned
from fotfeste.casework.selectors.registered_by import registered_by
from fotfeste.collaboration.models import UnitRecord
from fotfeste.collaboration.record_kinds import unit_record_kinds
from fotfeste.collaboration.selectors.evidence import Record
from fotfeste.collaboration.selectors.kept import Kept
from fotfeste.kernel import clock
from fotfeste.law.wheel_days import REGISTRATIONS, days_of
from fotfeste.organisations.enums import ROLE_NEEDED, UnitKind
from fotfeste.organisations.selectors.contacts import contacts_of
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.spec import implements


@dataclass(frozen=True, slots=True)
class About:
    """
    What a routine about a unit is worked for.

    :ivar subject: as ``UnitRun.subject``.
    :ivar among: the runs it is asked about along with, by id.
    """

    run_id: int
    unit: Any
    subject: str
    kept: Kept = field(default_factory=Kept, compare=False)
    among: frozenset[int] = frozenset()


#: (what it is about, since) -> the records made since then.
UnitFinder = Callable[[About, datetime], Iterable[Record]]

_finders: dict[str, list[UnitFinder]] = {}


def unit_evidence(*kinds: str) -> Callable[[UnitFinder], UnitFinder]:
    """Mark a query as one that finds the records of these kinds about a unit."""

    def mark(finder: UnitFinder) -> UnitFinder:
        for kind in kinds:
            _finders.setdefault(kind, []).append(finder)
        return finder

    return mark


def deadline_of(about: About) -> str:
    """Return the day of the annual wheel a list's routine is about, as its id; empty when it is about none."""
    kind, _colon, rest = about.subject.partition(":")
    return rest.rpartition(":")[0] if kind == "list" else ""


def day_of(about: About) -> date | None:
    """Return the day itself; None when it is about none."""
    kind, _colon, rest = about.subject.partition(":")
    return date.fromisoformat(rest.rpartition(":")[2]) if kind == "list" else None


def known_unit_kinds() -> frozenset[str]:
    """Return the kinds of record about a unit that a query finds."""
    return frozenset(_finders)


def unit_records_since(*, about: About, kind: str, since: datetime) -> list[Record]:
    """Return the records of a kind about a unit made since a moment, the oldest first."""
    found = [each for finder in _finders.get(kind, ()) for each in finder(about, since) if each.kind == kind]
    return sorted(found, key=lambda each: (each.at, each.source))


@implements("rut-wash-session-s01", "rut-wash-session-s02", "rut-wash-session-s03", "rut-wash-session-s04")
@implements(
    "rut-contact-change-s03", "rut-yearly-agreement-s01", "rut-yearly-agreement-s02", "rut-yearly-agreement-s03"
)
@implements("rut-outside-s13")
@unit_evidence(*sorted({kind for each in unit_record_kinds().values() for kind in each.gives}))
def _written(about: About, since: datetime) -> Iterator[Record]:
    among = about.among or frozenset({about.run_id})
    written = about.kept.once(("written", among), lambda: _written_in(among))
    for row in (each for each in written.get(about.run_id, ()) if each.made_at >= since):
        for kind in unit_record_kinds()[row.kind].gives:
            yield Record(None, kind, row.made_at, row.on, f"unit_record:{row.pk}", row.made_by_id, row.by_unit_id)


def _written_in(run_ids: frozenset[int]) -> dict[int, list[UnitRecord]]:
    found: dict[int, list[UnitRecord]] = {}
    for row in UnitRecord.objects.filter(run_id__in=run_ids).order_by("made_at", "pk"):
        found.setdefault(row.run_id, []).append(row)
    return found


@unit_evidence("contact-entry", "notice")
def _contacts(about: About, since: datetime) -> Iterator[Record]:
    """The new contact stands on the municipality's website, and the education administration has seen who it is."""
    role = ROLE_NEEDED.get(UnitKind(about.unit.kind))
    for row in contacts_of(unit_id=about.unit.pk).filter(role=role, last_day=None):
        source = f"contact:{row.pk}"
        if row.published_on is not None and (at := datetime.combine(row.published_on, time(12), clock.OSLO)) >= since:
            yield Record(None, "contact-entry", at, row.published_on, source)
        if row.uda_seen_at is not None and row.uda_seen_at >= since:
            yield Record(None, "notice", row.uda_seen_at, row.uda_seen_at.astimezone(clock.OSLO).date(), source)


@implements("rut-outside-s03")
@unit_evidence("assignment")
def _all_assigned(about: About, since: datetime) -> Iterator[Record]:
    """Nobody in the county waits for a unit to answer for them."""
    if not count_unassigned(county_id=about.unit.county_id):
        yield Record(None, "assignment", clock.now(), clock.today(), f"county:{about.unit.county_id}")


@implements("rut-outside-s06")
@unit_evidence("registration-period-lock")
def _registered(about: About, since: datetime) -> Iterator[Record]:
    """Every youth of the school has a status that was set or confirmed since the deadline before."""
    due = day_of(about)
    if due is None or deadline_of(about) not in REGISTRATIONS:
        return
    every = [
        one.due for one in days_of(REGISTRATIONS, around=due, readings=readings_for(county_id=about.unit.county_id))
    ]
    before = max(day for day in every if day < due)
    asked = {"since": before + timedelta(days=1), "by": min(due, clock.today()), "county_id": about.unit.county_id}
    schools = about.kept.once(("registered", *asked.values()), lambda: registered_by(**asked))
    if all(each.done_on is not None for each in schools if each.unit_id == about.unit.pk):
        yield Record(None, "registration-period-lock", clock.now(), clock.today(), about.subject)
