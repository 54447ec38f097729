"""The overview's figures as rows, each number leading to what it counts where the actor may go there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.kernel import formats, opaque
from fotfeste.reporting.policies import Reach, ReachKind
from fotfeste.reporting.selectors.breakdowns import Line, is_hidden
from fotfeste.reporting.selectors.indicators import Indicator, Period
from fotfeste.reporting.selectors.overview import Overview
from fotfeste.reporting.shares import Share
from fotfeste.reporting.waiting import Waiting

#: Indicators whose count is a status of today, and so a choice of the worklist.
STATUS_OF = {"ind-declined": "OTNO", "ind-nav-measure-share": "OTAP"}


def url_or_none(name: str) -> str:
    """Return the address of a screen, or nothing when the screen is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True)
class Links:
    """
    Addresses of what figures count.

    The worklist shows today's persons the actor may open; a count of another day, or of persons it may not open, is
    therefore not a link.
    """

    actor: Actor
    reach: Reach
    on: date
    is_today: bool

    def worklist(self, **chosen: str) -> str | None:
        """Return the address of the worklist narrowed to what is counted, or None."""
        url = url_or_none("lists:worklist")
        opens = self.reach.opens_persons and self.actor.has(Permission.WORKLIST_VIEW)
        if not (url and opens and self.is_today):
            return None
        within = {}
        if self.reach.kind is ReachKind.UNIT and self.reach.unit_id:
            within["enhet"] = opaque.encode(self.reach.unit_id)
        elif self.reach.kind is ReachKind.DISTRICT:
            within["bydel"] = self.reach.district_code
        return f"{url}?{urlencode({**within, **chosen})}"

    def narrowed(self, unit_id: int | None) -> str | None:
        """Return the address of the same figures for one unit in the county."""
        if unit_id is None or self.reach.kind is not ReachKind.COUNTY:
            return None
        chosen = {"enhet": opaque.encode(unit_id)}
        if not self.is_today:
            chosen["dag"] = self.on.isoformat()
        return f"{reverse('reporting:figures')}?{urlencode(chosen)}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: texts written out, and where the name and the count lead."""

    name: str
    name_url: str | None
    of: str
    count: str
    count_url: str | None
    share: str
    span: str
    wait: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A breakdown as rows, and how many lines are not shown to the one who looks."""

    rows: list[Row]
    hidden: int


def cut(found: list[Line], links: Links, name: str) -> Cut:
    """Return a breakdown as rows; ``name`` is the worklist's choice that a line stands for."""
    rows = [_row(line, line.unknown, links, name) for line in found if line.unknown is not None]
    return Cut(rows, hidden=len(found) - len(rows))


def _row(line: Line, share: Share, links: Links, name: str) -> Row:
    value = opaque.encode(line.key) if name == "enhet" and line.key is not None else line.key
    low, high = share.interval
    return Row(
        name=line.name,
        name_url=links.narrowed(line.unit_id),
        of=formats.number(share.of),
        count=formats.number(share.count),
        count_url=links.worklist(status="OTUK", **{name: value}) if share.count and value else None,
        share=formats.percent(share.value),
        span=f"{formats.percent(low)}–{formats.percent(high)}" if low is not None else formats.NO_VALUE,
        wait=_wait(line.wait),
    )


def _wait(wait: Waiting | None) -> str:
    if wait is None or not wait.of:
        return formats.NO_VALUE
    if wait.median is None:
        return _("over %(days)s") % {"days": formats.number(wait.longest)}
    return formats.number(wait.median)


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator in words, with what it is of and when."""

    label: str
    value: str
    of_what: str
    url: str | None


def indicators(seen: Overview, links: Links) -> list[IndicatorRow]:
    """Return the other indicators in words; those of nobody say so."""
    return in_words(seen.indicators, links)


def in_words(found: Iterable[Indicator], links: Links) -> list[IndicatorRow]:
    """Return indicators in words, those that were kept as well."""
    return [_indicator(each, links) for each in found]


def _indicator(each: Indicator, links: Links) -> IndicatorRow:
    words = _words(each.id, each.period)
    share = each.share
    reach = replace(links.reach, opens_persons=False) if each.counts_others else links.reach
    too_few = is_hidden(share, reach, links.on)
    if not share.of or too_few:
        reason = _("For få til å vises") if too_few else _("Ingen å regne av")
        return IndicatorRow(words[0], formats.NO_VALUE, f"{reason} ({words[1]})", None)
    counted = _("%(count)s av %(of)s") % {"count": formats.number(share.count), "of": formats.number(share.of)}
    if each.wait is not None:
        return IndicatorRow(words[0], formats.days(each.wait.median), _slowest(each.wait, words[1]), None)
    status = STATUS_OF.get(each.id)
    url = links.worklist(status=status) if status and share.count else None
    return IndicatorRow(words[0], formats.percent(share.value), f"{counted} {words[1]}", url)


def _slowest(wait: Waiting, words: str) -> str:
    """Return what half of them waited is half of, and what one in ten waited longer than."""
    if wait.tenth is None:
        left = {"left": formats.number(wait.waiting), "longest": formats.days(wait.longest)}
        return _("halvparten %(words)s") % {"words": words} + "; " + _("%(left)s ikke på %(longest)s") % left
    tenth = formats.days(wait.tenth)
    return _("halvparten %(words)s") % {"words": words} + "; " + _("1 av 10 etter mer enn %(days)s") % {"days": tenth}


def _words(indicator: str, period: Period) -> tuple[str, str]:
    days = {"first": formats.day(period.first_day), "last": formats.day(period.last_day)}
    return {
        "ind-share-unknown": (_("Ukjent aktivitet"), _("i målgruppen %(last)s") % days),
        "ind-share-contacted": (
            _("Nådd mellom to lister"),
            _("med ukjent aktivitet %(first)s fikk reell kontakt før %(last)s") % days,
        ),
        "ind-into-activity": (
            _("Kom i aktivitet"),
            _("uten aktivitet %(first)s kom i opplæring, arbeid, tiltak eller kurs innen %(last)s") % days,
        ),
        "ind-back-in-education": (
            _("Tilbake i opplæring innen ett år"),
            _("tilmeldt %(first)s – %(last)s") % days,
        ),
        "ind-out-one-year-plus": (
            _("Ute ett år eller mer"),
            _("i målgruppen %(last)s, så langt statusene forteller") % days,
        ),
        "ind-two-years-in-row": (
            _("I målgruppen to år på rad"),
            _("i målgruppen %(first)s var det også %(last)s") % days,
        ),
        "ind-exit-before-signout": (
            _("Sluttsamtale før utskriving"),
            _("som sluttet %(first)s – %(last)s hadde avklarings- eller sluttsamtale før") % days,
        ),
        "ind-declined": (_("Takket nei til oppfølging"), _("i målgruppen %(last)s") % days),
        "ind-wash-coverage": (
            _("Besvart av OTUK-listen"),
            _("linjer på listen %(first)s var besvart innen skolenes frist %(last)s") % days,
        ),
        "days-to-answer": (
            _("Dager fra liste til svar"),
            _("av linjene på listen %(first)s, innen %(last)s") % days,
        ),
        "ind-nav-measure-share": (_("I tiltak hos Nav"), _("i målgruppen %(last)s") % days),
    }[indicator]
