"""Which user somebody at an identity provider is."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import policies
from fotfeste.access.actor import Actor
from fotfeste.access.login.identity import identity_digest
from fotfeste.access.login.profiles import Profile
from fotfeste.access.models import LoginIdentity, Session
from fotfeste.access.selectors import counties_of
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid

CODE_LASTS = timedelta(days=7)
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Those that are not mistaken for one another when read aloud."""


@transaction.atomic
def connect(*, user_id: int, profile: Profile, value: str) -> LoginIdentity:
    """Let the one a provider calls ``value`` log in as a user. Only a digest of the value is kept."""
    return LoginIdentity.objects.update_or_create(
        digest=identity_digest(profile=profile, value=value),
        defaults={"user_id": user_id, "code": None},
        create_defaults={"user_id": user_id, "profile": profile.name, "made_at": clock.now()},
    )[0]


@transaction.atomic
def waiting_code(*, digest: str, profile: Profile) -> LoginIdentity:
    """Return the identity of somebody nobody has connected to a user yet, with a code that still holds."""
    now = clock.now()
    LoginIdentity.objects.filter(digest=digest, user__isnull=True, made_at__lte=now - CODE_LASTS).delete()
    return LoginIdentity.objects.get_or_create(
        digest=digest, defaults={"profile": profile.name, "code": _new_code(), "made_at": now}
    )[0]


def _new_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


@transaction.atomic
def connect_by_code(*, actor: Actor, user_id: int, code: str) -> LoginIdentity:
    """
    Let whoever was shown the code log in as a user.

    :raises NotAllowed: the actor does not administer access where the user works.
    :raises Invalid: no such code is waiting.
    """
    counties = counties_of(user_id=user_id)
    policies.may_connect_logins(actor=actor, county_ids=counties).require()
    plain = "".join(letter for letter in code.upper() if letter in _LETTERS)
    identity = (
        LoginIdentity.objects.select_for_update()
        .filter(code=f"{plain[:4]}-{plain[4:]}", user__isnull=True, made_at__gt=clock.now() - CODE_LASTS)
        .first()
    )
    if identity is None:
        raise Invalid(_("Ingen venter med denne koden. Be personen logge inn på nytt og oppgi koden som vises da."))
    identity.user_id, identity.code, identity.connected_by_id = user_id, None, actor.user_id
    identity.save(update_fields=["user", "code", "connected_by"])
    audit.record("login.connected", **_logged(user_id, identity.profile, counties, actor))
    return identity


@transaction.atomic
def disconnect(*, actor: Actor, identity_id: int) -> None:
    """
    Let a way of logging in lead nowhere any more, and end the user's open sessions.

    :raises NotAllowed: the actor does not administer access where the user works.
    """
    identity = LoginIdentity.objects.select_for_update().get(pk=identity_id, user__isnull=False)
    user_id = int(identity.user_id or 0)
    counties = counties_of(user_id=user_id)
    policies.may_connect_logins(actor=actor, county_ids=counties).require()
    identity.delete()
    Session.objects.filter(user_id=user_id).delete()
    audit.record("login.disconnected", **_logged(user_id, identity.profile, counties, actor))


def _logged(user_id: int, profile: str, counties: frozenset[int], actor: Actor) -> dict[str, Any]:
    """Return where and with what a change of logins is logged: under the county, for its privacy officer."""
    county = min(counties, default=min(actor.county_ids, default=None))
    return {"by": actor.user_id, "county": county, "details": {"user": user_id, "profile": profile}}


@transaction.atomic
def forget_waiting() -> None:
    """Forget those whom nobody connected in time."""
    LoginIdentity.objects.filter(user__isnull=True, made_at__lte=clock.now() - CODE_LASTS).delete()
