"""Setting, correcting and confirming a status. Unknown activity ends only by the contact rule."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from fotfeste.access.actor import Actor
from fotfeste.audit import followers
from fotfeste.casework.models import StatusEvent
from fotfeste.casework.services.locking import lock_registrations
from fotfeste.casework.services.status_acts import Act, Correction, NewStatus, StillHolds, act_in_cases
from fotfeste.casework.services.status_checks import Ground, terms_of
from fotfeste.kernel.seen import Tried
from fotfeste.spec import implements


@implements("rule-school-registers", "rule-uda-private-schools")
def set_status(
    *, actor: Actor, registration_id: int, code: str, on: date, ground: Ground, version: int | None
) -> StatusEvent:
    """
    Give the case a new status from a day on.

    Source: Udir, kodeverk for OT (rule of use for OTUK); Oslostandarden kap. 6.3.

    :param code: the activity; the twin for youth outside the target group is found here.
    :param version: of the registration the user was shown; None for a job.
    :raises NotAllowed: the actor's unit reports and does not set; says where to go. Or the contact rule says no.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: it has that status already, or is closed.
    :raises Invalid: a code the list of the day does not have, or a day before the present status began.
    """
    act_on_cases(actor=actor, wanted={registration_id: NewStatus(code, on, ground, version)}).all_or_none()
    return StatusEvent.objects.get(registration=registration_id, superseded_at=None, first_day=on)


def correct_status(
    *,
    actor: Actor,
    registration_id: int,
    code: str,
    first_day: date,
    last_day: date | None,
    reason: str,
    version: int | None,
    register_fact: str = "",
) -> None:
    """
    Correct what the status was in a period. What was recorded before stays, as known until now.

    Unknown activity cannot be corrected away without the contact or register fact that would have ended it.

    :param last_day: last day of the period; None for until further notice.
    :raises NotAllowed: as for setting a status.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: the registration is closed.
    :raises Invalid: no reason, an impossible period, or a code the list of the day does not have.
    """
    correction = Correction(code, first_day, last_day, reason, register_fact, version)
    act_on_cases(actor=actor, wanted={registration_id: correction}).all_or_none()


def confirm_status(*, actor: Actor, registration_id: int, version: int | None) -> None:
    """
    Say that the status still holds today. It then stands until the registration deadline after the next.

    :raises NotAllowed: only the responsible school and the education administration may.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: the registration is closed.
    """
    confirm_statuses(actor=actor, versions={registration_id: version}).all_or_none()


@implements("rule-reconfirm")
def confirm_statuses(*, actor: Actor, versions: Mapping[int, int | None]) -> Tried[int, str]:
    """
    Say of several statuses that they still hold today, as ``confirm_status``; one refused does not stop the others.

    :param versions: registration id -> the version the user was shown; None for a job.
    :returns: the code of each that was confirmed, and what stopped the others.
    """
    return act_on_cases(actor=actor, wanted={pk: StillHolds(version) for pk, version in versions.items()})


@transaction.atomic
def act_on_cases(*, actor: Actor, wanted: Mapping[int, Act]) -> Tried[int, str]:
    """
    Do in each of several cases what is wanted there; one refused leaves the others done.

    :param wanted: registration id -> what is to be done.
    :returns: the code each has afterwards, and what stopped the others.
    """
    with followers.together():
        cases = lock_registrations(registration_ids=wanted)
        found = cases.values()
        terms = terms_of(youth_ids=[each.youth_id for each in found], county_ids=[each.county_id for each in found])
        return act_in_cases(actor=actor, cases=cases, terms=terms, wanted=wanted)
