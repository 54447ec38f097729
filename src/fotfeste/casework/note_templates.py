"""What notes often say: the texts offered everywhere, before a county or a unit has said otherwise."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fotfeste.spec.written import read_yaml

_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,60}\]")


@dataclass(frozen=True, slots=True)
class DefaultTemplate:
    """A text offered everywhere, by language."""

    key: str
    name: Mapping[str, str]
    text: Mapping[str, str]


@cache
def default_templates() -> tuple[DefaultTemplate, ...]:
    """Return the texts offered everywhere, in order."""
    told = resources.files("fotfeste.casework").joinpath("note_templates.yaml").read_text(encoding="utf-8")
    return tuple(DefaultTemplate(**each) for each in read_yaml(told))


def left_open(text: str) -> list[str]:
    """Return what stands in brackets in a text and is still to be filled in."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))
