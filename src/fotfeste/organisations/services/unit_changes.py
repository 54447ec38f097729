"""
Changing a county's units by a file, with what follows for the youths whose answer rests on them.

The plan is made by doing everything and undoing it (docs/adr/0008), so it cannot say one thing and the use do another.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from fotfeste.access.actor import Actor
from fotfeste.kernel import clock
from fotfeste.organisations.services import unit_followers
from fotfeste.organisations.services.unit_followers import Changing
from fotfeste.organisations.services.units import Change, UnitLoad, load_units

# What a unit is called and whom it works with says nothing of who belongs there.
_DECIDES_NOTHING = frozenset({"name", "vigo_number", "nav_office", "district_code"})


class _Undo(Exception):
    """Leave the transaction without keeping anything."""


@transaction.atomic
def change_units(
    *, actor: Actor, county_id: int, rows: Iterable[Mapping[str, str]], source: str, apply: bool
) -> UnitLoad:
    """
    Take in a county's units and judge its youths anew by them, when anybody's answer may rest on what changes.

    Called inside the actor's scope, as ``load_units``.

    :param apply: false only tells what would happen.
    """
    rows = list(rows)
    load = load_units(actor=actor, rows=rows, source=source, apply=False)
    changing = _changing(load, clock.today())
    if changing is None:
        return load_units(actor=actor, rows=rows, source=source, apply=True) if apply else load
    done: list[UnitLoad] = []

    def change() -> None:
        done.append(load_units(actor=actor, rows=rows, source=source, apply=True))

    try:
        with transaction.atomic():
            followed = unit_followers.follow(
                county_id=county_id, changing=changing, change=change, asked_by=actor.user_id
            )
            if not apply:
                raise _Undo
    except _Undo:
        pass
    return dataclasses.replace(done[0], applied=apply, followed=followed)


def _changing(load: UnitLoad, today: date) -> Changing | None:
    """Return the units on which somebody's answer may rest, None when it rests on nothing that changes."""
    units = [unit for unit in load.units if unit.is_new or any(_says_who(each, today) for each in unit.changes)]
    if not units:
        return None
    codes = {unit.code for unit in units} | {c.before for unit in units for c in unit.changes if c.field == "code"}
    return Changing(frozenset(unit.unit_id for unit in units if unit.unit_id), frozenset(codes - {""}))


def _says_who(change: Change, today: date) -> bool:
    if change.field == "last_day":  # what closes later is judged on that day
        return _has_closed(change.before, today) != _has_closed(change.after, today)
    return change.field not in _DECIDES_NOTHING


def _has_closed(last_day: date | None, today: date) -> bool:
    return last_day is not None and last_day < today
