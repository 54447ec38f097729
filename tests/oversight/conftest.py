"""The day, and entering as somebody."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from fotfeste.access.actor import Actor
from fotfeste.kernel import clock
from tests import factories as make


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    """Every test happens on the factories' day."""
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def enter(client: Client) -> Callable[[Actor], Client]:
    """Log in as an actor and return the browser."""

    def log_in(actor: Actor) -> Client:
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return log_in


def text_of(response: object) -> str:
    """Return a page as running text, with ordinary spaces."""
    return " ".join(response.content.decode().replace("\u00a0", " ").split())  # type: ignore[attr-defined]
