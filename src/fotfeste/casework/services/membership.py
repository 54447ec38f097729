"""Deciding whether a youth belongs to the service, and keeping the answer with its reasons."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework.models import MembershipDecision
from fotfeste.casework.selectors.decisions import Decided, decisions_for
from fotfeste.casework.services.explanations import keep_explanations
from fotfeste.casework.services.rule_keeper import with_all_facts
from fotfeste.kernel import clock
from fotfeste.law.readings import Readings
from fotfeste.spec import implements


@implements("amb-07")
@transaction.atomic
def decide_membership(
    *,
    actor: Actor,
    youth_ids: Iterable[int],
    on: date | None = None,
    readings: Mapping[int, Readings] | None = None,
) -> int:
    """
    Decide by the law and the facts of a day whether each youth belongs, and keep what has changed.

    Two answers are kept apart: the Act's target group, which is reported, and the county's wider one.

    :param readings: what the youths' counties judge by, when it has been read.
    :returns: how many decisions became another.
    """
    on = on or clock.today()
    ids = list(youth_ids)
    with with_all_facts(actor=actor, youth_ids=ids):
        judged = decisions_for(youth_ids=ids, on=on, readings=readings)
        changed = keep_memberships({youth_id: decided for youth_id, (_case, decided) in judged.items()}, on=on)
    told: dict[int, dict[int, dict[str, str]]] = defaultdict(dict)
    for youth_id in changed:
        case, decided = judged[youth_id]
        answers = {"statutory": decided.statutory.outcome.value, "local": decided.local.outcome.value}
        told[case.person.county_id][youth_id] = answers
    for county_id, about in told.items():
        audit.record_each("membership.decided", by=actor.user_id, about=about, county=county_id)
    return len(changed)


def keep_memberships(decided: Mapping[int, Decided], *, on: date) -> list[int]:
    """
    Store the decisions that differ, or whose reasons do, from the current ones; return the youths they are about.

    :param decided: youth id -> what was decided.
    """
    explanations = keep_explanations(decided.values())
    current = {row.youth_id: row for row in MembershipDecision.objects.filter(youth_id__in=decided, is_current=True)}
    new = [
        MembershipDecision(
            youth_id=youth_id,
            decided_on=on,
            statutory=each.statutory.outcome.value,
            local=each.local.outcome.value,
            explanation=explanations[each],
            recorded_at=clock.now(),
        )
        for youth_id, each in decided.items()
    ]
    new = [row for row in new if row.youth_id not in current or _answer(current[row.youth_id]) != _answer(row)]
    replaced = [current[row.youth_id].pk for row in new if row.youth_id in current]
    if replaced:
        MembershipDecision.objects.filter(pk__in=replaced).update(is_current=False)
    MembershipDecision.objects.bulk_create(new)
    return [row.youth_id for row in new]


def _answer(row: MembershipDecision) -> tuple[str, str, int]:
    return row.statutory, row.local, row.explanation_id
