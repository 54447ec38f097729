"""Confirming to know the rules of privacy and security, before access and again each term."""

from calendar import monthrange
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.knowledge import text_on
from fotfeste.access.models import KnowledgeConfirmation, User
from fotfeste.access.permissions import Permission
from fotfeste.access.selectors import counties_of
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, NotAllowed


@transaction.atomic
def confirm_knowledge(*, actor: Actor, version: str, on: date) -> KnowledgeConfirmation:
    """
    Let the actor say to know what the text tells, from today and for as long as the text counts.

    :param version: of the text that was shown.
    :raises NotAllowed: a system actor knows nothing.
    :raises EditConflict: the text has got a new version since it was shown.
    """
    if actor.is_system or not actor.has(Permission.KNOWLEDGE_CONFIRM):
        raise NotAllowed(_("Bare du selv kan bekrefte hva du kjenner til."))
    text = text_on(day=on, language="nb")
    if version != text.version:
        raise EditConflict(
            _("Teksten er endret siden du åpnet den. Les den på nytt."),
            theirs={_("Versjon"): text.version},
            yours={_("Versjon"): version},
        )
    User.objects.select_for_update(no_key=True).get(pk=actor.user_id)
    standing = KnowledgeConfirmation.objects.filter(user_id=actor.user_id, first_day=on, version=version).first()
    if standing is not None:
        return standing
    made = KnowledgeConfirmation.objects.create(
        user_id=actor.user_id,
        version=version,
        first_day=on,
        last_day=_months_after(on, text.months) - timedelta(days=1),
        confirmed_at=clock.now(),
    )
    county = next(iter(sorted(counties_of(user_id=actor.user_id))), None)
    audit.record("knowledge.confirmed", by=actor.user_id, county=county, details={"version": version})
    return made


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
