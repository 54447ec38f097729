"""
Elements of a picture.

Lengths across are percent, so the picture follows the width it gets while its letters keep their size; lengths down
are points. Colours stand as attributes for print, and the style sheet's classes replace them on the screen.
"""

import zlib
from collections.abc import Iterable
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

INK = "#292c30"
QUIET = "#5b5d60"
GRID = "#d3d6d8"
COLORS = ("#006f8b", "#b3541e", "#5b3fa0", "#3f7d3a", "#a01f5b", "#6b7280")
DASHES = ("", "7 4", "2 4", "10 3 2 3", "4 2", "1 5")
FONT = "Inter, sans-serif"
AXIS_WIDTH = 44


def el(name: str, *children: str, **attributes: Any) -> SafeString:
    """
    Write one element; a trailing underscore is dropped from an attribute's name and inner ones become hyphens.

    Attributes that are None are left out. Children must already be safe; use ``text`` for words.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_figure(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return mark_safe(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


def _figure(value: Any) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def pct(value: float) -> str:
    """Write a length across."""
    return f"{_figure(float(value))}%"


def text(words: str, **attributes: Any) -> SafeString:
    """Write words at a place."""
    defaults = {"font_size": 12, "fill": QUIET, "font_family": FONT, "class_": "fot-c-text"}
    return el("text", escape(words), **{**defaults, **attributes})


def tip(words: str) -> SafeString:
    """Write what is said of a shape when pointed at."""
    return el("title", escape(words))


def picture(
    children: Iterable[str], *, title: str, summary: str, height: float, width: int | None, axis: bool = False
) -> SafeString:
    """
    Wrap shapes in a picture with a name and a description.

    :param width: points across for print; None on the screen, where it fills its place.
    :param axis: leave room at the left for the figures of the scale.
    """
    key = f"c{zlib.crc32(f'{title}{summary}'.encode()):08x}"
    room = AXIS_WIDTH if axis else 0
    inner: dict[str, Any] = {"x": room, "y": 0, "height": height, "overflow": "visible"}
    inner["width"] = "100%" if width is None else width - room - 6
    frame: dict[str, Any] = {"xmlns": "http://www.w3.org/2000/svg", "class": "fot-svg", "role": "img"}
    frame["aria_labelledby"] = f"{key}-t {key}-d"
    frame |= {"width": "100%" if width is None else width, "height": height}
    frame |= {"viewBox": None if width is None else f"0 0 {width} {height:g}", "data_axis": "" if axis else None}
    named = el("title", escape(title), id=f"{key}-t") + el("desc", escape(summary), id=f"{key}-d")
    return el("svg", named, el("svg", *children, **inner), **frame)


def legend(entries: Iterable[tuple[SafeString, str]]) -> SafeString:
    """Write what each mark stands for."""
    items = [format_html("<li>{}<span>{}</span></li>", mark, words) for mark, words in entries]
    return format_html('<ul class="fot-legend">{}</ul>', mark_safe("".join(items)))


def marker(index: int, **attributes: Any) -> SafeString:
    """Draw the mark of the n-th series at the origin: round, square, diamond, triangle."""
    shape = index % 4
    common = {"class_": f"fot-c-mark fot-s{index % 6 + 1}", "fill": COLORS[index % 6], **attributes}
    if shape == 0:
        return el("circle", r=4, **common)
    if shape == 1:
        return el("rect", x=-3.5, y=-3.5, width=7, height=7, **common)
    if shape == 2:
        return el("path", d="M0-5 5 0 0 5-5 0z", **common)
    return el("path", d="M0-5 5 4H-5z", **common)


def place(x: float, y: float, *children: str) -> SafeString:
    """Move shapes to a place on the picture."""
    return el("svg", *children, x=pct(x), y=y, overflow="visible")
