"""
Taking a file in: read → plan → apply, in one transaction (docs/adr/0008).

A plan is made by doing everything and then undoing it, so that it cannot say one thing and the import do another.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.audit import services as audit
from fotfeste.casework.services import intake as cases
from fotfeste.integrations.models import Import
from fotfeste.integrations.reading import Reading
from fotfeste.integrations.sources import INTAKE_FIELDS
from fotfeste.kernel import clock
from fotfeste.kernel.errors import NotAllowed
from fotfeste.people.services import intake as people

if tuple(people.COLUMNS) != INTAKE_FIELDS:
    raise ImportError("The staging table and the intake row have different columns.")

Progress = Callable[[str], None]
Examine = Callable[[CursorWrapper], None]


class _Undo(Exception):
    """Leave the transaction without keeping anything."""


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do: rows by what becomes of them. The five kinds add up to ``rows``."""

    source: str
    county: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    possible_duplicates: int = 0
    rejected: int = 0
    applied: bool = False
    warnings: list[str] = field(default_factory=list)
    decided: list[dict[str, Any]] = field(default_factory=list)
    import_id: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the figures, as ``fotfeste import --json`` prints them."""
        figures = asdict(self)
        for left_out in ("decided", "import_id"):
            figures.pop(left_out)
        return figures


# A row speaks of a new youth, one who changed unit or county, one otherwise changed, or one for whom it says nothing new.
_COUNTS = """
SELECT count(*) FILTER (WHERE p.is_new),
       count(*) FILTER (WHERE NOT p.is_new AND has_moved),
       count(*) FILTER (WHERE NOT p.is_new AND NOT has_moved AND t.youth_id IS NOT NULL),
       count(*) FILTER (WHERE NOT p.is_new AND NOT has_moved AND t.youth_id IS NULL)
