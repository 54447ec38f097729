"""What acts have written about youths, told without the ids and moments that tell two youths apart."""

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import Feedback, MembershipDecision, Registration, StatusConfirmation, StatusEvent
from tests import factories as make

_STANDS = (
    "status_code", "status_since", "status_confirmed_on", "status_confirm_by", "unknown_since", "version", "last_day",
)  # fmt: skip
_EVENT = ("code", "code_list", "raw_code", "first_day", "last_day", "basis", "basis_text", "set_by_id", "unit_then")
_MESSAGE = ("category", "state", "question", "handled_by_id", "version")


def written_about(case: Registration) -> dict[str, object]:
    """Return all an act on the status of a case may write, by what it is."""
    about = {"youth_id": case.youth_id}
    with acting_as(make.system()):
        events = list(StatusEvent.objects.filter(**about).order_by("pk"))
        messages = list(Feedback.objects.filter(**about).order_by("pk"))
        place = {each.pk: number for number, each in enumerate(messages)} | {None: None}
        return {
            "case": Registration.objects.filter(**about).values_list(*_STANDS).get(),
            "statuses": [
                (*(getattr(each, name) for name in _EVENT), each.superseded_at is None, place[each.feedback_id])
                for each in events
            ],
            "contacts": [each.contact_id is not None for each in events],
            "confirmed": list(
                StatusConfirmation.objects.filter(**about)
                .order_by("pk")
                .values_list("code", "confirmed_on", "confirmed_by_id")
            ),
            "membership": list(
                MembershipDecision.objects.filter(**about)
                .order_by("pk")
                .values_list("statutory", "local", "is_current", "decided_on", "explanation_id")
            ),
            "messages": [tuple(getattr(each, name) for name in _MESSAGE) for each in messages],
            "log": [(verb, by, county, _without_ids(told, place)) for verb, by, county, told in _log(case.youth_id)],
        }


def _log(youth_id: int) -> list[tuple[str, int, int, dict[str, object]]]:
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        rows = AuditEntry.objects.filter(youth_id=youth_id).order_by("pk")
        return list(rows.values_list("verb", "user_id", "county_id", "details"))


def _without_ids(details: dict[str, object], place: dict[int | None, int | None]) -> dict[str, object]:
    known = {name: value for name, value in details.items() if name != "attempt"}
    return known | ({"feedback": place[details["feedback"]]} if "feedback" in details else {})
