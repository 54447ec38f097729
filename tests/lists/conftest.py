"""A day, somebody logged in, and what the screens say."""

import pytest

from fotfeste.kernel import clock
from tests import factories as make


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def log_in(client):
    def enter(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return enter