FROM intake_row r JOIN intake_person p USING (person_key)
JOIN intake_unit u USING (youth_id)
CROSS JOIN LATERAL (SELECT (p.old_county, p.old_unit) IS DISTINCT FROM (%(county)s::smallint, u.unit_id) AS has_moved) m
LEFT JOIN (SELECT DISTINCT youth_id FROM intake_touched) t USING (youth_id)
"""

# Which schools a file tells about: the desk asks who has not reported yet.
_SCHOOLS = "SELECT coalesce(jsonb_agg(DISTINCT school_org), '[]') FROM intake WHERE school_org IS NOT NULL"
_LISTS_SCHOOLS = frozenset({"private-school"})

# What the rules decided, and for how many: shown in the plan.
_DECIDED = """
SELECT d.statutory, d.local, d.ground, d.rule, unit.name, count(*)
FROM intake_decision d JOIN intake_person p USING (youth_id) JOIN organisations_unit unit ON unit.id = d.holder_id
GROUP BY 1, 2, 3, 4, 5 ORDER BY 6 DESC, 5, 4, 1, 2 LIMIT 200
"""


def run_import(
    *,
    actor: Actor,
    reading: Reading,
    county_id: int,
    on: date,
    apply: bool,
    progress: Progress = lambda step: None,
    examine: Examine = lambda cursor: None,
) -> Outcome:
    """
    Plan or apply a file that was read, inside the actor's scope.

    :param on: the day the file speaks of. Facts known from a later day are never overwritten.
    :param apply: keep the result; otherwise everything is undone and only the figures remain.
    :param examine: is shown the temporary tables when all is decided, before they go away.
    :raises NotAllowed: the actor may not import for the county.
    """
    if not (actor.has(Permission.IMPORT_RUN) and county_id in actor.county_ids):
        raise NotAllowed(_("Bare Utdanningsadministrasjonen i fylket kan lese inn filer."))
    outcome = Outcome(
        source=reading.definition.source,
        county=f"{county_id:02}",
        rows=reading.rows_seen,
        unchanged=reading.repeated,
        rejected=len(reading.rejects),
        warnings=list(reading.meta.warnings),
    )
    before = _same_file_before(outcome.source, county_id, on, reading.meta.digest)
    if before:
        outcome.unchanged = outcome.rows - outcome.rejected
        outcome.applied = apply
        outcome.warnings.append(gettext_noop("Denne filen er tatt i bruk før. Ingenting er endret."))
        return outcome
    try:
        with transaction.atomic():
            _take_in(actor, reading, county_id, on, outcome, progress)
            with connection.cursor() as cursor:
                examine(cursor)
            if not apply:
                raise _Undo
            outcome.applied = True
    except _Undo:
        outcome.import_id = None
    return outcome


def _same_file_before(source: str, county_id: int, on: date, digest: str) -> bool:
    same = Import.objects.filter(source=source, county_id=county_id, digest=digest, applied_at__isnull=False)
    return same.filter(on__gte=on).exists()


def _take_in(actor: Actor, reading: Reading, county_id: int, on: date, outcome: Outcome, progress: Progress) -> None:
    now = clock.now()
    older = Import.objects.filter(
        source=outcome.source, county_id=county_id, on__gt=on, applied_at__isnull=False
    ).exists()
    if older:
        outcome.warnings.append(
            gettext_noop("En nyere fil fra denne kilden er tatt i bruk. Denne legger bare til det ingen visste.")
        )
    kept = Import.objects.create(
        source=outcome.source,
        county_id=county_id,
        on=on,
        digest=reading.meta.digest,
        read_at=now,
        applied_at=now,
        run_by_id=actor.user_id,
    )
    with connection.cursor() as cursor:
        # One import at a time in a county: two at once could both think a youth is new.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x0F07, county_id])
        cursor.execute("SET LOCAL work_mem = '256MB'")
        progress(gettext_noop("Leser inn radene"))
        people.open_table(cursor)
        people.copy_rows(cursor, reading.copy_blocks())
        if outcome.source in _LISTS_SCHOOLS:
            cursor.execute(_SCHOOLS)
            kept.schools = json.loads(cursor.fetchone()[0])
        progress(gettext_noop("Finner hvem radene gjelder"))
        people.match(cursor, county_id=county_id)
        progress(gettext_noop("Avgjør målgruppe og ansvarlig enhet"))
        cases.decide(cursor, source=outcome.source, county_id=county_id, on=on, is_older=older)
        progress(gettext_noop("Skriver opplysninger om ungdommene"))
        people.store(cursor, county_id=county_id, source=outcome.source, on=on, now=now, is_older=older)
        progress(gettext_noop("Skriver tilmelding, ansvar og status"))
        cases.record(
            cursor,
            source=outcome.source,
            county_id=county_id,
            on=on,
            now=now,
            actor_id=actor.user_id,
            import_id=kept.pk,
            is_older=older,
        )
        outcome.possible_duplicates = people.find_duplicates(cursor, county_id=county_id, now=now)
        cursor.execute(_COUNTS, {"county": county_id})
        outcome.new, outcome.moved, outcome.changed, unchanged = cursor.fetchone()
        outcome.unchanged += unchanged
        cursor.execute(_DECIDED)
        names = ("statutory", "local", "ground", "rule", "unit", "youths")
        outcome.decided = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    outcome.import_id = kept.pk
    _remember(kept, outcome)
    audit.record(
        "import.applied", by=actor.user_id, county=county_id, details={"import": kept.pk, "rows": outcome.rows}
    )


def _remember(kept: Import, outcome: Outcome) -> None:
    kept.rows, kept.new, kept.changed = outcome.rows, outcome.new, outcome.changed
    kept.unchanged, kept.moved, kept.rejected = outcome.unchanged, outcome.moved, outcome.rejected
    kept.possible_duplicates, kept.warnings = outcome.possible_duplicates, outcome.warnings
    kept.save()
