"""Handling what districts, Nav and others report: the administration turns it into a status with one click."""

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.casework import policies
from fotfeste.casework.enums import Basis, FeedbackCategory, FeedbackState
from fotfeste.casework.models import Feedback, Registration
from fotfeste.casework.selectors.opened_to import registrar_units
from fotfeste.casework.services import registrations, statuses
from fotfeste.casework.services.feedback import audit_feedback, check_feedback, lock_feedback
from fotfeste.casework.services.locking import lock_open_registration
from fotfeste.casework.services.statuses import Ground
from fotfeste.casework.states import move_feedback
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.law.contact import RegisterFact
from fotfeste.spec import implements

FOLLOWED_UP = "OTOV"
MOVED_AWAY = "OTFA_IM"
_CLARIFIED = {
    FeedbackCategory.REACHED: FOLLOWED_UP,
    FeedbackCategory.FOLLOWED_UP: FOLLOWED_UP,
    FeedbackCategory.BY_NAV: FOLLOWED_UP,
}

# Kept in the case, and so in bokmål whoever handles the message.
REPORTED_AS_MISTAKE = "Meldt som feil på listen"


@implements("rule-uda-after-feedback", "rule-wash-to-status")
@transaction.atomic
def accept_feedback(
    *, actor: Actor, feedback_id: int, version: int | None, code: str = "", address_checked: bool = False
) -> Feedback:
    """
    Turn a message into a status.

    Reached and followed up become OTOV, an activity its code; a move needs the address checked first; "wrong on the
    list" marks the registration as a mistake; "still unknown" confirms that nothing is known, where that still is so.

    Source: Oslostandarden kap. 4.1 (UDA changes status when the district reports).

    :param code: another code than the message leads to, or the activity when the message names none.
    :raises NotAllowed: only the county's coordination may, and the school that registers for a former apprentice; or
        the contact rule says no.
    :raises EditConflict: somebody has handled it in between.
    :raises IllegalTransition: the youth is no longer registered.
    :raises Invalid: the activity is not named, or the address is not checked.
    """
    feedback = lock_feedback(feedback_id)
    _may_handle(actor, feedback)
    check_feedback(feedback, version, to=FeedbackState.ACCEPTED)
    registration = lock_open_registration(youth_id=feedback.youth_id)
    if registration is None:
        raise IllegalTransition(_("Ungdommen er ikke lenger tilmeldt."))
    category = FeedbackCategory(feedback.category)
    if category is FeedbackCategory.WRONG:
        registrations.mark_registered_by_mistake(
            actor=actor, registration_id=registration.pk, reason=REPORTED_AS_MISTAKE, version=None
        )
    elif category is FeedbackCategory.STILL_UNKNOWN:
        # What was answered about one who is known since, confirms nothing.
        if codes.base_of_twin(registration.status_code) == codes.UNKNOWN_ACTIVITY:
            statuses.confirm_status(actor=actor, registration_id=registration.pk, version=None)
    else:
        _set_status(actor, feedback, registration, code, address_checked=address_checked)
    _handle(actor, feedback, FeedbackState.ACCEPTED)
    audit_feedback("feedback.accepted", actor, feedback)
    return feedback


@transaction.atomic
def return_feedback(*, actor: Actor, feedback_id: int, question: str, version: int | None) -> Feedback:
    """
    Send a message back with a question. The unit answers with a new message.

    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has handled it in between.
    :raises Invalid: no question.
    """
    feedback = lock_feedback(feedback_id)
    _may_handle(actor, feedback)
    check_feedback(feedback, version, to=FeedbackState.RETURNED)
    if not question.strip():
        raise Invalid(_("Skriv hva du lurer på."))
    feedback.question = question.strip()[:300]
    _handle(actor, feedback, FeedbackState.RETURNED)
    audit_feedback("feedback.returned", actor, feedback)
    return feedback


@implements("fb-handled")
@transaction.atomic
def reject_feedback(*, actor: Actor, feedback_id: int, reason: str, version: int | None) -> Feedback:
    """
    Say that a message is not used, and why. Nothing is changed by it, and the unit may report anew.

    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has handled it in between.
    :raises Invalid: no reason.
    """
    feedback = lock_feedback(feedback_id)
    _may_handle(actor, feedback)
    check_feedback(feedback, version, to=FeedbackState.REJECTED)
    if not reason.strip():
        raise Invalid(_("Skriv hvorfor meldingen ikke brukes."))
    feedback.question = reason.strip()[:300]
    _handle(actor, feedback, FeedbackState.REJECTED)
    audit_feedback("feedback.rejected", actor, feedback)
    return feedback


@implements("fb-proposed-status")
def code_for(*, category: str, activity_code: str) -> str:
    """Return the status a message leads to, empty when a person must choose or none is set."""
    answer = FeedbackCategory(category)
    if answer is FeedbackCategory.IN_ACTIVITY:
        return activity_code
    if answer is FeedbackCategory.MOVED:
        return MOVED_AWAY
    return _CLARIFIED.get(answer, "")


def _set_status(
    actor: Actor, feedback: Feedback, registration: Registration, code: str, *, address_checked: bool
) -> None:
    chosen = code or code_for(category=feedback.category, activity_code=feedback.activity_code)
    if not chosen:
        raise Invalid(_("Velg hvilken aktivitet det er."))
    moved = feedback.category == FeedbackCategory.MOVED
    if moved and not address_checked:
        raise Invalid(_("Kontroller adressen i Folkeregisteret før statusen settes til flyttet."))
    if codes.base_of_twin(registration.status_code) == codes.base_of_twin(chosen):
        statuses.confirm_status(actor=actor, registration_id=registration.pk, version=None)
        return
    ground = Ground(
        basis=Basis.FEEDBACK,
        register_fact=(RegisterFact.MOVED_COUNTY if moved else RegisterFact.PARTNER_REPORT).value,
        feedback_id=feedback.pk,
    )
    # A message about an earlier day speaks of the status that stands now.
    on = max(feedback.on, registration.status_since)
    statuses.set_status(actor=actor, registration_id=registration.pk, code=chosen, on=on, ground=ground, version=None)


def _may_handle(actor: Actor, feedback: Feedback) -> None:
    registrars = registrar_units(youth_id=feedback.youth_id, on=clock.today())
    policies.may_handle_feedback(actor=actor, feedback=feedback, registrar_units=registrars).require()


def _handle(actor: Actor, feedback: Feedback, state: FeedbackState) -> None:
    feedback.state = move_feedback(feedback.state, to=state)
    feedback.handled_by_id, feedback.handled_at = actor.user_id, clock.now()
    feedback.version += 1
    feedback.save(update_fields=["state", "question", "handled_by_id", "handled_at", "version"])
