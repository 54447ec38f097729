"""
Where apps above lead on from a unit's page. They say so in their ``apps.py``; this app knows none of them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fotfeste.access.actor import Actor
from fotfeste.kernel.ui import Link

if TYPE_CHECKING:
    from fotfeste.organisations.models import Unit

#: (who looks, the unit) -> where one may go on from it; None for a reader it has nothing for.
LinkMaker = Callable[[Actor, "Unit"], Link | None]

_makers: list[LinkMaker] = []


def register_link(maker: LinkMaker) -> None:
    """Lead on from the pages of units."""
    if maker not in _makers:
        _makers.append(maker)


def links(*, actor: Actor, unit: "Unit") -> list[Link]:
    """Return where the reader may go on from a unit's page."""
    return [made for maker in _makers if (made := maker(actor, unit)) is not None]
