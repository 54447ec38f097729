"""A leader's morning: how many nobody knows the activity of, how long the first contact takes, and where."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.access.actor import Actor, Assignment
from fotfeste.access.selectors import without_knowledge
from fotfeste.casework.selectors.open_work import answering_at
from fotfeste.collaboration.selectors.newcomers import unanswered_for
from fotfeste.collaboration.selectors.records import overdue_offers
from fotfeste.config.home.counters import counters
from fotfeste.config.home.reviewing import review_left
from fotfeste.consent.selectors import openings_to_look_at
from fotfeste.organisations.selectors.contacts import units_without_named_contact
from fotfeste.reporting.policies import Reach, reach_of_unit, reaches
from fotfeste.reporting.selectors.overview import overview
from fotfeste.reporting.views import drawing, tables


def of_unit(actor: Actor, at: Assignment, today: date) -> tuple[str, dict[str, Any]]:
    """Return the template and what it shows of one unit's youths."""
    reach = reach_of_unit(unit_id=at.unit_id, opens_persons=True)
    context = _figures(actor, reach, today) if reach else {}
    lacking = units_without_named_contact(county_id=at.county_id, on=today).filter(pk=at.unit_id)
    return "config/home_leader.html", {
        **context,
        "counters": counters(actor=actor, today=today, unit_id=at.unit_id),
        "lacks_contact": lacking.exists(),
        "unit_id": at.unit_id,
        "without_knowledge": without_knowledge(unit_id=at.unit_id, on=today),
        "to_look_at": openings_to_look_at(),
        "left_behind": sum(each.youths for each in answering_at(unit_ids=[at.unit_id], on=today) if each.is_gone),
        "overdue_offers": len(overdue_offers(unit_ids=[at.unit_id], today=today)),
        "unanswered": len(unanswered_for(actor=actor, today=today)),
        "review_left": review_left(today=today, user_id=actor.user_id, unit_ids=[at.unit_id]),
    }


def of_county(actor: Actor, at: Assignment, today: date) -> tuple[str, dict[str, Any]]:
    """Return the template and what it shows of the county, never of anybody by name."""
    reach = next((each for each in reaches(actor) if each.county_id == at.county_id), None)
    context = _figures(actor, reach, today) if reach else {}
    return "config/home_leader.html", context


def _figures(actor: Actor, reach: Reach, today: date) -> dict[str, Any]:
    seen = overview(reach=reach, on=today)
    links = tables.Links(actor=actor, reach=reach, on=today, is_today=True)
    return {
        "reach": reach,
        "is_empty": seen.is_empty,
        "code_list": codes.list_on(today),
        "figures": drawing.key_figures(seen, links),
        "over_time": drawing.over_time(seen),
        "first_contact": drawing.first_contact(seen),
        "breakdowns": [
            chart
            for chart in (
                drawing.bars(_("Ukjent aktivitet per bydel"), seen.districts, seen),
                drawing.bars(_("Ukjent aktivitet per ansvarlig enhet"), seen.units, seen),
            )
            if chart is not None
        ],
        "figures_url": reverse("reporting:figures"),
    }
