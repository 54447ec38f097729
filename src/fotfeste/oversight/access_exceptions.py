"""What a copy to the person it is about leaves out or marks, as data with the paragraph (``data/``)."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict

from fotfeste.law import sources
from fotfeste.oversight.copy_words import language_in_use


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Text(_Strict):
    nb: str
    nn: str
    en: str

    def __str__(self) -> str:
        """Return the text in the language in use."""
        return str(getattr(self, language_in_use()))


class _Exception(_Strict):
    of: list[str]
    why: _Text
    sources: list[str]


class _File(_Strict):
    withheld: list[_Exception]
    review: list[_Exception]
    repeated: list[str]
    unfindable: dict[str, _Text]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class AccessException:
    """Why something is left out of a copy, or must be read before it is handed over."""

    why: _Text
    citation: str

    def __str__(self) -> str:
        """Return both in the language in use."""
        return f"{self.why} {self.citation}."


@cache
def exceptions() -> _File:
    """Return the file as it stands."""
    text = resources.files("fotfeste.oversight").joinpath("data/access_exceptions.yaml").read_text(encoding="utf-8")
    return _File.model_validate(yaml.safe_load(text))


@cache
def withheld() -> dict[str, AccessException]:
    """Return what is left out, by model or model.field."""
    return _by_key(exceptions().withheld)


@cache
def to_review() -> dict[str, AccessException]:
    """Return what somebody reads before it is handed over, by model.field."""
    return _by_key(exceptions().review)


def _by_key(lines: list[_Exception]) -> dict[str, AccessException]:
    return {
        key: AccessException(line.why, "; ".join(sources.by_id(each).citation for each in line.sources))
        for line in lines
        for key in line.of
    }
