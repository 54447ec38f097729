"""Beginning and ending a user's session."""

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.models import User
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import NotAllowed

SESSION_USER = "user_id"


@transaction.atomic
def begin(*, session: SessionBase, subject: str) -> User:
    """
    Start a session for whoever the identity provider vouched for.

    :raises NotAllowed: nobody has given this person a role here.
    """
    user = User.objects.filter(subject=subject, is_active=True, is_system=False).first()
    actor = actor_for(user_id=user.pk, on=clock.today()) if user else None
    if user is None or actor is None or not actor.assignments:
        raise NotAllowed(_("Du er logget inn, men har ikke fått en rolle i Fotfeste. Spør lederen i enheten din."))
    if session.get(SESSION_USER) not in {None, user.pk}:
        session.flush()  # nothing of the one who sat here before is handed on
    session.cycle_key()
    session[SESSION_USER] = user.pk
    with acting_as(actor):
        audit.record("login", by=user.pk)
    return user


def end(*, session: SessionBase) -> None:
    """End the session and forget everything in it."""
    session.flush()


@transaction.atomic
def choose_language(*, user_id: int, language: str) -> None:
    """Remember which language the user wants."""
    User.objects.filter(pk=user_id).update(language=language)
