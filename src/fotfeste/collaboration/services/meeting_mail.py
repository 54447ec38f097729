"""Calendar invitations by e-mail, and SMS: when, and for most where. Nothing of a youth, not even that there is one."""

from email.mime.base import MIMEBase
from email.utils import parseaddr
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.selectors import whereabouts
from fotfeste.collaboration.enums import CallChannel, GuestKind, MailState, MeetingState
from fotfeste.collaboration.models import Guest, Meeting, MeetingMail
from fotfeste.collaboration.selectors.meeting_times import open_times
from fotfeste.collaboration.selectors.meetings import is_covered, prepares_at
from fotfeste.collaboration.services.meeting_texts import number_of, send_text
from fotfeste.correspondence.selectors import addresses_of
from fotfeste.kernel import clock, formats
from fotfeste.kernel.icalendar import CANCEL, Event, calendar_of
from fotfeste.kernel.jobs import ask_for

SEND_JOB = "collaboration.send_meeting_mail"


def ask_for_mail(guest: Guest, *, method: str) -> None:
    """
    Ask for a calendar invitation, change or cancellation to be sent to somebody once this is saved.

    A body that is let in no more is not told of changes, and nobody that a talk held without a call is called off.
    """
    if guest.meeting.starts_at <= guest.meeting.called_at:
        return
    if method != CANCEL and not is_covered(guest, on=clock.today()):
        return
    number = number_of(guest)
    found = [(CallChannel.EMAIL, each) for each in _addresses(guest)] + ([(CallChannel.SMS, number)] if number else [])
    for channel, address in found:
        mail = MeetingMail.objects.create(
            youth_id=guest.youth_id,
            guest=guest,
            channel=channel,
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

    One that has been overtaken by a later change is not sent: the later one says it all. Nor is a body told when and
    where a meeting is once nothing lets it take part.
    """
    mail = MeetingMail.objects.select_for_update(of=("self",)).filter(pk=mail_id, state=MailState.WAITING).first()
    if mail is None:
        return None
    guest = Guest.objects.select_related("meeting__youth").get(pk=mail.guest_id)
    is_closed = mail.method != CANCEL and not is_covered(guest, on=clock.today())
    is_overtaken = mail.method != CANCEL and (guest.removed_at is not None or mail.sequence < guest.meeting.sequence)
    mail.state = MailState.FAILED if is_overtaken or is_closed else _deliver(mail, guest)
    mail.sent_at = clock.now() if mail.state == MailState.SENT else None
    mail.save(update_fields=["state", "sent_at"])
    return MailState(mail.state)


def _deliver(mail: MeetingMail, guest: Guest) -> MailState:
    meeting = guest.meeting
    subject, lines = _words(meeting, is_cancelled=mail.method == CANCEL)
    if mail.channel == CallChannel.SMS:
        return send_text(mail, guest, text="\n".join(lines))
    body = "\n".join([*lines, "", _("Den som bruker Fotfeste, finner mer der. Svar ikke på denne e-posten.")])
    message = EmailMultiAlternatives(subject, body, settings.DEFAULT_FROM_EMAIL, [mail.address])
    message.attach(_attachment(event_of(meeting, attendee=mail.address, method=mail.method), mail.method))
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


def event_of(meeting: Meeting, *, attendee: str, method: str) -> Event:
    """
    Return the meeting as a calendar keeps it. A calendar is read by others than the one it is sent to.

    Where the meeting is says where the youth is: about those under protection it stands in here alone. What takes it
    out of a calendar says no more than which it was.
    """
    tells_place = method != CANCEL and not whereabouts.is_protected(meeting.youth.protection)
    return Event(
        uid=f"{meeting.uid}@fotfeste",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes_long,
        summary=_("Møte"),
        organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        attendee=attendee,
        location=meeting.place if tells_place else "",
        description=_("Logg inn i Fotfeste for å se mer.") if method != CANCEL else "",
        url=meeting.video_url if tells_place else "",
    )


def _words(meeting: Meeting, *, is_cancelled: bool) -> tuple[str, list[str]]:
    """Return the subject and the lines of a message. One who is let in no more is not told that others meet."""
    when = _("Tid: %(when)s") % {"when": formats.moment(meeting.starts_at)}
    if is_cancelled and meeting.state != MeetingState.CANCELLED:
        return _("Innkallingen er trukket"), [_("Innkallingen til møte gjelder ikke lenger."), when]
    if is_cancelled:
        return _("Møtet er avlyst"), [_("Møtet er avlyst."), when]
    lines = [_("Du er kalt inn til et møte."), when]
    if others := open_times(meeting):
        times = "; ".join(formats.moment(each.starts_at) for each in others)
        lines.append(_("Også foreslått: %(times)s. Si fra om hvilke tider som passer.") % {"times": times})
    if before := prepares_at(meeting):
        lines.append(_("Formøte: %(when)s") % {"when": formats.moment(before)})
    if not whereabouts.is_protected(meeting.youth.protection):
        lines += [_("Sted: %(place)s") % {"place": meeting.place}] if meeting.place else []
        lines += [_("Video: %(address)s") % {"address": meeting.video_url}] if meeting.video_url else []
    return _("Innkalling til møte"), lines
