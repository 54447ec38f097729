"""The minutes of a meeting, as far as the actor may read them."""

from typing import Any

from fotfeste.collaboration.models import Meeting, Minutes, MinutesCopy, MinutesVersion


def minutes_of(meeting: Meeting) -> Minutes | None:
    """Return the minutes being written; None when there are none, or they are another unit's."""
    return Minutes.objects.filter(meeting=meeting).select_related("written_by").first()


def signed_of(meeting: Meeting) -> MinutesVersion | MinutesCopy | None:
    """Return the last signed version: one's own, or the copy one's unit was given; None when there is none to read."""
    own = (
        MinutesVersion.objects.filter(minutes__meeting=meeting).select_related("signed_by").order_by("-number").first()
    )
    return own or MinutesCopy.objects.filter(meeting=meeting).order_by("-number").first()


def parts_of(meeting: Meeting, names: dict[int, str]) -> list[dict[str, Any]]:
    """Return what each who was called said in the meeting, as it is kept in a signed version."""
    return [
        {
            "name": names[guest.pk],
            "was_there": bool(guest.was_there),
            "confirms": guest.confirms,
            "contributes": guest.contributes,
            "contribution": guest.contribution,
            "due_on": guest.due_on.isoformat() if guest.due_on else "",
        }
        for guest in meeting.guests.filter(removed_at=None).order_by("pk")
    ]
