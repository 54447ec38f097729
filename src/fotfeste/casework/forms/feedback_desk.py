"""What the education administration chooses about a message."""

from fotfeste import codes
from fotfeste.casework.enums import FeedbackCategory
from fotfeste.casework.selectors.labels import group_name, status_name
from fotfeste.law.contact import MISTAKE

#: Answers that become a status; the others confirm what stands, or take the registration away.
SETS_STATUS = frozenset(
    {
        FeedbackCategory.REACHED,
        FeedbackCategory.IN_ACTIVITY,
        FeedbackCategory.FOLLOWED_UP,
        FeedbackCategory.BY_NAV,
        FeedbackCategory.MOVED,
    }
)

#: Not what a message can say: nothing known, a mistake, and pupils one works with to keep them at school.
_NEVER = frozenset({codes.UNKNOWN_ACTIVITY, MISTAKE, "ELGS_IM", "ELVG_IM"})


def status_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """
    Return the statuses a message may become, by main group, as the choices of a field.

    The twin codes are not among them: membership decides those.
    """
    grouped = []
    for group in codes.status_list(codes.CURRENT).groups:
        members = [
            (status.code, status_name(status.code))
            for status in codes.codes_in_order(codes.CURRENT)
            if status.group == group.group and _is_offered(status.code)
        ]
        if members:
            grouped.append((group_name(group.group), members))
    return grouped


def _is_offered(code: str) -> bool:
    return codes.base_of_twin(code) == code and code not in _NEVER
