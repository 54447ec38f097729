"""Identity numbers and organisation numbers. What an identity number is worth is the law package's to say."""

import re
from collections.abc import Sequence

from fotfeste.integrations.sources.parse.words import vocabulary
from fotfeste.integrations.sources.parsers import parser

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+", re.ASCII)
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_ORG_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


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


STATED_KINDS = {"fødselsnummer": "ordinary", "d-nummer": "d", "h-nummer": "h", "fiktivt": "fictive"}
identity_type = vocabulary(
    STATED_KINDS,
    also={
        "fnr": "ordinary", "ordinært": "ordinary", "dnr": "d", "hnr": "h", "hjelpenummer": "h",
        "fiktiv": "fictive", "fiktivt nummer": "fictive", "fiktivt fødselsnummer": "fictive",
    },
    refusal=f"er ikke en kjent nummertype ({', '.join(STATED_KINDS)})",
)  # fmt: skip


@parser(repeats=True)
def org_number(cell: str) -> str:
    """Read an organisation number: nine digits, the last a check digit (modulus 11)."""
    digits = _SPACES.sub("", cell)
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 9):
        raise ValueError("er ikke et organisasjonsnummer på ni sifre")
    check = -sum(int(digit) * weight for digit, weight in zip(digits, _ORG_WEIGHTS, strict=False)) % 11
    if check != int(digits[8]):
        raise ValueError("er ikke et gyldig organisasjonsnummer: kontrollsifferet stemmer ikke")
    return digits
