"""A day, somebody logged in, and what the screens say."""

import pytest

from fotfeste.kernel import clock
from tests import factories as make
from tests.lists.otuk_world import World


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def log_in(client):
    def enter(actor):
        client.cookies.clear()  # another day is another session
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return enter


@pytest.fixture
def world():
    """Oslo with two districts, their Nav office, and one user of each role that has to do with the lists."""
    return World.made()
