"""Identity numbers and organisation numbers. What an identity number is worth is the law package's to say."""

import re
from collections.abc import Sequence

from fotfeste.integrations.sources.parse.words import vocabulary
from fotfeste.integrations.sources.parsers import parser
from fotfeste.law.org_number import is_org_number

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+", re.ASCII)
_SPACES = re.compile(r"[\s\u200b\ufeff]+")


def _unspaced(cells: Sequence[str]) -> list[str] | None:
    joined = "".join(cells)
    return list(cells) if joined.isascii() and joined.isdecimal() else None


@parser(many=_unspaced)
def identity_number(cell: str) -> str:
    """Read an identity number as the characters it consists of; the number itself is judged with its kind."""
    number = _SPACES.sub("", cell).upper()
    if _SCIENTIFIC.fullmatch(number):
        raise ValueError(
            "er ødelagt av et regneark (eksponentform): formater kolonnen som tekst og hent tallet på nytt"
        )
    return number


FICTIVE, OFFICIAL = "fictive", "official"
identity_type = vocabulary(
    {"fiktivt": FICTIVE, "fødselsnummer": OFFICIAL},
    also={
        "fiktiv": FICTIVE,
        "fiktivt nummer": FICTIVE,
        "fiktivt fødselsnummer": FICTIVE,
        "ordinært": OFFICIAL,
        "d nummer": OFFICIAL,
        "h nummer": OFFICIAL,
        "syntetisk": OFFICIAL,
    },
    refusal="er ikke en kjent nummertype (fødselsnummer, d-nummer, h-nummer eller fiktivt)",
)


@parser(repeats=True)
def org_number(cell: str) -> str:
    """Read an organisation number, with or without spaces."""
    digits = _SPACES.sub("", cell)
    if is_org_number(digits):
        return digits
    if len(digits) == 9 and digits.isascii() and digits.isdecimal():
        raise ValueError("er ikke et gyldig organisasjonsnummer: kontrollsifferet stemmer ikke")
    raise ValueError("er ikke et organisasjonsnummer på ni sifre")
