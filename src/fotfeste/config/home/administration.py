"""The education administration's morning: what came in, what waits, who lacks somebody, and what is due."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor, Assignment
from fotfeste.access.selectors import without_knowledge
from fotfeste.casework.selectors.needs import needing
from fotfeste.casework.views.desk import desk_tabs
from fotfeste.collaboration.selectors.newcomers import unanswered_for
from fotfeste.config.home import calendar, consents, rounds
from fotfeste.config.home.counters import counters
from fotfeste.config.home.standing_in import standing_in
from fotfeste.integrations.selectors import imports_of, waiting_files
from fotfeste.integrations.sources import SOURCES
from fotfeste.kernel.ui import Link
from fotfeste.lists.selectors.worklist import CONFIRM
from fotfeste.organisations.selectors.contacts import contacts_unseen_by_admin, units_without_named_contact
from fotfeste.oversight.selectors.disposals import disposals_to_approve
from fotfeste.reporting.selectors.reports import frozen_reports
from fotfeste.spec import catalogue

IMPORTS = 5
#: The dates that are reports, among those of the year.
_REPORTS = frozenset({"avt-uda-report-national", "std-internal-report"})


def shown(actor: Actor, at: Assignment, today: date) -> tuple[str, dict[str, Any]]:
    """Return the template and what it shows."""
    county_id = at.county_id
    away, _rest = standing_in(actor, at, needing(unit_id=at.unit_id, today=today), today)
    imported = imports_of(county_id=county_id).filter(applied_at__isnull=False)[:IMPORTS]
    return "config/home_administration.html", {
        "desks": desk_tabs(actor, current=""),
        "others": [
            *counters(actor=actor, today=today, names=(CONFIRM,)),
            *_people_lacking(county_id, today),
            _unanswered(actor, today),
        ],
        "standing_in": away,
        "consents_ending": consents.ending(unit_id=at.unit_id, today=today),
        "to_approve": disposals_to_approve(county_id=county_id, user_id=actor.user_id),
        "without_knowledge": without_knowledge(county_id=county_id, on=today),
        "imports": [{"made": each, "title": _title(each.source)} for each in imported],
        "waiting_files": waiting_files(county_id=county_id).count(),
        "round": rounds.of_county(actor=actor, county_id=county_id, today=today),
        "dates": calendar.next_dates(county_id=county_id, today=today, parties=("uda",)),
        "report": _next_report(county_id, today),
        "last_report": frozen_reports(actor=actor).first(),
    }


def _people_lacking(county_id: int, today: date) -> list[Link]:
    """Return how many units lack a named contact, and how many new names nobody has received."""
    directory = reverse("organisations:directory")
    lacking = units_without_named_contact(county_id=county_id, on=today).count()
    found = [Link(_("Enheter uten kontakt"), f"{directory}?mangler=ja", count=lacking)]
    unseen = contacts_unseen_by_admin(county_id=county_id).count()
    return [*found, Link(_("Nye kontaktpersoner"), reverse("organisations:new_contacts"), count=unseen)]


def _unanswered(actor: Actor, today: date) -> Link:
    """Return how many notices about somebody not registered no unit has answered long after their day."""
    left = len(unanswered_for(actor=actor, today=today))
    return Link(_("Meldinger uten svar"), f"{reverse('collaboration:notices')}#unanswered", count=left)


def _title(source: str) -> str:
    return SOURCES[source].title if source in SOURCES else source


def _next_report(county_id: int, today: date) -> calendar.Coming | None:
    """Return the next date a report is due."""
    due = {item.id for item in catalogue.items("deadline") if _REPORTS & set(item.get("duties", ()))}
    every = calendar.next_dates(county_id=county_id, today=today, parties=("uda",), count=100)
    return next((each for each in every if each.id in due), None)
