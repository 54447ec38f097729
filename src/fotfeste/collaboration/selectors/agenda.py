"""What a network meeting in a district should take up, told by whatever has something to say of the district."""

from collections.abc import Callable, Iterable

#: The district -> lines of the agenda, in the actor's scope. They are numbers: no youth is named in such a meeting.
AgendaTeller = Callable[[int], Iterable[str]]

_tellers: list[AgendaTeller] = []


def agenda_part(teller: AgendaTeller) -> AgendaTeller:
    """Mark a query as one that has lines for the agenda."""
    _tellers.append(teller)
    return teller


def agenda_of(*, district_id: int) -> list[str]:
    """Return the lines of the agenda of a district's next network meeting."""
    return [line for teller in _tellers for line in teller(district_id)]
