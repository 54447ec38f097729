"""Messages from districts, Nav and others to the education administration, which handles them (``handling``)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.enums import FeedbackCategory, FeedbackSource, FeedbackState, NextOwner
from fotfeste.casework.models import Feedback
from fotfeste.casework.selectors.answers import Answer, newest_answers
from fotfeste.casework.states import move_feedback
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.kernel.seen import Tried, must_be_as_seen, tried
from fotfeste.kernel.to_write import write_fields
from fotfeste.people import selectors as people
from fotfeste.spec import implements

_ONE_AT_A_TIME = 0x0E77
"""Names the lock under which one answer about a youth is sent at a time."""
# The kinds of activity a partner may name; never what it consists of (amb-43).
ACTIVITIES = ("OTOA", "OTAP", "OTKO", "OTAR", "OTEV", "OTVF", "OTLL")
# The three lawful answers of the wash: taken care of, not taken care of, moved.
NAV_ANSWERS = frozenset({FeedbackCategory.FOLLOWED_UP, FeedbackCategory.STILL_UNKNOWN, FeedbackCategory.MOVED})

_BY_ROLE = {Role.NAV_RESPONSIBLE: FeedbackSource.NAV, Role.DISTRICT_CONTACT: FeedbackSource.DISTRICT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    What a unit says about one youth: a category, a day and the kind of activity, never case content.

    :ivar told_by: who told it; the unit itself unless given.
    :ivar next_owner: who takes the next step, of whom Nav says nothing.
    :ivar version: the id of the unit's ``last_answer`` the user was shown, 0 for none; None for a job.
    """

    category: str
    on: date
    activity_code: str = ""
    next_step: str = ""
    told_by: str = ""
    next_owner: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was sent, and the one it replaced that nobody had handled, if any."""

    feedback: Feedback
    replaced_id: int | None


def send_feedback(*, actor: Actor, youth_id: int, from_unit_id: int | None = None, **said: Any) -> Feedback:
    """Report about one youth, by what ``Said`` holds; raises what ``send_all`` stops one by."""
    sent = send_all(actor=actor, said={youth_id: Said(**said)}, from_unit_id=from_unit_id)
    return sent.all_or_none()[youth_id].feedback


@implements(
    "form-uda-feedback", "fb-youth", "fb-activity", "fb-known-date", "fb-source", "fb-received", "wash-next-owner"
)
@implements("rule-district-reports-only", "rule-nav-answers-only", "rule-wash-answer", "amb-38", "amb-43")
@transaction.atomic
def send_all(*, actor: Actor, said: Mapping[int, Said], from_unit_id: int | None = None) -> Tried[int, Sent]:
    """
    Report about youths to the education administration. One answer per unit waits at a time: a new one replaces it.

    Only a category, a day and the kind of activity are sent, never case content; Nav gives one of three answers and
    no text. One that cannot be sent does not stop the others.

    Source: samarbeidsavtalen kap. 4 (OT-kontakt i bydel); AFI 2015 kap. 3.1.

    :param said: by youth.
    :param from_unit_id: on whose behalf; the actor's first unit unless given.
    :returns: by youth. One is stopped by an ``EditConflict`` when a colleague has answered in between, by
        ``NotAllowed`` when the unit is neither responsible for the youth nor asked about it, and by ``Invalid`` when
        the day is ahead, the activity is missing or none a partner may name, or Nav says more than it may.
    """
    from_unit_id = from_unit_id or actor.unit_id or 0
    youths = people.youths_by_id(said)
    granted = access.units_granted_of_each(youth_ids=youths, topic=Topic.FEEDBACK, on=clock.today())
    newest = _newest_alone(youths, from_unit_id)
    role = _role_at(actor, from_unit_id)

    def message(youth_id: int) -> Feedback:
        youth, one = youths.get(youth_id), said[youth_id]
        if youth is None or not from_unit_id:
            raise Invalid(_("Ungdommen finnes ikke, eller du har ikke tilgang."))
        policies.may_send_feedback(
            actor=actor,
            from_unit_id=from_unit_id,
            unit_id=youth.unit_id,
            granted_units=granted.get(youth_id, frozenset()),
        ).require()
        answer = FeedbackCategory(one.category)
        _check_answer(role, answer, one.on, one.activity_code, one.next_step or one.next_owner)
        _must_have_seen_last(youth_id, newest.get(youth_id), one.version, answer, one.on)
        return Feedback(
            youth_id=youth_id,
            from_unit_id=from_unit_id,
            category=answer,
            activity_code=one.activity_code,
            on=one.on,
            told_by=FeedbackSource(one.told_by) if one.told_by else _own_source(role, answer),
            next_step=one.next_step.strip()[:200],
            next_owner=NextOwner(one.next_owner) if one.next_owner else "",
            sent_by_id=actor.user_id,
            sent_at=clock.now(),
        )

    judged = tried(sorted(said), message)  # rows about youths are written in one order by all
    messages = dict(judged.done)
    replaced = _take_back_waiting(messages, from_unit_id)
    Feedback.objects.bulk_create(messages.values())
    _audit_each("feedback.sent", actor, messages.values())
    return Tried([(youth_id, Sent(one, replaced.get(youth_id))) for youth_id, one in judged.done], judged.stopped)


def withdraw_feedback(*, actor: Actor, feedback_id: int, version: int | None = None) -> Feedback:
    """Take back one message; raises what ``withdraw_all`` stops one by."""
    return withdraw_all(actor=actor, versions={feedback_id: version}).all_or_none()[feedback_id]


@transaction.atomic
def withdraw_all(*, actor: Actor, versions: Mapping[int, int | None]) -> Tried[int, Feedback]:
    """
    Take back messages that nobody has handled. One that cannot be taken back does not stop the others.

    :param versions: message -> the version the user was shown; None for a job.
    :returns: by message. One is stopped by ``NotAllowed`` when it came from another unit, by an ``EditConflict`` when
        somebody has handled it in between, by ``IllegalTransition`` when it has been turned into a status, or taken
        back, and by ``Invalid`` when there is no such message the actor may see.
    """
    found = lock_messages(versions)

    def to_be_withdrawn(feedback_id: int) -> Feedback:
        feedback = found_message(found, feedback_id)
        policies.may_withdraw_feedback(actor=actor, feedback=feedback).require()
        check_feedback(feedback, versions[feedback_id], to=FeedbackState.WITHDRAWN)
        return _withdrawn(feedback)

    taken = tried(versions, to_be_withdrawn)
    messages = [feedback for _feedback_id, feedback in taken.done]
    _keep(messages)
    _audit_each("feedback.withdrawn", actor, messages)
    return taken


def _check_answer(role: Role | None, answer: FeedbackCategory, on: date, activity_code: str, next_step: str) -> None:
    if on > clock.today():
        raise Invalid(_("Meldingen kan ikke gjelde en dag fram i tid."))
    if role is Role.NAV_RESPONSIBLE and (answer not in NAV_ANSWERS or activity_code or next_step.strip()):
        raise Invalid(_("Nav svarer med ivaretatt, ikke ivaretatt eller flyttet, uten tekst."))
    if activity_code and activity_code not in ACTIVITIES:
        raise Invalid(_("Velg en aktivitet fra listen."))
    if activity_code and answer is not FeedbackCategory.IN_ACTIVITY:
        raise Invalid(_("Aktivitet kan bare oppgis når svaret er «I aktivitet»."))


def _role_at(actor: Actor, unit_id: int) -> Role | None:
    """Return the role held at the unit one speaks for: somebody may hold another elsewhere."""
    return next((each.role for each in actor.assignments if each.unit_id == unit_id), actor.role)


def _own_source(role: Role | None, answer: FeedbackCategory) -> FeedbackSource:
    """Return who told it, when the one that reports says nothing of it: whoever was reached, else the unit itself."""
    if answer is FeedbackCategory.REACHED:
        return FeedbackSource.YOUTH
    return _BY_ROLE.get(role, FeedbackSource.OTHER) if role else FeedbackSource.OTHER


def last_answer(*, youth_id: int, from_unit_id: int | None) -> Answer | None:
    """Return a unit's newest answer about a youth, whose id tells whether it has answered again since."""
    return newest_answers(youth_ids=[youth_id], unit_ids=[from_unit_id or 0]).get((youth_id, from_unit_id or 0))


