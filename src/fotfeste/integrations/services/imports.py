"""
Taking a file in: read → plan → apply, in one transaction (docs/adr/0008, 0013).

A plan is made by doing everything and then undoing it, so that it cannot say one thing and the import do another.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework.services import intake as cases
from fotfeste.integrations import policies
from fotfeste.integrations.models import Import
from fotfeste.integrations.reading import Reading
from fotfeste.integrations.services.outcome import Outcome
from fotfeste.integrations.sources import INTAKE_FIELDS, SOURCES, Shape
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.people.services import intake as people

if tuple(people.COLUMNS) != INTAKE_FIELDS:
    raise ImportError("The staging table and the intake row have different columns.")

__all__ = ["Examine", "Outcome", "Progress", "run_import", "taken_before"]

Progress = Callable[[str], None]
Examine = Callable[[CursorWrapper], None]

# Which schools a file tells about: the desk asks who has not reported yet.
_SCHOOLS = "SELECT coalesce(jsonb_agg(DISTINCT school_org), '[]') FROM intake WHERE school_org IS NOT NULL"
_LISTS_SCHOOLS = frozenset({"private-school"})


class _Undo(Exception):
    """Leave the transaction without keeping anything."""


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
    Plan or apply a file that was read, inside the actor's scope. Two at once in a county wait for each other.

    :param on: the day the file speaks of. Facts known from a later day are never overwritten.
    :param apply: keep the result; otherwise everything is undone and only the figures remain.
    :param examine: is shown the temporary tables when all is decided, before they go away.
    :raises NotAllowed: the actor may not import for the county.
    :raises Refused: another county took in the same new youth at the same moment.
    """
    source, county = reading.definition.source, f"{county_id:02}"
    _must_be_allowed(actor, county_id)
    outcome = Outcome(
        source=source,
        county=county,
        rows=reading.rows_seen,
        unchanged=reading.repeated,
        rejected=len(reading.rejects),
        warnings=list(reading.meta.warnings),
    )
    try:
        with transaction.atomic():
            cases.wait_for_turn(county_id)
            if _same_file_before(source, county_id, on, reading.meta.digest):
                return _nothing_new(outcome, apply=apply)
            _TakingIn(actor, reading, county_id, on, outcome, progress, clock.now()).run()
            with connection.cursor() as cursor:
                examine(cursor)
            if not apply:
                raise _Undo
            outcome.applied = True
    except _Undo:
        outcome.import_id = None
    except IntegrityError as error:
        if "youth_national_id" not in str(error):
            raise
        raise Refused(_("Et annet fylke tok inn samme ungdom samtidig. Ingenting er endret. Prøv igjen.")) from error
    return outcome


def taken_before(*, actor: Actor, source: str, county_id: int, on: date, digest: str, apply: bool) -> Outcome | None:
    """
    Return what there is to say of a table that was taken in before, without reading it again; None when it was not.

    Other documents speak of themselves too (that VIGO failed, how many it meant to send), and are always read.

    :param digest: SHA-256 of the file, in hexadecimal.
    :raises NotAllowed: the actor may not import for the county.
    """
    _must_be_allowed(actor, county_id)
    is_table = source in SOURCES and SOURCES[source].shape is Shape.TABLE
    before = _same_file_before(source, county_id, on, digest) if is_table else None
    if before is None:
        return None
    known = Outcome(source=source, county=f"{county_id:02}", rows=before.rows, rejected=before.rejected)
    return _nothing_new(known, apply=apply)


def _must_be_allowed(actor: Actor, county_id: int) -> None:
    policies.may_import(actor=actor, county_id=county_id).require()


def _give_room(cursor: CursorWrapper) -> None:
    """Let sorting, joining and the temporary tables stay in the server's memory."""
    cursor.execute("SET LOCAL work_mem = '256MB'")
    with suppress(DatabaseError), transaction.atomic():  # refused where the session has used temporary tables
        cursor.execute("SET LOCAL temp_buffers = '384MB'")


def _same_file_before(source: str, county_id: int, on: date, digest: str) -> Import | None:
    same = Import.objects.filter(source=source, county_id=county_id, digest=digest, applied_at__isnull=False)
    return same.filter(on__gte=on).order_by("-applied_at").first()


