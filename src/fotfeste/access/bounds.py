"""
Within which counties or units all lies that somebody sees of a topic, as the database told when the scope was entered.

It decides nothing: the row policies do. Said in a query beside them, it lets the database go straight to the rows by an
index, which it cannot by a policy of three arms. Nothing is said where the rows may lie anywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Q

from fotfeste.access.actor import Actor
from fotfeste.access.topics import Topic

#: The topics that lists are made of.
TOPICS = (Topic.STATUS, Topic.IDENTITY)

ASKED = "current_setting('app.some_granted', true), " + ", ".join(
    f"current_setting('app.{kind}_{topic.value}', true)" for topic in TOPICS for kind in ("county", "unit")
)
"""What the database is asked just after the scope was entered."""


@dataclass(frozen=True, slots=True)
class Bound:
    """All rows of a topic lie in these counties, or else with these units."""

    counties: tuple[int, ...] = ()
    units: tuple[int, ...] = ()

    def condition(self) -> Q:
        """Return the bound as a condition on a table about youths."""
        return Q(county_id__in=self.counties) if self.counties else Q(unit_id__in=self.units)


Bounds = Mapping[Topic, Bound]
NONE: Bounds = MappingProxyType({})


def read(actor: Actor, told: Sequence[str | None]) -> Bounds:
    """
    Return the bounds of the topics that have any.

    :param told: what the database answered to ``ASKED``.
    """
    some_granted, *settings = told
    if actor.is_system or some_granted == "yes":
        return NONE
    county_of = {each.unit_id: each.county_id for each in actor.assignments}
    bounds = {}
    for topic, counties, units in zip(TOPICS, map(_ids, settings[::2]), map(_ids, settings[1::2]), strict=True):
        # A youth stands in the county of the unit that answers (people_in_county), so the counties hold the units.
        if counties and {county_of.get(unit) for unit in units} <= set(counties):
            bounds[topic] = Bound(counties=counties)
        elif units and not counties:
            bounds[topic] = Bound(units=units)
    return bounds


def _ids(setting: str | None) -> tuple[int, ...]:
    return tuple(int(each) for each in (setting or "").strip("{}").split(",") if each)
