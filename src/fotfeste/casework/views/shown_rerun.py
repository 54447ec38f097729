"""What judging everybody in a county anew changes, in words and figures."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.casework.selectors.labels import membership_words
from fotfeste.casework.services.rerun import Rerun
from fotfeste.kernel import formats
from fotfeste.kernel.ui import KeyFigure
from fotfeste.organisations.selectors import units

SHOWN_MOVES = 20


def told(rerun: Rerun) -> dict[str, Any]:
    """Return what judging anew changes, in words and figures."""
    names = units.unit_names({unit for before, after, _many in rerun.units for unit in (before, after)})
    shown = rerun.units[:SHOWN_MOVES]
    figures = [
        (_("Får annen målgruppe eller enhet"), rerun.changed, _of(rerun.judged)),
        (_("Lovens målgruppe"), sum(line[2] for line in rerun.statutory), _("får et annet svar")),
        (_("Fylkets målgruppe"), sum(line[2] for line in rerun.local), _("får et annet svar")),
        (_("Enhet"), rerun.moved, _("hører til en annen")),
    ]
    if rerun.confirm:
        figures.append((_("Bekreftes"), rerun.confirm, _("får en annen frist")))
    if rerun.opened or rerun.closed:
        figures.append((_("Skole som bare registrerer"), rerun.opened + rerun.closed, _("åpnes eller stenges")))
    return {
        "figures": [KeyFigure(label=label, value=formats.number(many), of_what=what) for label, many, what in figures],
        "memberships": [
            (title, [(membership_words(before), membership_words(after), many) for before, after, many in lines])
            for title, lines in ((_("Lovens målgruppe"), rerun.statutory), (_("Fylkets målgruppe"), rerun.local))
            if lines
        ],
        "moves": [(names.get(before, ""), names.get(after, ""), many) for before, after, many in shown],
        "more_moves": max(0, len(rerun.units) - SHOWN_MOVES),
    }


def _of(judged: int) -> str:
    text = ngettext("av %(many)s ungdom i fylket", "av %(many)s ungdommer i fylket", judged)
    return text % {"many": formats.number(judged)}
