"""Deciding whether a youth belongs to the service, and keeping the answer with its reasons."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework.models import MembershipDecision
from fotfeste.casework.selectors.decisions import Decided, decisions_for
from fotfeste.casework.services.explanations import keep_explanation
from fotfeste.casework.services.rule_keeper import with_all_facts
from fotfeste.kernel import clock
from fotfeste.spec import implements


@implements("amb-07")
@transaction.atomic
def decide_membership(*, actor: Actor, youth_ids: Iterable[int], on: date | None = None) -> int:
    """
    Decide by the law and the facts of a day whether each youth belongs, and keep what has changed.

    Two answers are kept apart: the Act's target group, which is reported, and the county's wider one.

    :returns: how many decisions became another.
    """
    on = on or clock.today()
    ids = list(youth_ids)
    with with_all_facts(actor=actor, youth_ids=ids):
        judged = decisions_for(youth_ids=ids, on=on)
        changed = {
            youth_id: (case, decided)
            for youth_id, (case, decided) in judged.items()
            if keep_membership(youth_id=youth_id, decided=decided, on=on)
        }
    for youth_id, (case, decided) in changed.items():
        details = {"statutory": decided.statutory.outcome.value, "local": decided.local.outcome.value}
        county_id = case.person.county_id
        audit.record("membership.decided", by=actor.user_id, about=youth_id, county=county_id, details=details)
    return len(changed)


def keep_membership(*, youth_id: int, decided: Decided, on: date) -> bool:
    """Store the decision when it or its reasons differ from the current one; say whether they did."""
    explanation = keep_explanation(decided)
    answer = (decided.statutory.outcome.value, decided.local.outcome.value, explanation.pk)
    current = MembershipDecision.objects.filter(youth_id=youth_id, is_current=True).first()
    if current is not None:
        if (current.statutory, current.local, current.explanation_id) == answer:
            return False
        MembershipDecision.objects.filter(pk=current.pk).update(is_current=False)
    MembershipDecision.objects.create(
        youth_id=youth_id,
        decided_on=on,
        statutory=answer[0],
        local=answer[1],
        explanation=explanation,
        recorded_at=clock.now(),
    )
    return True
