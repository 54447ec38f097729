"""
The import desk: a file comes in, becomes a plan, and is used or discarded.

People order the work; it is done as the system actor "importer", which alone knows what an import needs to know, as
youths in other counties and protected addresses (docs/adr/0008). The log names both.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework.selectors.labels import source_name
from fotfeste.casework.services.intake import COUNTY_LOCK
from fotfeste.integrations import policies
from fotfeste.integrations.enums import Part, WaitingState
from fotfeste.integrations.models import ImportProgress, WaitingFile
from fotfeste.integrations.reading import UnreadableFile
from fotfeste.integrations.services import waiting as keeping
from fotfeste.integrations.services import working
from fotfeste.integrations.services.mappings import save_columns, saved_columns, unclear_columns
from fotfeste.integrations.services.planning import Plan
from fotfeste.integrations.sources import SOURCES
from fotfeste.integrations.states import UNDER_WAY, move_file
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid
from fotfeste.kernel.jobs import ask_for

KEPT_DAYS = 7
WORK_JOB = "integrations.work_on_file"


@transaction.atomic
def upload(*, actor: Actor, county_id: int, source: str, sender: str, on: date, file: BinaryIO) -> WaitingFile:
    """
    Take a file in and make its plan, at once when it is small, else in the background.

    A file whose columns do not fit is kept for somebody to sort them out; one that cannot be read at all is not.

    :param on: the day the file speaks of.
    :param sender: whose columns they are; the choice made for an earlier file of theirs is used.
    :raises NotAllowed: the actor does not take in files for the county.
    :raises Invalid: the day has not come, or there is no such source.
    :raises UnreadableFile: the file cannot be read; the sentence says why.
    """
    policies.may_import(actor=actor, county_id=county_id).require()
    if source not in SOURCES:
        raise Invalid(_("Velg hvilken kilde filen kommer fra."))
    if on > clock.today():
        raise Invalid(_("Dagen filen gjelder, kan ikke være fram i tid."))
    waiting = _create(actor, county_id, source, on, sender=" ".join(sender.split())[:80])
    waiting.columns = saved_columns(county_id=county_id, source=source, sender=waiting.sender)
    size = file.seek(0, 2)
    if size > working.DIRECT_BYTES:
        waiting.size = keeping.keep(waiting, Part.CONTENT, file)
        _order(waiting, actor, WaitingState.READING)
        return waiting
    _read_now(waiting, actor, file)
    return waiting


@transaction.atomic
def fetch_from_vigo(*, actor: Actor, county_id: int) -> WaitingFile:
    """
    Order the county's whole register from VIGO, to be fetched and planned in the background.

    :raises NotAllowed: the actor does not take in files for the county.
    :raises Invalid: no address is set, or a fetching is under way.
    """
    policies.may_import(actor=actor, county_id=county_id).require()
    if not settings.VIGO["url"]:
        raise Invalid(_("Adressen til VIGO er ikke satt opp."))
    if WaitingFile.objects.filter(county_id=county_id, is_fetched=True, state=WaitingState.READING).exists():
        raise Invalid(_("En henting fra VIGO er allerede i gang."))
    waiting = _create(actor, county_id, "vigo-ot", clock.today(), is_fetched=True)
    _order(waiting, actor, WaitingState.READING)
    return waiting


@transaction.atomic
def read_as(
    *, actor: Actor, file_id: int, source: str, columns: Mapping[str, str], version: int | None = None
) -> WaitingFile:
    """
    Read a waiting file again as another source, or with the columns somebody chose; the choice is remembered.

    :param columns: our heading to the sender's.
    :param version: of the file the user was shown; None for a job.
    :raises EditConflict: somebody has read it anew or used it in between.
    :raises NotAllowed: the actor does not take in files for the county.
    :raises Invalid: there is no such file or source, or a column we must have is not chosen.
    :raises IllegalTransition: the file does not wait for this.
    """
    waiting = _locked(actor, file_id)
    if source not in SOURCES:
        raise Invalid(_("Velg hvilken kilde filen kommer fra."))
    _must_be_as_seen(waiting, version, {_("Tilstand"): WaitingState.READING.label, _("Kilde"): source_name(source)})
    waiting.state = move_file(waiting.state, to=WaitingState.READING)
    missing = [heading for heading in SOURCES[source].required_headers if columns and heading not in columns]
    if missing:
        raise Invalid(_("Velg en kolonne for {columns}.").format(columns=", ".join(missing)))
    if source != waiting.source and not columns:
        columns = saved_columns(county_id=waiting.county_id, source=source, sender=waiting.sender)
    elif columns:
        save_columns(county_id=waiting.county_id, source=source, sender=waiting.sender, columns=columns)
    waiting.source, waiting.columns = source, dict(columns)
    if waiting.size > working.DIRECT_BYTES:
        _order(waiting, actor, WaitingState.READING)
        return waiting
    with keeping.opened(waiting, Part.CONTENT) as file:
        _read_now(waiting, actor, file)
    return waiting


@transaction.atomic
def apply(*, actor: Actor, file_id: int, version: int) -> WaitingFile:
    """
    Use a file as its plan says. When it would no longer do what the plan says, it gets a new plan instead.

    :param version: of the plan the user was shown.
    :raises NotAllowed: the actor does not take in files for the county.
    :raises EditConflict: it has been used, or has another plan than was shown.
    :raises IllegalTransition: it has no plan, or is being worked on.
    """
    waiting = _locked(actor, file_id)
    yours = {_("Tilstand"): WaitingState.APPLIED.label, _("Kilde"): source_name(waiting.source)}
    _must_be_as_seen(waiting, version, yours)
    move_file(waiting.state, to=WaitingState.APPLYING)
    plan = Plan.from_dict(keeping.read_plan(waiting))
    if plan.is_repeat:
        raise IllegalTransition(_("Denne filen er tatt i bruk før. Det er ingenting å ta i bruk."))
    is_large = waiting.size > working.DIRECT_BYTES or plan.figures["rows"] > working.DIRECT_ROWS
    if is_large or not _is_free(waiting.county_id):
        _order(waiting, actor, WaitingState.APPLYING)
    else:
        working.apply_plan(waiting, asked_by=actor.user_id)
    return waiting


@transaction.atomic
def discard(*, actor: Actor, file_id: int, version: int | None = None) -> None:
    """
    Delete a waiting file, its plan and its rejected rows.

    :param version: of the file the user was shown; None for a job.
    :raises EditConflict: somebody has read it anew or used it in between.
    :raises NotAllowed: the actor does not take in files for the county.
    :raises IllegalTransition: it is being worked on.
    """
    waiting = _locked(actor, file_id)
    _must_be_as_seen(waiting, version, {_("Tilstand"): _("Slettes"), _("Kilde"): source_name(waiting.source)})
    if waiting.state in UNDER_WAY:
        raise IllegalTransition(_("Filen arbeides med nå. Vent til det er ferdig."))
    _log("import.discarded", actor, waiting)
    waiting.delete()


def _create(actor: Actor, county_id: int, source: str, on: date, **fields: Any) -> WaitingFile:
    waiting = WaitingFile.objects.create(
        county_id=county_id,
        source=source,
        on=on,
        state=WaitingState.READING,
        asked_by_id=actor.user_id,
        uploaded_at=clock.now(),
        forget_on=clock.today() + timedelta(days=KEPT_DAYS),
        **fields,
    )
    ImportProgress.objects.create(file=waiting)
    _log("import.fetched" if waiting.is_fetched else "import.uploaded", actor, waiting)
    return waiting


def _read_now(waiting: WaitingFile, actor: Actor, file: BinaryIO) -> None:
    """Read a small file and plan it, or keep it for the background when it has many rows after all."""
    try:
        reading = working.read_file(waiting, file)
    except UnreadableFile as problem:
        unclear = unclear_columns(source=waiting.source, file=file, columns=waiting.columns)
        if unclear is None and not keeping.holds(waiting, Part.CONTENT):
            raise
        waiting.size = keeping.keep(waiting, Part.CONTENT, file)
        working.refuse(waiting, str(problem), unclear)
        return
    with reading:
        waiting.size = keeping.keep(waiting, Part.CONTENT, file)
        if reading.rows_seen > working.DIRECT_ROWS or not _is_free(waiting.county_id):
            _order(waiting, actor, WaitingState.READING)
        else:
            working.plan_reading(waiting, reading)


def _is_free(county_id: int) -> bool:
    """Say whether no import is under way in the county, and let none begin until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [COUNTY_LOCK, county_id])
        return bool(cursor.fetchone()[0])


