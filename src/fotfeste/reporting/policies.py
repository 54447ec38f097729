"""Whose figures an actor may look at, and for which counties it may make reports."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor, Assignment
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES
from fotfeste.access.topics import Scope, Topic
from fotfeste.access.verdict import Verdict, allow_if
from fotfeste.casework.selectors.counting import Among
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.organisations.selectors.units import unit_or_none


class ReachKind(StrEnum):
    """How far figures reach."""

    COUNTY = "county"
    DISTRICT = "district"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Reach:
    """
    Youths whose figures an actor may look at.

    :ivar opens_persons: the actor may open every person counted, so small counts tell nothing new and counts can be
        links to the worklist.
    :ivar hides_places: the actor is not told at which unit those under protection are. What a unit counts leaves them
        out then; they are in the county's figures alone.
    :ivar withheld_on: the days on which the county's table hides the unit's line from the actor, for being small or
        for what it would tell of another: then nothing of it is shown when one narrows the figures to it either.
    """

    kind: ReachKind
    name: str
    county_id: int
    unit_id: int | None = None
    district_code: str = ""
    opens_persons: bool = False
    hides_places: bool = False
    withheld_on: frozenset[date] = frozenset()

    @property
    def among(self) -> Among:
        """Return the limits that counts are made within."""
        if self.kind is ReachKind.UNIT:
            protected = False if self.hides_places else None
            return Among(county_ids=(self.county_id,), unit_ids=(self.unit_id or 0,), protected=protected)
        if self.kind is ReachKind.DISTRICT:
            return Among(county_ids=(self.county_id,), district_code=self.district_code)
        return Among(county_ids=(self.county_id,))


def reaches(actor: Actor) -> tuple[Reach, ...]:
    """Return what the actor may look at, the widest first: a county, or the units at which it holds a role."""
    names = county_names()
    found: dict[tuple[object, ...], Reach] = {}
    for assignment in actor.assignments:
        reach = _reach_of(assignment, names, hides_places=not _is_told_places(actor, assignment.county_id))
        if reach is None:
            continue
        key = (reach.kind, reach.county_id, reach.unit_id)
        if key not in found or reach.opens_persons:
            found[key] = reach
    return tuple(sorted(found.values(), key=lambda reach: reach.kind is not ReachKind.COUNTY))


def _is_told_places(actor: Actor, county_id: int) -> bool:
    return actor.knows_in_county(Topic.PROTECTED_ADDRESS, county_id)


def _reach_of(assignment: Assignment, names: dict[int, str], *, hides_places: bool) -> Reach | None:
    permissions = ROLES[assignment.role].permissions
    if Permission.FIGURES_VIEW not in permissions:
        return None
    county_wide = assignment.topics(Scope.COUNTY)
    if Topic.STATUS in county_wide:
        name = names.get(assignment.county_id, "")
        opens = Topic.IDENTITY in county_wide and Permission.WORKLIST_VIEW in permissions
        return Reach(ReachKind.COUNTY, name, assignment.county_id, opens_persons=opens, hides_places=hides_places)
    return reach_of_unit(unit_id=assignment.unit_id, opens_persons=Permission.WORKLIST_VIEW in permissions)


def reach_of_unit(*, unit_id: int, opens_persons: bool) -> Reach | None:
    """
    Return the reach of one unit, or None when there is no such unit.

    A district's youths are those who live there, whoever answers for them; it does not see all of them by name.
    """
    unit = unit_or_none(unit_id=unit_id)
    if unit is None:
        return None
    if unit.kind == UnitKind.DISTRICT:
        return Reach(ReachKind.DISTRICT, unit.name, unit.county_id, unit.pk, district_code=unit.code)
    return Reach(ReachKind.UNIT, unit.name, unit.county_id, unit.pk, opens_persons=opens_persons)


def narrowed(reach: Reach, *, unit_id: int) -> Reach | None:
    """Return the reach of one unit inside a county's, or None when it lies outside what was open."""
    inner = reach_of_unit(unit_id=unit_id, opens_persons=reach.opens_persons)
    if inner is None or reach.kind is not ReachKind.COUNTY or inner.county_id != reach.county_id:
        return None
    # Whoever coordinates the county opens everybody in it, those who live in a district too.
    return replace(inner, opens_persons=reach.opens_persons, hides_places=reach.hides_places)


def report_counties(actor: Actor) -> frozenset[int]:
    """Return the counties whose reports the actor makes: those of the roles that allow it, not of every role held."""
    held = (a.county_id for a in actor.assignments if Permission.REPORT_MAKE in ROLES[a.role].permissions)
    return frozenset(held) | frozenset(actor.system_counties)


def may_make_report(*, actor: Actor, county_id: int | None) -> Verdict:
    """
    Say whether the actor may make and freeze reports for the county; None is the whole country.

    Source: Oslostandarden § 6.3.1 (Utdanningsadministrasjonen reports); the whole country is a job's alone.
    """
    inside = actor.is_system if county_id is None else county_id in report_counties(actor)
    return allow_if(
        actor.has(Permission.REPORT_MAKE) and inside,
        otherwise=_("Bare Utdanningsadministrasjonen i fylket kan lage denne rapporten."),
    )


def agreement_counties(actor: Actor) -> frozenset[int]:
    """Return the counties in which the actor writes the minutes of the yearly meeting about the agreement."""
    return actor.counties_with(Permission.AGREEMENT_REVIEW)


def may_review_agreement(*, actor: Actor, county_id: int) -> Verdict:
    """
    Say whether the actor writes the minutes of the yearly meeting about the agreement in the county.

    Nobody of the city's departments works here: whoever runs the service in the county writes them down.
    """
    allowed = county_id in agreement_counties(actor)
    return allow_if(allowed, otherwise=_("Referatet skrives av Utdanningsadministrasjonen i fylket."))
