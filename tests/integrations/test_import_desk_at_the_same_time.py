"""What others see of an import under way, and what happens when two want the same: with real commits."""

import contextlib
import threading
from collections.abc import Iterator

import pytest
from django.db import connection, connections, transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.integrations import jobs
from fotfeste.integrations.models import Import, ImportProgress, WaitingFile
from fotfeste.integrations.services import desk as desk_services
from fotfeste.integrations.services import imports, working
from fotfeste.kernel.errors import IllegalTransition
from fotfeste.people.models import Youth
from tests import factories as make
from tests.integrations.conftest import Desk
from tests.integrations.reading.files import csv_of, people

pytestmark = pytest.mark.usefixtures("committed_database")


@pytest.fixture
def desk(client, committed_database) -> Desk:
    return Desk(client, make.actor(Role.EDUCATION_ADMIN, make.education_admin()))


@pytest.fixture
def ordered(desk, monkeypatch) -> WaitingFile:
    """A file of two who quit, in the queue to be planned."""
    monkeypatch.setattr(working, "DIRECT_ROWS", 1)
    return desk.put(csv_of(people("leavers", 2)))


@contextlib.contextmanager
def somebody_else() -> Iterator[None]:
    """Run a block in another thread's place: over a connection of its own."""
    mine = connections["default"]
    other = mine.copy()
    connections["default"] = other
    try:
        yield
    finally:
        connections["default"] = mine
        other.close()


def test_the_steps_are_seen_while_the_work_itself_is_not(desk, ordered, monkeypatch):
    # Given work that stops in the middle and looks around as another user
    seen: list[tuple[str, int]] = []
    decide = imports.cases.decide

    def look_and_decide(*args, **kwargs):
        with somebody_else():
            progress = ImportProgress.objects.get()
            with acting_as(make.system()):
                seen.append((progress.step, Youth.objects.count()))
        return decide(*args, **kwargs)

    monkeypatch.setattr(imports.cases, "decide", look_and_decide)
    # When the file is planned
    jobs.work_on_file(file_id=ordered.pk)
    # Then the step was there and no youth was
    assert seen == [("Avgjør målgruppe og ansvarlig enhet", 0)]
    assert desk.again(ordered).state == "planned"


def test_a_worker_that_dies_leaves_nothing_and_the_work_is_taken_up_again(desk, ordered, monkeypatch):
    # Given a planned file ordered used, and a worker that is cut off before it is done
    jobs.work_on_file(file_id=ordered.pk)
    desk.do(ordered, "ta-i-bruk", version=desk.again(ordered).version)

    class Killed(BaseException):
        pass

    def cut_off(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(imports, "_remember", cut_off)
        with pytest.raises(Killed):
            jobs.work_on_file(file_id=ordered.pk)
    # Then nothing was taken in and the file still waits to be used
    with acting_as(desk.actor):
        assert not Youth.objects.exists()
    assert desk.again(ordered).state == "applying"
    # And the next worker does it
    jobs.work_on_file(file_id=ordered.pk)
    assert Import.objects.get().new == 2


def test_work_that_is_being_done_is_not_done_by_a_second_worker(desk, ordered):
    with acting_as(make.system()):
        assert WaitingFile.objects.select_for_update().get(pk=ordered.pk)
        with somebody_else():
            jobs.work_on_file(file_id=ordered.pk)
            with acting_as(desk.actor), pytest.raises(IllegalTransition, match="arbeides med nå"):
                desk_services.discard(actor=desk.actor, file_id=ordered.pk)
    assert desk.again(ordered).state == "reading"


def test_a_small_file_waits_its_turn_while_another_is_taken_in(desk):
    # Given an import under way in the county
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x0F07, 3])
        # When somebody uploads a small file
        with somebody_else():
            waiting = desk.put(csv_of(people("leavers", 1)))
    # Then nobody had to wait; it is in the queue
    assert waiting.state == "reading"
    jobs.work_on_file(file_id=waiting.pk)
    assert desk.again(waiting).state == "planned"


def test_pressed_twice_at_once_the_file_is_used_once(desk):
    waiting = desk.put(csv_of(people("leavers", 2)))
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def press() -> None:
        try:
            ready.wait(timeout=10)
            with acting_as(desk.actor):
                used = desk_services.apply(actor=desk.actor, file_id=waiting.pk, version=waiting.version)
            outcomes.append(used.state)
        except IllegalTransition:
            outcomes.append("refused")
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["applied", "refused"]
    assert Import.objects.count() == 1
