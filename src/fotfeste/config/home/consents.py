"""Consents that end soon, for those who can ask for them again while the youth is still within reach."""

from datetime import date
from typing import Any

from django.urls import reverse

from fotfeste.consent import selectors as consents


def ending(*, unit_id: int, today: date) -> list[dict[str, Any]]:
    """Return a line for each consent of the unit's youths that ends within a month and is not renewed."""
    return [
        {
            "youth": each.youth,
            "last_day": each.last_day,
            "url": reverse("casework:releases", kwargs={"youth_id": each.youth_id}),
            "renew_url": reverse("casework:renew_release", kwargs={"youth_id": each.youth_id, "release_id": each.pk}),
        }
        for each in consents.ending(unit_ids=[unit_id], on=today)
    ]