def _order(waiting: WaitingFile, actor: Actor, state: WaitingState) -> None:
    waiting.state = move_file(waiting.state, to=state)
    waiting.asked_by_id = actor.user_id
    waiting.version += 1
    waiting.save()
    ImportProgress.objects.filter(file=waiting).update(step="", number=0, rows=0, at=clock.now())
    ask_for(WORK_JOB, once=str(waiting.pk), file_id=waiting.pk)


def _locked(actor: Actor, file_id: int) -> WaitingFile:
    waiting = WaitingFile.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=file_id).first()
    if waiting is None:
        if WaitingFile.objects.filter(pk=file_id).exists():
            raise IllegalTransition(_("Filen arbeides med nå. Vent til det er ferdig."))
        raise Invalid(_("Filen finnes ikke lenger."))
    policies.may_import(actor=actor, county_id=waiting.county_id).require()
    return waiting


def _must_be_as_seen(waiting: WaitingFile, version: int | None, yours: dict[str, Any]) -> None:
    """Stop when the file has been read anew or used since. A plan not seen is never used without having been read."""
    if version is not None and waiting.version != version:
        raise EditConflict(
            _("Noen har gjort noe med filen siden du så den. Ingenting er gjort. Se hvordan den står nå."),
            theirs={_("Tilstand"): WaitingState(waiting.state).label, _("Kilde"): source_name(waiting.source)},
            yours=yours,
        )


def _log(verb: str, actor: Actor, waiting: WaitingFile) -> None:
    details = {"file": waiting.pk, "source": waiting.source}
    audit.record(verb, by=actor.user_id, county=waiting.county_id, details=details)
