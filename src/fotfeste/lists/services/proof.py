"""Proving that a frozen round was what the register knew, by working it out again."""

from dataclasses import dataclass
from typing import Any

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.lists import policies
from fotfeste.lists.models import OtukRound, OtukRow
from fotfeste.lists.services.listing import Listed
from fotfeste.lists.services.rounds import list_maker, listing_again
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.counties import county_names


@dataclass(frozen=True, slots=True)
class Difference:
    """One youth about whom the frozen list and the one worked out again do not agree."""

    youth_id: int
    name: str
    kind: str
    """``added``, ``gone`` or ``changed``."""
    changes: tuple[tuple[str, str, str], ...] = ()
    """Field, as frozen, as worked out again."""


@dataclass(frozen=True, slots=True)
class Proof:
    """
    What came of working a round out again from what was known then.

    :ivar rows: how many rows were compared, among those the actor may know of.
    :ivar hidden: differences about protected youths, of which only the number is told, and only to who handles them.
    """

    rows: int
    differences: tuple[Difference, ...]
    hidden: int = 0

    @property
    def holds(self) -> bool:
        """Return whether the two are the same to the person."""
        return not self.differences and not self.hidden


def prove_round(*, actor: Actor, made: OtukRound) -> Proof:
    """
    Work the round out again, as the register was known when it was made, and tell how it differs from what was frozen.

    Done for all counties: a youth who has moved since was still on the list.

    :raises NotAllowed: the actor does not make lists for the county.
    """
    policies.may_freeze_round(actor=actor, county_id=made.county_id).require()
    with acting_as(list_maker(tuple(county_names())), on=clock.today()):
        frozen = {row.youth_id: row for row in made.rows.all()}
        again = {row.youth_id: row for row in listing_again(made).rows}
        names = units.unit_names({row.district_id for row in frozen.values()} | {r.unit_id for r in again.values()})
        differences, hidden, protected = [], 0, 0
        for youth_id in sorted(frozen.keys() | again.keys()):
            found = _difference(youth_id, frozen.get(youth_id), again.get(youth_id), names)
            if _is_hidden(frozen.get(youth_id), again.get(youth_id)):
                protected += youth_id in frozen
                hidden += found is not None
            elif found:
                differences.append(found)
    details = {"round": made.pk, "differences": len(differences)}
    audit.record("otuk.proved", by=actor.user_id, county=made.county_id, details=details)
    differences.sort(key=lambda each: each.name)
    if actor.knows_in_county(Topic.PROTECTED_ADDRESS, made.county_id):
        return Proof(len(frozen), tuple(differences), hidden)
    return Proof(len(frozen) - protected, tuple(differences))


def _is_hidden(frozen: OtukRow | None, again: Listed | None) -> bool:
    return bool((frozen and frozen.is_protected) or (again and again.is_protected))


def _difference(
    youth_id: int, frozen: OtukRow | None, again: Listed | None, names: dict[int, str]
) -> Difference | None:
    if frozen is None and again is not None:
        return Difference(youth_id, again.fields["name"], "added")
    if again is None and frozen is not None:
        return Difference(youth_id, frozen.fields["name"], "gone")
    assert frozen is not None
    assert again is not None
    before, after = _told(frozen, frozen.district_id, names), _told(again, again.unit_id, names)
    changes = tuple((name, before[name], after[name]) for name in before if before[name] != after.get(name))
    return Difference(youth_id, frozen.fields["name"], "changed", changes) if changes else None


def _told(row: Any, unit_id: int, names: dict[int, str]) -> dict[str, str]:
    fields = {name: str(value) for name, value in row.fields.items()}
    return {"district": names.get(unit_id, ""), **fields, "times": str(row.times_listed)}
