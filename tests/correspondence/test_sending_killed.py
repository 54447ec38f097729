"""Whatever stops the worker, wherever it stops, each gets one letter and the history one attempt."""

import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import ContactAttempt
from fotfeste.correspondence import jobs
from fotfeste.correspondence.enums import LetterState, MailingState
from fotfeste.kernel import clock
from fotfeste.kernel.database import Endpoint
from tests import factories as make
from tests.correspondence.letter_world import APRIL, Letters, Partner, folder, letters

#: Everything the worker does, one after another; each is a transaction of its own, or outside of any.
STEPS = ("try_failed_again", "hand_over", "give_to", "note_given", "finish_mailing")


@contextmanager
def stopped_at(monkeypatch, name, *, after: bool):
    """Let the process stop before a step, or after it and before it is committed."""
    does = getattr(jobs, name)

    def stops(*args, **kwargs):
        if after:
            does(*args, **kwargs)
        raise KeyboardInterrupt(name)

    with monkeypatch.context() as broken:
        broken.setattr(jobs, name, stops)
        yield


def _attempts() -> Counter:
    with acting_as(make.system()):
        return Counter(ContactAttempt.objects.values_list("youth__last_name", flat=True))


def test_stopped_at_each_step_in_turn_each_still_gets_one_letter(world, monkeypatch):
    names = ("Aas", "Berg", "Dahl")
    for name in names:
        world.non_applicant(name)
    mailing = world.prepare()
    world.approve(mailing)
    carrier = Partner()
    for name in STEPS:
        for after in (False, True):
            with stopped_at(monkeypatch, name, after=after), pytest.raises(KeyboardInterrupt, match=name):
                world.send(mailing, carrier)
            assert sorted(carrier.keys) == sorted(set(carrier.keys)), name
    assert [each.state for each in letters(mailing)] == [LetterState.SENT] * 3
    world.send(mailing, carrier)
    mailing.refresh_from_db()
    assert (mailing.state, len(carrier.keys)) == (MailingState.SENT, 3)
    assert _attempts() == dict.fromkeys(names, 1)


_CHILD = """
import sys, django
django.setup()
from datetime import date
from fotfeste.correspondence.carriers import FolderCarrier
from fotfeste.correspondence.jobs import send_all
from fotfeste.kernel import clock

class Waits(FolderCarrier):
    given = 0

    def send(self, parcel):
        reference = super().send(parcel)
        self.given += 1
        if self.given == 2:
            print("the second lies there", flush=True)
            sys.stdin.read()
        return reference

with clock.frozen(date(2027, 4, 20)):
    send_all(mailing_id=int(sys.argv[1]), county_id=3, by=Waits({"folder": sys.argv[2]}))
"""


def test_a_worker_killed_with_a_letter_in_its_hand_leaves_the_next_one_to_go_on(
    committed_database: Endpoint, settings, tmp_path
):
    # Given three letters, and a worker killed when the second lies in the folder and none of the set is written down
    place = tmp_path / "brev"
    settings.LETTERS = {**settings.LETTERS, "folder": str(place)}
    with clock.frozen(APRIL):
        world = Letters.made()
        for name in ("Aas", "Berg", "Dahl"):
            world.non_applicant(name)
        mailing = world.prepare()
        world.approve(mailing)
        given = {
            "FOTFESTE_ENV": "test",
            "DJANGO_SETTINGS_MODULE": "fotfeste.config.settings",
            "DATABASE_URL": committed_database.app_url,
            "DATABASE_OWNER_URL": committed_database.owner_url,
        }
        command = [sys.executable, "-c", _CHILD, str(mailing.pk), str(place)]
        with subprocess.Popen(
            command, env={**os.environ, **given}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "the second lies there\n"
            child.send_signal(signal.SIGKILL)
            assert child.wait() == -signal.SIGKILL
        assert [each.state for each in letters(mailing)] == ["handed"] * 3
        lying = {path: path.stat().st_mtime_ns for path in (place / mailing.key).glob("*.pdf")}
        assert len(lying) == 2
        # When the next one goes on
        world.send(mailing, folder(place))
    # Then all have one letter, and what lay there was not touched
    now = {path: path.stat().st_mtime_ns for path in (place / mailing.key).glob("*.pdf")}
    assert len(now) == 3
    assert lying.items() <= now.items()
    assert [each.state for each in letters(mailing)] == ["sent"] * 3
    assert _attempts() == {"Aas": 1, "Berg": 1, "Dahl": 1}
