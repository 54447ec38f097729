"""Tagged PDFs (PDF/UA-1) from a Typst template and data. What a user wrote is data, never part of the template."""

import json
import re
import unicodedata
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import typst

from fotfeste.kernel import clock

FONTS = Path(__file__).with_name("fonts")
"""For the scripts of names and words that the fonts in Typst lack: Arabic, Ethiopic, Tamil, Thai (docs/adr/0014)."""

_CANNOT_BE_SHOWN = re.compile(r'the text `"(?P<text>.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
"""How Typst writes what it cannot show when that has no shape of its own."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SCRIPTS_AT_MOST = 20
_ALWAYS_SHOWN = (("\xa0", "\u024f"), ("\u2000", "\u206f"))
"""Letters and marks of Western Europe, and the dashes, quotes and spaces of all."""


def render_pdf(template: Path, data: dict[str, Any], *, language: str) -> bytes:
    """
    Return the document a template makes of the data.

    The template reads ``json(bytes(sys.inputs.data))``; it must set the document's title and language. What no font
    can show, as 😀, is written by its name in brackets: PDF/UA allows no empty boxes, and a reader nothing left out.

    :param language: nb, nn or en; screen readers are told it.
    """
    given = json.dumps(_without_controls({**data, "language": language}), ensure_ascii=False)
    for _attempt in range(_SCRIPTS_AT_MOST):
        try:
            return _compiled(template, given)
        except typst.TypstError as error:
            found = _CANNOT_BE_SHOWN.search(str(error))
            if found is None:
                raise
            spelled = _spelled(given, _ESCAPED.sub(lambda each: chr(int(each[1], 16)), found["text"]))
            if spelled == given:
                break
            given = spelled
    return _compiled(template, _spelled(given, ""))


def _compiled(template: Path, given: str) -> bytes:
    made = typst.compile(
        str(template),
        root=str(template.parent),
        format="pdf",
        sys_inputs={"data": given},
        pdf_standards="ua-1",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        timestamp=clock.now().astimezone(UTC).replace(microsecond=0),
    )
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts, read once: looking through them anew takes as long as the document itself."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _spelled(text: str, unshown: str) -> str:
    """Write the characters of the scripts that cannot be shown by their names; of all but Latin where none is given."""
    scripts = {_script(each) for each in unshown if not each.isascii()}

    def shown(character: str) -> str:
        if character.isascii():
            return character
        is_unshown = _script(character) in scripts if scripts else _is_foreign(character)
        return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]" if is_unshown else character

    return "".join(map(shown, text))


def _without_controls(value: Any) -> Any:
    """Return the data with breaks of lines and pages as line breaks, and other control characters by their numbers."""
    if isinstance(value, dict):
        return {key: _without_controls(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_controls(each) for each in value]
    if not isinstance(value, str):
        return value
    return _CONTROLS.sub(lambda each: f"[u+{ord(each[0]):04x}]", re.sub("[\x0b\x0c\x85]", "\n", value))


def _script(character: str) -> str:
    return unicodedata.name(character, character).split(" ")[0]


def _is_foreign(character: str) -> bool:
    return not any(first <= character <= last for first, last in _ALWAYS_SHOWN) and _script(character) != "LATIN"
