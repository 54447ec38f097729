"""The providers, started when the first test asks for them."""

from collections.abc import Iterator

import pytest

from fotfeste.access.login import provider as conversation
from fotfeste.access.login.profiles import Profile
from tests.access import providers


@pytest.fixture(scope="session")
def running_idporten() -> Iterator[Profile]:
    """A provider with a profile like ID-porten's, for the whole run."""
    with providers.idporten_like() as profile:
        yield profile


@pytest.fixture
def idporten(running_idporten: Profile, settings, monkeypatch) -> Iterator[Profile]:
    """The only way to log in."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    settings.LOGIN_PROFILES = (running_idporten,)
    settings.LOGIN_KEYS = providers.key_set(providers.OLD_KEY)
    conversation.forget()
    yield running_idporten
    conversation.forget()
