"""The two headline figures, as they stand first on a home screen."""

from dataclasses import dataclass
from datetime import date

from fotfeste.access.actor import Actor
from fotfeste.kernel.ui import KeyFigure
from fotfeste.reporting.policies import Reach, reach_of_unit
from fotfeste.reporting.selectors.figures import Headline, headline
from fotfeste.reporting.views import drawing, tables


@dataclass(frozen=True)
class Seen:
    """As much of the overview as the two figures are drawn from."""

    reach: Reach
    on: date
    headline: Headline


def of_unit(*, actor: Actor, unit_id: int, opens_persons: bool, on: date) -> list[KeyFigure]:
    """Return the two figures of a unit's youths; nothing when there is no such unit."""
    reach = reach_of_unit(unit_id=unit_id, opens_persons=opens_persons)
    if reach is None:
        return []
    seen = Seen(reach, on, headline(reach=reach, on=on))
    links = tables.Links(actor=actor, reach=reach, on=on, is_today=True)
    return drawing.key_figures(seen, links)  # type: ignore[arg-type]
