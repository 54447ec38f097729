"""Letters about a meeting or a plan: the invitation, and the copy of the version the youth was asked about."""

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import GuestKind, MeetingState
from fotfeste.collaboration.models import Meeting
from fotfeste.collaboration.selectors.plans import agreements_of, plan_or_none
from fotfeste.correspondence.enums import LetterKind
from fotfeste.correspondence.services.one_letter import put_in_post
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid


@transaction.atomic
def send_invitation(*, actor: Actor, meeting_id: int) -> None:
    """
    Send the youth the invitation to a meeting by letter, once of each time and place it has had.

    :raises NotAllowed: another unit runs the meeting.
    :raises Invalid: there is no such meeting, the youth is not called, or no address is known.
    :raises IllegalTransition: the meeting is over or called off, or the letter is sent already.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("youth").filter(pk=meeting_id).first()
    if meeting is None:
        raise Invalid(_("Møtet finnes ikke, eller du har ikke tilgang."))
    assert meeting.unit_id is not None
    policies.may_run_meeting(
        actor=actor, called_by_unit_id=meeting.called_by_unit_id, unit_id=meeting.unit_id
    ).require()
    if meeting.state != MeetingState.CALLED or meeting.starts_at <= clock.now():
        raise IllegalTransition(_("Møtet er holdt eller avlyst."))
    if not meeting.guests.filter(kind=GuestKind.YOUTH, removed_at=None).exists():
        raise Invalid(_("Kall inn ungdommen først."))
    about = f"meeting:{meeting.pk}:{meeting.sequence}"
    put_in_post(actor=actor, youth=meeting.youth, kind=LetterKind.INVITATION, about=about)


@transaction.atomic
def send_plan_copy(*, actor: Actor, youth_id: int, plan_id: int) -> None:
    """
    Send the youth a copy of the version of the plan they were asked about, once.

    :raises NotAllowed: the actor does not coordinate the plan.
    :raises Invalid: there is no such plan, the youth was not asked about this version, or no address is known.
    :raises IllegalTransition: this version is sent already.
    """
    plan = plan_or_none(youth_id=youth_id, plan_id=plan_id)
    if plan is None:
        raise Invalid(_("Planen finnes ikke, eller du har ikke tilgang."))
    assert plan.unit_id is not None
    assert plan.county_id is not None
    policies.may_coordinate_plan(
        actor=actor, coordinator_unit_id=plan.coordinator_unit_id, unit_id=plan.unit_id, county_id=plan.county_id
    ).require()
    if plan.number not in agreements_of(plan_id=plan_id):
        raise Invalid(_("Spør ungdommen om denne versjonen først."))
    about = f"plan:{plan.pk}:{plan.number}"
    put_in_post(actor=actor, youth=plan.youth, kind=LetterKind.PLAN_COPY, about=about)
