"""Figures side by side, the largest first, with a mark for what is aimed at."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fotfeste.kernel import formats
from fotfeste.kernel.charts import scales, svg
from fotfeste.kernel.charts.scales import Unit
from fotfeste.kernel.charts.table import ChartTable

_ROW, _TOP = 48, 4


@dataclass(frozen=True)
class Bar:
    """
    One bar.

    :ivar low, high: the span the true figure is likely within; small schools have wide ones.
    :ivar of: how many the figure is of.
    :ivar own: the one's own unit, drawn stronger.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    of: int | None = None
    own: bool = False


@dataclass(frozen=True)
class BarChart:
    """Lying bars with their names above them, so that long names have room on a narrow screen too."""

    title: str
    bars: Sequence[Bar]
    unit: Unit = Unit.COUNT
    target: float | None = None
    target_label: str = ""
    note: str = ""
    in_given_order: bool = False

    @property
    def sorted_bars(self) -> list[Bar]:
        """Return the bars as drawn: largest first, unknown last, unless the order given means something."""
        if self.in_given_order:
            return list(self.bars)
        return sorted(self.bars, key=lambda b: (b.value is None, -(b.value or 0), b.label))

    @property
    def _top(self) -> float:
        drawn = [v for b in self.bars for v in (b.value, b.high)]
        return scales.highest_of([*drawn, self.target]) or 1.0

    @property
    def svg(self) -> SafeString:
        """Draw it for the screen."""
        return self._draw(None)

    def standalone(self, width: int = 640) -> SafeString:
        """Draw it for print, a number of points wide."""
        return self._draw(width)

    def _draw(self, width: int | None) -> SafeString:
        shapes = [self._bar(bar, _TOP + i * _ROW) for i, bar in enumerate(self.sorted_bars)]
        height = _TOP + len(self.bars) * _ROW
        if self.target is not None:
            x = svg.pct(100 * self.target / self._top)
            shapes += [
                svg.el(
                    "line",
                    x1=x,
                    x2=x,
                    y1=_TOP + i * _ROW + 17,
                    y2=_TOP + i * _ROW + 37,
                    stroke=svg.INK,
                    stroke_width=2,
                    class_="fot-c-target",
                )
                for i in range(len(self.bars))
            ]
        return svg.picture(shapes, title=self.title, summary=self.summary, height=height, width=width)

    def _bar(self, bar: Bar, y: float) -> SafeString:
        said = self.unit.text(bar.value)
        of = f" ({_('av')} {formats.number(bar.of)})" if bar.of is not None else ""
        name = svg.text(
            bar.label,
            x=0,
            y=y + 13,
            font_size=13,
            fill=svg.INK,
            class_=f"fot-c-text fot-c-name{' fot-c-strong' if bar.own else ''}",
        )
        value = svg.el("tspan", escape(said), font_weight=600, fill=svg.INK, class_="fot-c-value")
        place = {"x": "100%", "y": y + 13, "text_anchor": "end", "font_size": 12, "font_family": svg.FONT}
        figure = svg.el("text", value, escape(of), fill=svg.QUIET, class_="fot-c-text", **place)
        ground = svg.el("rect", x=0, y=y + 21, width="100%", height=12, rx=3, fill="#eef0f1", class_="fot-c-ground")
        drawn = [name, figure, ground]
        if bar.value is not None:
            css = "fot-c-bar fot-c-own" if bar.own else "fot-c-bar"
            drawn.append(
                svg.el(
                    "rect",
                    svg.tip(f"{bar.label}: {said}{of}"),
                    x=0,
                    y=y + 21,
                    height=12,
                    rx=3,
                    width=svg.pct(100 * bar.value / self._top),
                    fill=svg.COLORS[0],
                    class_=css,
                )
            )
        if bar.low is not None and bar.high is not None:
            left, right = svg.pct(100 * bar.low / self._top), svg.pct(100 * bar.high / self._top)
            drawn.append(svg.el("line", x1=left, x2=right, y1=y + 38, y2=y + 38, stroke=svg.INK, class_="fot-c-span"))
            drawn += [
                svg.el("line", x1=x, x2=x, y1=y + 35, y2=y + 41, stroke=svg.INK, class_="fot-c-span")
                for x in (left, right)
            ]
        return svg.el("g", *drawn)

    @property
    def legend(self) -> SafeString:
        """Tell what the marks on the bars are."""
        entries = []
        if self.target is not None:
            line = svg.el("line", x1=14, x2=14, y1=0, y2=14, stroke=svg.INK, stroke_width=2, class_="fot-c-target")
            words = self.target_label or _("mål: %(value)s") % {"value": self.unit.text(self.target)}
            entries.append((svg.el("svg", line, width=28, height=14, aria_hidden="true"), words))
        if any(b.low is not None for b in self.bars):
            line = svg.el("path", d="M3 4v6M3 7h22M25 4v6", stroke=svg.INK, class_="fot-c-span")
            entries.append((svg.el("svg", line, width=28, height=14, aria_hidden="true"), _("usikkerhet")))
        return svg.legend(entries) if entries else mark_safe("")

    @property
    def summary(self) -> str:
        """Tell in a sentence which is highest and which is lowest."""
        known = [b for b in self.sorted_bars if b.value is not None]
        if not known:
            return _("Ingen tall.")
        high = max(known, key=lambda b: b.value or 0)
        low = min(known, key=lambda b: b.value or 0)
        return _("Høyest: %(high)s, %(high_value)s. Lavest: %(low)s, %(low_value)s.") % {
            "high": high.label,
            "high_value": self.unit.text(high.value),
            "low": low.label,
            "low_value": self.unit.text(low.value),
        }

    @property
    def table(self) -> ChartTable:
        """Return the same figures in rows, in the order drawn."""
        with_of = any(b.of is not None for b in self.bars)
        with_span = any(b.low is not None for b in self.bars)
        header = [_("Hva"), _("Verdi"), *([_("av")] if with_of else []), *([_("usikkerhet")] if with_span else [])]
        rows = []
        for bar in self.sorted_bars:
            row = [bar.label, self.unit.text(bar.value)]
            if with_of:
                row.append(formats.number(bar.of))
            if with_span:
                known = bar.low is not None and bar.high is not None
                row.append(f"{self.unit.text(bar.low)}–{self.unit.text(bar.high)}" if known else formats.NO_VALUE)
            rows.append(row)
        return ChartTable(caption=self.title, header=header, rows=rows)
