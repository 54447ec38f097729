"""The detailed status table: one row for each code, one column for each county, on any day, as known at any moment."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.casework.selectors.counting import Among, By
from fotfeste.casework.selectors.status_counts import StatusCount, status_counts
from fotfeste.kernel.errors import Invalid
from fotfeste.organisations.selectors.counties import counties_on, county_names
from fotfeste.reporting.reporter import as_reporter
from fotfeste.reporting.returns.code_translation import How, place
from fotfeste.reporting.shares import Share
from fotfeste.reporting.suppression import SMALL_COUNTS
from fotfeste.spec import implements

SUM = "SUM"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the table. ``counts`` holds only the counties where there is somebody."""

    number: str
    code: str
    text: str
    group: int | None
    in_target_group: bool
    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        """Return how many there are in all the columns."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Translated:
    """Youths counted in a row of this list though their code belongs to another."""

    code: str
    counted_as: str
    could_also_be: tuple[str, ...]
    how: How
    count: int


@dataclass(frozen=True)
class StatusTable:
    """
    The table with all that is needed to read it right.

    :ivar county_id: the one county asked for, or None for all.
    :ivar known_at: counted as known at that moment; None is what is known now.
    :ivar columns: the counties that have a column, by number.
    :ivar without_data: counties of the day that nobody is registered in, and so without a column.
    :ivar rounded_to: every count is a multiple of it.
    """

    county_id: int | None
    on: date
    known_at: datetime | None
    code_list: str
    columns: tuple[int, ...]
    rows: tuple[TableRow, ...]
    translated: tuple[Translated, ...]
    county_names: Mapping[int, str] = field(repr=False)
    without_data: tuple[int, ...] = ()
    rounded_to: int = 1

    @property
    def sums(self) -> TableRow:
        """Return the last row."""
        sums: Counter[int] = Counter()
        for row in self.rows:
            sums.update(row.counts)
        return TableRow(SUM, SUM, "Sum", None, False, sums)

    @cached_property
    def target_group(self) -> Counter[int]:
        """Return the denominator of all shares by county: the groups of the list that are the target group."""
        sums: Counter[int] = Counter()
        for row in self.rows:
            if row.in_target_group:
                sums.update(row.counts)
        return sums

    def unknown(self, county_id: int | None = None) -> Share:
        """Return how many have unknown activity, of the target group, in a county or in all."""
        row = next(row for row in self.rows if row.code == codes.UNKNOWN_ACTIVITY)
        if county_id is None:
            return Share(row.total, self.target_group.total())
        return Share(row.counts.get(county_id, 0), self.target_group[county_id])

    def by_group(self) -> list[tuple[codes.StatusGroup, int]]:
        """Return how many there are in each main group of the list."""
        sums: Counter[int | None] = Counter()
        for row in self.rows:
            sums[row.group] += row.total
        return [(group, sums[group.group]) for group in codes.status_list(self.code_list).groups]

    def by_certainty(self) -> dict[How, int]:
        """Return how many were translated from another list, by how surely; empty when nothing was."""
        if not self.translated:
            return {}
        sums: dict[How, int] = {how: 0 for how in How if how is not How.SAME_LIST}
        for each in self.translated:
            sums[each.how] += each.count
        return sums

    @property
    def without_place(self) -> int:
        """Return how many have a code this list has no row for, though another list knows it."""
        other = codes.CURRENT if self.code_list == codes.LIST_2011 else codes.LIST_2011
        return sum(t.count for t in self.translated if t.how is How.NOT and codes.known_code(t.code, other))

    @property
    def unknown_codes(self) -> int:
        """Return how many have a code no list knows: kept, and waiting for a person to look at them."""
        row = next(row for row in self.rows if row.code == codes.UNKNOWN_CODE)
        return row.total - self.without_place

    @property
    def target_groups_text(self) -> str:
        """Say which groups the denominator is: "gruppe 1–3"."""
        groups = [group.group for group in codes.status_list(self.code_list).groups if group.in_target_group]
        return _("gruppe {first}–{last}").format(first=groups[0], last=groups[-1])


@implements("rep-county-table", "ot-table-2011", "amb-56", "amb-58", "amb-59", "rule-count-group-4-5-6-out")
def status_table(
    *, county_id: int | None, on: date, known_at: datetime | None = None, code_list: str | None = None
) -> StatusTable:
    """
    Make the table for a county or, with None, for all that have somebody registered on the day.

    A county of the day without anybody has no column: that nothing is known is not the same as nobody. So the
    ministry's table of 2011, cut off after thirteen counties and a column for the rest, comes out as printed.

    :param code_list: the list to show it in; None is the one in force on the day. Codes of the other are translated.
    :raises Invalid: there is no such county or list.
    """
    wanted = _wanted_list(code_list, on)
    names = county_names()
    if county_id is not None and county_id not in names:
        raise Invalid(_("Fylkesnummer {county} finnes ikke.").format(county=f"{county_id:02}"))
    with as_reporter():
        counted = status_counts(
            on=on,
            known_at=known_at,
            among=Among(county_ids=None if county_id is None else (county_id,)),
            by=(By.COUNTY,),
        )
    columns = (county_id,) if county_id is not None else tuple(sorted({count.keys[0] for count in counted}))
    of_the_day = [] if county_id is not None else [county.pk for county in counties_on(on=on)]
    return StatusTable(
        county_id=county_id,
        on=on,
        known_at=known_at,
        code_list=wanted,
        columns=columns,
        rows=_rows(counted, wanted),
        translated=_translated(counted, wanted),
        county_names=names,
        without_data=tuple(county for county in of_the_day if county not in columns),
    )


def rounded(table: StatusTable, *, to: int = SMALL_COUNTS.smallest_shown) -> StatusTable:
    """
    Return the table for others than those it is reported to: every count is rounded before anything is summed up.

    So no small count stands in it, and none is found by subtracting the others from a sum.
    """

    def near(count: int) -> int:
        return (2 * count + to) // (2 * to) * to

    return replace(
        table,
        rows=tuple(replace(row, counts={c: near(n) for c, n in row.counts.items()}) for row in table.rows),
        translated=tuple(replace(each, count=near(each.count)) for each in table.translated),
        rounded_to=to,
    )


def _wanted_list(code_list: str | None, on: date) -> str:
    if code_list is None:
        return codes.list_on(on).name
    try:
        return codes.status_list(code_list).name
    except KeyError:
        raise Invalid(_("Kodeverket «{name}» finnes ikke. Velg 2011 eller current.").format(name=code_list)) from None


def _rows(counted: Iterable[StatusCount], wanted: str) -> tuple[TableRow, ...]:
    cells: dict[str, Counter[int]] = {}
    for count in counted:
        code = place(count.code_list, count.code, wanted=wanted).code
        cells.setdefault(code, Counter())[count.keys[0]] += count.count
    rows = [
        TableRow(s.number, s.code, s.name_nb, s.group, s.in_target_group, cells.get(s.code, {}))
        for s in codes.codes_in_order(wanted)
    ]
    if all(row.code != codes.UNKNOWN_CODE for row in rows):
        unknown = cells.get(codes.UNKNOWN_CODE, Counter())
        rows.append(TableRow("", codes.UNKNOWN_CODE, "Ukjent statuskode", None, False, unknown))
    return tuple(rows)


def _translated(counted: Iterable[StatusCount], wanted: str) -> tuple[Translated, ...]:
    sums: Counter[str] = Counter()
    other = codes.LIST_2011 if wanted == codes.CURRENT else codes.CURRENT
    for count in counted:
        if count.code_list == other:
            sums[count.code] += count.count
    lines = [status.code for status in codes.codes_in_order(other)]
    ordered = sorted(sums, key=lambda code: (lines.index(code) if code in lines else len(lines), code))
    found = []
    for code in ordered:
        placed = place(other, code, wanted=wanted)
        found.append(Translated(code, placed.code, placed.alternatives, placed.how, sums[code]))
    return tuple(found)
