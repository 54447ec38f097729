"""Plans that near a review or their end, or are over, for the unit that coordinates them."""

from datetime import date
from typing import Any

from django.urls import reverse

from fotfeste.collaboration.selectors.plans import plans_to_mind


def to_mind(*, unit_id: int, today: date) -> list[dict[str, Any]]:
    """Return a line for each plan of the unit's that somebody must see to."""
    return [
        {
            "youth": each.plan.youth,
            "what": each.reminder.label,
            "due_on": each.due_on,
            "url": reverse("collaboration:plan", kwargs={"youth_id": each.plan.youth_id}),
        }
        for each in plans_to_mind(unit_ids=[unit_id], on=today)
    ]
