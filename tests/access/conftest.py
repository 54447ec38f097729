"""The providers, started when the first test asks for them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from fotfeste.access.login import provider as conversation
from fotfeste.access.login.profiles import Profile
from fotfeste.access.roles import Role
from fotfeste.access.services.identities import connect
from tests import factories as make
from tests.access import providers
from tests.access.forger import Started, forging


@pytest.fixture(scope="session")
def _back_door() -> Iterator[tuple[str, list[str]]]:
    with providers.back_door() as door:
        yield door


@pytest.fixture(scope="session")
def running_idporten(_back_door: tuple[str, list[str]]) -> Iterator[Profile]:
    """A provider with a profile like ID-porten's, for the whole run."""
    with providers.idporten_like(backchannel_logout_uri=_back_door[0]) as profile:
        yield profile


@pytest.fixture
def statements(_back_door: tuple[str, list[str]]) -> list[str]:
    """What the provider's server has told ours about logouts during the test."""
    _back_door[1].clear()
    return _back_door[1]


@pytest.fixture
def idporten(running_idporten: Profile, settings, monkeypatch) -> Iterator[Profile]:
    """The only way to log in."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    settings.LOGIN_PROFILES = (running_idporten,)
    settings.LOGIN_KEYS = providers.key_set(providers.OLD_KEY)
    conversation.forget()
    yield running_idporten
    conversation.forget()


@pytest.fixture
def start(settings, monkeypatch) -> Iterator[Callable[..., Started]]:
    """Give a function that starts a provider of a kind, which says what it is told to, and knows Kari by a value."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    settings.LOGIN_PROFILES = ()
    with ExitStack() as running:

        def started(kind: Profile, known_as: str = "kari-sub", **values: Any) -> Started:
            forger, profile = running.enter_context(forging(kind, **values))
            settings.LOGIN_PROFILES = (*settings.LOGIN_PROFILES, profile)
            user = make.user("Kari Prøve")
            make.assign(user, Role.COUNSELLOR, make.unit())
            if known_as:
                connect(user_id=user.pk, profile=profile, value=known_as)
            return forger, profile

        conversation.forget()
        yield started
    conversation.forget()
