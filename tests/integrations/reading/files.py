"""Import files made in a line or two. All persons are synthetic (Tenor: month + 80)."""

import csv
import io
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

import xlsxwriter

from fotfeste.integrations.reading import Reading, read
from fotfeste.integrations.sources import SOURCES, IntakeRow
from fotfeste.law.national_id import Environment, is_national_id

TODAY = date(2026, 11, 23)
BJERKE, BJORNHOLT, ABILDSO = "974591006", "990574898", "974589648"


def number_of(born: date, *, nth: int = 0, month_plus: int = 80, environment: Environment = Environment.TEST) -> str:
    """Return the nth valid number of those born on a day; with `month_plus` 0 one of the real kind."""
    found, rest = _numbers(born, month_plus, environment)
    found.extend(itertools.islice(rest, max(0, nth + 1 - len(found))))
    assert nth < len(found), "ran out of numbers"
    return found[nth]


@cache
def _numbers(born: date, month_plus: int, environment: Environment) -> tuple[list[str], Iterator[str]]:
    """Return the numbers found so far, and those still to be found: a hundred are tried for each that is valid."""
    start = f"{born.day:02d}{born.month + month_plus:02d}{born.year % 100:02d}"
    individual = 500 if born.year >= 2000 else 100
    tried = (f"{start}{tail:05d}" for tail in range(individual * 100, (individual + 400) * 100))
    return [], (number for number in tried if is_national_id(number, year=2026, environment=environment))


def a_row(source: str, **said: str) -> dict[str, str]:
    """Return the cells of one good row by canonical header, with what the test says instead."""
    row = {
        "fødselsnummer": number_of(date(2009, 3, 2)),
        "fornavn": "Øyvind",
        "etternavn": "Ålgård",
        "fødselsdato": "02.03.2009",
        "skole_orgnr": BJERKE,
        "siste_skole_orgnr": BJERKE,
        "ny_skole_orgnr": BJORNHOLT,
        "tillatelse_dato": "28.05.2026",
        "type": "elev",
        "programområde": "STUSP1----",
        "trinn": "VG1",
        "start": "17.08.2026",
        "slutt": "06.11.2026",
        "sluttårsak": "",
        "skoleår": "2026–27",
        "årsakskode": {"without-place": "OSNP"}.get(source, ""),
    }
    known = set(SOURCES[source].headers)
    return {header: cell for header, cell in (row | said).items() if header in known | set(said)}


def people(source: str, count: int) -> list[dict[str, str]]:
    """Return good rows about different persons."""
    born = date(2009, 3, 2)
    return [a_row(source, fødselsnummer=number_of(born, nth=nth), etternavn=f"Ålgård {nth}") for nth in range(count)]


def csv_of(
    rows: Sequence[dict[str, str]], *, delimiter: str = ";", encoding: str = "utf-8", quoting: int = csv.QUOTE_MINIMAL
) -> bytes:
    """Return the rows as CSV with all the headers they have."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\r\n")
    headers = list(dict.fromkeys(header for row in rows for header in row))
    writer.writerow(headers)
    writer.writerows([row.get(header, "") for header in headers] for row in rows)
    return text.getvalue().encode(encoding)


def xlsx_of(rows: Iterable[Sequence[Any]], *, above: int = 0, sheets: Sequence[str] = ("Ark1",)) -> bytes:
    """Return the rows as a workbook; the last sheet gets them. Numbers, dates and formulas (text with =) stay so."""
    kept = io.BytesIO()
    workbook = xlsxwriter.Workbook(kept, {"default_date_format": "dd.mm.yyyy"})
    for name in sheets:
        sheet = workbook.add_worksheet(name)
        if name != sheets[-1]:
            sheet.write(0, 0, "Notater")
    for place, cells in enumerate(rows, start=above):
        sheet.write_row(place, 0, cells)
    workbook.close()
    return kept.getvalue()


def xlsx_rows(*rows: dict[str, Any]) -> bytes:
    """Return rows by canonical header as a workbook."""
    return xlsx_of([list(rows[0]), *(list(row.values()) for row in rows)])


def an_element(**said: Any) -> dict[str, Any]:
    """Return one element of a VIGO OT document; `said` replaces values wherever the name is found."""
    element: dict[str, Any] = {
        "person": {
            "fornavn": "Øyvind",
            "etternavn": "Ålgård",
            "fdato": "02.03.2009",
            "fnr": number_of(date(2009, 3, 2)),
            "epost": "",
            "mobilnr": "",
        },
        "otData": {"tilknytningnr": "0301", "tilknytningnavn": "Bjerke vgs", "aktivitetskode": "OTUK"},
        "elevkurs": {"promrkode": "STUSP1----", "promrnavn": "Studie", "start": "17.08.2026", "slutt": "30.10.2026"},
    }
    for group in element.values():
        group.update({name: value for name, value in said.items() if name in group})
    return element


def vigo_of(*elements: Any, **beside: Any) -> bytes:
    """Return a VIGO OT document."""
    return json.dumps({"antall": len(elements), "otungdommer": elements} | beside, ensure_ascii=False).encode()


def read_it(source: str, given: Any, **options: Any) -> Reading:
    """Read in the test environment, today."""
    return read(source, given, **{"environment": "test", "on": TODAY, **options})


def rows_of(reading: Reading) -> list[IntakeRow]:
    """Return all accepted rows."""
    return [row for rows in reading.rows() for row in rows]


def sentences(reading: Reading) -> list[str]:
    """Return what is said about rejected rows."""
    return [error.sentence for error in reading.rejects]
