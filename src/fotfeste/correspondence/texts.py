"""The texts the product has for each kind of letter, and the fields each kind may be written with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from fotfeste.correspondence.enums import LetterKind
from fotfeste.spec import implements

_ANY = ("navn", "fornavn", "dato", "enhet", "kontaktperson", "kontakt", "fylke")
_ASKS = ("skoleår", "svarfrist", "lenke")
_MEETING = ("møtetype", "tid", "sted", "formål")

#: What may stand in braces, by the kind of letter; the same names in every language.
FIELDS: Mapping[LetterKind, tuple[str, ...]] = {
    LetterKind.NON_APPLICANT: (*_ANY, *_ASKS),
    LetterKind.RIGHTS: _ANY,
    LetterKind.REMINDER: (*_ANY, *_ASKS),
    LetterKind.INVITATION: (*_ANY, *_MEETING),
    LetterKind.CONSENT_COPY: _ANY,
    LetterKind.PLAN_COPY: _ANY,
}
#: What a letter of the kind must have, to do what it is for.
NEEDED: Mapping[LetterKind, tuple[str, ...]] = {
    LetterKind.NON_APPLICANT: ("svarfrist", "lenke", "kontaktperson"),
    LetterKind.RIGHTS: ("kontaktperson",),
    LetterKind.REMINDER: ("lenke",),
    LetterKind.INVITATION: ("tid", "sted"),
    LetterKind.CONSENT_COPY: (),
    LetterKind.PLAN_COPY: (),
}
#: Letters with the youth's rights, of which guardians of those under 18 get a copy (opplæringsforskrifta § 8-3).
TELLS_OF_RIGHTS = frozenset({LetterKind.NON_APPLICANT, LetterKind.RIGHTS})
#: Letters that ask for an answer.
ASKS_FOR_ANSWER = frozenset(kind for kind, needed in NEEDED.items() if "lenke" in needed)


@dataclass(frozen=True, slots=True)
class StandardText:
    """One kind of letter in one language, as the product has it from a day on."""

    version: str
    first_day: date
    subject: str
    body: str


@implements("nal-rights", "nal-reply-request", "nal-late-application")
def standard_text(*, kind: LetterKind, language: str, on: date) -> StandardText:
    """
    Return the product's own text of a day; bokmål where there is none in the language.

    Source: Oslostandarden § 6.3.1; opplæringsforskrifta § 8-3.
    """
    known = [each for each in _all() if each["first_day"] <= on]
    newest = max(known, key=lambda each: each["first_day"])
    words = newest["kinds"][kind.value]
    text = words.get(language) or words["nb"]
    return StandardText(newest["version"], newest["first_day"], text["subject"], text["body"].strip())


@cache
def _all() -> list[dict]:
    place = resources.files("fotfeste.correspondence").joinpath("letter_texts.yaml")
    return list(yaml.safe_load(place.read_text(encoding="utf-8")))
