"""Lines from one in the middle to those around: who is there, and how."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from fotfeste.kernel.charts import svg

_ROW = 58
_CENTRE = 9.0
_SPOKE = 26.0
_LETTERS = 42


@dataclass(frozen=True, slots=True)
class Spoke:
    """
    One of those around.

    :ivar notes: what is said below the name, a line each.
    :ivar is_firm: drawn with a whole line and a full mark; otherwise broken, and open.
    """

    label: str
    notes: tuple[str, ...] = ()
    is_firm: bool = True


@dataclass(frozen=True)
class FanChart:
    """A fan of lines. Its table stands beside it on the page, with everything the picture cuts short."""

    title: str
    centre: str
    spokes: Sequence[Spoke]
    firm: str = ""
    broken: str = ""

    @property
    def summary(self) -> str:
        """Tell who is drawn, and how."""
        told = {True: self.firm, False: self.broken}
        return "; ".join(f"{each.label}: {told[each.is_firm]}" for each in self.spokes)

    @property
    def svg(self) -> SafeString:
        """Draw it for the screen."""
        height = max(len(self.spokes), 2) * _ROW
        middle = height / 2
        drawn = [self._line(middle, self._y(i, height), each) for i, each in enumerate(self.spokes)]
        words = [part for i, each in enumerate(self.spokes) for part in self._words(self._y(i, height), each)]
        centre = svg.place(
            _CENTRE,
            middle,
            svg.el("circle", r=22, fill=svg.COLORS[0], class_="fot-c-mark fot-s1"),
            svg.text(_short(self.centre, 10), y=40, text_anchor="middle", class_="fot-c-text fot-c-strong"),
        )
        return svg.picture([*drawn, centre, *words], title=self.title, summary=self.summary, height=height, width=None)

    @property
    def legend(self) -> SafeString:
        """Say what the two kinds of line mean."""
        return svg.legend([(_sample(True), self.firm), (_sample(False), self.broken)])

    def _y(self, index: int, height: float) -> float:
        step = height / len(self.spokes)
        return step * index + step / 2

    def _line(self, middle: float, y: float, spoke: Spoke) -> SafeString:
        look = {"stroke": svg.COLORS[0], "stroke_width": 2, "class_": "fot-c-line fot-s1"}
        dashes = None if spoke.is_firm else "5 5"
        return svg.el(
            "line",
            x1=svg.pct(_CENTRE),
            y1=middle,
            x2=svg.pct(_SPOKE),
            y2=y,
            stroke_dasharray=dashes,
            **look,
        )

    def _words(self, y: float, spoke: Spoke) -> list[SafeString]:
        lines = [svg.text(_short(spoke.label), x=16, y=-6, class_="fot-c-text fot-c-strong", fill=svg.INK)]
        lines += [svg.text(_short(note), x=16, y=9 + 14 * i) for i, note in enumerate(spoke.notes[:2])]
        return [svg.place(_SPOKE, y, _mark(spoke.is_firm), *lines)]


def _mark(is_firm: bool) -> SafeString:
    if is_firm:
        return svg.el("circle", r=7, fill=svg.COLORS[0], class_="fot-c-mark fot-s1")
    return svg.el("circle", r=7, fill="#ffffff", stroke=svg.COLORS[0], stroke_width=2, class_="fot-c-open fot-s1")


def _sample(is_firm: bool) -> SafeString:
    line = svg.el(
        "line",
        x1=0,
        y1=6,
        x2=22,
        y2=6,
        stroke=svg.COLORS[0],
        stroke_width=2,
        stroke_dasharray=None if is_firm else "5 5",
        class_="fot-c-line fot-s1",
    )
    return svg.el("svg", line, width=24, height=12, aria_hidden="true")


def _short(words: str, letters: int = _LETTERS) -> str:
    return words if len(words) <= letters else f"{words[: letters - 1]}…"
