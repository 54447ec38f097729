"""The network meetings of districts, and which of the year each is."""

from collections import defaultdict
from datetime import date

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.collaboration.models import NetworkMeeting
from fotfeste.spec import implements


def network_meetings(*, actor: Actor) -> list[NetworkMeeting]:
    """Return what stands of network meetings in the actor's counties, the latest first."""
    counties = actor.county_ids if actor.has(Permission.MEETING_SEE) else frozenset()
    rows = NetworkMeeting.objects.filter(district__county_id__in=list(counties), superseded_at=None)
    return list(rows.select_related("district", "written_by").order_by("-held_on", "-pk"))


def network_meeting_or_none(*, actor: Actor, meeting_id: int) -> NetworkMeeting | None:
    """Return one that stands; None when there is none the actor may read."""
    return next((each for each in network_meetings(actor=actor) if each.pk == meeting_id), None)


@implements("net-number")
def number_in_year(meeting: NetworkMeeting) -> int:
    """Return which of its calendar year's meetings in the district a meeting is."""
    rows = NetworkMeeting.objects.filter(district_id=meeting.district_id, superseded_at=None)
    same_year = rows.filter(held_on__year=meeting.held_on.year).order_by("held_on", "pk").values_list("pk", flat=True)
    return list(same_year).index(meeting.pk) + 1


def network_days(*, county_id: int) -> dict[int, list[date]]:
    """Return the days network meetings were held in a county, by district."""
    rows = NetworkMeeting.objects.filter(district__county_id=county_id, superseded_at=None).order_by("held_on")
    found: dict[int, list[date]] = defaultdict(list)
    for district_id, on in rows.values_list("district_id", "held_on"):
        found[district_id].append(on)
    return found
