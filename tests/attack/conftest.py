"""A day, and a browser for anybody."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from fotfeste.access.actor import Actor
from fotfeste.kernel import clock
from tests import factories as make


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def browser() -> Callable[..., Client]:
    """Return a function that gives a browser logged in as an actor, or as nobody."""

    def enter(actor: Actor | None = None) -> Client:
        client = Client(raise_request_exception=False)
        if actor is not None:
            session = client.session
            session["user_id"] = actor.user_id
            session.save()
        return client

    return enter


@pytest.fixture
def matrix(record_property: Callable[[str, object], None]) -> Iterator[Counter[str]]:
    """Count the cells tried, by channel; the run says how many at its end."""
    tried: Counter[str] = Counter()
    yield tried
    for channel, count in tried.items():
        record_property(f"matrix: {channel}", count)
