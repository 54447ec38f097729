"""
Reminding people of the year's tasks by e-mail: on working days, once a day at most, numbers and where to look alone.

A mail that was begun is never sent again: when the job dies in the middle nobody can know whether it went, and the next
day's says the same.
"""

from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.annualwheel.enums import DigestOften, DigestState
from fotfeste.annualwheel.models import DigestChoice, DigestMail
from fotfeste.annualwheel.selectors.digests import (
    Reminder,
    as_allowed,
    is_weekly_day,
    last_reminded,
    often_of,
    reminders,
)
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.jobs import ask_for
from fotfeste.law.working_days import is_working_day

SEND_JOB = "annualwheel.send_digest"


@transaction.atomic
def write_digests(*, county_ids: tuple[int, ...], on: date) -> int:
    """
    Write down whom to remind today and ask for each mail to be sent; return how many wait.

    Run again it adds nobody who has had one today. What could not be sent is tried again; what was begun is not.
    """
    if not is_working_day(on):
        return 0
    found = reminders(county_ids=county_ids, on=on)
    users, last = access.users_with_email(found), last_reminded(addresses=found, before=on)
    chosen = often_of(user_ids=[user.pk for user in users.values()])
    for address, told in found.items():
        user = users.get(address)
        often = chosen.get(user.pk, DigestOften.DAILY.value) if user else DigestOften.DAILY.value
        new = told.new_since(last.get(address))
        if _is_due(as_allowed(often, told.allowed), told, new, on):
            counts = {"tasks": len(told.came), "new": new, "soon": told.soon, "late": told.late}
            language = user.language if user else "nb"
            defaults = {**counts, "language": language, "asked_at": clock.now()}
            DigestMail.objects.get_or_create(address=address, on=on, defaults=defaults)
    DigestMail.objects.filter(on=on, state=DigestState.FAILED).update(state=DigestState.WAITING)
    waiting = list(DigestMail.objects.filter(on=on, state=DigestState.WAITING).values_list("pk", flat=True))
    for pk in waiting:
        ask_for(SEND_JOB, once=str(pk), mail_id=pk)
    return len(waiting)


def _is_due(often: str, told: Reminder, new: int, on: date) -> bool:
    if often == DigestOften.WEEKLY:
        return is_weekly_day(on)
    return often == DigestOften.DAILY and bool(new or told.soon or told.late)


@transaction.atomic
def begin(*, mail_id: int, on: date) -> DigestMail | None:
    """Take a mail that waits, so that nobody else sends it; None when it does not wait, or its day has passed."""
    mail = DigestMail.objects.select_for_update().filter(pk=mail_id, state=DigestState.WAITING, on=on).first()
    if mail is not None:
        mail.state = DigestState.SENDING
        mail.save(update_fields=["state"])
    return mail


def deliver(mail: DigestMail) -> DigestState:
    """Send a mail that was begun, and write down how it went. Begun is saved before this, and what follows after."""
    subject, body = message_of(mail)
    try:
        EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [mail.address]).send(fail_silently=False)
    except (OSError, SMTPException):
        mail.state = DigestState.FAILED
    else:
        mail.state, mail.sent_at = DigestState.SENT, clock.now()
    mail.save(update_fields=["state", "sent_at"])
    return DigestState(mail.state)


def message_of(mail: DigestMail) -> tuple[str, str]:
    """Return the subject and the text of a mail, in the receiver's language: numbers, and where to look."""
    with override(mail.language):
        told = ngettext("%(count)s oppgave i årshjulet", "%(count)s oppgaver i årshjulet", mail.tasks)
        lines = [
            _("Nye siden sist: %(count)s") % {"count": mail.new} if mail.new else "",
            _("Frist i dag eller de neste tre dagene: %(count)s") % {"count": mail.soon} if mail.soon else "",
            _("Over fristen: %(count)s") % {"count": mail.late} if mail.late else "",
        ]
        where = _("Logg inn i Fotfeste og velg «Årshjul». Der velger du også hvor ofte du får denne e-posten.")
        subject = told % {"count": mail.tasks}
        body = "\n".join([subject, *filter(None, lines), "", where, _address(), _("Svar ikke på denne e-posten.")])
        return f"Fotfeste: {subject}", body


def _address() -> str:
    host = next((each for each in settings.ALLOWED_HOSTS if each and not each.startswith((".", "*"))), "")
    return f"{'https' if settings.PRODUCTION else 'http'}://{host}/arshjul/" if host else ""


@transaction.atomic
def choose_digest(*, actor: Actor, often: DigestOften, allowed: tuple[str, ...]) -> DigestChoice:
    """
    Choose how often oneself is reminded.

    :param allowed: what the counties one works in let people choose.
    :raises Invalid: the county does not let people choose this.
    """
    if often not in allowed:
        raise Invalid(_("Fylket lar deg ikke velge dette."))
    row = DigestChoice.objects.create(user_id=actor.user_id, often=often, chosen_at=clock.now())
    audit.record("wheel.digest_chosen", by=actor.user_id, details={"often": often.value})
    return row
