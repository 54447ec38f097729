"""What the rules last said of a youth, for apps above that ask no more than that."""

from fotfeste.casework.models import MembershipDecision
from fotfeste.law.outcomes import Membership


def is_judged_in_target_group(*, youth_id: int) -> bool:
    """Say whether the Act's target group was last judged to hold the youth, as far as the actor may know it."""
    current = MembershipDecision.objects.filter(youth_id=youth_id, is_current=True)
    return current.filter(statutory=Membership.IN_OT).exists()
