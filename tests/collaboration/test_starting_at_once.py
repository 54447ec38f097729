"""Two workers that see to the same list at the same moment: each youth comes to the step once, and neither fails."""

import threading
from contextlib import suppress
from datetime import date, datetime

import pytest
from django.db import connections

from fotfeste.access.scope import acting_as
from fotfeste.access.sets import in_sets
from fotfeste.collaboration.enums import Trigger
from fotfeste.collaboration.models import StepRun
from fotfeste.collaboration.selectors.parties import Surroundings
from fotfeste.collaboration.services import starting
from fotfeste.collaboration.services.youth_work import begin
from fotfeste.kernel import clock
from tests import factories as make

pytestmark = pytest.mark.usefixtures("committed_database")

LISTED = datetime(2026, 11, 20, 8, tzinfo=clock.OSLO)


def test_two_workers_at_one_list_start_its_step_once_for_each_and_neither_fails():
    school = make.unit()
    youths = [make.case(school, last_name=f"Nummer{number}").youth_id for number in range(3)]
    with acting_as(make.system(), on=make.TODAY) as actor:
        for youth_id in youths:
            begin(
                around=Surroundings(youth_id=youth_id, unit_id=school.pk, county_id=make.OSLO, on=make.TODAY),
                routine_id="rut-outside",
                at=("rut-outside-s05",),
                trigger=Trigger.BY_HAND,
                source="",
                by_id=actor.user_id,
                now=clock.now(),
            )
    middle, failed = threading.Barrier(2, timeout=0.5), []

    def see_to(*, county_id, by_id, on, limit):
        there = starting.listed_since(county_id=county_id, listed_at=LISTED)
        # Both have seen what is left, unless one of them is made to wait
        with suppress(threading.BrokenBarrierError):
            middle.wait()
        waiting = [youth_id for youth_id in youths if youth_id not in there][:limit]
        return starting.start_for_listed(
            youth_ids=waiting, source="otuk:1", listed_at=LISTED, due_on=date(2026, 12, 4), by_id=by_id, on=on
        )

    def work():
        try:
            with clock.frozen(make.TODAY):
                in_sets(make.OSLO, see_to)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert failed == []
    with acting_as(make.system()):
        steps = StepRun.objects.filter(step="rut-outside-s08").order_by("youth_id")
        assert list(steps.values_list("youth_id", "round")) == [(youth_id, 1) for youth_id in sorted(youths)]
