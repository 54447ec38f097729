"""Closed vocabularies and codes of the sources."""

import re
from collections.abc import Mapping

from fotfeste.integrations.sources.enums import Protection
from fotfeste.integrations.sources.parsers import Parser, parser
from fotfeste.law.facts import EnrolmentKind

_PROGRAMME = re.compile(r"[A-ZÆØÅ0-9]{2,6}[A-ZÆØÅ0-9-]{0,4}")
_UPPER_LEVEL = re.compile(r"(?:VG\s?)?([1-4])", re.ASCII)
_LOWER_LEVEL = re.compile(r"(8|9|10)(?:\.?\s?(?:TRINN|KLASSE))?", re.ASCII)
_REASON = re.compile(r"[A-ZÆØÅ0-9_-]{1,20}")


def vocabulary(words: Mapping[str, str], *, refusal: str, also: Mapping[str, str] | None = None) -> Parser:
    """Make a parser of word to normalised word; `words` are those written back, `also` those only understood."""
    known = {_spelled(word): str(value) for word, value in {**(also or {}), **words}.items()}
    written = {str(value): word for word, value in words.items()}

    @parser(repeats=True, write=written.__getitem__)
    def word(cell: str) -> str:
        found = known.get(_spelled(cell))
        if found is None:
            raise ValueError(refusal)
        return found

    return word


def _spelled(word: str) -> str:
    return re.sub(r"[\s_-]+", " ", word.strip().casefold())


KINDS = {
    "elev": EnrolmentKind.PUPIL,
    "lærling": EnrolmentKind.APPRENTICE,
    "lærekandidat": EnrolmentKind.TRAINEE_CANDIDATE,
    "praksisbrevkandidat": EnrolmentKind.PRACTICE_CANDIDATE,
    "vo-vov": EnrolmentKind.VO_VOV,
    "vo-yrkesfag": EnrolmentKind.VO_VOCATIONAL,
    "vo-fov": EnrolmentKind.VO_FOV,
    "forberedende": EnrolmentKind.PREPARATORY_YOUTH,
    "grunnskole": EnrolmentKind.LOWER_SECONDARY,
}
enrolment_kind = vocabulary(KINDS, refusal=f"er ikke en kjent type ({', '.join(KINDS)})")

protection = vocabulary(
    {
        "ugradert": Protection.NONE,
        "fortrolig": Protection.CONFIDENTIAL,
        "strengt fortrolig": Protection.STRICTLY_CONFIDENTIAL,
        "skjermet": Protection.SHIELDED,
    },
    also={
        "ingen": Protection.NONE,
        "kode 7": Protection.CONFIDENTIAL,
        "7": Protection.CONFIDENTIAL,
        "kode 6": Protection.STRICTLY_CONFIDENTIAL,
        "6": Protection.STRICTLY_CONFIDENTIAL,
        "strengt fortrolig utland": Protection.STRICTLY_CONFIDENTIAL,
        "egen ansatt": Protection.SHIELDED,
    },
    refusal="er ikke en kjent gradering (ugradert, fortrolig, strengt fortrolig eller skjermet)",
)

yes_or_no = vocabulary(
    {"ja": "t", "nei": "f"},
    also={"j": "t", "n": "f", "true": "t", "false": "f", "sann": "t", "usann": "f", "1": "t", "0": "f"},
    refusal="er verken ja eller nei",
)


@parser(repeats=True)
def programme(cell: str) -> str:
    """Read a programme-area code: up to ten characters, six from the national list and four local."""
    code = "".join(cell.split()).upper()
    if not _PROGRAMME.fullmatch(code):
        raise ValueError("er ikke en programområdekode (inntil ti tegn, for eksempel HSHEA2----)")
    return code


@parser(repeats=True)
def level(cell: str) -> str:
    """Read a level of upper-secondary (VG1-VG4) or lower-secondary school (8-10)."""
    written = cell.upper()
    if match := _UPPER_LEVEL.fullmatch(written):
        return f"VG{match[1]}"
    if match := _LOWER_LEVEL.fullmatch(written):
        return match[1]
    raise ValueError("er ikke et trinn (VG1 til VG4, eller 8 til 10)")


NOT_APPLIED = frozenset({"OSON"})
NOT_STARTED = frozenset({"OSNP", "OSUT", "OSVE"})
BROKE_OFF = frozenset({"OESL"})


def _reason(*elsewhere: tuple[frozenset[str], str]) -> Parser:
    """Make a parser of VIGO's reason codes that refuses those another source is for. Unknown codes are kept."""

    @parser(repeats=True)
    def reason(cell: str) -> str:
        code = cell.upper()
        if not _REASON.fullmatch(code):
            raise ValueError("er ikke en årsakskode")
        for codes, belongs in elsewhere:
            if code in codes:
                raise ValueError(f"hører ikke til i denne kilden, men i {belongs}")
        return code

    return reason


_TO_NON_APPLICANTS = (NOT_APPLIED, "kilden non-applicants (ikke-søkere)")
_TO_WITHOUT_PLACE = (NOT_STARTED, "kilden without-place (søkere uten plass)")
_TO_LEAVERS = (BROKE_OFF, "kilden leavers (sluttere)")
reason_not_applied = _reason(_TO_WITHOUT_PLACE, _TO_LEAVERS)
reason_not_started = _reason(_TO_NON_APPLICANTS, _TO_LEAVERS)

__all__ = [
    "enrolment_kind",
    "level",
    "programme",
    "protection",
    "reason_not_applied",
    "reason_not_started",
    "yes_or_no",
]
