"""From figures to places on the picture, and to the words beside it."""

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum

from fotfeste.kernel import formats


class Unit(StrEnum):
    """What the figures count. A share is of one, and written in percent."""

    COUNT = "count"
    SHARE = "share"
    DAYS = "days"

    def text(self, value: float | None) -> str:
        """Write a figure out."""
        if self is Unit.SHARE:
            return formats.percent(value)
        decimals = 0 if value is None or float(value).is_integer() else 1
        return formats.number(value, decimals)


def ticks(highest: float, unit: Unit, wanted: int = 4) -> list[float]:
    """
    Return round figures from nought to at or above the highest, about as many as wanted.

    :param highest: the largest figure to be drawn; nought or less gives a scale of one.
    """
    highest = highest if highest > 0 else 1.0
    rough = highest / wanted
    magnitude = 10 ** math.floor(math.log10(rough))
    step = next(m * magnitude for m in (1, 2, 2.5, 5, 10) if m * magnitude >= rough * 0.999999)
    if unit is not Unit.SHARE:
        step = max(1.0, math.ceil(step)) if step < 5 else step
    count = math.ceil(highest / step - 1e-9)
    found = [round(step * i, 10) for i in range(count + 1)]
    return [t for t in found if t <= 1] or found if unit is Unit.SHARE and highest <= 1 else found


def highest_of(values: Iterable[float | None]) -> float:
    """Return the largest of the figures that are known, nought when none is."""
    return max((v for v in values if v is not None), default=0.0)


def evenly(count: int, wanted: int) -> list[int]:
    """Return about as many places as wanted among the first ``count``, always with the first and the last."""
    if count <= wanted:
        return list(range(count))
    return sorted({round(i * (count - 1) / (wanted - 1)) for i in range(wanted)})


def shares(places: Sequence[float]) -> list[float]:
    """Return each place as percent of the way from the first to the last."""
    if len(places) < 2 or places[-1] == places[0]:
        return [50.0 for _ in places]
    width = places[-1] - places[0]
    return [100 * (p - places[0]) / width for p in places]
