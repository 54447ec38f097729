"""Components as template tags: ``{% load ui %}``. ``docs/components.md`` lists them all."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context, TemplateSyntaxError
from django.template.base import Parser, Token
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fotfeste.kernel import formats
from fotfeste.kernel.reading_words import reading_value
from fotfeste.kernel.ui import CONSENTS, TONES, ConsentState, Difference, Sort, Tone
from fotfeste.law.decision import Reason
from fotfeste.law.readings import all_readings

register = template.Library()

_ICONS = Path(__file__).parent.parent / "static" / "vendor" / "lucide"
_COMPONENTS = "kernel/components"
_STROKES = re.compile(r"(?<=/)|(?=\()")


@lru_cache(maxsize=256)
def _icon_shapes(name: str) -> SafeString:
    """Return what is drawn inside the icon's svg element. The files are our own, pinned by hash."""
    svg = (_ICONS / f"{name}.svg").read_text(encoding="utf-8")
    found = re.search(r"<svg[^>]*>(.*)</svg>", svg, flags=re.DOTALL)
    if found is None:
        raise ValueError(f"{name}.svg holds no svg element")
    return mark_safe(" ".join(found.group(1).split()))


@lru_cache(maxsize=512)
def _icon(name: str, label: str) -> SafeString:
    """Draw an icon once; a list shows the same few on every row."""
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="fot-icon" viewBox="0 0 24 24" focusable="false" {}>{}</svg>', said, _icon_shapes(name)
    )


class _Unchanging(template.Node):
    def __init__(self, inside: template.NodeList) -> None:
        self._inside = inside
        self._drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if language not in self._drawn:
            # Nothing of the page's own is there to be used, so nothing of it can be kept for another page.
            self._drawn[language] = self._inside.render(context.new())
        return self._drawn[language]


@register.tag
def unchanging(parser: Parser, token: Token) -> template.Node:
    """Draw once in each language what nothing else changes: most of what stands around every page."""
    inside = parser.parse(("endunchanging",))
    parser.delete_first_token()
    return _Unchanging(inside)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; without a label it is decoration, and silent for those who listen."""
    return _icon(name, str(label))


@register.simple_tag
def tag(text: str, color: str = "neutral", name: str = "") -> SafeString:
    """Draw a small label, with an icon when one is named."""
    drawn = icon(name) if name else ""
    return format_html('<span class="ds-tag fot-tag" data-color="{}">{}{}</span>', color, drawn, text)


@register.simple_tag
def status_chip(text: str, tone: Tone | str = Tone.NEUTRAL) -> SafeString:
    """Draw a status: a colour, a shape and its words, so that none of them is needed alone."""
    return _status_chip(text, Tone(tone))


@lru_cache(maxsize=512, typed=True)
def _status_chip(text: str, tone: Tone) -> SafeString:
    """Draw a chip once; there are no more of them than there are statuses."""
    color, name = TONES[tone]
    return format_html(
        '<span class="ds-tag fot-status" data-color="{}" data-tone="{}">{}<span>{}</span></span>',
        color,
        tone,
        icon(name),
        _breakable(text),
    )


def _breakable(text: str) -> SafeString:
    """Let a text break at its strokes and brackets: the national names of statuses have words no column holds."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in _STROKES.split(str(text))))


@register.simple_tag
def consent_chip(receiver: str, state: ConsentState | str, details: str = "") -> SafeString:
    """Draw what one receiver may know: "Nav: gitt – arbeid, plan til 1. mars"."""
    color, name, words = CONSENTS[ConsentState(state)]
    return format_html(
        '<span class="ds-tag fot-consent" data-color="{}" data-state="{}">{}<span>{}: {}{}</span></span>',
        color,
        state,
        icon(name),
        receiver,
        words,
        f" – {details}" if details else "",
    )


def _drawn(context: Context, component: str, **values: Any) -> SafeString:
    """Render a component's template with its values and nothing else of the page but what forms need."""
    if context.template is None:
        raise TemplateSyntaxError(f"{component} can only be drawn while a template is")
    engine = context.template.engine
    shared = {name: context[name] for name in ("request", "csrf_token") if name in context}
    return engine.get_template(f"{_COMPONENTS}/{component}.html").render(Context({**shared, **values}))


@register.simple_block_tag(takes_context=True)
def page_header(context: Context, content: str, title: str, lead: str = "", crumbs: Any = ()) -> SafeString:
    """Draw the page's heading with the way back; inside goes what can be done here."""
    return _drawn(context, "page_header", content=content, title=title, lead=lead, crumbs=crumbs)


@register.simple_block_tag
def card(
    content: str, title: str = "", level: int = 2, url: str = "", id: str = "", variant: str = "", count: Any = None
) -> SafeString:
    """Draw a framed part of a page. ``id`` and ``variant`` ("tinted", "attention") may be given."""
    # Put together here, as the rows of lists are: a page about a youth has ten of them (docs/adr/0022).
    look = format_html(' data-look="{}"', variant) if variant else ""
    named = format_html(' id="{}"', id) if id else ""
    if not title:
        return format_html('<section class="ds-card fot-card"{}{}>\n  {}\n</section>\n', look, named, content)
    return format_html(
        '<section class="ds-card fot-card"{}{}{}>\n'
        '  <h{} class="ds-heading fot-card-title" data-size="2xs"{}>{}{}</h{}>\n  {}\n</section>\n',
        look,
        named,
        format_html(' aria-labelledby="{}-title"', id) if id else "",
        level,
        format_html(' id="{}-title"', id) if id else "",
        format_html('<a href="{}">{}</a>', url, title) if url else title,
        format_html(' <span class="fot-count">{}</span>', count) if count is not None else "",
        level,
        content,
    )