def _newest_alone(youth_ids: Iterable[int], from_unit_id: int) -> dict[int, Answer]:
    """Return a unit's newest answer about each youth, of whom nobody else answers before the transaction ends."""
    keys = sorted({youth_id % 2**31 for youth_id in youth_ids})
    with connection.cursor() as cursor:
        # As the list is sorted, two who answer about some of the same never wait for each other.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, key) FROM unnest(%s::int[]) key", [_ONE_AT_A_TIME, keys])
    found = newest_answers(youth_ids=youth_ids, unit_ids=[from_unit_id])
    return {youth_id: answer for (youth_id, _unit_id), answer in found.items()}


def _must_have_seen_last(
    youth_id: int, last: Answer | None, version: int | None, answer: FeedbackCategory, on: date
) -> None:
    must_be_as_seen(
        version,
        last.feedback_id if last else 0,
        _("En kollega har svart om ungdommen mens du holdt på. Ingenting er sendt."),
        theirs={
            _("Svar"): last.category.label if last else _("Ingen"),
            _("Gjelder fra"): formats.short_day(last.on) if last else "",
            _("Svart av"): last.sent_by if last else "",
        },
        yours={_("Svar"): answer.label, _("Gjelder fra"): formats.short_day(on), _("Svart av"): _("Deg")},
        about=youth_id,
    )


