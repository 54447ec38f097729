"""The status table as files: CSV for programs, JSON with everything said, a workbook for people."""

import csv
import hashlib
import io
import json
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.casework.selectors.labels import code_list_name
from fotfeste.kernel import formats
from fotfeste.reporting.enums import ReportFormat
from fotfeste.reporting.returns.code_translation import How
from fotfeste.reporting.returns.status_table import StatusTable, TableRow
from fotfeste.reporting.returns.status_table_workbook import workbook

MEDIA_TYPES = {
    ReportFormat.CSV: "text/csv; charset=utf-8",
    ReportFormat.JSON: "application/json",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def rendered(table: StatusTable, form: ReportFormat, *, made_at: datetime) -> bytes:
    """Return the table as a file of the format. Files are in bokmål whoever asks for them: they are handed on."""
    with translation.override("nb"):
        if form is ReportFormat.XLSX:
            return workbook(table, made_at=made_at)
        if form is ReportFormat.CSV:
            return as_csv(table).encode()
        return (json.dumps(as_document(table, made_at=made_at), ensure_ascii=False, indent=2) + "\n").encode()


def file_name(table: StatusTable, form: ReportFormat) -> str:
    """Return a name that says what is inside: "statustabell-03-2026-11-15-current.csv"."""
    where = "alle" if table.county_id is None else f"{table.county_id:02}"
    how = "" if table.rounded_to == 1 else "-avrundet"
    return f"statustabell-{where}-{table.on.isoformat()}-{table.code_list}{how}.{form}"


def as_csv(table: StatusTable) -> str:
    """Return one line for each code in list order, one column for each county by number, and the sums last."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["number", "code", "text", "total", *(f"{county:02}" for county in table.columns)])
    for row in (*table.rows, table.sums):
        writer.writerow([row.number, row.code, row.text, row.total, *(row.counts.get(c, 0) for c in table.columns)])
    return text.getvalue()


def digest(table: StatusTable) -> str:
    """Return a short text that is the same when all numbers are; texts, and columns without anybody, do not count."""
    cells = [
        [row.code, county, count]
        for row in sorted(table.rows, key=lambda row: row.code)
        for county, count in sorted(row.counts.items())
        if count
    ]
    written = json.dumps([table.on.isoformat(), table.code_list, table.county_id, cells], separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def as_document(table: StatusTable, *, made_at: datetime | None = None) -> dict[str, Any]:
    """Return the table and what must be known to read it, as JSON takes it."""
    in_force = codes.status_list(table.code_list)
    return {
        "report": "status-table",
        "county": "all" if table.county_id is None else f"{table.county_id:02}",
        "on": table.on.isoformat(),
        "known_at": table.known_at.isoformat() if table.known_at else None,
        "made_at": made_at.isoformat() if made_at else None,
        "code_list": {
            "name": in_force.name,
            "title": in_force.name_nb,
            "first_day": in_force.first_day.isoformat() if in_force.first_day else None,
            "last_day": in_force.last_day.isoformat() if in_force.last_day else None,
            "source": in_force.source,
        },
        "counties": [{"code": f"{c:02}", "name": table.county_names.get(c, "")} for c in table.columns],
        "counties_without_data": [f"{c:02}" for c in table.without_data],
        "rows": [_row(table, row) for row in table.rows],
        "sum": {key: value for key, value in _row(table, table.sums).items() if key in {"code", "total", "counties"}},
        "groups": [
            {"group": g.group, "text": g.name_nb, "in_target_group": g.in_target_group, "total": count}
            for g, count in table.by_group()
        ],
        "target_group": {
            "text": table.target_groups_text,
            "total": table.target_group.total(),
            "counties": {f"{c:02}": table.target_group[c] for c in table.columns},
        },
        **({"rounded_to": table.rounded_to} if table.rounded_to > 1 else {}),
        "unknown": _unknown(table),
        "unknown_codes": table.unknown_codes,
        "codes_without_place": table.without_place,
        "translated": _translated(table),
    }


def _row(table: StatusTable, row: TableRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "code": row.code,
        "text": row.text,
        "group": row.group,
        "in_target_group": row.in_target_group,
        "total": row.total,
        "counties": {f"{county:02}": row.counts.get(county, 0) for county in table.columns},
    }


def _unknown(table: StatusTable) -> dict[str, Any]:
    def written(county_id: int | None) -> dict[str, Any]:
        share = table.unknown(county_id)
        return {"count": share.count, "of": share.of, "share": share.value if share.of else None}

    return {
        "code": codes.UNKNOWN_ACTIVITY,
        "of_what": f"ungdom i {table.target_groups_text} på dagen",
        **written(None),
        "counties": {f"{county:02}": written(county) for county in table.columns},
    }


def _translated(table: StatusTable) -> dict[str, Any] | None:
    if not table.translated:
        return None
    return {
        **{how.value: count for how, count in table.by_certainty().items()},
        "codes": [
            {
                "code": each.code,
                "counted_as": each.counted_as,
                "could_also_be": list(each.could_also_be),
                "how": each.how.value,
                "count": each.count,
            }
            for each in table.translated
        ],
    }


def summary(table: StatusTable) -> list[str]:
    """Say in a few sentences what the table holds, each share with what it is of."""
    unknown = table.unknown()
    said = [
        _("{code_list}. {total} registrerte {day}, {counted} av dem i målgruppen ({groups}).").format(
            code_list=code_list_name(table.code_list),
            total=formats.number(table.sums.total),
            day=formats.day(table.on),
            counted=formats.number(unknown.of),
            groups=table.target_groups_text,
        )
    ]
    if unknown.of:
        said.append(
            _("Ukjent aktivitet: {count} av {of} i målgruppen, {share}.").format(
                count=formats.number(unknown.count),
                of=formats.number(unknown.of),
                share=formats.percent(unknown.value, 1),
            )
        )
    return said + _reservations(table)


def _reservations(table: StatusTable) -> list[str]:
    said = []
    if table.unknown_codes:
        text = _("{count} har en statuskode ingen liste kjenner, og må ses på av et menneske.")
        said.append(text.format(count=formats.number(table.unknown_codes)))
    if table.without_place:
        text = _("{count} har en statuskode som ikke finnes i dette kodeverket, og står nederst.")
        said.append(text.format(count=formats.number(table.without_place)))
    if table.without_data:
        names = ", ".join(table.county_names.get(county, f"{county:02}") for county in table.without_data)
        said.append(_("Uten registrerte, og derfor uten kolonne: {counties}.").format(counties=names))
    how = table.by_certainty()
    if how:
        said.append(
            _(
                "Oversatt fra det andre kodeverket: {surely} sikkert, {likely} trolig, {ambiguously} flertydig og "
                "{not_at_all} ikke."
            ).format(
                surely=formats.number(how[How.SURELY]),
                likely=formats.number(how[How.LIKELY]),
                ambiguously=formats.number(how[How.AMBIGUOUSLY]),
                not_at_all=formats.number(how[How.NOT]),
            )
        )
    return said
