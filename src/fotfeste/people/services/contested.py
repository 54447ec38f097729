"""
An identity number that two youths have been given. Who enters the second is not told, since that would say that the
first exists: the number is kept as entered, does not count as anybody's, and the county's coordination decides.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.people.enums import PairSign, PairState
from fotfeste.people.models import DuplicatePair, Youth

_RULE = "youth_national_id"


def save_with_number(*, actor: Actor, youth: Youth) -> None:
    """
    Save a youth whose number is new. Where another has it, it is contested, and what is answered is the same.

    :raises Invalid: another has it whom the actor sees; then it is no secret, and the two should be one.
    """
    youth.is_number_contested = False
    if _is_saved(youth):
        return
    if _holder_of(youth) is not None:
        raise Invalid(
            _("Identitetsnummeret er allerede registrert på en annen. Utdanningsadministrasjonen kan slå dem sammen.")
        )
    youth.is_number_contested = True
    youth.save()
    details = {"reason": "number_taken"}
    audit.record("youth.number_refused", by=actor.user_id, about=youth.pk, county=youth.county_id, details=details)
    with acting_as(_coordinator()) as coordinator:
        _tell_coordination(coordinator, actor, youth)


def release_number(*, number: str | None) -> None:
    """Let a number somebody no longer has be the first contester's own."""
    if not number:
        return
    with acting_as(_coordinator()):
        waiting = Youth.objects.filter(national_id=number, is_number_contested=True, merged_into=None).order_by("pk")
        first = waiting.select_for_update(of=("self",)).first()
        if first is not None:
            first.is_number_contested = False
            _is_saved(first)


def hand_over_number(*, kept: Youth, absorbed: Youth) -> None:
    """Let the number of two that became one be the kept one's. Nothing to do where they have one each."""
    if kept.national_id == absorbed.national_id and kept.is_number_contested and not absorbed.is_number_contested:
        for youth, is_contested in ((absorbed, True), (kept, False)):
            youth.is_number_contested = is_contested
            youth.save(update_fields=["is_number_contested"])


def _is_saved(youth: Youth) -> bool:
    try:
        with transaction.atomic():
            youth.save()
    except IntegrityError as error:
        if _RULE not in str(error):
            raise
        return False
    return True


def _holder_of(youth: Youth) -> Youth | None:
    return Youth.objects.filter(national_id=youth.national_id, is_number_contested=False).exclude(pk=youth.pk).first()


def _tell_coordination(coordinator: Actor, actor: Actor, youth: Youth) -> None:
    """Put the two on the county's list of duplicates; one in another county is told of in the log alone."""
    holder = _holder_of(youth)
    if holder is None:
        return
    details = {"user": actor.user_id}
    audit.record(
        "youth.number_entered", by=coordinator.user_id, about=holder.pk, county=holder.county_id, details=details
    )
    if holder.county_id != youth.county_id:
        return
    first_id, second_id = sorted((holder.pk, youth.pk))
    pair, _is_new = DuplicatePair.objects.get_or_create(
        first_id=first_id, second_id=second_id, defaults={"county_id": youth.county_id, "found_at": clock.now()}
    )
    pair.signs = [PairSign.SAME_NUMBER.value, *(sign for sign in pair.signs if sign != PairSign.SAME_NUMBER)]
    if pair.state != PairState.OPEN:
        pair.state, pair.decided_by_id, pair.decided_at = PairState.OPEN, None, None
    pair.save()


def _coordinator() -> Actor:
    return system_actor("checker", county_ids=tuple(county_names()))
