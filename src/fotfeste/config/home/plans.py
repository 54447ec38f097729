"""Plans that need a unit: those it coordinates or takes part in that near their end or a review, and its measures."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.collaboration.enums import PlanReminder
from fotfeste.collaboration.plan_words import measure_name
from fotfeste.collaboration.selectors.plans import measures_to_mind, plans_taken_part_in, plans_to_mind

#: What a unit that only takes part is told; the coordinator is the one to act.
_TAKES_PART: Mapping[PlanReminder, Any] = {
    PlanReminder.REVIEW: gettext_lazy("Planen skal gjennomgås"),
    PlanReminder.ENDS: gettext_lazy("Planen slutter"),
    PlanReminder.OVERDUE: gettext_lazy("Planen er over sluttdato"),
}


def to_mind(*, unit_id: int, today: date) -> list[dict[str, Any]]:
    """Return a line for each plan or measure of the unit's that somebody must see to, as far as the actor may see."""
    units = [unit_id]
    lines = [_line(each.plan, each.reminder.label, each.due_on) for each in plans_to_mind(unit_ids=units, on=today)]
    lines += [
        _line(each.plan, _TAKES_PART[each.reminder], each.due_on)
        for each in plans_taken_part_in(unit_ids=units, on=today)
    ]
    lines += [
        _line(each, _("Tiltak dere har: %(name)s") % {"name": measure_name(each)}, each.last_day)
        for each in measures_to_mind(unit_ids=units, on=today)
    ]
    return sorted(lines, key=lambda each: each["due_on"])


def _line(row: Any, what: Any, due_on: date) -> dict[str, Any]:
    return {
        "youth": row.youth,
        "what": what,
        "due_on": due_on,
        "url": reverse("collaboration:plan", kwargs={"youth_id": row.youth_id}),
    }
