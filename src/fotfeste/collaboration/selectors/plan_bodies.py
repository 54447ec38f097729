"""Who may be in a youth's plan: the unit that answers, and each body something lets in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors import whereabouts
from fotfeste.consent.enums import ReleaseState
from fotfeste.consent.selectors import Cover, cover_for, releases_of
from fotfeste.organisations.selectors import units
from fotfeste.spec import implements

_HOLDS = frozenset({ReleaseState.GIVEN, ReleaseState.ENDS_SOON})


@dataclass(frozen=True, slots=True)
class PlanBody:
    """
    A body that may be named in the plan.

    :ivar key: what a row of the plan keeps: the unit's id as text, or the name of a partner that does not work here.
    :ivar cover: the release or the rule that lets it in; None for the unit that answers, which needs none.
    """

    key: str
    name: str
    unit_id: int | None
    cover: Cover | None = None


@implements("plan-consent", "amb-34")
def bodies_of(*, youth: Any, on: date, reader: Actor | None = None) -> list[PlanBody]:
    """
    Return who may be named in the youth's plan on a day: the unit that answers first, which needs no consent.

    It is looked up as a job would, for those who may write the plan: a unit the youth has let in coordinates plans too,
    and sees no release but those it has taken down itself. Nothing is for showing but the names.

    :param reader: whoever is shown the names; of a protected youth the unit that answers may be no name for them.

    Source: Oslostandarden §§ 4.2, 6.1.1 and 6.2.2.
    """
    own = units.unit_names({youth.unit_id})[youth.unit_id]
    if reader is not None and not tells_unit(youth, reader):
        own = _("Enheten som har ansvaret")
    with acting_as(access.system_actor("scheduler", county_ids=(youth.county_id,)), on=on):
        let_in = _let_in(youth, on)
    return list({each.key: each for each in [PlanBody(str(youth.unit_id), own, youth.unit_id), *let_in]}.values())


def _let_in(youth: Any, on: date) -> list[PlanBody]:
    granted = access.units_granted(youth_id=youth.pk, topic=Topic.PLAN, on=on) - {youth.unit_id}
    names, kinds = units.unit_names(set(granted)), units.unit_kinds(set(granted))
    found = []
    for unit_id in sorted(granted, key=lambda each: names[each]):
        cover = cover_for(youth_id=youth.pk, unit_id=unit_id, unit_kind=kinds[unit_id], topic=Topic.PLAN, on=on)
        if cover is not None:
            found.append(PlanBody(str(unit_id), names[unit_id], unit_id, cover))
    for shown in releases_of(youth_id=youth.pk, on=on):
        if shown.state in _HOLDS:
            found += [
                PlanBody(name, name, None, Cover(release=shown.release))
                for name, unit_id, topics in shown.bodies
                if unit_id is None and Topic.PLAN in topics
            ]
    return found


def tells_unit(youth: Any, reader: Actor) -> bool:
    """Say whether a reader may be told which unit answers for the youth."""
    return whereabouts.may_tell_unit(
        actor=reader, protection=youth.protection, county_id=youth.county_id, unit_id=youth.unit_id
    )


def bodies_named(plan: Any) -> list[str]:
    """Return the keys of the bodies a plan names, measures apart, each once."""
    rows = [*plan.roles, *plan.transitions]
    keys = [str(plan.coordinator_unit_id), *(str(row["body"]) for row in rows)]
    return list(dict.fromkeys(keys))


def without_cover(plan: Any, measures: Any, *, youth: Any, on: date) -> list[str]:
    """Return the keys of the bodies a plan names that nothing lets in on a day."""
    covered = {each.key for each in bodies_of(youth=youth, on=on)}
    named = [*bodies_named(plan), *(str(each.owner_unit_id) for each in measures)]
    return [key for key in dict.fromkeys(named) if key not in covered]


def names_of(plan: Any, measures: list[Any], *, tells_unit: bool) -> dict[str, str]:
    """Return what the bodies of a plan are called; the unit that answers only where it may be told."""
    keys = {*bodies_named(plan), *(str(each.owner_unit_id) for each in measures)}
    names = units.unit_names({int(key) for key in keys if key.isdecimal()})
    return {str(pk): name for pk, name in names.items() if tells_unit or pk != plan.unit_id}
