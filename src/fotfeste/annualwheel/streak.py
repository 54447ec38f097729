"""
What goes on all year, or each week, drawn as a row of strokes: a long one is done, a short one with a ring is a gap.

The gaps are told in words beside it, so the picture says nothing alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fotfeste.annualwheel.enums import WheelState
from fotfeste.kernel import formats
from fotfeste.kernel.charts import svg

_STEP, _HEIGHT, _SHORT, _LONG = 10, 32, 12, 26
_DONE = frozenset({WheelState.DONE, WheelState.DONE_LATE})


@dataclass(frozen=True, slots=True)
class Streak:
    """The times of something in a year, each with its day and how it stands; by weeks, or else by months."""

    times: Sequence[tuple[date, WheelState]]
    is_weekly: bool

    @property
    def gaps(self) -> str:
        """Return the weeks or months it was to be done in and was not; those on end as one."""
        found: list[list[date]] = []
        for before, (day, state) in zip([None, *self.times], self.times, strict=False):
            if state is WheelState.LATE:
                if found and before is not None and before[1] is WheelState.LATE:
                    found[-1].append(day)
                else:
                    found.append([day])
        return ", ".join(self._span(days) for days in found)

    @property
    def svg(self) -> SafeString:
        """Draw it. What it shows stands in words beside it."""
        shapes = [shape for at, (_day, state) in enumerate(self.times) for shape in _stroke(at, state)]
        return svg.el(
            "svg",
            *shapes,
            xmlns="http://www.w3.org/2000/svg",
            class_="fot-streak",
            viewBox=f"0 0 {_STEP * max(len(self.times), 12)} {_HEIGHT}",
            preserveAspectRatio="xMinYMid meet",
            aria_hidden="true",
        )

    def _span(self, days: Sequence[date]) -> str:
        if not self.is_weekly:
            first, last = formats.month(days[0]), formats.month(days[-1])
            return first if first == last else f"{first}–{last}"
        numbers = [formats.iso_week(day - timedelta(days=day.weekday())) for day in (days[0], days[-1])]
        if len(days) == 1:
            return _("uke %(week)s") % {"week": numbers[0]}
        return _("uke %(first)s–%(last)s") % {"first": numbers[0], "last": numbers[1]}


def _stroke(at: int, state: WheelState) -> list[str]:
    x, is_done, is_gap = at * _STEP + _STEP / 2, state in _DONE, state is WheelState.LATE
    look = "fot-w-done" if is_done else "fot-w-late" if is_gap else "fot-w-coming"
    top = _HEIGHT - 2 - (_LONG if is_done else _SHORT)
    line = svg.el("line", x1=x, y1=_HEIGHT - 2, x2=x, y2=top, class_=f"fot-w-week {look}", stroke=svg.INK)
    ring = svg.el("circle", cx=x, cy=top - 4, r=3.5, class_=f"fot-w-gap {look}", fill="none", stroke=svg.INK)
    return [line, ring] if is_gap else [line]
