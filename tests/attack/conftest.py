"""A day, and a browser for anybody."""

from collections.abc import Callable

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