def _nothing_new(outcome: Outcome, *, apply: bool) -> Outcome:
    outcome.unchanged = outcome.rows - outcome.rejected
    outcome.applied = apply
    outcome.warnings.append(gettext_noop("Denne filen er tatt i bruk før. Ingenting er endret."))
    return outcome


@dataclass(slots=True)
class _TakingIn:
    """One file on its way in."""

    actor: Actor
    reading: Reading
    county_id: int
    on: date
    outcome: Outcome
    progress: Progress
    now: datetime

    def run(self) -> None:
        """Do all of it, step by step."""
        is_older = self._is_older()
        kept = self._begin()
        with connection.cursor() as cursor:
            _give_room(cursor)
            self.progress(gettext_noop("Leser inn radene"))
            people.open_table(cursor)
            people.copy_rows(cursor, self.reading.copy_blocks())
            if self.outcome.source in _LISTS_SCHOOLS:
                cursor.execute(_SCHOOLS)
                kept.schools = json.loads(cursor.fetchone()[0])
            self._take_in(cursor, kept.pk, is_older)
            self.outcome.possible_duplicates = people.find_duplicates(cursor, county_id=self.county_id, now=self.now)
            self.outcome.count(cursor)
            self.outcome.warnings += cases.remarks(cursor, county_id=self.county_id)
        self.outcome.import_id = kept.pk
        _remember(kept, self.outcome)
        details = {"import": kept.pk, "rows": self.outcome.rows}
        audit.record("import.applied", by=self.actor.user_id, county=self.county_id, details=details)

    def _is_older(self) -> bool:
        newer = Import.objects.filter(source=self.outcome.source, county_id=self.county_id, on__gt=self.on)
        is_older = newer.filter(applied_at__isnull=False).exists()
        if is_older:
            self.outcome.warnings.append(
                gettext_noop("En nyere fil fra denne kilden er tatt i bruk. Denne legger bare til det ingen visste.")
            )
        return is_older

    def _begin(self) -> Import:
        return Import.objects.create(
            source=self.outcome.source,
            county_id=self.county_id,
            on=self.on,
            digest=self.reading.meta.digest,
            read_at=self.now,
            applied_at=self.now,
            run_by_id=self.actor.user_id,
        )

    def _take_in(self, cursor: CursorWrapper, import_id: int, is_older: bool) -> None:
        source, county_id, on, now = self.outcome.source, self.county_id, self.on, self.now
        effect = cases.EFFECTS[source]
        self.progress(gettext_noop("Finner hvem radene gjelder"))
        matched = people.match(
            cursor,
            county_id=county_id,
            one_row_a_number=self.reading.one_row_a_number,
            on=on,
            is_older=is_older,
        )
        self.outcome.unchanged += matched.elsewhere
        is_known = {"is_older": is_older, "has_known": matched.known > 0}
        people.update_known(cursor, source=source, on=on, now=now, **is_known)
        self.progress(gettext_noop("Avgjør målgruppe og ansvarlig enhet"))
        values = cases.plan_cases(cursor, effect=effect, county_id=county_id, on=on, **is_known)
        several = {"has_several": matched.has_several}
        cases.decide(cursor, effect=effect, values=values, has_new=matched.new > 0, **is_known, **several)
        self.progress(gettext_noop("Skriver opplysninger om ungdommene"))
        if matched.new:
            people.add_new(cursor, county_id=county_id, source=source, on=on, now=now, **several)
        if matched.known:
            people.move_known(cursor, county_id=county_id)
        self.progress(gettext_noop("Skriver tilmelding, ansvar og status"))
        cases.record(
            cursor,
            effect=effect,
            values=values,
            source=source,
            now=now,
            actor_id=self.actor.user_id,
            details={"import": import_id},
            is_older=is_older,
            has_known=matched.known > 0,
        )


def _remember(kept: Import, outcome: Outcome) -> None:
    for name, many in outcome.shown.items():
        setattr(kept, name, many)
    kept.warnings = outcome.warnings
    kept.save()