@register.simple_block_tag(takes_context=True)
def alert(context: Context, content: str, color: str = "info", title: str = "", level: int = 2) -> SafeString:
    """Draw a message: "info", "success", "warning" or "danger". It is not announced; use messages for that."""
    return _drawn(context, "alert", content=content, color=color, title=title, heading=f"h{level}")


@register.simple_block_tag(takes_context=True)
def data_table(
    context: Context, content: str, caption: str, hide_caption: bool = False, keys: bool = False, **values: Any
) -> SafeString:
    """
    Draw a table whose rows become cards where the screen is narrow.

    Every cell but the first carries ``data-label`` with its column's name. With ``keys`` the arrow keys move
    between rows marked ``data-row``, and a number key presses the row's button with that ``data-key``.
    """
    return _drawn(
        context, "data_table", content=content, caption=caption, hide_caption=hide_caption, keys=keys, **values
    )


@register.simple_tag(takes_context=True)
def th(context: Context, text: str, sort: str = "", numeric: bool = False, first: str = "") -> SafeString:
    """
    Draw a column's heading; with ``sort`` it is a link that sorts, or turns the order round.

    The page's ``sort`` (a Sort) says how it stands now. ``first="-"`` makes the first press give the largest first.
    """
    css = mark_safe(' class="fot-num"') if numeric else ""
    if not sort:
        return format_html('<th scope="col"{}>{}</th>', css, text)
    now: Sort = context.get("sort") or Sort()
    sorted_now = now.name == sort
    state = ("descending" if now.descending else "ascending") if sorted_now else "none"
    wanted = Sort(sort, descending=not now.descending if sorted_now else first == "-").text
    return format_html(
        '<th scope="col" aria-sort="{}"{}><a href="{}">{}{}</a></th>',
        state,
        css,
        query(context, sort=wanted, side=None),
        text,
        icon({"none": "chevrons-up-down", "ascending": "arrow-up", "descending": "arrow-down"}[state]),
    )


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """Return this page's address query with some parameters set; None takes one away."""
    request = context.get("request")
    params = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None:
            params.pop(name, None)
        else:
            params[name] = str(value)
    return "?" + params.urlencode()


@register.simple_tag(takes_context=True)
def pagination(context: Context, page_obj: Page) -> SafeString:
    """Draw which rows are shown and the way to the others; the page's number is the parameter ``side``."""
    numbers = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    page_numbers = [n if isinstance(n, int) else None for n in numbers]
    return _drawn(context, "pagination", page_obj=page_obj, page_numbers=page_numbers)


@register.simple_block_tag(takes_context=True)
def filter_bar(context: Context, content: str, action: str = "", label: str = "", **values: Any) -> SafeString:
    """Draw a form that narrows the list below it; it sends itself when something is chosen."""
    return _drawn(context, "filter_bar", content=content, action=action, label=label or _("Filtrer listen"), **values)


@register.simple_block_tag(takes_context=True)
def confirm_dialog(context: Context, content: str, id: str, title: str, action: str, **values: Any) -> SafeString:
    """
    Draw the question asked before something that cannot simply be taken back; inside goes what will happen.

    It is opened by a link ``<a href="…" data-opens="ID">`` whose address is a page asking the same.
    ``confirm_label`` and ``danger`` may be given.
    """
    return _drawn(context, "confirm_dialog", content=content, id=id, title=title, action=action, **values)


def _told(reason: Reason) -> dict[str, Any]:
    """Write one reason out; its sentence already tells the facts it used."""
    unclear = all_readings().get(reason.reading or "")
    return {
        "rule": reason.rule,
        "sentence": reason.sentence(_),
        "citation": reason.source.citation,
        "title": reason.source.title,
        "holds": {True: "yes", False: "no", None: "unknown"}[reason.holds],
        "reading": reason.reading,
        "question": _(unclear.question) if unclear else "",
        "chosen": reading_value(unclear, reason.chosen) if unclear and reason.chosen else "",
    }


@register.simple_block_tag(takes_context=True)
def why(
    context: Context, content: str, decision: Any, label: str = "", outcome: str = "", open: bool = False
) -> SafeString:
    """
    Draw the disclosure that tells what a rule decided and from what.

    :param decision: a ``law.decision.Decision``; anything with reasons of the same shape will do.
    :param outcome: the outcome in words; the decision itself only has its code.
    """
    reasons = [_told(reason) for reason in decision.reasons]
    return _drawn(
        context, "why", content=content, reasons=reasons, label=label or _("Hvorfor?"), outcome=outcome, open=open
    )


@register.simple_tag(takes_context=True)
def meter(context: Context, label: str, value: float, max: float, text: str = "", tone: str = "") -> SafeString:
    """Draw how far something has come: "18 av 41"."""
    share = 100 * value / max if max else 0
    fallback = _("%(value)s av %(max)s") % {"value": formats.number(value), "max": formats.number(max)}
    return _drawn(context, "meter", label=label, text=text, fallback=fallback, share=f"{share:.1f}", tone=tone)


@register.filter
def initials(name: str) -> str:
    """Return the first letters of the first and the last name."""
    parts = name.split()
    return "".join(part[0] for part in (*parts[:1], *parts[1:][-1:])).upper()


@register.filter
def differences(conflict: Any) -> list[Difference]:
    """Lay an EditConflict's two versions side by side, in the order of the one being saved."""
    names = list(dict.fromkeys([*conflict.yours, *conflict.theirs]))
    return [Difference(n, str(conflict.theirs.get(n, "")), str(conflict.yours.get(n, ""))) for n in names]
