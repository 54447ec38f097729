"""What counts as unusual reading, as dated data."""

from datetime import date
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field

from fotfeste.spec.written import read_yaml


class FlagRules(BaseModel):
    """The figures in force from a day on. See ``data/flag_rules.yaml`` for what each means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first_day: date
    tasks: tuple[str, ...]
    acted_within_days: int = Field(ge=0)
    outside_persons: int = Field(gt=0)
    address_minutes: int = Field(gt=0)
    night_from: int = Field(ge=12, le=23)
    night_until: int = Field(ge=0, le=11)
    night_looks: int = Field(gt=0)
    refused_persons: int = Field(gt=0)


@cache
def _every() -> tuple[FlagRules, ...]:
    text = resources.files("fotfeste.oversight").joinpath("data/flag_rules.yaml").read_text(encoding="utf-8")
    found = [FlagRules.model_validate(raw) for raw in read_yaml(text)]
    return tuple(sorted(found, key=lambda rules: rules.first_day))


def flag_rules(*, on: date) -> FlagRules:
    """Return the figures in force on a day; before the first of them, the first."""
    held = [rules for rules in _every() if rules.first_day <= on]
    return held[-1] if held else _every()[0]