def _take_back_waiting(youth_ids: Iterable[int], from_unit_id: int) -> dict[int, int]:
    """Take back what waits from the unit about the youths; return what nobody had handled of it, by youth."""
    rows = Feedback.objects.select_for_update(of=("self",)).filter(
        youth_id__in=list(youth_ids), from_unit_id=from_unit_id, state__in=(FeedbackState.NEW, FeedbackState.RETURNED)
    )
    waiting = list(rows.order_by("pk"))
    unhandled = {feedback.youth_id: feedback.pk for feedback in waiting if feedback.state == FeedbackState.NEW}
    _keep([_withdrawn(feedback) for feedback in waiting])
    return unhandled


def _withdrawn(feedback: Feedback) -> Feedback:
    feedback.state = move_feedback(feedback.state, to=FeedbackState.WITHDRAWN)
    feedback.version += 1
    return feedback


def _keep(messages: Sequence[Feedback]) -> None:
    write_fields(messages, ["state", "version"])


def lock_messages(feedback_ids: Iterable[int]) -> dict[int, Feedback]:
    """Return the messages among some that the actor may see, by id, locked in that order until the transaction ends."""
    rows = Feedback.objects.select_for_update(of=("self",)).filter(pk__in=list(feedback_ids)).order_by("pk")
    return {feedback.pk: feedback for feedback in rows}


def found_message(found: Mapping[int, Feedback], feedback_id: int) -> Feedback:
    """
    Return one of the messages that were locked.

    :raises Invalid: there is none the actor may see.
    """
    if feedback_id not in found:
        raise Invalid(_("Meldingen finnes ikke, eller du har ikke tilgang."))
    return found[feedback_id]


def lock_feedback(feedback_id: int) -> Feedback:
    """
    Return the message, locked until the transaction ends.

    :raises Invalid: there is none the actor may see.
    """
    return found_message(lock_messages([feedback_id]), feedback_id)


def check_feedback(feedback: Feedback, version: int | None, *, to: FeedbackState) -> None:
    """
    Stop when the message has been handled since the user was shown it.

    :param version: what the user was shown; None for a job, which was shown nothing.
    :raises EditConflict: holds how it stands and what was to be done with it.
    """
    is_open = feedback.state in {FeedbackState.NEW, FeedbackState.RETURNED}
    if version is not None and feedback.version != version:
        raise EditConflict(
            _("Noen andre har behandlet meldingen. Ingenting er lagret."),
            theirs={_("Tilstand"): FeedbackState(feedback.state).label},
            yours={_("Tilstand"): to.label},
            version=feedback.version if is_open else None,
            about=feedback.youth_id,
        )


def audit_feedback(verb: str, actor: Actor, feedback: Feedback) -> None:
    """Write in the log what was done with the message."""
    details: dict[str, Any] = {"feedback": feedback.pk, "category": feedback.category}
    audit.record(verb, by=actor.user_id, about=feedback.youth_id, county=feedback.county_id, details=details)


def _audit_each(verb: str, actor: Actor, messages: Iterable[Feedback]) -> None:
    """Write the same of several messages in the log; some may be about the same youth."""
    about = [(each.youth_id, {"feedback": each.pk, "category": each.category}) for each in messages]
    audit.record_each(verb, by=actor.user_id, about=about)
