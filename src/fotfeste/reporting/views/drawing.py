"""The overview's figures as pictures."""

from datetime import date

from django.utils.translation import gettext as _

from fotfeste.kernel import charts, formats
from fotfeste.kernel.charts import Unit
from fotfeste.kernel.ui import KeyFigure
from fotfeste.reporting.selectors.breakdowns import Line, is_hidden
from fotfeste.reporting.selectors.overview import Overview
from fotfeste.reporting.shares import Share
from fotfeste.reporting.views.tables import Links
from fotfeste.reporting.waiting import Waiting

#: Fewer weeks than this do not make a line.
SHORTEST_LINE = 3
#: More bars than this are read as a table.
MOST_BARS = 16
#: A share of fewer says nothing as a bar.
FEWEST_OF_BAR = 5
#: A curve of fewer says little, and each of its steps would be a person.
FEWEST_OF_CURVE = 30
LONGEST_CURVE = 182
_CURVE_STEP = 7
_CHANGE_WORTH_SAYING = 0.005


def key_figures(seen: Overview, links: Links) -> list[KeyFigure]:
    """Return the two headline figures, each with what it is of and the day."""
    return [_unknown(seen, links), _wait(seen)]


def _unknown(seen: Overview, links: Links) -> KeyFigure:
    share = seen.headline.unknown
    label = _("Ukjent aktivitet")
    if is_hidden(share, seen.reach, seen.on):
        return KeyFigure(
            label, _("For få til å vises"), of_what=_("målgruppen %(day)s") % {"day": formats.day(seen.on)}
        )
    if not share.of:
        return KeyFigure(
            label, formats.NO_VALUE, of_what=_("Ingen i målgruppen %(day)s") % {"day": formats.day(seen.on)}
        )
    compared, trend, good = _change(seen)
    return KeyFigure(
        label,
        formats.percent(share.value),
        url=links.worklist(status="OTUK") or "",
        of_what=_("%(count)s av %(of)s i målgruppen, %(day)s")
        % {"count": formats.number(share.count), "of": formats.number(share.of), "day": formats.day(seen.on)},
        compared=compared,
        trend=trend,
        good=good,
        sparkline=_sparkline(seen),
    )


def _shown_weeks(seen: Overview) -> list[tuple[date, Share]]:
    """Return the weeks from the first with anybody to count, without those of too few to be shown."""
    weekly = seen.headline.weekly
    if weekly.known_from is None:
        return []
    pairs = list(zip(weekly.days, weekly.shares, strict=True))[weekly.known_from :]
    return [(day, share) for day, share in pairs if share.of and not is_hidden(share, seen.reach, day)]


def _change(seen: Overview) -> tuple[str, str, bool | None]:
    weeks = _shown_weeks(seen)
    if len(weeks) < SHORTEST_LINE:
        return "", "", None
    (then, first), (_now, last) = weeks[0], weeks[-1]
    before, after = first.value or 0.0, last.value or 0.0
    values = {"share": formats.percent(before), "day": formats.day(then)}
    if abs(after - before) < _CHANGE_WORTH_SAYING:
        return _("som %(day)s") % values, "flat", None
    if after < before:
        return _("ned fra %(share)s %(day)s") % values, "down", True
    return _("opp fra %(share)s %(day)s") % values, "up", False


def _sparkline(seen: Overview) -> charts.Sparkline | None:
    weeks = _shown_weeks(seen)
    if len(weeks) < SHORTEST_LINE:
        return None
    label = _("Ukjent aktivitet siden %(day)s") % {"day": formats.day(weeks[0][0])}
    return charts.Sparkline(label, [share.value or 0.0 for _day, share in weeks], Unit.SHARE)


def _wait(seen: Overview) -> KeyFigure:
    wait = seen.headline.wait
    label = _("Dager til første kontakt")
    if not wait.of or is_hidden(Share(0, wait.of), seen.reach, seen.on):
        text = _("Ingen ble ukjent det siste året") if not wait.of else _("For få til å vises")
        return KeyFigure(label, formats.NO_VALUE, of_what=text)
    return KeyFigure(
        label,
        wait_words(wait),
        of_what=_("median; %(tenth)s. Av %(of)s som ble ukjent det siste året, er %(reached)s nådd.")
        % {
            "tenth": _tenth(wait),
            "of": formats.number(wait.of),
            "reached": formats.number(wait.reached),
        },
    )


def wait_words(wait: Waiting) -> str:
    """Write the median, or that it lies beyond what has been seen."""
    if wait.median is None:
        return _("over %(days)s") % {"days": formats.number(wait.longest)}
    return formats.number(wait.median)


def _tenth(wait: Waiting) -> str:
    days = wait.longest if wait.tenth is None else wait.tenth
    words = _("mer enn 1 av 10 over %(days)s") if wait.tenth is None else _("1 av 10 over %(days)s")
    return words % {"days": formats.days(days)}


