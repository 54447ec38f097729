"""How somebody is logged in, in words for the one it is."""

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from fotfeste.access.login.profiles import Profile
from fotfeste.access.session_store import LEVEL, LOGIN


def profile_of(session: SessionBase) -> Profile | None:
    """Return the profile the session's user logged in through, if it is still set up."""
    return _profile(session.get(LOGIN, {}).get("profile", ""))


def _profile(name: str) -> Profile | None:
    return next((profile for profile in settings.LOGIN_PROFILES if profile.name == name), None)


def provider_name(name: str) -> str:
    """Return what a provider is called on the button; its name in the settings when it is set up no more."""
    profile = _profile(name)
    return name if profile is None else str(profile.label or _("jobbkonto"))


def how_logged_in(session: SessionBase) -> str:
    """Return the provider and how surely it knows the user, as "Ansattporten, nivå høyt"; empty when unknown."""
    profile = profile_of(session)
    if profile is None:
        return ""
    provider = profile.label or _("jobbkonto")
    level = profile.label_of(session.get(LEVEL, ""))
    return f"{provider}, {level}" if level else str(provider)
