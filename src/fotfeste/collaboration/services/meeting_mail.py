"""Calendar invitations by e-mail: when, and for most where. Nothing about a youth, not even that there is one."""

from email.mime.base import MIMEBase
from email.utils import parseaddr
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.selectors import whereabouts
from fotfeste.collaboration.enums import CallChannel, GuestKind, MailState
from fotfeste.collaboration.models import Guest, Meeting, MeetingMail
from fotfeste.collaboration.selectors.meetings import prepares_at
from fotfeste.correspondence.selectors import addresses_of
from fotfeste.kernel import clock, formats
from fotfeste.kernel.icalendar import CANCEL, Event, calendar_of
from fotfeste.kernel.jobs import ask_for

SEND_JOB = "collaboration.send_meeting_mail"


def ask_for_mail(guest: Guest, *, method: str) -> None:
    """Ask for a calendar invitation, change or cancellation to be sent to somebody once this is saved."""
    for address in _addresses(guest):
        mail = MeetingMail.objects.create(
            youth_id=guest.youth_id,
            guest=guest,
            address=address,
            method=method,
            sequence=guest.meeting.sequence,
            asked_at=clock.now(),
        )
        ask_for(SEND_JOB, once=str(mail.pk), mail_id=mail.pk)


def _addresses(guest: Guest) -> list[str]:
    """Return where to write: the named contacts of a unit, or the address that was given."""
    if guest.kind == GuestKind.UNIT:
        assert guest.body_id is not None
        named = addresses_of(unit_ids=[guest.body_id], on=clock.today())
        return sorted({address for _name, address in named.get(guest.body_id, ())})
    return [guest.email] if guest.email and guest.channel == CallChannel.EMAIL else []


@transaction.atomic
def send_meeting_mail(*, actor: Actor, mail_id: int) -> MailState | None:
    """
    Send one that waits; return how it went, None when it does not wait.

    One that has been overtaken by a later change is not sent: the later one says it all.
    """
    mail = MeetingMail.objects.select_for_update(of=("self",)).filter(pk=mail_id, state=MailState.WAITING).first()
    if mail is None:
        return None
    guest = Guest.objects.select_related("meeting__youth").get(pk=mail.guest_id)
    is_overtaken = mail.method != CANCEL and (guest.removed_at is not None or mail.sequence < guest.meeting.sequence)
    mail.state = MailState.FAILED if is_overtaken else _deliver(mail, guest.meeting)
    mail.sent_at = clock.now() if mail.state == MailState.SENT else None
    mail.save(update_fields=["state", "sent_at"])
    return MailState(mail.state)


def _deliver(mail: MeetingMail, meeting: Meeting) -> MailState:
    subject = _("Møtet er avlyst") if mail.method == CANCEL else _("Innkalling til møte")
    message = EmailMultiAlternatives(
        subject, _body(meeting, is_cancelled=mail.method == CANCEL), settings.DEFAULT_FROM_EMAIL, [mail.address]
    )
    message.attach(_attachment(event_of(meeting, attendee=mail.address), mail.method))
    try:
        message.send(fail_silently=False)
    except (OSError, SMTPException):
        return MailState.FAILED
    return MailState.SENT


def _attachment(event: Event, method: str) -> MIMEBase:
    part = MIMEBase("text", "calendar", method=method, charset="utf-8", name="moete.ics")
    part.set_payload(calendar_of(event, method=method, at=clock.now()), "utf-8")
    part.add_header("Content-Disposition", "attachment", filename="moete.ics")
    return part


def event_of(meeting: Meeting, *, attendee: str) -> Event:
    """
    Return the meeting as a calendar keeps it. A calendar is read by others than the one it is sent to.

    Where the meeting is says where the youth is: about those under protection it stands in here alone.
    """
    tells_place = not whereabouts.is_protected(meeting.youth.protection)
    return Event(
        uid=f"{meeting.uid}@fotfeste",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes_long,
        summary=_("Møte"),
        organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        attendee=attendee,
        location=meeting.place if tells_place else "",
        description=_("Logg inn i Fotfeste for å se mer."),
        url=meeting.video_url if tells_place else "",
    )


def _body(meeting: Meeting, *, is_cancelled: bool) -> str:
    lines = [_("Møtet er avlyst.") if is_cancelled else _("Du er kalt inn til et møte.")]
    lines.append(_("Tid: %(when)s") % {"when": formats.moment(meeting.starts_at)})
    if before := prepares_at(meeting):
        lines.append(_("Formøte: %(when)s") % {"when": formats.moment(before)})
    if not is_cancelled and not whereabouts.is_protected(meeting.youth.protection):
        lines += [_("Sted: %(place)s") % {"place": meeting.place}] if meeting.place else []
        lines += [_("Video: %(address)s") % {"address": meeting.video_url}] if meeting.video_url else []
    return "\n".join([*lines, "", _("Den som bruker Fotfeste, finner mer der. Svar ikke på denne e-posten.")])
