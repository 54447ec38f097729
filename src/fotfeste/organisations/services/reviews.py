"""Going through who has access at a unit: each role is confirmed or ended, by somebody else than its holder."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import policies as access_policies
from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.services import users
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.organisations.enums import ReviewOutcome
from fotfeste.organisations.models import RoleReview
from fotfeste.organisations.review_rounds import ReviewRound, round_on
from fotfeste.organisations.selectors.reviews import latest_reviews, mark_of_role


@transaction.atomic
def review_role(
    *, actor: Actor, assignment_id: int, outcome: ReviewOutcome, on: date, version: str | None = None
) -> RoleReview:
    """
    Confirm a role in the round of the day, or end it after the day. What is not gone through is never ended by itself.

    Source: GDPR article 32 no. 1 d.

    :param version: the mark of the role the actor was shown; None for a job.
    :raises NotAllowed: the actor neither leads the unit nor administers access in its county, or holds the role.
    :raises EditConflict: somebody has decided or ended it in between.
    :raises IllegalTransition: it has ended, or is decided already.
    :raises Invalid: there is no such role, or no round has opened.
    """
    round_ = round_on(on)
    found = access.assignment_or_none(assignment_id=assignment_id)
    if found is None or round_ is None:
        raise Invalid(_("Rollen finnes ikke."))
    users.lock_user(user_id=found.user_id)
    held = access.assignment_or_none(assignment_id=assignment_id)
    assert held is not None  # a role is never deleted
    unit = held.unit
    may = access_policies.may_review_role(actor=actor, user_id=held.user_id, unit_id=unit.pk, county_id=unit.county_id)
    may.require()
    latest = latest_reviews(assignment_ids=[held.pk], round_=round_).get(held.pk)
    _must_be_as_seen(held, latest, version, outcome)
    if held.first_day > on or (held.last_day is not None and held.last_day < on):
        raise IllegalTransition(_("Rollen er alt avsluttet."))
    if latest is not None and (latest.outcome == ReviewOutcome.ENDED or outcome == ReviewOutcome.CONFIRMED):
        raise IllegalTransition(_("Rollen er alt gått gjennom i denne runden."))
    return _write(actor, held, round_, outcome, on)


def _write(actor: Actor, held: Any, round_: ReviewRound, outcome: ReviewOutcome, on: date) -> RoleReview:
    review = RoleReview.objects.create(
        assignment_id=held.pk, round=round_.key, outcome=outcome, decided_by_id=actor.user_id, decided_at=clock.now()
    )
    if outcome == ReviewOutcome.ENDED and held.last_day != on:
        users.end_role(assignment_id=held.pk, last_day=on)
    details = {"user": held.user_id, "role": held.role, "unit": held.unit_id, "round": round_.key}
    verb = "role.confirmed" if outcome == ReviewOutcome.CONFIRMED else "role.ended"
    audit.record(verb, by=actor.user_id, county=held.unit.county_id, details=details)
    return review


def _must_be_as_seen(held: Any, latest: RoleReview | None, version: str | None, outcome: ReviewOutcome) -> None:
    ends = formats.short_day(held.last_day) if held.last_day else ""
    must_be_as_seen(
        version,
        mark_of_role(held, latest),
        _("Noen har gått gjennom eller avsluttet rollen mens du holdt på."),
        theirs={
            _("Gjennomgang"): latest.get_outcome_display() if latest else _("Ikke gått gjennom"),
            _("Siste dag"): ends,
        },
        yours={_("Gjennomgang"): outcome.label},
    )
