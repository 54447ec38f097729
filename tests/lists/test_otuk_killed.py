"""Whatever stops the making of a round, it is there whole or not at all, and asked for again it is made once."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection

from fotfeste.access.models import AccessGrant
from fotfeste.access.scope import acting_as
from fotfeste.access.services import grants
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.database import Endpoint
from fotfeste.lists.jobs import make_rounds_that_are_due
from fotfeste.lists.models import OtukClosing, OtukRound, OtukRow
from fotfeste.lists.services import rounds
from tests import factories as make
from tests.lists.otuk_world import STOVNER, World

FIRST, SECOND = date(2026, 10, 9), date(2026, 11, 20)
#: Everything the making of a round does, one after another.
STEPS = (
    (OtukRound.objects, "create"),
    (rounds, "list_maker"),
    (rounds, "listing_again"),
    (OtukRow.objects, "bulk_create"),
    (rounds, "close_rest"),
    (grants, "close_grants"),
    (grants, "open_grants"),
    (rounds, "ask_for"),
    (rounds, "log_closed"),
    (audit, "record"),
)


def standing() -> dict[str, list]:
    """Return all that making a round writes."""
    with acting_as(make.system()):
        opened = AccessGrant.objects.filter(source__startswith="otuk-round:").order_by("pk")
        return {
            "rounds": list(OtukRound.objects.order_by("pk").values_list("on", "closed_at")),
            "rows": list(OtukRow.objects.order_by("pk").values_list("round__on", "youth_id")),
            "grants": list(opened.values_list("youth_id", "unit_id", "topic", "first_day", "last_day")),
            "closings": list(OtukClosing.objects.order_by("pk").values_list("round__on", "district_id", "reason")),
        }


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'lists.start_reviews'")
        return int(cursor.fetchone()[0])


@contextmanager
def stopped_at(monkeypatch, place, name, *, after: bool):
    """Let the process stop before a step, or just after it."""
    does = getattr(place, name)

    def stops(*args, **kwargs):
        if after:
            does(*args, **kwargs)
        raise KeyboardInterrupt(name)

    with monkeypatch.context() as broken:
        broken.setattr(place, name, stops)
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_stopped_at_any_step_nothing_of_the_round_is_there_and_again_makes_it_once(monkeypatch, world, after):
    # Given a round that is out, and the next to be made
    for name, district in (("Aas", "030112"), ("Bakke", STOVNER), ("Dahl", "030112")):
        world.unknown(name, district=district)
    with clock.frozen(FIRST):
        world.freeze(FIRST)
    before = standing()
    # When the making is stopped before or after each of its steps, nothing has changed
    for place, name in STEPS:
        with stopped_at(monkeypatch, place, name, after=after), pytest.raises(KeyboardInterrupt, match=name):
            world.freeze(SECOND)
        assert standing() == before, name
    # Then, asked for again and once more, it is made, once
    assert [world.frozen(SECOND).is_new for _time in range(2)] == [True, False]
    now = standing()
    assert [on for on, _closed in now["rounds"]] == [FIRST, SECOND]
    assert len(now["rows"]) == 6
    assert {reason for _on, _unit, reason in now["closings"]} == {"new_list"}
    assert len(now["closings"]) == 2


_CHILD = """
import sys, django
django.setup()
from datetime import date
from fotfeste.kernel import clock
from fotfeste.lists import jobs
from fotfeste.lists.services import rounds

def waits(*args, **kwargs):
    print("all is written", flush=True)
    sys.stdin.read()

rounds.audit.record = waits
with clock.frozen(date(2026, 11, 23)):
    jobs.make_rounds_that_are_due()
"""


def test_a_job_killed_in_the_middle_leaves_nothing_and_the_next_one_makes_the_round_once(committed_database: Endpoint):
    world = World.made()
    for name in ("Aas", "Bakke"):
        world.unknown(name)
    before, asked = standing(), jobs()
    given = {
        "FOTFESTE_ENV": "test",
        "DJANGO_SETTINGS_MODULE": "fotfeste.config.settings",
        "DATABASE_URL": committed_database.app_url,
        "DATABASE_OWNER_URL": committed_database.owner_url,
    }
    command = [sys.executable, "-c", _CHILD]
    with subprocess.Popen(
        command, env={**os.environ, **given}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "all is written\n"
        # Nobody sees any of it while it is not whole
        assert (standing(), jobs()) == (before, asked)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    assert (standing(), jobs()) == (before, asked)
    for _again in range(2):
        make_rounds_that_are_due()
    assert [on for on, _closed in standing()["rounds"]] == [SECOND]
    assert (len(standing()["rows"]), jobs()) == (2, asked + 1)
