"""
The wheel of a school year, drawn on the server. August is at the top and the year goes with the clock.

Each event is a mark with the number it has in the table; how it stands is told by the mark's shape, and colour only
repeats it. The innermost ring has a stroke for each week.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fotfeste.annualwheel.enums import WheelState
from fotfeste.kernel import formats
from fotfeste.kernel.charts import svg
from fotfeste.law.school_year import SchoolYear

SIZE = 640
_MIDDLE = SIZE / 2
_OUTER, _MONTHS, _WEEKS = 314, 296, 132
_TRACKS = (256, 222, 188, 154)
#: Marks this close on a track would cover each other.
_ROOM = 33


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on the wheel: the number it has in the table, its day and how it stands."""

    number: int
    on: date
    state: WheelState
    label: str


@dataclass(frozen=True, slots=True)
class Wheel:
    """The picture: the year, its marks, the weeks of what is done weekly, and where in the year it is now."""

    year: SchoolYear
    marks: Sequence[Mark]
    weeks: Sequence[tuple[date, WheelState]]
    today: date
    title: str
    summary: str

    @property
    def svg(self) -> SafeString:
        """Return the picture."""
        key = f"wheel-{self.year.start_year}"
        shapes = [*self._months(), *self._weeks(), *self._now(), *self._marks()]
        named = svg.el("title", svg.escape(self.title), id=f"{key}-t")
        named += svg.el("desc", svg.escape(self.summary), id=f"{key}-d")
        return svg.el(
            "svg",
            named,
            *shapes,
            xmlns="http://www.w3.org/2000/svg",
            class_="fot-wheel",
            viewBox=f"0 0 {SIZE} {SIZE}",
            role="img",
            aria_labelledby=f"{key}-t {key}-d",
        )

    @property
    def legend(self) -> SafeString:
        """Return what each shape stands for."""
        used = [state for state in WheelState if any(mark.state is state for mark in self.marks)]
        return svg.legend((_sample(state), str(state.label)) for state in used)

    def _turn(self, day: date) -> float:
        """Return how far round the year a day is, from 0 at 1 August."""
        days = (self.year.last_day - self.year.first_day).days + 1
        return min(max((day - self.year.first_day).days / days, 0), 1)

    def _months(self) -> Iterator[str]:
        yield svg.el("circle", cx=_MIDDLE, cy=_MIDDLE, r=_OUTER, class_="fot-w-ring", fill="none", stroke=svg.GRID)
        yield svg.el("circle", cx=_MIDDLE, cy=_MIDDLE, r=_OUTER - 36, class_="fot-w-ring", fill="none", stroke=svg.GRID)
        for step in range(12):
            month = (7 + step) % 12 + 1
            first = date(self.year.start_year + (month < 8), month, 1)
            x, y = _at(self._turn(first), _WEEKS + 12)
            far_x, far_y = _at(self._turn(first), _OUTER)
            yield svg.el("line", x1=x, y1=y, x2=far_x, y2=far_y, class_="fot-c-grid", stroke=svg.GRID)
            name_x, name_y = _at(self._turn(first.replace(day=16)), _MONTHS)
            name = formats.month(first).split()[0][:3]
            yield svg.text(name, x=name_x, y=name_y + 7, font_size=20, text_anchor="middle")
        yield svg.text(
            self.year.label,
            x=_MIDDLE,
            y=_MIDDLE + 11,
            font_size=32,
            text_anchor="middle",
            class_="fot-c-text fot-c-value",
        )

    def _weeks(self) -> Iterator[str]:
        for day, state in self.weeks:
            done = state in {WheelState.DONE, WheelState.DONE_LATE}
            late = state is WheelState.LATE
            reach = 20 if done else 8
            x, y = _at(self._turn(day), _WEEKS - reach)
            far_x, far_y = _at(self._turn(day), _WEEKS)
            look = "fot-w-done" if done else "fot-w-late" if late else "fot-w-coming"
            yield svg.el("line", x1=x, y1=y, x2=far_x, y2=far_y, class_=f"fot-w-week {look}", stroke=svg.INK)
            if late:
                yield svg.el("circle", cx=x, cy=y, r=3.5, class_=f"fot-w-gap {look}", fill="none", stroke=svg.INK)

    def _now(self) -> Iterator[str]:
        if self.today in self.year:
            x, y = _at(self._turn(self.today), 100)
            far_x, far_y = _at(self._turn(self.today), _OUTER)
            yield svg.el("line", x1=x, y1=y, x2=far_x, y2=far_y, class_="fot-w-now", stroke=svg.INK)
            yield svg.text(
                _("i dag"), x=x, y=y + 5, font_size=18, text_anchor="middle", class_="fot-c-text fot-w-today"
            )

    def _marks(self) -> Iterator[str]:
        last: dict[int, list[tuple[float, float]]] = {track: [] for track in _TRACKS}
        for mark in self.marks:
            turn = self._turn(mark.on)
            track = next((r for r in _TRACKS if _is_free(turn, r, last[r])), _TRACKS[-1])
            x, y = _at(turn, track)
            last[track].append((x, y))
            words = f"{mark.number}. {mark.label}: {formats.day(mark.on)}, {mark.state.label}"
            yield svg.el("g", svg.tip(words), _shape(mark.state, x, y), _number(mark, x, y), class_="fot-w-mark")


