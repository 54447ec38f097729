"""What the routines ask about some youths, read for all of them when it is asked about one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Min

from fotfeste.access import selectors as access
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors.worklist import districts_of
from fotfeste.collaboration.models import Record, RoutineChange, RoutineRun
from fotfeste.collaboration.record_kinds import REVOKED
from fotfeste.collaboration.selectors import evidence
from fotfeste.collaboration.selectors.definitions import changes_of
from fotfeste.collaboration.selectors.kept import Kept
from fotfeste.collaboration.selectors.plans import coordinator_units
from fotfeste.consent.selectors import covered_units_of_each
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.people import selectors as people

#: A release that covers any of these lets a unit take part in a step.
TAKING_PART = (Topic.MEETINGS, Topic.PLAN, Topic.MAPPING, Topic.MEASURES, Topic.NAV_STATE, Topic.STATUS)


@dataclass(frozen=True, eq=False)
class YouthSet:
    """
    Some youths on a day, whose surroundings are read together: each question once, however many they are.

    It is for one move of their routines: whatever makes a record, or lets a unit in, is followed by another.
    """

    youth_ids: frozenset[int]
    unit_ids: frozenset[int]
    on: date
    _kept: Kept = field(default_factory=Kept, repr=False)
    _found: dict[evidence.Finder, tuple[datetime, dict[int, list[evidence.Record]]]] = field(
        default_factory=dict, repr=False
    )

    @cached_property
    def persons(self) -> dict[int, frozenset[int]]:
        """Each youth, and those merged into them."""
        found = people.same_persons(youth_ids=self.youth_ids)
        return {youth_id: frozenset(ids) for youth_id, ids in found.items()}

    @cached_property
    def granted(self) -> dict[int, frozenset[int]]:
        """The units each youth is open to by a grant."""
        return access.units_granted_of_each(youth_ids=self.youth_ids, topic=Topic.IDENTITY, on=self.on)

    @cached_property
    def covered(self) -> dict[int, frozenset[int]]:
        """The units each youth's release lets take part."""
        return covered_units_of_each(youth_ids=self.youth_ids, topics=TAKING_PART, on=self.on)

    @cached_property
    def responsible(self) -> dict[int, Any]:
        """The units that answer for them, by id."""
        return units.units_by_id(self.unit_ids)

    @cached_property
    def districts(self) -> dict[int, Any]:
        """The district each youth lives in, as the case says."""
        codes = districts_of(youth_ids=self.youth_ids)
        found = units.districts_by_code({code for code in codes.values() if code})
        return {youth_id: found[code] for youth_id, code in codes.items() if code in found}

    @cached_property
    def coordinators(self) -> dict[int, Any]:
        """The unit that coordinates the plan of each youth who has one."""
        return coordinator_units(youth_ids=self.youth_ids)

    @cached_property
    def sent(self) -> dict[int, list[Record]]:
        """What was sent to a unit about each youth and not taken back, the last first."""
        rows = Record.objects.filter(youth_id__in=self.youth_ids, to_unit__isnull=False).exclude(answer=REVOKED)
        found: dict[int, list[Record]] = {}
        for row in rows.select_related("to_unit", "by_unit").order_by("-made_at", "-pk"):
            found.setdefault(row.youth_id, []).append(row)
        return found

    @cached_property
    def _begun_at(self) -> datetime | None:
        """
        When the first of the routines under way was begun; those that are begun now are not written yet.

        Of several youths no record is asked for from before.
        """
        if len(self.youth_ids) == 1:
            return None
        under_way = RoutineRun.objects.filter(youth_id__in=self.youth_ids, ended_on=None)
        at: datetime | None = under_way.aggregate(first=Min("started_at"))["first"]
        return at or datetime.combine(self.on, time(), tzinfo=clock.OSLO)

    def records(self, youth_id: int, kind: str, since: datetime) -> list[evidence.Record]:
        """Return the records of a kind about one of the persons made since, the oldest first."""
        found = [each for finder in evidence.finders_of(kind) for each in self._by(finder, since).get(youth_id, ())]
        of_kind = [each for each in found if each.kind == kind and each.at >= since]
        return sorted(of_kind, key=lambda each: (each.at, each.source))

    def _by(self, finder: evidence.Finder, since: datetime) -> dict[int, list[evidence.Record]]:
        """Return what a query finds of each youth since a moment, or longer: it is asked once for all its kinds."""
        if finder not in self._found or self._found[finder][0] > since:
            begun_at = self._begun_at
            back = timedelta(evidence.most_days_back(finder))
            read_from = since if begun_at is None else min(since, begun_at - back)
            self._found[finder] = read_from, self._read(finder, read_from)
        return self._found[finder][1]

    def _read(self, finder: evidence.Finder, since: datetime) -> dict[int, list[evidence.Record]]:
        whose = {pk: youth_id for youth_id, ids in self.persons.items() for pk in ids}
        found: dict[int, list[evidence.Record]] = {}
        for record in finder(frozenset(whose), since):
            if record.youth_id is not None:
                found.setdefault(whose[record.youth_id], []).append(record)
        return found

    def education_admin(self, county_id: int) -> Any:
        """Return the education administration of a county."""
        return self._kept.once(("administration", county_id), lambda: units.education_admin_of(county_id=county_id))

    def first_open(self, county_id: int, kinds: Iterable[UnitKind]) -> Any:
        """Return the county's first open unit of the first kind there is; None when there is none."""
        for kind in kinds:
            there = units.units(kinds=(kind,), county_id=county_id, on=self.on)
            found = self._kept.once((kind, county_id), there.first)
            if found is not None:
                return found
        return None

    def changes(self, county_id: int) -> list[RoutineChange]:
        """Return what a county says otherwise of the routines."""
        found: list[RoutineChange] = self._kept.once(("changes", county_id), lambda: changes_of(county_id=county_id))
        return found
