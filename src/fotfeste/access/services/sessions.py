"""Beginning and ending users' sessions."""

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import policies
from fotfeste.access.actor import Actor
from fotfeste.access.login import refusals
from fotfeste.access.login.flow import Vouched
from fotfeste.access.login.identity import keyed_digest
from fotfeste.access.login.logout import LoggedOut
from fotfeste.access.login.profiles import Profile
from fotfeste.access.models import LoginIdentity, Session, User
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for, counties_of
from fotfeste.access.services import attempts, identities
from fotfeste.access.session_store import ENDED, LEVEL, LOGIN, SESSION_USER, Ended, SessionStore, digest_of
from fotfeste.access.whom_to_ask import whom_to_ask
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import NotAllowed

TOLD = "told_at_login"
"""Key of a session of nobody: a sentence about the one who sits here, for the login page."""


def begin(*, session: SessionBase, vouched: Vouched) -> User:
    """
    Start a session for whoever the identity provider vouched for.

    :raises NotAllowed: nobody has given this person a role here.
    """
    identity = LoginIdentity.objects.select_related("user").filter(digest=vouched.identity).first()
    user = identity.user if identity else None
    if identity is None or user is None:
        raise NotAllowed(_unknown(vouched))
    actor = actor_for(user_id=user.pk, on=clock.today())
    if actor is None or not (actor.assignments or actor.must_confirm):
        raise NotAllowed(_without_role(user.pk))
    _enter(session, user, vouched)
    with transaction.atomic(), acting_as(actor):
        LoginIdentity.objects.filter(pk=identity.pk).update(last_login_at=clock.now())
        # Under the county one works in, so that its privacy officer can read it.
        county = next(iter(sorted(counties_of(user_id=user.pk))), None)
        details = {"profile": vouched.profile.name, "level": vouched.level}
        audit.record("login", by=user.pk, county=county, details=details)
    return user


def _enter(session: SessionBase, user: User, vouched: Vouched) -> None:
    """Give the browser a new session: nothing of whoever sat here before is handed on, nor a key they might know."""
    if session.get(SESSION_USER) != user.pk:
        session.flush()
    session.cycle_key()
    session[SESSION_USER] = user.pk
    session[LEVEL] = vouched.level
    name = vouched.profile.name
    session[LOGIN] = {
        "profile": name,
        "provider_session": keyed_digest("session", name, vouched.session) if vouched.session else "",
        "provider_subject": keyed_digest("subject", name, vouched.subject),
    }


def _unknown(vouched: Vouched) -> str:
    """Say that we do not know who this is, and give the code by which somebody can tell us."""
    waiting = identities.waiting_code(digest=vouched.identity, profile=vouched.profile)
    known = _("Du er logget inn, men Fotfeste vet ikke hvem du er ennå.")
    code = _("Oppgi koden %(code)s. Den gjelder i %(days)s dager.") % {
        "code": waiting.code,
        "days": identities.CODE_LASTS.days,
    }
    return f"{known} {whom_to_ask(user_id=None, on=clock.today())} {code}"


def end(*, session: SessionBase) -> None:
    """End the session and forget everything in it."""
    session.flush()
    session[ENDED] = Ended.LOGGED_OUT.value


@transaction.atomic
def end_by_provider(
    *, profile: Profile, session: str = "", subject: str = "", begun_before: datetime | None = None
) -> int:
    """
    End the sessions a provider says are over, and return how many.

    :param session: what the provider calls its session; where it says none, every session of the subject ends.
    :param begun_before: later ones are another login.
    """
    if session:
        rows = Session.objects.filter(provider_session=keyed_digest("session", profile.name, session))
    else:
        rows = Session.objects.filter(provider_subject=keyed_digest("subject", profile.name, subject))
    if begun_before is not None:
        rows = rows.filter(begun_at__lte=begun_before)
    return rows.delete()[0]


@transaction.atomic
def end_by_statement(*, profile: Profile, said: LoggedOut) -> int:
    """
    End the sessions of whom a provider's statement says is logged out, and return how many.

    :raises LoginFailed: the statement has been used before. Kept by somebody it could else end a later login.
    """
    if not attempts.is_first(kind="statement", space=profile.name, what=said.number, at=said.until):
        raise refusals.not_confirmed("logout_used")
    return end_by_provider(profile=profile, session=said.session, subject=said.subject, begun_before=said.until)


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
    counties = counties_of(user_id=user_id)
    policies.may_end_sessions(actor=actor, user_id=user_id, county_ids=counties).require()
    rows = Session.objects.filter(user_id=user_id)
    if spare is not None and spare.session_key:
        rows = rows.exclude(digest=digest_of(spare.session_key))
    ended = rows.delete()[0]
    details = {"user": user_id, "sessions": ended}
    audit.record("sessions.ended", by=actor.user_id, county=min(counties, default=None), details=details)
    return ended


@transaction.atomic
def forget_lapsed() -> None:
    """Take away sessions whose time is up, and those who were never connected to a user."""
    SessionStore.clear_expired()
    identities.forget_waiting()


@transaction.atomic
def choose_language(*, user_id: int, language: str) -> None:
    """Remember which language the user wants."""
    User.objects.filter(pk=user_id).update(language=language)
