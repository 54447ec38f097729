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
    if not _decides(load, clock.today()):
        return load_units(actor=actor, rows=rows, source=source, apply=True) if apply else load
    done: list[UnitLoad] = []

    def change() -> None:
        done.append(load_units(actor=actor, rows=rows, source=source, apply=True))

    try:
        with transaction.atomic():
            followed = unit_followers.follow(county_id=county_id, change=change, asked_by=actor.user_id)
            if not apply:
                raise _Undo
    except _Undo:
        pass
    return dataclasses.replace(done[0], applied=apply, followed=followed)


def _decides(load: UnitLoad, today: date) -> bool:
    return any(unit.is_new or any(_says_who(each, today) for each in unit.changes) for unit in load.units)


def _says_who(change: Change, today: date) -> bool:
    if change.field == "last_day":  # what closes later is judged on that day
        return _has_closed(change.before, today) != _has_closed(change.after, today)
    return change.field not in _DECIDES_NOTHING


def _has_closed(last_day: date | None, today: date) -> bool:
    return last_day is not None and last_day < today
