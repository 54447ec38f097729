"""A release taken back the day it was given: the routines stand as if the youth had not been asked."""

from collections.abc import Mapping
from typing import Any

from fotfeste.collaboration.enums import StepState
from fotfeste.collaboration.models import RoutineRun
from fotfeste.collaboration.selectors.evidence import counts_from
from fotfeste.collaboration.selectors.evidence_below import never_stood
from fotfeste.collaboration.selectors.parties import Surroundings
from fotfeste.collaboration.services.work import close_step, open_step
from fotfeste.collaboration.services.youth_work import Worked
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.kernel import clock
from fotfeste.people import selectors as people
from fotfeste.spec.routines import Consent


def take_back(*, youth_id: int, by_id: int) -> None:
    """
    Open the steps once more that a release showed to be done, if it was taken back the same day and none other stands.

    What was opened because of it, and takes a release, is left until there is one. A release taken back later, or after
    something was done by it, did stand: what was done stays done. Called in a scope that sees all of the youth.
    """
    runs = list(RoutineRun.objects.select_for_update(of=("self",)).filter(youth_id=youth_id, ended_on=None))
    youth = people.youth_or_none(youth_id=youth_id) if runs else None
    if youth is None:
        return
    today = clock.today()
    around = Surroundings(youth_id=youth_id, unit_id=youth.unit_id, county_id=youth.county_id, on=today)
    for run in runs:
        _take_back_in(Worked(run=run, around=around, by_id=by_id, now=clock.now(), today=today))


def _take_back_in(worked: Worked) -> None:
    rows = {row.step: row for row in worked.steps()}  # the last round of each
    for step_id, row in rows.items():
        if row.state != StepState.DONE or not row.record.startswith("release:"):
            continue
        since = counts_from("form-consent", opened_at=row.opened_at, is_first_round=True)
        if row.record not in never_stood(youth_ids=worked.around.person, since=since):
            continue
        if any(not each.only_new for each in worked.records("form-consent", since)):
            continue
        opened = [other for other in _taking_release(worked, step_id, rows) if other.opened_at >= row.closed_at]
        if any(other.state == StepState.DONE for other in opened):
            continue
        for other in opened:
            if other.state in STANDS_OPEN:
                close_step(worked, other, state=StepState.LEFT)
        open_step(worked, step_id)


def _taking_release(worked: Worked, step_id: str, rows: Mapping[str, Any]) -> list[Any]:
    """Return the steps one goes on to from a step that take a release, where one has come to them."""
    after = sorted({way.to for way in worked.routine.step(step_id).ways} & rows.keys())
    takes = {Consent.REQUIRED, Consent.OBTAIN}
    return [rows[each] for each in after if worked.routine.step(each).consent in takes]
