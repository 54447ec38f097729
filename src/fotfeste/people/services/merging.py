"""
One youth taken up in another. Nothing is moved or deleted, so it can be undone.

Cases are the business of the app above: use ``casework.services.merging``, which closes the absorbed youth's case and
calls down here.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid
from fotfeste.people import policies
from fotfeste.people.enums import PairState
from fotfeste.people.models import DuplicatePair, Merge, Youth
from fotfeste.people.services.contested import hand_over_number
from fotfeste.people.services.duplicates import close_pair
from fotfeste.people.services.places import lock_youth


@transaction.atomic
def merge_youths(*, actor: Actor, kept_id: int, absorbed_id: int, reason: str, undo_state: dict[str, Any]) -> Merge:
    """
    Let one registration of a person stand for both. The absorbed one is seen by whoever sees the kept one.

    :param undo_state: what the app above must know to undo its part.
    :raises NotAllowed: only the county's coordination may.
    :raises IllegalTransition: one of them is already merged into another.
    :raises Invalid: they are one and the same row, or both have a number of their own.
    """
    if kept_id == absorbed_id:
        raise Invalid(_("Velg to forskjellige registreringer."))
    kept, absorbed = _lock_both(kept_id, absorbed_id)
    for youth in (kept, absorbed):
        policies.may_decide_duplicates(actor=actor, youth=youth).require()
        if youth.merged_into_id is not None:
            raise IllegalTransition(_("En av registreringene er allerede slått sammen med en annen."))
    if Youth.objects.filter(merged_into_id=absorbed.pk).exists():
        raise IllegalTransition(_("Andre registreringer er slått sammen inn i denne. Behold den i stedet."))
    merge = Merge.objects.create(
        county_id=kept.county_id,
        kept=kept,
        absorbed=absorbed,
        reason=reason,
        undo_state={**undo_state, "unit_id": absorbed.unit_id, "county_id": absorbed.county_id},
        merged_by_id=actor.user_id,
        merged_at=clock.now(),
    )
    absorbed.merged_into = kept
    absorbed.unit_id, absorbed.county_id = kept.unit_id, kept.county_id
    absorbed.version += 1
    absorbed.save(update_fields=["merged_into", "unit_id", "county_id", "version"])
    hand_over_number(kept=kept, absorbed=absorbed)
    pair = DuplicatePair.objects.filter(first_id=min(kept_id, absorbed_id), second_id=max(kept_id, absorbed_id)).first()
    if pair is not None:
        close_pair(actor=actor, pair_id=pair.pk, state=PairState.SAME)
    for youth in (kept, absorbed):
        details = {"merge": merge.pk, "kept": kept.pk}
        audit.record("youth.merged", by=actor.user_id, about=youth.pk, county=kept.county_id, details=details)
    return merge


@transaction.atomic
def undo_merge(*, actor: Actor, merge_id: int) -> Merge:
    """
    Let the absorbed registration stand on its own again, where it stood.

    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: it is undone already.
    :raises Invalid: there is no such merge the actor may see.
    :raises IllegalTransition: it is not kept where the absorbed one stood, or what their case was.
    """
    merge = Merge.objects.select_for_update(of=("self",)).filter(pk=merge_id).first()
    if merge is None:
        raise Invalid(_("Sammenslåingen finnes ikke, eller du har ikke tilgang."))
    if merge.undone_at is not None:
        raise EditConflict(
            _("Sammenslåingen er allerede angret."),
            theirs={_("Angret"): formats.moment(merge.undone_at)},
            yours={_("Angret"): _("Nå")},
            about=merge.kept_id,
        )
    kept, absorbed = _lock_both(merge.kept_id, merge.absorbed_id)
    policies.may_decide_duplicates(actor=actor, youth=kept).require()
    if not _knows_what_was(merge.undo_state):
        raise IllegalTransition(_("Det er ikke bevart hvor registreringen sto før. Sammenslåingen kan ikke angres."))
    absorbed.merged_into = None
    absorbed.unit_id, absorbed.county_id = merge.undo_state["unit_id"], merge.undo_state["county_id"]
    absorbed.version += 1
    absorbed.save(update_fields=["merged_into", "unit_id", "county_id", "version"])
    merge.undone_by_id, merge.undone_at = actor.user_id, clock.now()
    merge.save(update_fields=["undone_by_id", "undone_at"])
    DuplicatePair.objects.filter(first_id=min(kept.pk, absorbed.pk), second_id=max(kept.pk, absorbed.pk)).update(
        state=PairState.OPEN, decided_by_id=None, decided_at=None
    )
    for youth in (kept, absorbed):
        audit.record(
            "youth.unmerged", by=actor.user_id, about=youth.pk, county=kept.county_id, details={"merge": merge.pk}
        )
    return merge


def _knows_what_was(state: dict[str, Any]) -> bool:
    # A case is named together with who answered for it; without a case neither is there.
    return {"unit_id", "county_id"} <= state.keys() and ("registration_id" in state) == ("responsibility_id" in state)


def _lock_both(kept_id: int, absorbed_id: int) -> tuple[Youth, Youth]:
    # In the order of their ids, so that two merges of the same pair cannot wait for each other.
    locked = {youth_id: lock_youth(youth_id=youth_id) for youth_id in sorted((kept_id, absorbed_id))}
    return locked[kept_id], locked[absorbed_id]
