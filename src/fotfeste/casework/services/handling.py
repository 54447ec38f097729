"""Handling what districts, Nav and others report: the administration turns it into a status with one click."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.audit import followers
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.enums import Basis, FeedbackCategory, FeedbackState
from fotfeste.casework.models import Feedback, Registration
from fotfeste.casework.selectors.opened_to import registrar_units
from fotfeste.casework.services.feedback import (
    audit_feedback,
    check_feedback,
    found_message,
    lock_feedback,
    lock_messages,
)
from fotfeste.casework.services.locking import lock_open_registrations
from fotfeste.casework.services.status_acts import Act, Mistake, NewStatus, StillHolds, act_in_cases
from fotfeste.casework.services.status_checks import Ground, terms_of
from fotfeste.casework.states import move_feedback
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.kernel.seen import Tried, tried
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


@dataclass(frozen=True, slots=True)
class Chosen:
    """
    A message to be turned into a status.

    :ivar version: of the message the user was shown; None for a job.
    :ivar code: another code than the message leads to, or the activity when the message names none.
    :ivar address_checked: whether the address has been looked up in the register, as a move needs.
    """

    version: int | None
    code: str = ""
    address_checked: bool = False


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
    chosen = {feedback_id: Chosen(version, code, address_checked)}
    return accept_all(actor=actor, chosen=chosen).all_or_none()[feedback_id]


@implements("rule-uda-after-feedback", "rule-wash-to-status")
@transaction.atomic
def accept_all(*, actor: Actor, chosen: Mapping[int, Chosen]) -> Tried[int, Feedback]:
    """
    Turn several messages into statuses, as ``accept_feedback``; one refused does not stop the others.

    Of several about the same youth, a later one is tried against what the earlier ones led to.

    :param chosen: feedback id -> how it is to be used.
    :returns: the messages that were used, and what stopped the others.
    """
    messages = lock_messages(chosen)
    found = tried(chosen, lambda pk: found_message(messages, pk))
    done, stopped = [], found.stopped
    with followers.together():
        for turn in _turns([message for _pk, message in found.done]):
            used = _accept(actor, turn, chosen)
            done += used.done
            stopped += used.stopped
    return Tried(done, stopped)


def _turns(messages: list[Feedback]) -> Iterator[dict[int, Feedback]]:
    """Take the messages in turns, each with one about a youth at most."""
    while messages:
        turn = {message.youth_id: message for message in reversed(messages)}
        yield {message.pk: message for message in messages if turn[message.youth_id] is message}
        messages = [message for message in messages if turn[message.youth_id] is not message]


def _accept(actor: Actor, messages: Mapping[int, Feedback], chosen: Mapping[int, Chosen]) -> Tried[int, Feedback]:
    youth_ids = [message.youth_id for message in messages.values()]
    cases = lock_open_registrations(youth_ids=youth_ids)
    terms = terms_of(youth_ids=youth_ids, county_ids=[case.county_id for case in cases.values()])

    def leads_to(pk: int) -> tuple[int, Act | None]:
        message, how = messages[pk], chosen[pk]
        registrars = terms.registrars_of(message.youth_id)
        policies.may_handle_feedback(actor=actor, feedback=message, registrar_units=registrars).require()
        check_feedback(message, how.version, to=FeedbackState.ACCEPTED)
        case = cases.get(message.youth_id)
        if case is None:
            raise IllegalTransition(_("Ungdommen er ikke lenger tilmeldt."))
        act = _act(message, case, how)
        move_feedback(message.state, to=FeedbackState.ACCEPTED)
        return case.pk, act

    possible = tried(messages, leads_to)
    acted = act_in_cases(
        actor=actor,
        cases={case.pk: case for case in cases.values()},
        terms=terms,
        wanted={case_id: act for _pk, (case_id, act) in possible.done if act is not None},
    )
    stops = dict(acted.stopped)
    used = [messages[pk] for pk, (case_id, _act) in possible.done if case_id not in stops]
    _handle(actor, used, FeedbackState.ACCEPTED)
    about = {message.youth_id: {"feedback": message.pk, "category": message.category} for message in used}
    audit.record_each("feedback.accepted", by=actor.user_id, about=about)
    stopped = [(pk, stops[case_id]) for pk, (case_id, _act) in possible.done if case_id in stops]
    return Tried([(message.pk, message) for message in used], [*possible.stopped, *stopped])


@transaction.atomic
def return_feedback(*, actor: Actor, feedback_id: int, question: str, version: int | None) -> Feedback:
    """
    Send a message back with a question. The unit answers with a new message.

    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has handled it in between.
    :raises Invalid: no question.
    """
    return _set_aside(actor, feedback_id, version, FeedbackState.RETURNED, question, _("Skriv hva du lurer på."))


@implements("fb-handled")
@transaction.atomic
def reject_feedback(*, actor: Actor, feedback_id: int, reason: str, version: int | None) -> Feedback:
    """
    Say that a message is not used, and why. Nothing is changed by it, and the unit may report anew.

    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has handled it in between.
    :raises Invalid: no reason.
    """
    lacking = _("Skriv hvorfor meldingen ikke brukes.")
    return _set_aside(actor, feedback_id, version, FeedbackState.REJECTED, reason, lacking)


@implements("fb-proposed-status")
def code_for(*, category: str, activity_code: str) -> str:
    """Return the status a message leads to, empty when a person must choose or none is set."""
    answer = FeedbackCategory(category)
    if answer is FeedbackCategory.IN_ACTIVITY:
        return activity_code
    if answer is FeedbackCategory.MOVED:
        return MOVED_AWAY
    return _CLARIFIED.get(answer, "")


def _act(message: Feedback, case: Registration, how: Chosen) -> Act | None:
    """Return what a message leads to in the case it is about; None when nothing."""
    category = FeedbackCategory(message.category)
    if category is FeedbackCategory.WRONG:
        return Mistake(REPORTED_AS_MISTAKE)
    if category is FeedbackCategory.STILL_UNKNOWN:
        # What was answered about one who is known since, confirms nothing.
        return StillHolds() if codes.base_of_twin(case.status_code) == codes.UNKNOWN_ACTIVITY else None
    code = how.code or code_for(category=category, activity_code=message.activity_code)
    if not code:
        raise Invalid(_("Velg hvilken aktivitet det er."))
    moved = category is FeedbackCategory.MOVED
    if moved and not how.address_checked:
        raise Invalid(_("Kontroller adressen i Folkeregisteret før statusen settes til flyttet."))
    if codes.base_of_twin(case.status_code) == codes.base_of_twin(code):
        return StillHolds()
    fact = RegisterFact.MOVED_COUNTY if moved else RegisterFact.PARTNER_REPORT
    ground = Ground(basis=Basis.FEEDBACK, register_fact=fact.value, feedback_id=message.pk)
    # A message about an earlier day speaks of the status that stands now.
    return NewStatus(code, max(message.on, case.status_since), ground)


def _set_aside(
    actor: Actor, feedback_id: int, version: int | None, to: FeedbackState, words: str, lacking: str
) -> Feedback:
    """Handle a message without using it, with words to whoever sent it; ``lacking`` is said where there are none."""
    feedback = lock_feedback(feedback_id)
    registrars = registrar_units(youth_id=feedback.youth_id, on=clock.today())
    policies.may_handle_feedback(actor=actor, feedback=feedback, registrar_units=registrars).require()
    check_feedback(feedback, version, to=to)
    if not words.strip():
        raise Invalid(lacking)
    _handle(actor, [feedback], to, question=words.strip()[:300])
    audit_feedback(f"feedback.{to.value}", actor, feedback)
    return feedback


def _handle(actor: Actor, messages: Sequence[Feedback], state: FeedbackState, **values: str) -> None:
    """Say of some messages that they are handled, and how; with what is said to whoever sent them."""
    handled = {"state": state, "handled_by_id": actor.user_id, "handled_at": clock.now(), **values}
    for message in messages:
        move_feedback(message.state, to=state)
        message.version += 1
        for name, value in handled.items():
            setattr(message, name, value)
    Feedback.objects.filter(pk__in=[message.pk for message in messages]).update(version=F("version") + 1, **handled)
