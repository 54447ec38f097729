"""
The worklist's row: ``{% load worklist %}``, then ``{% worklist_row row %}``.

Fifty rows of sixty values each took Django's template engine longer than all else the page needs, so this one part is
put together by a function (docs/adr/0022). Every value goes through ``escape`` here, and nowhere else; the words of the
page come escaped, since they are the same on every row.
"""

from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from fotfeste.kernel import formats
from fotfeste.kernel.templatetags.ui import icon, status_chip
from fotfeste.kernel.ui import Tone
from fotfeste.lists.views.rows import Row, Step

register = template.Library()


@register.simple_tag(takes_context=True)
def worklist_row(context: Context, row: Row) -> SafeString:
    """Draw one open registration; ``words`` and ``steps`` of the page say what stands on it."""
    words: dict[str, str] = context["words"]
    shows_unit, shows_person = context["shows_unit"], context["shows_person"]
    columns: frozenset[str] = context["columns"]
    cells = [
        _choice(row, words, context["chosen"]) if context["shows_choose"] else "",
        _who(row, words, with_age="age" in columns),
        f'<td class="fot-num fot-only-wide">{row.age}</td>' if "age" in columns else "",
        _status(row, words),
        _unknown(row, words) if "unknown" in columns else "",
        _contact(row, words) if "contact" in columns else "",
        _responsible(row, words, shows_unit=shows_unit) if shows_unit or shows_person else "",
        f'<td data-label="{words["reason"]}">{escape(row.reason)}</td>' if "reason" in columns else "",
    ]
    if context["shows_district"]:
        cells.append(f'<td data-label="{words["district"]}">{escape(row.district or formats.NO_VALUE)}</td>')
    for name, day in (("promise", row.promise), ("confirm", row.confirm_by)):
        if name in columns:
            cells.append(f'<td data-label="{words[name]}">{formats.short_day(day) if day else formats.NO_VALUE}</td>')
    if "reminder" in columns:
        cells.append(_reminder(context["reminders"].get(row.youth_id), words))
    if context["shows_buttons"]:
        cells.append(f"<td>{_buttons(row, context['steps']) if row.may_register else ''}</td>")
    return mark_safe("\n  ".join([f'<tr data-row id="rad-{row.key}">', *filter(None, cells)]) + "\n</tr>")


def _choice(row: Row, words: dict[str, str], chosen: frozenset[str]) -> str:
    if not row.may_choose:
        return '<td class="fot-select"></td>'
    checked = " checked" if row.key in chosen else ""
    return (
        f'<td class="fot-select"><input class="ds-input" type="checkbox" name="valgt" value="{row.key}" data-key="v"'
        f' aria-label="{words["choose"]} {escape(row.name)}"{checked}>'
        f'<input type="hidden" name="versjon-{row.key}" value="{row.version}"></td>'
    )


def _who(row: Row, words: dict[str, str], *, with_age: bool) -> str:
    name = f'<a class="ds-link" href="{row.url}"><bdi>{escape(row.name)}</bdi></a>'
    age = f'<span class="fot-only-narrow"> {row.age} {words["years"]}</span>' if with_age else ""
    marks = ""
    if row.is_protected:
        said = f'<span class="fot-small">{words["shielded"]}</span>'
        marks = f' <span class="fot-protected">{icon("shield")}{said}</span>'
    if row.is_preventive:
        marks += f'<span class="fot-quiet fot-small fot-line">{words["preventive"]}</span>'
    return f'<th scope="row">{name}{age}{marks}</th>'


def _status(row: Row, words: dict[str, str]) -> str:
    shown = str(status_chip(row.status, row.tone))
    shown += f'<span class="fot-quiet fot-small">{words["since"]} {formats.short_day(row.since)}</span>'
    if row.must_be_confirmed:
        shown += status_chip(words["must_be_confirmed"], Tone.ATTENTION)
    if row.reached and row.may_set_status:
        said = f'{words["set_status"]}<span class="ds-sr-only"> – {escape(row.name)}</span>'
        shown += f'<a class="ds-link fot-small" href="{row.status_url}">{said}</a>'
    return _cell(words["status"], shown)


def _unknown(row: Row, words: dict[str, str]) -> str:
    return f'<td class="fot-num" data-label="{words["unknown"]}">{escape(formats.days(row.unknown_days))}</td>'


def _contact(row: Row, words: dict[str, str]) -> str:
    shown = f'<span class="fot-nowrap">{escape(row.contact)}</span>'
    if row.attempts:
        shown += f'<span class="fot-quiet fot-small">{escape(row.attempts)}</span>'
    return _cell(words["contact"], shown)


def _responsible(row: Row, words: dict[str, str], *, shows_unit: bool) -> str:
    if not row.unit:
        return _cell(words["responsible"], f'<span class="fot-quiet">{words["not_shown"]}</span>')
    shown = f"<span>{escape(row.unit)}</span>" if shows_unit else ""
    if row.counsellor:
        css = ' class="fot-quiet fot-small"' if shows_unit else ""
        shown += f"<span{css}>{escape(row.counsellor)}</span>"
    elif not shows_unit:
        shown += f'<span class="fot-quiet">{words["nobody"]}</span>'
    return _cell(words["responsible"], shown)


def _reminder(found: tuple[str, date | None] | None, words: dict[str, str]) -> str:
    what, due_on = found or (formats.NO_VALUE, None)
    day = f'<span class="fot-quiet fot-small">{formats.short_day(due_on)}</span>' if due_on else ""
    return _cell(words["reminder"], f"<span>{escape(what)}</span>{day}")


def _cell(label: str, shown: str) -> str:
    return f'<td data-label="{label}"><div class="fot-lines">{shown}</div></td>'


def _buttons(row: Row, steps: tuple[Step, ...]) -> str:
    return _buttons_around(steps).format(url=row.contact_url, name=escape(row.name))


@lru_cache(maxsize=8)
def _buttons_around(steps: tuple[Step, ...]) -> str:
    """Write a row's buttons in a language once, with room for its address and its name."""
    drawn = "".join(
        '<button class="ds-button" data-variant="secondary" type="submit" formaction="{url}" hx-post="{url}"'
        f' name="hva" value="{_kept(step.value)}" data-key="{step.key}">'
        f'<span class="fot-key" aria-hidden="true">{step.key}</span>'
        f' <span class="ds-sr-only">{{name}}: {_kept(step.before)}</span>{_kept(step.label)}</button>'
        for step in steps
    )
    return f'<div class="fot-row-actions fot-two-by-two">{drawn}</div>'


def _kept(text: Any) -> str:
    """Escape a text both for the page and for ``format``."""
    return escape(str(text)).replace("{", "{{").replace("}", "}}")
