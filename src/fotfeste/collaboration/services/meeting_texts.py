"""SMS to a youth who is called to a meeting: when, and where. Nothing more than the e-mail says."""

import re

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from fotfeste.casework.selectors import whereabouts
from fotfeste.collaboration.enums import CallChannel, GuestKind, MailState
from fotfeste.collaboration.models import Guest, MeetingMail
from fotfeste.collaboration.texting import TextingDown, texting
from fotfeste.kernel import clock
from fotfeste.people import selectors as people
from fotfeste.people.enums import ContactKind

_MOBILE = re.compile(r"^\+47[49]\d{7}$")


def number_of(guest: Guest) -> str:
    """
    Return the mobile number a youth is texted at, or nothing.

    It is one that is recorded with where it came from, and holds today. Of a protected youth there is none: whoever
    reads the telephone is not known. Nor is there any where the county sends no SMS.
    """
    if guest.kind != GuestKind.YOUTH or guest.channel != CallChannel.SMS or not texting().is_ready:
        return ""
    if whereabouts.is_protected(guest.meeting.youth.protection):
        return ""
    known = people.contact_details_of(youth_ids=people.same_person_ids(youth_id=guest.youth_id), on=clock.today())
    numbers = (each.value for each in known if each.kind == ContactKind.PHONE and each.source)
    return next((value for value in numbers if _MOBILE.match(value)), "")


def send_text(mail: MeetingMail, guest: Guest, *, text: str) -> MailState:
    """Send one message, where the number is still the youth's own; return how it went."""
    if mail.address != number_of(guest):
        return MailState.FAILED
    key = salted_hmac(
        "fotfeste.meeting_text", str(mail.pk), secret=settings.IDENTITY_KEY, algorithm="sha256"
    ).hexdigest()
    try:
        texting().send(key=key, number=mail.address, text=f"{text}\n{_('Svar ikke på denne meldingen.')}")
    except TextingDown:
        return MailState.FAILED
    return MailState.SENT
