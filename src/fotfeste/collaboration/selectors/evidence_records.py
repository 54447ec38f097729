"""The small records that show a step is done, and the tasks that were handed out."""

from collections.abc import Iterator
from datetime import datetime

from fotfeste.collaboration.models import Record as Row
from fotfeste.collaboration.models import Task
from fotfeste.collaboration.record_kinds import VOID, record_kinds
from fotfeste.collaboration.selectors.evidence import Record, evidence
from fotfeste.spec import implements

_GIVEN = {kind for each in record_kinds().values() for kind in each.gives}
_GIVEN_LATER = {kind for each in record_kinds().values() for gives in each.gives_when.values() for kind in gives}


@implements(
    "rut-at-risk-s03",
    "rut-leaves-s02",
    "rut-apprentice-at-risk-s01",
    "rut-apprentice-at-risk-s02",
    "rut-apprentice-leaves-s01",
    "rut-apprentice-leaves-s02",
    "rut-vo-s02",
    "rut-vo-s03",
    "rut-vo-s04",
    "rut-more-training-s01",
    "rut-more-training-s02",
    "rut-more-training-s03",
    "rut-more-training-s04",
    "rut-not-ot-s01",
    "rut-not-ot-s02",
    "rut-not-ot-s03",
    "rut-not-ot-s04",
    "rut-not-ot-s05",
    "rut-measure-stopped-s01",
)
@evidence(*sorted(_GIVEN))
def _made(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    rows = Row.objects.filter(youth_id__in=youth_ids, made_at__gte=since).exclude(answer__in=VOID)
    for row in rows.order_by("made_at", "pk"):
        for kind in record_kinds()[row.kind].shows(row.said):
            yield Record(row.youth_id, kind, row.made_at, row.on, f"record:{row.pk}", row.made_by_id, row.by_unit_id)


@implements("rut-at-risk-s04", "rut-nav-learns-first-s02", "rut-vo-s05")
@evidence(*sorted(_GIVEN_LATER))
def _answered(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    rows = Row.objects.filter(youth_id__in=youth_ids, answered_at__gte=since).exclude(answer="")
    for row in rows.order_by("answered_at", "pk"):
        if row.answered_at is None:
            continue
        for kind in record_kinds()[row.kind].gives_when.get(row.answer, ()):
            unit_id = row.to_unit_id or row.asked_unit_id
            yield Record(row.youth_id, kind, row.answered_at, row.on, f"record:{row.pk}", row.answered_by_id, unit_id)


@evidence("task")
def _tasks(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    for row in Task.objects.filter(youth_id__in=youth_ids, step_run=None, made_at__gte=since).order_by("made_at", "pk"):
        yield Record(row.youth_id, "task", row.made_at, row.made_at.date(), f"task:{row.pk}", row.made_by_id)
