"""The same small picture for many, on one scale, so that they can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fotfeste.kernel.charts import scales, svg
from fotfeste.kernel.charts.scales import Unit
from fotfeste.kernel.charts.table import ChartTable

_HEIGHT = 88
_TOP, _BOTTOM = 8, 8


@dataclass(frozen=True)
class Panel:
    """One of the many: its name and its figures; None where nothing is known."""

    name: str
    values: Sequence[float | None]
    url: str = ""


@dataclass(frozen=True)
class SmallMultiples:
    """
    Many small lines, each with the common one behind it.

    :ivar common: what all are compared with, drawn thin in each.
    """

    title: str
    labels: Sequence[str]
    panels: Sequence[Panel]
    unit: Unit = Unit.COUNT
    common: Panel | None = None
    note: str = ""

    @property
    def _top(self) -> float:
        everyone = [*self.panels, *([self.common] if self.common else [])]
        return scales.ticks(scales.highest_of(v for p in everyone for v in p.values), self.unit)[-1]

    def _y(self, value: float) -> float:
        return round(_TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - value / self._top), 2)

    def _path(self, values: Sequence[float | None], **attributes: object) -> SafeString:
        xs = scales.shares([float(i) for i in range(len(self.labels))])
        d, pen_down = "", False
        for x, value in zip(xs, values, strict=True):
            if value is not None:
                d += f"{'L' if pen_down else 'M'}{x:.2f} {self._y(value)}"
            pen_down = value is not None
        path = svg.el("path", d=d, fill="none", vector_effect="non-scaling-stroke", **attributes)
        return svg.el(
            "svg", path, width="100%", height=_HEIGHT, viewBox=f"0 0 100 {_HEIGHT}", preserveAspectRatio="none"
        )

    def _panel(self, panel: Panel) -> SafeString:
        known = [(label, v) for label, v in zip(self.labels, panel.values, strict=True) if v is not None]
        last = self.unit.text(known[-1][1]) if known else _("ingen tall")
        summary = f"{self.labels[0]}–{self.labels[-1]}: {self.unit.text(known[0][1])} – {last}" if known else last
        base = self._y(0)
        shapes = [svg.el("line", x1=0, x2="100%", y1=base, y2=base, stroke=svg.GRID, class_="fot-c-base")]
        if self.common:
            shapes.append(
                self._path(self.common.values, stroke=svg.QUIET, stroke_dasharray="3 3", class_="fot-c-common")
            )
        line = {"stroke": svg.COLORS[0], "stroke_width": 2.25, "stroke_linejoin": "round"}
        shapes.append(self._path(panel.values, **line, class_="fot-c-line fot-s1"))
        drawn = svg.picture(shapes, title=f"{self.title}: {panel.name}", summary=summary, height=_HEIGHT, width=None)
        name = format_html('<a href="{}">{}</a>', panel.url, panel.name) if panel.url else panel.name
        return format_html(
            '<li><p class="fot-panel-name"><span>{}</span><strong>{}</strong></p>{}</li>', name, last, drawn
        )

    @property
    def svg(self) -> SafeString:
        """Draw them for the screen, as many beside each other as there is room for."""
        return format_html(
            '<ul class="fot-multiples">{}</ul>', format_html_join("", "{}", ((self._panel(p),) for p in self.panels))
        )

    @property
    def legend(self) -> SafeString:
        """Tell what the thin line is, and how high the scale goes."""
        scale = _("Skala: 0 til %(top)s") % {"top": self.unit.text(self._top)}
        if not self.common:
            return format_html('<p class="fot-chart-note">{}</p>', scale)
        line = svg.el("line", x1=1, x2=27, y1=7, y2=7, stroke=svg.QUIET, stroke_dasharray="3 3", class_="fot-c-common")
        mark = svg.el("svg", line, width=28, height=14, aria_hidden="true")
        return svg.legend([(mark, self.common.name), (mark_safe(""), scale)])

    @property
    def table(self) -> ChartTable:
        """Return the same figures in rows, one per panel, the common one last."""
        everyone = [*self.panels, *([self.common] if self.common else [])]
        rows = [[p.name, *(self.unit.text(v) for v in p.values)] for p in everyone]
        return ChartTable(caption=self.title, header=[_("Hva"), *self.labels], rows=rows)
