"""
What apps above hang on the person page: tabs, cards on the overview, and what happened.

They say so in their ``apps.py``. This app knows none of them; it asks each for what the reader may see (docs/adr/0040).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from fotfeste.access.actor import Actor
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors.timeline import Entry

if TYPE_CHECKING:
    from fotfeste.casework.selectors.person_page import PersonPage
    from fotfeste.casework.views.header import Header


@dataclass(frozen=True, slots=True)
class PersonTab:
    """
    A tab of the person page.

    :ivar name: the address it leads to, as ``collaboration:mapping``.
    :ivar topic: shown to whoever knows this of the youth.
    :ivar order: its place among the others, which count by tens (``header.tabs``).
    """

    name: str
    label: Any
    topic: Topic
    order: int


@dataclass(frozen=True, slots=True)
class Card:
    """A card on the overview: its template, and what it shows."""

    template: str
    context: dict[str, Any]


CardMaker = Callable[[Actor, "PersonPage", "Header", date], Card | None]
HappeningsFinder = Callable[[Actor, "PersonPage", "Header"], Iterable[Entry]]

_tabs: list[PersonTab] = []
_cards: list[CardMaker] = []
_finders: list[HappeningsFinder] = []


def register_tab(tab: PersonTab) -> None:
    """Hang a tab on the person page."""
    if tab not in _tabs:
        _tabs.append(tab)


def register_card(maker: CardMaker) -> None:
    """Hang a card on the overview; the maker returns None for a reader it has nothing for."""
    if maker not in _cards:
        _cards.append(maker)


def register_happenings(finder: HappeningsFinder) -> None:
    """Add to the timeline what the finder returns: entries whose row is what is told (``happenings.Told``)."""
    if finder not in _finders:
        _finders.append(finder)


def registered_tabs() -> tuple[PersonTab, ...]:
    """Return the tabs that have been hung on."""
    return tuple(_tabs)


def cards(actor: Actor, page: "PersonPage", header: "Header", today: date) -> list[Card]:
    """Return the cards that have something for this reader."""
    made = (maker(actor, page, header, today) for maker in _cards)
    return [card for card in made if card is not None]


def happenings(actor: Actor, page: "PersonPage", header: "Header") -> list[Entry]:
    """Return what happened that the apps above know of."""
    return [entry for finder in _finders for entry in finder(actor, page, header)]
