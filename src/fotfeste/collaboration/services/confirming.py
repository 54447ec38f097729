"""What those who took part say of signed minutes: each body for itself, and the youth through who held the meeting."""

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import Confirmed, GuestKind
from fotfeste.collaboration.models import Confirmation, Guest, Meeting
from fotfeste.collaboration.selectors.minutes import signed_of
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.spec import implements


@implements("principle-common-understanding")
@transaction.atomic
def confirm_minutes(*, actor: Actor, guest_id: int, number: int, answer: Confirmed, remark: str = "") -> Confirmation:
    """
    Say that one who was called has read a version and agrees to the common understanding, or has a remark.

    Source: Oslostandarden § 5.

    :param number: of the version the user was shown.
    :raises NotAllowed: a body says it itself; of others the unit that held the meeting writes it down.
    :raises EditConflict: a later version is signed, or it is said already; holds both.
    :raises Invalid: there are no minutes the actor may read, or the remark is not written.
    """
    guest = Guest.objects.select_for_update(of=("self",)).filter(pk=guest_id, removed_at=None).first()
    if guest is None:
        raise Invalid(_("Deltakeren finnes ikke, eller du har ikke tilgang."))
    meeting = Meeting.objects.get(pk=guest.meeting_id)
    _must_speak(actor, guest, meeting)
    signed = signed_of(meeting)
    if signed is None:
        raise Invalid(_("Det er ikke noe signert referat du kan lese."))
    said = Confirmation.objects.filter(guest=guest, number=number).select_related("replied_by").first()
    if signed.number != number or said is not None:
        raise _conflict(meeting, said, signed.number, answer, remark)
    if answer is Confirmed.NO and not remark.strip():
        raise Invalid(_("Skriv merknaden."))
    made = Confirmation.objects.create(
        youth_id=meeting.youth_id,
        meeting=meeting,
        guest=guest,
        number=number,
        answer=answer,
        remark=remark.strip()[:1000] if answer is Confirmed.NO else "",
        replied_by_id=actor.user_id,
        replied_at=clock.now(),
    )
    details = {"meeting": meeting.pk, "guest": guest.pk, "version": number}
    audit.record(
        "minutes.confirmed", by=actor.user_id, about=meeting.youth_id, county=meeting.county_id, details=details
    )
    return made


def _must_speak(actor: Actor, guest: Guest, meeting: Meeting) -> None:
    if guest.kind == GuestKind.UNIT:
        policies.may_speak_for(actor=actor, body_id=guest.body_id).require()
        return
    assert meeting.unit_id is not None
    policies.may_run_meeting(
        actor=actor, called_by_unit_id=meeting.called_by_unit_id, unit_id=meeting.unit_id
    ).require()


def _conflict(meeting: Meeting, said: Confirmation | None, stands: int, answer: Confirmed, remark: str) -> EditConflict:
    theirs = {_("Versjon"): str(stands)}
    if said is not None:
        theirs |= {
            _("Felles forståelse"): str(Confirmed(said.answer).label),
            _("Merknad"): said.remark,
            _("Svarte"): f"{said.replied_by.name}, {formats.moment(said.replied_at)}",
        }
    return EditConflict(
        _("Det er svart for denne deltakeren, eller referatet har fått en ny versjon. Ingenting er lagret."),
        theirs=theirs,
        yours={_("Felles forståelse"): str(answer.label), _("Merknad"): remark},
        version=None,
        about=meeting.youth_id,
    )