def over_time(seen: Overview) -> charts.LineChart | None:
    """Draw the share unknown week by week, with how sure it is."""
    weeks = _shown_weeks(seen)
    if len(weeks) < SHORTEST_LINE:
        return None
    days = [day for day, _share in weeks]
    shares = [share for _day, share in weeks]
    named = {0, len(days) // 3, len(days) * 2 // 3, len(days) - 1}
    marks = [formats.month(day) if i in named else "" for i, day in enumerate(days)]
    spans = [share.interval for share in shares]
    return charts.LineChart(
        title=_("Andel med ukjent aktivitet"),
        labels=[formats.day(day) for day in days],
        days=days,
        marks=marks,
        unit=Unit.SHARE,
        note=_("Av alle i målgruppen samme dag, uke for uke. Skyggen viser hvor mye tilfeldigheter kan flytte tallet."),
        series=[
            charts.Series(
                seen.reach.name,
                [share.value for share in shares],
                [low for low, _high in spans],
                [high for _low, high in spans],
                [share.of for share in shares],
            )
        ],
    )


def first_contact(seen: Overview) -> charts.LineChart | None:
    """Draw how many are reached within so many days, those who still wait counted for as long as they have."""
    wait = seen.headline.wait
    too_few = wait.of < FEWEST_OF_CURVE or is_hidden(Share(0, wait.of), seen.reach, seen.on)
    if too_few or wait.longest < 2 * _CURVE_STEP:
        return None
    days = range(0, min(wait.longest, LONGEST_CURVE) + 1, _CURVE_STEP)
    return charts.LineChart(
        title=_("Dager til første kontakt"),
        labels=[formats.days(day) for day in days],
        unit=Unit.SHARE,
        top=1.0,
        target=0.5,
        target_label=_("halvparten"),
        note=_(
            "Andel nådd innen så mange dager, av %(of)s som ble ukjent det siste året. De som ikke er nådd, er med så "
            "lenge vi har ventet."
        )
        % {"of": formats.number(wait.of)},
        series=[charts.Series(seen.reach.name, [wait.reached_by(day) for day in days])],
    )


def bars(title: str, lines: list[Line], seen: Overview) -> charts.BarChart | None:
    """Draw the share unknown of the largest lines that may be shown, with the share of all to compare with."""
    shown = [line for line in lines if line.unknown and line.unknown.of >= FEWEST_OF_BAR and line.key]
    if len(shown) < 2:
        return None
    drawn = sorted(shown, key=lambda line: -line.unknown.of if line.unknown else 0)[:MOST_BARS]
    target = seen.headline.unknown.value
    note = _("Av målgruppen %(day)s.") % {"day": formats.day(seen.on)}
    if len(drawn) < len([line for line in lines if line.unknown]):
        note += " " + _("De %(count)s med flest ungdommer; resten står i tabellen.") % {"count": len(drawn)}
    return charts.BarChart(
        title=title,
        unit=Unit.SHARE,
        target=target,
        target_label=_("alle: %(share)s") % {"share": formats.percent(target)},
        note=note,
        bars=[_bar(line) for line in drawn],
    )


def _bar(line: Line) -> charts.Bar:
    share = line.unknown or Share(0, 0)
    low, high = share.interval
    return charts.Bar(line.name, share.value, low, high, share.of)


def reasons(seen: Overview) -> charts.BarChart | None:
    """Draw why the youths of the target group were registered."""
    drawn = [line for line in seen.reasons if line.unknown is not None]
    if len(drawn) < 2:
        return None
    return charts.BarChart(
        title=_("Årsak til tilmelding"),
        unit=Unit.COUNT,
        note=_("Alle i målgruppen %(day)s.") % {"day": formats.day(seen.on)},
        bars=[charts.Bar(line.name, line.unknown.of if line.unknown else None) for line in drawn],
    )


def district_series(seen: Overview) -> charts.SmallMultiples | None:
    """Draw the share unknown week by week for each district, beside the whole county's."""
    start = seen.headline.weekly.known_from
    if start is None or len(seen.district_series) < 2:
        return None
    weekly = seen.headline.weekly
    # Every fourth week, counted back from the last: a table of all the weeks would be too wide to read.
    shown = sorted(range(len(weekly.days) - 1, start - 1, -4))
    if len(shown) < SHORTEST_LINE:
        return None
    return charts.SmallMultiples(
        title=_("Andel ukjent per bydel over tid"),
        labels=[formats.short_day(weekly.days[i]) for i in shown],
        unit=Unit.SHARE,
        note=_("Bydelen ungdommen bor i nå. Hver fjerde uke, samme skala for alle."),
        common=charts.Panel(seen.reach.name, [weekly.shares[i].value for i in shown]),
        panels=[charts.Panel(name, [values[i] for i in shown]) for name, values in seen.district_series],
    )
