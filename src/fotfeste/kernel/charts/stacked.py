"""Parts of a whole, one bar per whole."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fotfeste.kernel import formats
from fotfeste.kernel.charts import svg
from fotfeste.kernel.charts.table import ChartTable

_ROW, _TOP = 50, 4
_ON_COLOR = {"fill": "#fff", "class_": "fot-c-text fot-c-on-part"}
_ON_HATCH = {
    "fill": svg.INK,
    "stroke": "#fff",
    "stroke_width": 5,
    "paint_order": "stroke",
    "class_": "fot-c-text fot-c-on-hatch",
}


@dataclass(frozen=True)
class Category:
    """One kind of part. ``hatched`` draws what is unknown, so that it never looks like a result."""

    name: str
    hatched: bool = False


@dataclass(frozen=True)
class Stack:
    """One whole: how many in each category, in the categories' order."""

    label: str
    counts: Sequence[int]

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return sum(self.counts)


@dataclass(frozen=True)
class StackedBarChart:
    """Lying bars cut in parts: as shares of each whole, or with ``as_counts`` against the largest whole."""

    title: str
    categories: Sequence[Category]
    stacks: Sequence[Stack]
    as_counts: bool = False
    note: str = ""

    @property
    def svg(self) -> SafeString:
        """Draw it for the screen."""
        return self._draw(None)

    def standalone(self, width: int = 640) -> SafeString:
        """Draw it for print, a number of points wide."""
        return self._draw(width)

    def _draw(self, width: int | None) -> SafeString:
        shapes = [self._hatch()]
        shapes += [self._row(stack, _TOP + i * _ROW) for i, stack in enumerate(self.stacks)]
        height = _TOP + len(self.stacks) * _ROW
        return svg.picture(shapes, title=self.title, summary=self.summary, height=height, width=width)

    def _hatch(self) -> SafeString:
        stripe = svg.el("path", d="M-1 7 7-1M3 11 11 3", stroke="#fff", stroke_width=2.5, class_="fot-c-hatch")
        pattern = svg.el("pattern", stripe, id=self._hatch_id, width=8, height=8, patternUnits="userSpaceOnUse")
        return svg.el("defs", pattern)

    @property
    def _hatch_id(self) -> str:
        return f"h{zlib.crc32(f'{self.title}{self.stacks}'.encode()):08x}"

    def _row(self, stack: Stack, y: float) -> SafeString:
        whole = max((s.total for s in self.stacks), default=0) if self.as_counts else stack.total
        name = svg.text(stack.label, x=0, y=y + 13, font_size=13, fill=svg.INK, class_="fot-c-text fot-c-name")
        total = svg.text(formats.number(stack.total), x="100%", y=y + 13, text_anchor="end")
        drawn, x = [name, total], 0.0
        for i, (category, count) in enumerate(zip(self.categories, stack.counts, strict=True)):
            if not count or not whole:
                continue
            width = 100 * count / whole
            drawn += self._part(i, category, count, x, width, y + 20, stack)
            x += width
        return svg.el("g", *drawn)

    def _part(
        self, i: int, category: Category, count: int, x: float, width: float, y: float, stack: Stack
    ) -> list[SafeString]:
        said = formats.number(count) if self.as_counts else formats.percent(count / stack.total)
        words = f"{stack.label}, {category.name}: {formats.number(count)} ({formats.percent(count / stack.total)})"
        box = {"x": svg.pct(x), "y": y, "width": svg.pct(width), "height": 20}
        part = svg.el("rect", svg.tip(words), stroke="#fff", stroke_width=1.5, **box, **self._look(i))
        drawn = [part]
        if category.hatched:
            drawn.append(svg.el("rect", fill=f"url(#{self._hatch_id})", pointer_events="none", **box))
        if width >= 12:
            middle = {"x": svg.pct(x + width / 2), "y": y + 14, "text_anchor": "middle", "pointer_events": "none"}
            ink = _ON_HATCH if category.hatched else _ON_COLOR
            drawn.append(svg.text(said, **middle, **ink))
        return drawn

    def _look(self, i: int) -> dict[str, str]:
        """Choose the colour of the n-th category; what is unknown is always grey."""
        color = len(svg.COLORS) - 1 if self.categories[i].hatched else i % (len(svg.COLORS) - 1)
        return {"fill": svg.COLORS[color], "class_": f"fot-c-part fot-p{color + 1}"}

    @property
    def legend(self) -> SafeString:
        """Tell the parts apart, in the order they stand."""
        entries = []
        for i, category in enumerate(self.categories):
            swatch = [svg.el("rect", width=14, height=14, rx=3, **self._look(i))]
            if category.hatched:
                stripes = "M0 7 7 0M4 14 14 4M0 13 13 0"
                swatch.append(svg.el("path", d=stripes, stroke="#fff", stroke_width=2, class_="fot-c-hatch"))
            entries.append((svg.el("svg", *swatch, width=14, height=14, aria_hidden="true"), category.name))
        return svg.legend(entries)

    @property
    def summary(self) -> str:
        """Tell in a sentence per whole which part is the largest."""
        said = []
        for stack in self.stacks:
            if not stack.total:
                said.append(_("%(label)s: ingen.") % {"label": stack.label})
                continue
            i = max(range(len(stack.counts)), key=lambda n: stack.counts[n])
            share = formats.percent(stack.counts[i] / stack.total)
            said.append(f"{stack.label}: {self.categories[i].name} {share}.")
        return " ".join(said)

    @property
    def table(self) -> ChartTable:
        """Return the counts in rows, one per whole, with the sum."""
        header = [_("Hva"), *(c.name for c in self.categories), _("I alt")]
        rows = [[s.label, *(formats.number(n) for n in s.counts), formats.number(s.total)] for s in self.stacks]
        return ChartTable(caption=self.title, header=header, rows=rows)
