"""A line the size of a word, beside the figure it leads up to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fotfeste.kernel.charts import scales, svg
from fotfeste.kernel.charts.scales import Unit

_HEIGHT = 28


@dataclass(frozen=True)
class Sparkline:
    """What it shows is said in ``label``; the last figure stands beside it, written out."""

    label: str
    values: Sequence[float]
    unit: Unit = Unit.COUNT

    @property
    def summary(self) -> str:
        """Tell the first and the last figure."""
        if not self.values:
            return _("%(name)s: ingen tall.") % {"name": self.label}
        return _("%(name)s: fra %(first)s til %(last)s") % {
            "name": self.label,
            "first": self.unit.text(self.values[0]),
            "last": self.unit.text(self.values[-1]),
        }

    @property
    def svg(self) -> SafeString:
        """Draw it for the screen."""
        top = scales.highest_of(self.values) or 1.0
        xs = scales.shares([float(i) for i in range(len(self.values))])
        ys = [3 + (_HEIGHT - 6) * (1 - v / top) for v in self.values]
        d = "".join(f"{'L' if i else 'M'}{x:.2f} {y:.2f}" for i, (x, y) in enumerate(zip(xs, ys, strict=True)))
        line = svg.el(
            "path",
            d=d,
            fill="none",
            stroke=svg.COLORS[0],
            stroke_width=2,
            stroke_linejoin="round",
            vector_effect="non-scaling-stroke",
            class_="fot-c-line fot-s1",
        )
        scaled = svg.el(
            "svg",
            line,
            width="100%",
            height=_HEIGHT,
            viewBox=f"0 0 100 {_HEIGHT}",
            preserveAspectRatio="none",
            overflow="visible",
        )
        end = [svg.place(xs[-1], ys[-1], svg.el("circle", r=3, fill=svg.COLORS[0], class_="fot-s1"))] if xs else []
        return svg.el(
            "svg",
            scaled,
            *end,
            class_="fot-spark",
            role="img",
            aria_label=self.summary,
            width="100%",
            height=_HEIGHT,
            overflow="visible",
        )
