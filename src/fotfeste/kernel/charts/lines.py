"""Figures over time, with how uncertain they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fotfeste.kernel import formats
from fotfeste.kernel.charts import scales, svg
from fotfeste.kernel.charts.scales import Unit
from fotfeste.kernel.charts.table import ChartTable

_TOP, _BOTTOM = 16, 26


@dataclass(frozen=True)
class Series:
    """
    One line.

    :ivar values: one per place along the line; None where nothing is known, and the line breaks there.
    :ivar low, high: the span the true figure is likely within, drawn as a shade.
    :ivar of: how many the figure is of, for the table and for the words beside a point.
    """

    name: str
    values: Sequence[float | None]
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()
    of: Sequence[int | None] = ()


@dataclass(frozen=True)
class LineChart:
    """
    Lines over time.

    :ivar labels: what each place along the lines is called, in full for the table.
    :ivar days: the day of each place; without them the places stand evenly.
    :ivar marks: shorter names for under the picture, as many as labels; empty ones are not written.
    """

    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    unit: Unit = Unit.COUNT
    days: Sequence[date] = ()
    marks: Sequence[str] = ()
    target: float | None = None
    target_label: str = ""
    note: str = ""
    height: int = 240
    top: float | None = None

    @cached_property
    def _ticks(self) -> list[float]:
        drawn = [v for s in self.series for v in (*s.values, *s.high)]
        return scales.ticks(self.top or scales.highest_of([*drawn, self.target]), self.unit)

    def _y(self, value: float) -> float:
        room = self.height - _TOP - _BOTTOM
        return round(_TOP + room * (1 - value / self._ticks[-1]), 2)

    @cached_property
    def _xs(self) -> list[float]:
        places = [float(d.toordinal()) for d in self.days] or [float(i) for i in range(len(self.labels))]
        return scales.shares(places)

    @property
    def svg(self) -> SafeString:
        """Draw it for the screen."""
        return self._draw(None)

    def standalone(self, width: int = 640) -> SafeString:
        """Draw it for print, a number of points wide."""
        return self._draw(width)

    def _draw(self, width: int | None) -> SafeString:
        lines = [self._line(i, s) for i, s in enumerate(self.series)]
        shapes = [*self._grid(), *(self._band(i, s) for i, s in enumerate(self.series)), *lines, *self._target()]
        shapes += [self._points(i, s) for i, s in enumerate(self.series)]
        return svg.picture(shapes, title=self.title, summary=self.summary, height=self.height, width=width, axis=True)

    def _grid(self) -> list[SafeString]:
        drawn = []
        for value in self._ticks:
            y = self._y(value)
            kind = "fot-c-base" if value == 0 else "fot-c-grid"
            drawn.append(svg.el("line", x1=0, x2="100%", y1=y, y2=y, stroke=svg.GRID, class_=kind))
            drawn.append(svg.text(self.unit.text(value), x=-8, y=y + 4, text_anchor="end"))
        for i in self._named_places():
            x = self._xs[i]
            anchor = "start" if x < 8 else "end" if x > 92 else "middle"
            words = (self.marks or self.labels)[i]
            drawn.append(svg.text(words, x=svg.pct(x), y=self.height - 6, text_anchor=anchor))
        return drawn

    def _named_places(self) -> list[int]:
        """Choose the places named under the picture: always the last, and none so close that names would meet."""
        if not self.marks:
            return scales.evenly(len(self.labels), 4)
        chosen: list[int] = []
        for i in range(len(self.marks) - 1, -1, -1):
            # A name at an edge is written from the edge inwards, and so needs more room towards its neighbour.
            room = 40 if self._xs[i] < 8 or (chosen and self._xs[chosen[-1]] > 92) else 27
            if self.marks[i] and (not chosen or self._xs[chosen[-1]] - self._xs[i] >= room):
                chosen.append(i)
        return chosen

    def _target(self) -> list[SafeString]:
        if self.target is None:
            return []
        y = self._y(self.target)
        words = self.target_label or _("Mål %(value)s") % {"value": self.unit.text(self.target)}
        line = svg.el(
            "line", x1=0, x2="100%", y1=y, y2=y, stroke=svg.INK, stroke_dasharray="2 3", class_="fot-c-target"
        )
        side = (
            {"x": 0, "text_anchor": "start"}
            if self._target_is_free_at_the_start()
            else {"x": "100%", "text_anchor": "end"}
        )
        return [line, svg.text(words, y=y - 5, class_="fot-c-text fot-c-strong", **side)]

    def _target_is_free_at_the_start(self) -> bool:
        """Tell at which end the target's name stands clear of the lines."""
        known = [[v for v in s.values if v is not None] for s in self.series]
        first = min((abs(k[0] - (self.target or 0)) for k in known if k), default=0.0)
        last = min((abs(k[-1] - (self.target or 0)) for k in known if k), default=0.0)
        return first >= last

    def _scaled(self, shape: SafeString) -> SafeString:
        box = f"0 0 100 {self.height}"
        return svg.el("svg", shape, width="100%", height=self.height, viewBox=box, preserveAspectRatio="none")

    def _band(self, index: int, series: Series) -> SafeString:
        known = [
            (x, low, high)
            for x, low, high in zip(self._xs, series.low, series.high, strict=False)
            if low is not None and high is not None
        ]
        if len(known) < 2:
            return mark_safe("")
        upper = [f"{x:.2f} {self._y(high)}" for x, _low, high in known]
        lower = [f"{x:.2f} {self._y(low)}" for x, low, _high in reversed(known)]
        color = svg.COLORS[index % 6]
        css = f"fot-c-band fot-s{index % 6 + 1}"
        d = f"M{'L'.join(upper + lower)}z"
        return self._scaled(svg.el("path", d=d, fill=color, fill_opacity=0.16, stroke="none", class_=css))

    def _line(self, index: int, series: Series) -> SafeString:
        d, pen_down = "", False
        for x, value in zip(self._xs, series.values, strict=True):
            if value is not None:
                d += f"{'L' if pen_down else 'M'}{x:.2f} {self._y(value)}"
            pen_down = value is not None
        shape = svg.el(
            "path",
            d=d,
            fill="none",
            stroke=svg.COLORS[index % 6],
            stroke_width=2.25,
            stroke_linejoin="round",
            stroke_dasharray=svg.DASHES[index % 6] or None,
            vector_effect="non-scaling-stroke",
            class_=f"fot-c-line fot-s{index % 6 + 1}",
        )
        return self._scaled(shape)

    def _points(self, index: int, series: Series) -> SafeString:
        known = [i for i, v in enumerate(series.values) if v is not None]
        shown = known if len(known) <= 16 else known[-1:]
        drawn = []
        for i in shown:
            value = series.values[i]
            if value is None:
                continue
            drawn.append(svg.place(self._xs[i], self._y(value), svg.marker(index), svg.tip(self._words(series, i))))
        return mark_safe("".join(drawn))

    def _words(self, series: Series, i: int) -> str:
        said = f"{series.name}, {self.labels[i]}: {self.unit.text(series.values[i])}"
        return f"{said} ({_('av')} {formats.number(series.of[i])})" if series.of else said

    @property
    def legend(self) -> SafeString:
        """Tell the lines apart, each with its last figure."""
        entries = []
        for i, series in enumerate(self.series):
            line = svg.el(
                "line",
                x1=1,
                x2=27,
                y1=7,
                y2=7,
                stroke=svg.COLORS[i % 6],
                stroke_width=2.25,
                stroke_dasharray=svg.DASHES[i % 6] or None,
                class_=f"fot-c-line fot-s{i % 6 + 1}",
            )
            mark = svg.el(
                "svg",
                line,
                svg.el("svg", svg.marker(i), x=14, y=7, overflow="visible"),
                width=28,
                height=14,
                aria_hidden="true",
            )
            known = [v for v in series.values if v is not None]
            entries.append((mark, _with_last(series.name, self.unit.text(known[-1]) if known else "")))
        if any(s.low for s in self.series):
            shade = svg.el(
                "rect", width=28, height=14, rx=3, fill=svg.COLORS[0], fill_opacity=0.16, class_="fot-c-band fot-s1"
            )
            entries.append(
                (svg.el("svg", shade, width=28, height=14, aria_hidden="true"), format_html("{}", _("usikkerhet")))
            )
        return svg.legend(entries)

    @property
    def summary(self) -> str:
        """Tell in a sentence per line where it starts, ends, and is highest."""
        said = []
        for series in self.series:
            known = [(label, v) for label, v in zip(self.labels, series.values, strict=True) if v is not None]
            if not known:
                said.append(_("%(name)s: ingen tall.") % {"name": series.name})
                continue
            top = max(known, key=lambda pair: pair[1])
            said.append(
                _("%(name)s: %(first)s (%(first_at)s), %(last)s (%(last_at)s), høyest %(top)s (%(top_at)s).")
                % {
                    "name": series.name,
                    "first": self.unit.text(known[0][1]),
                    "first_at": known[0][0],
                    "last": self.unit.text(known[-1][1]),
                    "last_at": known[-1][0],
                    "top": self.unit.text(top[1]),
                    "top_at": top[0],
                }
            )
        return " ".join(said)

    @property
    def table(self) -> ChartTable:
        """Return the same figures in rows, one per place along the lines."""
        header, columns = [_("Når")], []
        for series in self.series:
            header.append(series.name)
            columns.append([self.unit.text(v) for v in series.values])
            if series.of:
                header.append(_("av"))
                columns.append([formats.number(n) for n in series.of])
            if series.low:
                header.append(_("usikkerhet"))
                columns.append(
                    [
                        formats.NO_VALUE
                        if low is None or high is None
                        else f"{self.unit.text(low)}–{self.unit.text(high)}"
                        for low, high in zip(series.low, series.high, strict=True)
                    ]
                )
        rows = [[label, *(column[i] for column in columns)] for i, label in enumerate(self.labels)]
        return ChartTable(caption=self.title, header=header, rows=rows)


def _with_last(name: str, last: str) -> SafeString:
    return format_html("{} <strong>{}</strong>", name, last) if last else format_html("{}", name)
