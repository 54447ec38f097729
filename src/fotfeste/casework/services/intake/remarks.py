"""Sentences for the user about what a file said that no register or code list knows: how many, and which."""

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NAMED = 10

_UNITS = """
SELECT f.told_unit, count(*) FROM intake_fact f JOIN intake_told t USING (told_unit)
WHERE t.unit_id IS NULL GROUP BY 1 ORDER BY 2 DESC, 1
"""
_SCHOOLS = """
SELECT i.school_org, count(*) FROM intake i
WHERE i.school_org IS NOT NULL AND NOT EXISTS (SELECT FROM intake_school u WHERE u.school_org = i.school_org)
GROUP BY 1 ORDER BY 2 DESC, 1
"""
_DISTRICTS = """
SELECT i.district, count(*) FROM intake i LEFT JOIN intake_district d USING (district)
WHERE i.district IS NOT NULL AND d.district IS NULL
  AND EXISTS (SELECT FROM organisations_unit u WHERE u.kind = 'district' AND u.county_id = %(county)s)
GROUP BY 1 ORDER BY 2 DESC, 1
"""
_CODES = """
SELECT c.told_raw, count(*) FROM intake_case c WHERE c.told_code = '?' AND c.told_raw <> '?' GROUP BY 1 ORDER BY 2 DESC, 1
"""


def remarks(cursor: CursorWrapper, *, county_id: int) -> list[str]:
    """Return a sentence for each kind of thing nobody knows: units, schools, districts and status codes."""
    said = (_units(cursor), _schools(cursor), _districts(cursor, county_id), _codes(cursor))
    return [sentence for sentence in said if sentence]


def _units(cursor: CursorWrapper) -> str:
    many, named = _unknown(cursor, _UNITS)
    sentence = ngettext(
        "%(many)d ungdom har en ansvarlig enhet som ikke finnes i fylket eller er stengt (nummer %(named)s), og ligger i "
        "køen til enheten er bestemt.",
        "%(many)d ungdommer har en ansvarlig enhet som ikke finnes i fylket eller er stengt (nummer %(named)s), og ligger "
        "i køen til enheten er bestemt.",
        many,
    )
    return sentence % {"many": many, "named": named} if many else ""


def _schools(cursor: CursorWrapper) -> str:
    many, named = _unknown(cursor, _SCHOOLS)
    sentence = ngettext(
        "%(many)d rad gjelder en skole som ikke finnes i registeret (organisasjonsnummer %(named)s). Raden er tatt inn, "
        "men skolen kan ikke få ansvar.",
        "%(many)d rader gjelder skoler som ikke finnes i registeret (organisasjonsnummer %(named)s). Radene er tatt inn, "
        "men skolene kan ikke få ansvar.",
        many,
    )
    return sentence % {"many": many, "named": named} if many else ""


def _districts(cursor: CursorWrapper, county_id: int) -> str:
    many, named = _unknown(cursor, _DISTRICTS, county=county_id)
    sentence = ngettext(
        "%(many)d rad har en bydel som ikke finnes i fylket (%(named)s). Raden er tatt inn uten bydel.",
        "%(many)d rader har bydeler som ikke finnes i fylket (%(named)s). Radene er tatt inn uten bydel.",
        many,
    )
    return sentence % {"many": many, "named": named} if many else ""


def _codes(cursor: CursorWrapper) -> str:
    many, named = _unknown(cursor, _CODES)
    sentence = ngettext(
        "%(many)d ungdom har en statuskode som ingen kodeliste kjenner (%(named)s). Koden er beholdt, og statusen må "
        "vurderes av et menneske.",
        "%(many)d ungdommer har statuskoder som ingen kodeliste kjenner (%(named)s). Kodene er beholdt, og statusene må "
        "vurderes av et menneske.",
        many,
    )
    return sentence % {"many": many, "named": named} if many else ""


def _unknown(cursor: CursorWrapper, query: str, **values: int) -> tuple[int, str]:
    """Return how many there are in all, and the most common of what they said."""
    cursor.execute(query, values)
    rows = cursor.fetchall()
    named = ", ".join(said for said, _count in rows[:NAMED]) + (_(" og flere") if len(rows) > NAMED else "")
    return sum(count for _said, count in rows), named
