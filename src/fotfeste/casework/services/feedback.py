"""Messages from districts, Nav and others to the education administration, which handles them (``handling``)."""

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
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.people import selectors as people
from fotfeste.spec import implements

_ONE_AT_A_TIME = 0x0E77
"""Names the lock under which one answer about a youth is sent at a time."""
# The kinds of activity a partner may name; never what it consists of (amb-43).
ACTIVITIES = ("OTOA", "OTAP", "OTKO", "OTAR", "OTEV", "OTVF", "OTLL")
# The three lawful answers of the wash: taken care of, not taken care of, moved.
NAV_ANSWERS = frozenset({FeedbackCategory.FOLLOWED_UP, FeedbackCategory.STILL_UNKNOWN, FeedbackCategory.MOVED})

_BY_ROLE = {Role.NAV_RESPONSIBLE: FeedbackSource.NAV, Role.DISTRICT_CONTACT: FeedbackSource.DISTRICT}


@implements(
    "form-uda-feedback", "fb-youth", "fb-activity", "fb-known-date", "fb-source", "fb-received", "wash-next-owner"
)
@implements("rule-district-reports-only", "rule-nav-answers-only", "rule-wash-answer", "amb-38", "amb-43")
@transaction.atomic
def send_feedback(
    *,
    actor: Actor,
    youth_id: int,
    category: str,
    on: date,
    activity_code: str = "",
    next_step: str = "",
    told_by: str = "",
    next_owner: str = "",
    from_unit_id: int | None = None,
    version: int | None = None,
) -> Feedback:
    """
    Report about a youth to the education administration. One answer per unit waits at a time: a new one replaces it.

    Only a category, a day and the kind of activity are sent, never case content; Nav gives one of three answers and
    no text.

    Source: samarbeidsavtalen kap. 4 (OT-kontakt i bydel); AFI 2015 kap. 3.1.

    :param told_by: who told it; the unit itself unless given.
    :param next_owner: who takes the next step, of whom Nav says nothing.
    :param from_unit_id: on whose behalf; the actor's first unit unless given.
    :param version: the id of the unit's ``last_answer`` the user was shown, 0 for none; None for a job.
    :raises EditConflict: a colleague has answered in between.
    :raises NotAllowed: the unit is neither responsible for the youth nor asked about it.
    :raises Invalid: the day is ahead, the activity is missing or none a partner may name, or Nav says more than it may.
    """
    youth = people.youths_by_id([youth_id]).get(youth_id)
    from_unit_id = from_unit_id or actor.unit_id
    if youth is None or from_unit_id is None:
        raise Invalid(_("Ungdommen finnes ikke, eller du har ikke tilgang."))
    granted = access.units_granted(youth_id=youth_id, topic=Topic.FEEDBACK, on=clock.today())
    policies.may_send_feedback(
        actor=actor, from_unit_id=from_unit_id, unit_id=youth.unit_id, granted_units=granted
    ).require()
    answer = FeedbackCategory(category)
    role = _role_at(actor, from_unit_id)
    _check_answer(role, answer, on, activity_code, next_step or next_owner)
    _must_have_seen_last(youth_id, from_unit_id, version, answer, on)
    _take_back_waiting(youth_id, from_unit_id)
    feedback = Feedback.objects.create(
        youth_id=youth_id,
        from_unit_id=from_unit_id,
        category=answer,
        activity_code=activity_code,
        on=on,
        told_by=FeedbackSource(told_by) if told_by else _own_source(role, answer),
        next_step=next_step.strip()[:200],
        next_owner=NextOwner(next_owner) if next_owner else "",
        sent_by_id=actor.user_id,
        sent_at=clock.now(),
    )
    details = {"feedback": feedback.pk, "category": answer.value}
    audit.record("feedback.sent", by=actor.user_id, about=youth_id, county=youth.county_id, details=details)
    return feedback


@transaction.atomic
def withdraw_feedback(*, actor: Actor, feedback_id: int, version: int | None = None) -> Feedback:
    """
    Take back a message that nobody has handled.

    :param version: of the message the user was shown; None for a job.
    :raises NotAllowed: it came from another unit.
    :raises EditConflict: somebody has handled it in between.
    :raises IllegalTransition: it has been turned into a status, or taken back.
    :raises Invalid: there is no such message the actor may see.
    """
    feedback = lock_feedback(feedback_id)
    policies.may_withdraw_feedback(actor=actor, feedback=feedback).require()
    check_feedback(feedback, version, to=FeedbackState.WITHDRAWN)
    feedback.state = move_feedback(feedback.state, to=FeedbackState.WITHDRAWN)
    feedback.version += 1
    feedback.save(update_fields=["state", "version"])
    audit_feedback("feedback.withdrawn", actor, feedback)
    return feedback


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


def _must_have_seen_last(
    youth_id: int, from_unit_id: int, version: int | None, answer: FeedbackCategory, on: date
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME, youth_id % 2**31])
    last = last_answer(youth_id=youth_id, from_unit_id=from_unit_id)
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


def _take_back_waiting(youth_id: int, from_unit_id: int) -> None:
    waiting = {
        "youth_id": youth_id,
        "from_unit_id": from_unit_id,
        "state__in": (FeedbackState.NEW, FeedbackState.RETURNED),
    }
    for feedback in Feedback.objects.select_for_update(of=("self",)).filter(**waiting):
        feedback.state = move_feedback(feedback.state, to=FeedbackState.WITHDRAWN)
        feedback.version += 1
        feedback.save(update_fields=["state", "version"])


def lock_feedback(feedback_id: int) -> Feedback:
    """
    Return the message, locked until the transaction ends.

    :raises Invalid: there is none the actor may see.
    """
    feedback = Feedback.objects.select_for_update(of=("self",)).filter(pk=feedback_id).first()
    if feedback is None:
        raise Invalid(_("Meldingen finnes ikke, eller du har ikke tilgang."))
    return feedback


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
