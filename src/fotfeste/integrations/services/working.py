"""The work behind the import desk, done as the importer: reading a file, planning it, using it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.audit import services as audit
from fotfeste.integrations.enums import Part, WaitingState
from fotfeste.integrations.models import Import, WaitingFile
from fotfeste.integrations.reading import Reading, UnreadableFile, read, write_rejects
from fotfeste.integrations.reading.fetching import fetch
from fotfeste.integrations.services import waiting as keeping
from fotfeste.integrations.services.imports import Progress
from fotfeste.integrations.services.mappings import Unclear, unclear_columns
from fotfeste.integrations.services.planning import Plan, make_plan
from fotfeste.integrations.services.progress import Teller
from fotfeste.integrations.states import UNDER_WAY, move_file
from fotfeste.kernel import clock
from fotfeste.organisations.selectors.counties import county_names

DIRECT_ROWS = 5_000
DIRECT_BYTES = 3 * 1024 * 1024
"""Up to these a file is read and planned while the user waits; beyond them in the background."""


class _Changed(Exception):
    """Using the file would do something else than the plan that was shown."""


def importer() -> Actor:
    """Return the system actor imports run as, for all counties: a youth may come from another one."""
    return system_actor("importer", county_ids=tuple(county_names()))


def read_file(waiting: WaitingFile, file: BinaryIO, teller: Teller | None = None) -> Reading:
    """
    Read the file as its source, with the columns chosen for it.

    :raises UnreadableFile: it cannot be taken in; the sentence says why.
    """
    return read(
        waiting.source,
        file,
        environment=settings.ENVIRONMENT,
        on=waiting.on,
        mapping=waiting.columns or None,
        largest=settings.UPLOAD_LIMIT_BYTES,
        progress=teller.rows if teller else None,
    )


def refuse(waiting: WaitingFile, problem: str, unclear: Unclear | None) -> None:
    """Note why the file cannot be read, and whether sorting its columns out would help."""
    waiting.state = move_file(waiting.state, to=WaitingState.COLUMNS if unclear else WaitingState.REFUSED)
    _remember(waiting, Plan.refused(problem, unclear))
    if unclear is None:
        keeping.drop(waiting, Part.CONTENT)


def plan_reading(waiting: WaitingFile, reading: Reading, progress: Progress = lambda step: None) -> None:
    """Make the plan of a file that was read, and keep its rejected rows for the sender."""
    plan, _ = _made(waiting, reading, apply=False, progress=progress)
    waiting.state = move_file(waiting.state, to=WaitingState.PLANNED)
    waiting.file_format = reading.meta.file_format
    _keep_rejects(waiting, reading)
    _remember(waiting, plan)


def apply_plan(waiting: WaitingFile, *, asked_by: int, teller: Teller | None = None) -> None:
    """Use the file, unless that would do something else than the plan shown: then the new plan is shown instead."""
    shown = Plan.from_dict(keeping.read_plan(waiting))
    progress = teller.step if teller else lambda step: None
    with keeping.opened(waiting, Part.CONTENT) as file, read_file(waiting, file, teller) as reading:
        try:
            with transaction.atomic():
                plan, import_id = _made(waiting, reading, apply=True, progress=progress)
                if plan.figures != shown.figures:
                    raise _Changed
        except _Changed:
            plan.before = shown.figures
            waiting.state = move_file(waiting.state, to=WaitingState.PLANNED)
            _remember(waiting, plan)
            return
    waiting.state = move_file(waiting.state, to=WaitingState.APPLIED)
    waiting.imported_id = import_id
    if import_id:
        Import.objects.filter(pk=import_id).update(asked_by_id=asked_by, sender=waiting.sender)
    keeping.drop(waiting, Part.CONTENT)
    _remember(waiting, plan)
    _log_who_asked(waiting, asked_by)


def work_on(*, file_id: int, teller: Teller) -> None:
    """
    Do what a waiting file has been ordered, inside the importer's scope. Nothing when it is done or being done.

    :raises UnreadableFile: the content is gone bad since it was planned.
    """
    waiting = WaitingFile.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=file_id).first()
    if waiting is None or waiting.state not in UNDER_WAY:
        return
    teller.step(
        gettext_noop("Henter fra VIGO") if waiting.is_fetched and not waiting.size else gettext_noop("Leser filen")
    )
    if waiting.state == WaitingState.APPLYING:
        apply_plan(waiting, asked_by=waiting.asked_by_id, teller=teller)
        return
    try:
        with _content(waiting) as file:
            try:
                with read_file(waiting, file, teller) as reading:
                    plan_reading(waiting, reading, teller.step)
            except UnreadableFile as problem:
                unclear = unclear_columns(source=waiting.source, file=file, columns=waiting.columns)
                refuse(waiting, str(problem), unclear)
    except UnreadableFile as problem:
        refuse(waiting, str(problem), None)


def give_up(*, file_id: int, sentence: str) -> None:
    """Note that the work on a file failed for a reason of ours; a plan that was made can be tried again."""
    waiting = WaitingFile.objects.select_for_update(of=("self",)).filter(pk=file_id, state__in=UNDER_WAY).first()
    if waiting is None:
        return
    plan = Plan.from_dict(keeping.read_plan(waiting))
    plan.problem = sentence
    applying = waiting.state == WaitingState.APPLYING
    waiting.state = move_file(waiting.state, to=WaitingState.PLANNED if applying else WaitingState.REFUSED)
    _remember(waiting, plan)


def forget_old(*, today: date) -> int:
    """Delete waiting files, plans and rejected rows whose week is over; return how many files."""
    old = WaitingFile.objects.select_for_update(of=("self",), skip_locked=True).filter(forget_on__lte=today)
    waiting = list(old)
    for each in waiting:
        each.delete()
    return len(waiting)


def under_way() -> list[int]:
    """Return the files that were ordered worked on, for ordering again when their worker was killed."""
    return list(WaitingFile.objects.filter(state__in=UNDER_WAY).order_by("pk").values_list("pk", flat=True))


def _made(waiting: WaitingFile, reading: Reading, *, apply: bool, progress: Progress) -> tuple[Plan, int | None]:
    actor = importer()
    with acting_as(actor, on=clock.today()):
        plan, outcome = make_plan(
            waiting=waiting,
            reading=reading,
            importer=actor,
            apply=apply,
            progress=progress,
            is_repeat=_is_repeat(waiting, reading),
        )
    return plan, outcome.import_id


def _is_repeat(waiting: WaitingFile, reading: Reading) -> bool:
    """Say whether this very file was used before, for the same day or a later one."""
    used = Import.objects.filter(county_id=waiting.county_id, source=waiting.source, applied_at__isnull=False)
    return used.filter(digest=reading.meta.digest, on__gte=waiting.on).exists()


@contextmanager
def _content(waiting: WaitingFile) -> Iterator[BinaryIO]:
    """Open the content, fetched first when it is to come from VIGO."""
    if waiting.is_fetched and not keeping.holds(waiting, Part.CONTENT):
        headers = {"fylkesnr": f"{waiting.county_id:02}", "api-key": settings.VIGO["key"]}
        with fetch(settings.VIGO["url"], headers=headers, largest=settings.UPLOAD_LIMIT_BYTES) as answer:
            waiting.size = keeping.keep(waiting, Part.CONTENT, answer)
    with keeping.opened(waiting, Part.CONTENT) as file:
        yield file


def _keep_rejects(waiting: WaitingFile, reading: Reading) -> None:
    keeping.drop(waiting, Part.REJECTS)
    if len(reading.rejects):
        with keeping.opened(waiting, Part.REJECTS) as file:
            write_rejects(reading, file)
            keeping.keep(waiting, Part.REJECTS, file)


def _remember(waiting: WaitingFile, plan: Plan) -> None:
    waiting.plan = keeping.sealed_plan(waiting, plan.to_dict())
    waiting.version += 1
    waiting.save()


def _log_who_asked(waiting: WaitingFile, asked_by: int) -> None:
    """Name both in the log: the system actor that did it, and the person who asked for it."""
    actor = importer()
    details = {"file": waiting.pk, "import": waiting.imported_id, "asked_by": asked_by}
    with acting_as(actor, on=clock.today()):
        audit.record("import.asked_for", by=actor.user_id, county=waiting.county_id, details=details)
