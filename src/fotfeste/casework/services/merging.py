"""Merging two registrations of one person, with their cases, so that it can be undone."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.enums import EndReason
from fotfeste.casework.models import Registration, Responsibility
from fotfeste.casework.services import registrars, registrations, responsibility, standing
from fotfeste.casework.services.counsellor_periods import take_up_again
from fotfeste.casework.services.locking import lock_open_registration
from fotfeste.casework.services.status_events import reopen_last
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.people.enums import PairState
from fotfeste.people.services import merging as people_merging
from fotfeste.people.services.duplicates import must_be_open


@transaction.atomic
def merge_youths(
    *, actor: Actor, kept_id: int, absorbed_id: int, reason: str, pair_id: int | None = None, version: str | None = None
) -> int:
    """
    Let one registration of a person stand for both. The absorbed one's case is closed with that as the reason.

    Nothing is moved or deleted; whoever sees the kept one sees the absorbed one's history too.

    :param pair_id: the pair they were shown as, and ``version`` of it; None for a job.
    :returns: the id of the merge, for undoing it.
    :raises NotAllowed: only the county's coordination may.
    :raises IllegalTransition: one of them is already merged.
    :raises Invalid: only the one to be absorbed is registered with the service: then it is the one to keep.
    """
    if pair_id is not None:
        must_be_open(pair_id=pair_id, to=PairState.SAME, version=version)
    kept_case = lock_open_registration(youth_id=kept_id)
    absorbed_case = lock_open_registration(youth_id=absorbed_id)
    undo: dict[str, int] = {}
    if absorbed_case is not None:
        if kept_case is None:
            raise Invalid(_("Behold den som er tilmeldt, og slå den andre sammen inn i den."))
        held = responsibility.open_responsibility(youth_id=absorbed_id)
        undo = {"registration_id": absorbed_case.pk, "responsibility_id": held.pk if held else 0}
    merge = people_merging.merge_youths(
        actor=actor, kept_id=kept_id, absorbed_id=absorbed_id, reason=reason, undo_state=undo
    )
    if absorbed_case is not None:
        last_day = max(clock.today(), absorbed_case.first_day)
        absorbed_case.refresh_from_db()
        registrations.end_case(
            registration=absorbed_case, last_day=last_day, end_reason=EndReason.MERGED, by=actor.user_id
        )
    return merge.pk


@transaction.atomic
def undo_merge(*, actor: Actor, merge_id: int) -> None:
    """
    Let the absorbed registration stand on its own again, with its case open as it was.

    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: it is undone already.
    :raises IllegalTransition: the absorbed youth has been registered anew since, or it is not kept how they stood.
    """
    merge = people_merging.undo_merge(actor=actor, merge_id=merge_id)
    registration_id = merge.undo_state.get("registration_id")
    if not registration_id:
        return
    if lock_open_registration(youth_id=merge.absorbed_id) is not None:
        raise IllegalTransition(_("Ungdommen er tilmeldt på nytt siden sammenslåingen."))
    Registration.objects.filter(pk=registration_id).update(
        last_day=None, end_reason="", closed_by=None, closed_at=None, version=F("version") + 1
    )
    Responsibility.objects.filter(pk=merge.undo_state["responsibility_id"]).update(
        last_day=None, ended_at=None, superseded_at=None
    )
    registration = Registration.objects.get(pk=registration_id)
    reopen_last(registration=registration)
    take_up_again(
        youth_id=merge.absorbed_id,
        unit_id=registration.unit_id,
        counsellor_id=registration.counsellor_id,
        by=actor.user_id,
    )
    standing.refresh(youth_ids=[merge.absorbed_id])
    registrars.refresh(youth_ids=[merge.absorbed_id])
