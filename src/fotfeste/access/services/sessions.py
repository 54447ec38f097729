"""Beginning and ending users' sessions."""

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import policies
from fotfeste.access.actor import Actor
from fotfeste.access.models import Session, User
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for, counties_of
from fotfeste.access.session_store import ENDED, SESSION_USER, Ended, SessionStore, digest_of
from fotfeste.access.whom_to_ask import whom_to_ask
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import NotAllowed

TOLD = "told_at_login"
"""Key of a session of nobody: a sentence about the one who sits here, for the login page."""


@transaction.atomic
def begin(*, session: SessionBase, subject: str) -> User:
    """
    Start a session for whoever the identity provider vouched for.

    :raises NotAllowed: nobody has given this person a role here.
    """
    user = User.objects.filter(subject=subject, is_system=False).first()
    actor = actor_for(user_id=user.pk, on=clock.today()) if user else None
    if user is None or actor is None or not actor.assignments:
        raise NotAllowed(_without_role(user.pk if user else None))
    if session.get(SESSION_USER) != user.pk:
        session.flush()  # nothing of whoever sat here before is handed on
    session.cycle_key()
    session[SESSION_USER] = user.pk
    with acting_as(actor):
        audit.record("login", by=user.pk)
    return user


def end(*, session: SessionBase) -> None:
    """End the session and forget everything in it."""
    session.flush()
    session[ENDED] = Ended.LOGGED_OUT.value


@transaction.atomic
def end_without_role(*, session: SessionBase, user_id: int) -> None:
    """End all the sessions of a user whose last role has ended, and keep what to tell the one who sits here."""
    sentence = _without_role(user_id)
    end_all_of_user(user_id=user_id)
    session.flush()
    session[ENDED] = Ended.NO_ROLE.value
    session[TOLD] = sentence


def _without_role(user_id: int | None) -> str:
    known = _("Du er logget inn, men har ingen rolle i Fotfeste.")
    return f"{known} {whom_to_ask(user_id=user_id, on=clock.today())}"


@transaction.atomic
def end_all_of_user(*, user_id: int) -> int:
    """
    End every session of a user, in all browsers, and return how many there were.

    Called by whatever takes the user's last role away, in its transaction; what is open is closed when that commits.
    """
    return Session.objects.filter(user_id=user_id).delete()[0]


@transaction.atomic
def end_sessions(*, actor: Actor, user_id: int, spare: SessionBase | None = None) -> int:
    """
    End a user's sessions and return how many there were.

    :param spare: the session to keep, for ending one's own in other browsers.
    :raises NotAllowed: they are somebody else's.
    """
    policies.may_end_sessions(actor=actor, user_id=user_id, county_ids=counties_of(user_id=user_id)).require()
    rows = Session.objects.filter(user_id=user_id)
    if spare is not None and spare.session_key:
        rows = rows.exclude(digest=digest_of(spare.session_key))
    ended = rows.delete()[0]
    audit.record("sessions.ended", by=actor.user_id, details={"user": user_id, "sessions": ended})
    return ended


@transaction.atomic
def forget_lapsed() -> None:
    """Take away sessions whose time is up."""
    SessionStore.clear_expired()


@transaction.atomic
def choose_language(*, user_id: int, language: str) -> None:
    """Remember which language the user wants."""
    User.objects.filter(pk=user_id).update(language=language)
