"""The meetings of the user's units: those ahead, the answers that lack, and the minutes that are not signed."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors import whereabouts
from fotfeste.casework.views.header import full_name
from fotfeste.collaboration.enums import MeetingKind
from fotfeste.collaboration.policies import units_with
from fotfeste.collaboration.selectors import meetings as selectors
from fotfeste.collaboration.selectors.exits import not_talked_with
from fotfeste.collaboration.selectors.meeting_times import lacks_reply, open_times
from fotfeste.collaboration.selectors.minutes import not_filed, to_confirm
from fotfeste.collaboration.views.meeting_words import place_words
from fotfeste.kernel import clock


@requires(Permission.MEETING_SEE)
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    """Show the meetings the user's units call or are called to."""
    actor = request.actor
    units = units_with(actor, Permission.MEETING_SEE)
    ahead = [_line(each, actor) for each in selectors.coming_meetings(unit_ids=units, today=clock.today())]
    behind = [_line(each, actor) for each in selectors.without_minutes(unit_ids=units)]
    unfiled = [_line(row.minutes_version.minutes.meeting, actor) for row in not_filed(unit_ids=units)]
    unread = [_line(each, actor) for each in to_confirm(unit_ids=units)]
    quit_alone = not_talked_with(unit_ids=units_with(actor, Permission.MEETING_CALL), today=clock.today())
    context = {
        "ahead": ahead,
        "to_answer": [row for row in ahead if row["lacks_mine"]],
        "to_choose": [row for row in ahead if row["is_mine"] and row["times"]],
        "lacking": [row for row in ahead if row["is_mine"] and row["lacks"] and not row["times"]],
        "behind": behind,
        "unfiled": unfiled,
        "unread": unread,
        "may_call": actor.has(Permission.MEETING_CALL),
        "quit_alone": [(row.youth_id, full_name(row.youth), day) for row, day in quit_alone],
    }
    listed = {row["youth_id"] for row in (*ahead, *behind, *unfiled, *unread)} | {
        row.youth_id for row, _day in quit_alone
    }
    return render_screen(request, "collaboration/my_meetings.html", context, listed=listed, topic=Topic.MEETINGS)


def _line(meeting: Any, actor: Actor) -> dict[str, Any]:
    youth = meeting.youth
    tells = whereabouts.may_tell_unit(
        actor=actor, protection=youth.protection, county_id=youth.county_id, unit_id=youth.unit_id
    )
    lacking = lacks_reply(meeting)
    mine = [each for each in selectors.guests_of(meeting) if each.body_id in actor.unit_ids]
    return {
        "youth_id": meeting.youth_id,
        "meeting_id": meeting.pk,
        "who": full_name(youth),
        "kind": MeetingKind(meeting.kind).label,
        "starts_at": meeting.starts_at,
        "place": place_words(meeting) if tells else "",
        "caller": meeting.called_by_unit.name if tells else "",
        "is_mine": meeting.called_by_unit_id in actor.unit_ids,
        "lacks_mine": any(each in mine for each in lacking),
        "lacks": len(lacking),
        "times": len(open_times(meeting)),
    }
