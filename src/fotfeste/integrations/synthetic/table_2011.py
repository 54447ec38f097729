"""
The ministry's table per 1 January 2011 as VIGO OT files: so many made-up youth that every printed cell comes out.

Source: Kunnskapsdepartementet, slides on the follow-up project, "Ungdom med rett, detaljert status" per 1.1.2011. Six
counties are cut off the slide; what the country's column has beyond the others stands in a file of its own, 99.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from fotfeste.integrations.synthetic.draw import seeded
from fotfeste.integrations.synthetic.files import written
from fotfeste.integrations.synthetic.names import Names
from fotfeste.integrations.synthetic.numbers import IdentityNumbers, telephone_number
from fotfeste.integrations.synthetic.tables import rows

TABLE = "ot-2011"
COUNTED_ON = date(2011, 1, 1)
OLDEST_BORN, YOUNGEST_BORN = date(1990, 1, 1), date(1995, 1, 1)
"""16 to 21 years old on the day, and not past the year one turns 21, which was the limit of the act of 1998."""
COUNTIES = {
    "01": ("Østfold", "elsewhere"),
    "02": ("Akershus", "elsewhere"),
    "03": ("Oslo", "oslo"),
    "04": ("Hedmark", "elsewhere"),
    "05": ("Oppland", "elsewhere"),
    "06": ("Buskerud", "elsewhere"),
    "07": ("Vestfold", "elsewhere"),
    "08": ("Telemark", "elsewhere"),
    "09": ("Aust-Agder", "elsewhere"),
    "10": ("Vest-Agder", "elsewhere"),
    "11": ("Rogaland", "elsewhere"),
    "12": ("Hordaland", "elsewhere"),
    "14": ("Sogn og Fjordane", "elsewhere"),
    "99": ("øvrige fylker", "north"),
}
UNKNOWN_CODES = ("", "XX", "OTXX", "99", "?", "OTUKJ")
"""What row 7 of the table, codes nobody knows, may have looked like."""
MALE = 0.56
COURSES = (
    ("STUSP1----", "Studiespesialisering"),
    ("HSHSF1----", "Helse- og sosialfag"),
    ("BABAT1----", "Bygg- og anleggsteknikk"),
    ("TPTIP1----", "Teknikk og industriell produksjon"),
    ("RMRMF1----", "Restaurant- og matfag"),
    ("SSSSR1----", "Service og samferdsel"),
    ("ELELE1----", "Elektrofag"),
    ("DHDHV1----", "Design og håndverk"),
    ("MKMED1----", "Medier og kommunikasjon"),
)
NEVER_BEGAN = 0.2


def write_table_2011(out: Path, *, seed: int) -> dict[str, int]:
    """Write ``<county>.json`` for each column of the table; return the number of youth by county."""
    out.mkdir(parents=True, exist_ok=True)
    numbers = IdentityNumbers(seed)
    counts = {}
    for county in COUNTIES:
        elements = list(_elements(county, numbers, seeded(seed, TABLE, county)))
        counts[county] = len(elements)
        lines = ",\n".join(json.dumps(element, ensure_ascii=False) for element in elements)
        document = f'{{"antall": {len(elements)}, "otungdommer": [\n{lines}\n]}}\n'
        (out / f"{county}.json").write_text(document, encoding="utf-8")
    return counts


def table_2011() -> dict[tuple[str, str], int]:
    """Return the table: number of youth by (county, number of the row)."""
    return {(county, row["number"]): int(row[county]) for row in rows("table_2011") for county in COUNTIES}


def _elements(county: str, numbers: IdentityNumbers, rng: Random) -> Iterator[dict[str, Any]]:
    name, region = COUNTIES[county]
    codes = [code for row in rows("table_2011") for code in _raw_codes(row, county)]
    rng.shuffle(codes)
    names = Names(region)
    unit = {"tilknytningnr": f"{county}000", "tilknytningnavn": f"Oppfølgingstjenesten {name}"}
    for code in codes:
        yield {
            "person": _person(names, numbers, rng),
            "otData": {**unit, "aktivitetskode": code},
            "elevkurs": _course(rng),
        }


def _raw_codes(row: dict[str, str], county: str) -> list[str]:
    many = int(row[county])
    if row["code"]:
        return [row["code"]] * many
    first = int(county)
    return [UNKNOWN_CODES[(first + i) % len(UNKNOWN_CODES)] for i in range(many)]


def _person(names: Names, numbers: IdentityNumbers, rng: Random) -> dict[str, str]:
    first, last = names.draw(rng, "male" if rng.random() < MALE else "female")
    born = OLDEST_BORN + timedelta(days=rng.randrange((YOUNGEST_BORN - OLDEST_BORN).days))
    return {
        "fornavn": first,
        "etternavn": last,
        "fdato": written(born),
        "fnr": numbers.take(born),
        "epost": "" if rng.random() < 0.4 else f"ungdom{rng.randrange(1_000_000)}@example.org",
        "mobilnr": "" if rng.random() < 0.15 else telephone_number(rng.randrange(1_000_000)),
    }


def _course(rng: Random) -> dict[str, str]:
    if rng.random() < NEVER_BEGAN:
        return {"promrkode": "", "promrnavn": "", "start": "", "slutt": ""}
    code, name = rng.choice(COURSES)
    starts = date(rng.choice((2008, 2009, 2010)), 8, 18)
    ends = min(starts + timedelta(days=20 + rng.randrange(640)), COUNTED_ON - timedelta(days=1))
    return {"promrkode": code, "promrnavn": name, "start": written(starts), "slutt": written(ends)}