def _at(turn: float, radius: float) -> tuple[float, float]:
    angle = math.tau * turn - math.pi / 2
    return round(_MIDDLE + radius * math.cos(angle), 2), round(_MIDDLE + radius * math.sin(angle), 2)


def _is_free(turn: float, radius: float, taken: list[tuple[float, float]]) -> bool:
    x, y = _at(turn, radius)
    return all(math.hypot(x - other_x, y - other_y) >= _ROOM for other_x, other_y in taken)


def _number(mark: Mark, x: float, y: float) -> SafeString:
    solid = mark.state in {WheelState.DONE, WheelState.LATE}
    look = "fot-w-number fot-w-on" if solid else "fot-w-number"
    return svg.text(str(mark.number), x=x, y=y + 6, font_size=17, text_anchor="middle", class_=look)


def _shape(state: WheelState, x: float, y: float) -> SafeString:
    """Draw how something stands: filled round, ringed round, filled triangle, diamond, thin round, dashed square."""
    look = {"class_": f"fot-w-shape fot-w-{state.value.replace('_', '-')}", "stroke": svg.INK, "fill": "none"}
    if state is WheelState.DONE:
        return svg.el("circle", cx=x, cy=y, r=15, **{**look, "fill": svg.INK})
    if state is WheelState.DONE_LATE:
        ring = svg.el("circle", cx=x, cy=y, r=11.5, **look)
        return mark_safe(svg.el("circle", cx=x, cy=y, r=15, **look) + ring)
    if state is WheelState.LATE:
        points = f"{x},{y - 20:.2f} {x + 19:.2f},{y + 13:.2f} {x - 19:.2f},{y + 13:.2f}"
        return svg.el("polygon", points=points, **{**look, "fill": svg.INK})
    if state is WheelState.DUE:
        points = f"{x},{y - 18:.2f} {x + 18:.2f},{y} {x},{y + 18:.2f} {x - 18:.2f},{y}"
        return svg.el("polygon", points=points, **look)
    if state is WheelState.UNKNOWN:
        return svg.el("rect", x=x - 14, y=y - 14, width=28, height=28, stroke_dasharray="4 3", **look)
    return svg.el("circle", cx=x, cy=y, r=15, **look)


def _sample(state: WheelState) -> SafeString:
    return svg.el("svg", _shape(state, 20, 21), viewBox="0 0 40 40", width=20, height=20, aria_hidden="true")
