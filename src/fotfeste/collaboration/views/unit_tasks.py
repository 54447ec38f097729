"""What apps above have for a unit to do that is about no youth, shown among its tasks."""

from collections.abc import Callable
from dataclasses import dataclass

from fotfeste.access.actor import Actor


@dataclass(frozen=True, slots=True)
class UnitTask:
    """
    One thing a unit is to do.

    :ivar about: what it belongs to, and where. :ivar who: who is named for it; empty where nobody is.
    :ivar names_url: where somebody is named, where nobody is.
    """

    label: str
    url: str
    about: str
    who: str
    names_url: str
    due: str
    is_late: bool


Finder = Callable[[Actor], list[UnitTask]]
_finders: list[Finder] = []


def register_unit_tasks(finder: Finder) -> None:
    """Let an app above show what the actor's units are to do; it says which the actor may see."""
    _finders.append(finder)


def unit_tasks(actor: Actor) -> list[UnitTask]:
    """Return what apps above have for the actor's units to do."""
    return [each for finder in _finders for each in finder(actor)]
