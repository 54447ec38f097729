"""Sending what was asked for, and saying how it went."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.correspondence.enums import NoticeState
from fotfeste.correspondence.models import Notice
from fotfeste.correspondence.states import move_notice
from fotfeste.kernel import clock


@transaction.atomic
def send_notice(*, actor: Actor, notice_id: int) -> NoticeState | None:
    """
    Send a notice that waits; return how it went, None when it does not wait.

    Each gets a mail of their own, so that nobody's address is told to others. A mail server that does not answer is
    told of on the screen, where it can be asked for again.
    """
    notice = Notice.objects.select_for_update(of=("self",)).filter(pk=notice_id, state=NoticeState.WAITING).first()
    if notice is None:
        return None
    notice.state = move_notice(notice.state, to=_deliver(notice))
    notice.sent_at = clock.now() if notice.state == NoticeState.SENT else None
    notice.save(update_fields=["state", "sent_at"])
    verb = "reminder.sent" if notice.state == NoticeState.SENT else "reminder.failed"
    details = {"notice": notice.pk, "unit": notice.unit_id}
    audit.record(verb, by=actor.user_id, county=notice.county_id, details=details)
    return NoticeState(notice.state)


def _deliver(notice: Notice) -> NoticeState:
    answer_to = [notice.reply_to] if notice.reply_to else None
    try:
        for _name, address in notice.recipients:
            mail = EmailMessage(notice.subject, notice.body, settings.DEFAULT_FROM_EMAIL, [address], reply_to=answer_to)
            mail.send(fail_silently=False)
    except (OSError, SMTPException):
        return NoticeState.FAILED
    return NoticeState.SENT
