"""The providers, started when the first test asks for them."""

from collections.abc import Iterator

import pytest

from fotfeste.access.login import provider as conversation
from fotfeste.access.login.profiles import Profile
from tests.access import providers


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
