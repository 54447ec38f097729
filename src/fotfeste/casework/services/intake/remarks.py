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
WHERE i.school_org IS NOT NULL AND NOT EXISTS (SELECT FROM organisations_unit u WHERE u.org_number = i.school_org)
GROUP BY 1 ORDER BY 2 DESC, 1
"""
_CODES = """
SELECT c.told_raw, count(*) FROM intake_case c WHERE c.told_code = '?' AND c.told_raw <> '?' GROUP BY 1 ORDER BY 2 DESC, 1
"""


def remarks(cursor: CursorWrapper) -> list[str]:
    """Return a sentence for each kind of thing nobody knows: units, schools and status codes, by their numbers."""
    return [sentence for told in (_units, _schools, _codes) if (sentence := told(cursor))]


def _units(cursor: CursorWrapper) -> str:
    many, named = _unknown(cursor, _UNITS)
    sentence = ngettext(
        "%(many)d ungdom har en ansvarlig enhet som ikke finnes i fylket (nummer %(named)s), og ligger i køen til enheten "
        "er bestemt.",
        "%(many)d ungdommer har en ansvarlig enhet som ikke finnes i fylket (nummer %(named)s), og ligger i køen til "
        "enheten er bestemt.",
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


def _unknown(cursor: CursorWrapper, query: str) -> tuple[int, str]:
    """Return how many there are in all, and the most common of what they said."""
    cursor.execute(query)
    rows = cursor.fetchall()
    named = ", ".join(said for said, _count in rows[:NAMED]) + (_(" og flere") if len(rows) > NAMED else "")
    return sum(count for _said, count in rows), named
