"""Letters that go one by one: an invitation, the copy of a release or of a plan. Each is sent once about one thing."""

from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.consent import selectors as consents
from fotfeste.consent.enums import Answer
from fotfeste.consent.policies import may_record_release
from fotfeste.consent.selectors import languages_asked_in
from fotfeste.correspondence.carriers import carrier
from fotfeste.correspondence.enums import NEVER_CAME, LetterKind, MailingState
from fotfeste.correspondence.models import Letter, Mailing
from fotfeste.correspondence.selectors.facts import receiver_facts
from fotfeste.correspondence.services.mailings import ask_to_send, language_of, letter_to, texts_in_use
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.organisations.selectors.units import education_admin_of
from fotfeste.organisations.services.units import lock_unit


@transaction.atomic
def send_release_copy(*, actor: Actor, youth_id: int, release_id: int) -> Letter:
    """
    Send the youth a copy of what they have said yes to.

    :raises NotAllowed: the actor takes down nothing the youth says yes to.
    :raises Invalid: there is no such release, it was a no, or no address is known.
    :raises IllegalTransition: it is sent already.
    """
    release = consents.release_or_none(youth_id=youth_id, release_id=release_id)
    if release is None or release.answer == Answer.NO:
        raise Invalid(_("Samtykket finnes ikke, eller du har ikke tilgang."))
    granted = access.units_granted(youth_id=youth_id, topic=Topic.CONSENT, on=clock.today())
    assert release.unit_id is not None
    assert release.county_id is not None
    may_record_release(
        actor=actor, unit_id=release.unit_id, county_id=release.county_id, granted_units=granted
    ).require()
    return put_in_post(actor=actor, youth=release.youth, kind=LetterKind.CONSENT_COPY, about=f"release:{release_id}")


def put_in_post(*, actor: Actor, youth: Any, kind: LetterKind, about: str) -> Letter:
    """
    Put a letter with the others of the day, and ask for it to be sent once this is saved. Its caller has asked whether
    the actor may.

    One to somebody under protection waits for whoever handles them, as all such letters do.

    :param about: what it is about, as ``meeting:12``.
    :raises Invalid: no address is known, or nothing is set up to send it with.
    :raises IllegalTransition: there is such a letter already.
    """
    if not carrier().is_ready:
        raise Invalid(_("Det er ikke satt opp hvor brevene skal legges. Den som driver Fotfeste, må oppgi det."))
    today, county_id = clock.today(), youth.county_id
    lock_unit(unit_id=education_admin_of(county_id=county_id).pk)
    # Whoever calls a meeting need not see the letters of a youth, nor where they live.
    with acting_as(system_actor("scheduler", county_ids=(county_id,))):
        if Letter.objects.filter(youth_id=youth.pk, about=about).exclude(state__in=NEVER_CAME).exists():
            raise IllegalTransition(_("Brevet er alt lagt til utsending."))
        facts = receiver_facts(youth_ids=[youth.pk], county_id=county_id, on=today)[youth.pk]
        if facts.postal is None and not facts.is_protected:
            raise Invalid(_("Ingen adresse er kjent. Skriv ut, og gi det til ungdommen."))
        language = language_of(languages_asked_in(youth_ids=[youth.pk]).get(youth.pk, ""))
        mailing = _of_today(actor, county_id, kind)
        letter = letter_to(mailing, facts, language, has_address=True)
        letter.about = about
        letter.save(force_insert=True)
    ask_to_send(mailing)
    details = {"letter": letter.pk, "kind": kind.value}
    audit.record("letter.asked", by=actor.user_id, about=youth.pk, county=county_id, details=details)
    return letter


def _of_today(actor: Actor, county_id: int, kind: LetterKind) -> Mailing:
    """Return the letters of a kind that go one by one today."""
    today = clock.today()
    rows = Mailing.objects.filter(county_id=county_id, kind=kind, letter_day=today, state=MailingState.SENDING)
    return rows.first() or Mailing.objects.create(
        county_id=county_id,
        kind=kind,
        letter_day=today,
        texts=texts_in_use(county_id, kind, today),
        key=uuid4().hex,
        state=MailingState.SENDING,
        prepared_by_id=actor.user_id,
        prepared_at=clock.now(),
    )
