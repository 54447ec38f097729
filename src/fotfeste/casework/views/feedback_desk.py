"""The desk where messages from districts and Nav become statuses: one click each, or many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste import codes
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.selectors import user_names
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import FeedbackCategory, FeedbackSource, FeedbackState, NextOwner
from fotfeste.casework.forms.feedback_desk import SETS_STATUS, status_choices
from fotfeste.casework.selectors import feedback as selectors
from fotfeste.casework.selectors.feedback import Message
from fotfeste.casework.selectors.labels import status_name
from fotfeste.casework.selectors.tones import status_tone
from fotfeste.casework.services.handling import code_for
from fotfeste.casework.views import feedback_handling
from fotfeste.casework.views.desk import county_of, desk_tabs, keep_report, name_of, take_report
from fotfeste.kernel import opaque
from fotfeste.kernel.ui import Tone

PAGE = 25
REPORT = "feedback_report"


@dataclass(frozen=True, slots=True)
class Row:
    """
    One message as the desk shows it. ``key`` stands for it in the form.

    :ivar told_by: who told it. ``next_owner`` is who takes the next step; each empty when it is not said.
    :ivar suggested: the status it leads to; empty when a person must choose.
    :ivar effect: what accepting does, where it does not set a status.
    """

    key: str
    feedback_id: int
    youth_id: int
    version: int
    name: str
    from_unit: str
    sender: str
    sent_at: datetime
    answer: str
    on: date
    told_by: str
    next_step: str
    next_owner: str
    status: str
    tone: Tone
    since: date | None
    sets_status: bool
    suggested: str
    is_move: bool
    effect: str
    question: str
    outcome: str
    is_new: bool
    handled_by: str
    handled_at: datetime | None


@requires(Permission.FEEDBACK_HANDLE)
@require_http_methods(["GET", "POST"])
def feedback_desk(request: ActorRequest) -> HttpResponse:
    """Show the messages that wait or those that were handled, and handle the ones chosen."""
    county_id = county_of(request.actor, Permission.FEEDBACK_HANDLE)
    if request.method == "POST":
        done, refused = feedback_handling.handle_each(request)
        keep_report(request, REPORT, done=done, refused=refused)
        return redirect(request.get_full_path())
    shows_history = request.GET.get("vis") == "behandlet"
    choose = selectors.handled_feedback if shows_history else selectors.waiting_feedback
    page = Paginator(choose(county_id=county_id), PAGE).get_page(request.GET.get("side"))
    rows, report = rows_of(page), take_report(request, REPORT)
    context = {
        "rows": rows,
        "page_obj": page,
        "shows_history": shows_history,
        "tabs": desk_tabs(request.actor, current="casework:feedback"),
        "choices": status_choices(),
        "report": report,
    }
    listed = [*(row.youth_id for row in rows), *(report.named if report else ())]
    return render_screen(request, "casework/feedback.html", context, listed=listed, topic=Topic.FEEDBACK)


def rows_of(messages: Iterable[Any]) -> list[Row]:
    """Return what is shown of messages, with who sent and handled them."""
    found = selectors.with_registrations(messages)
    ids = {each.feedback.sent_by_id for each in found} | {each.feedback.handled_by_id or 0 for each in found}
    names = user_names(ids)
    return [_row(each, names) for each in found]


def _row(message: Message, names: dict[int, str]) -> Row:
    sent, registration = message.feedback, message.registration
    category = FeedbackCategory(sent.category)
    return Row(
        key=opaque.encode(sent.pk),
        feedback_id=sent.pk,
        youth_id=sent.youth_id,
        version=sent.version,
        name=name_of(message.youth),
        from_unit=sent.from_unit.name,
        sender=names.get(sent.sent_by_id, ""),
        sent_at=sent.sent_at,
        answer=answer_of(sent),
        on=sent.on,
        told_by=str(FeedbackSource(sent.told_by).label) if sent.told_by else "",
        next_step=sent.next_step,
        next_owner=str(NextOwner(sent.next_owner).label) if sent.next_owner else "",
        status=status_name(registration.status_code) if registration else "",
        tone=status_tone(registration.status_code) if registration else Tone.CLOSED,
        since=registration.status_since if registration else None,
        sets_status=category in SETS_STATUS,
        suggested=code_for(category=sent.category, activity_code=sent.activity_code),
        is_move=category is FeedbackCategory.MOVED,
        effect=_effect(category, registration.status_code if registration else ""),
        question=sent.question,
        outcome=str(FeedbackState(sent.state).label),
        is_new=sent.state == FeedbackState.NEW,
        handled_by=names.get(sent.handled_by_id or 0, ""),
        handled_at=sent.handled_at,
    )


def answer_of(sent: Any) -> str:
    """Return what a message says: the answer, with the activity where it names one."""
    answer = str(FeedbackCategory(sent.category).label)
    return f"{answer}: {status_name(sent.activity_code)}" if sent.activity_code else answer


def _effect(category: FeedbackCategory, status_code: str) -> str:
    if category is FeedbackCategory.STILL_UNKNOWN and codes.base_of_twin(status_code) != codes.UNKNOWN_ACTIVITY:
        return _("Endrer ikke statusen.")
    if category is FeedbackCategory.STILL_UNKNOWN:
        return _("Bekrefter at ingen vet hva ungdommen gjør.")
    if category is FeedbackCategory.WRONG:
        return _("Merker tilmeldingen som registrert ved feil.")
    return ""
