"""A county's file of units on its way in: kept with its plan until somebody uses it, or throws it away."""

import csv
from datetime import date
from io import StringIO

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.organisations import policies
from fotfeste.organisations.models import UnitFile
from fotfeste.organisations.selectors.unit_files import closing_cells
from fotfeste.organisations.selectors.units import unit_or_none
from fotfeste.organisations.services.unit_changes import change_units
from fotfeste.organisations.services.units import RejectedUnit, UnitLoad, load_units, read_unit_file, read_units
from fotfeste.organisations.unit_columns import COLUMNS

LARGEST = 2 * 1024 * 1024
SOURCE = "Fylkets enhetsfil"


@transaction.atomic
def upload_units(*, actor: Actor, county_id: int, content: bytes) -> UnitFile:
    """
    Keep a file of units, to be looked at before it is used.

    :raises NotAllowed: the actor keeps no units of the county.
    :raises Invalid: the file is too large, is no CSV file, or lacks columns.
    """
    _may_load(actor, county_id)
    if len(content) > LARGEST:
        raise Invalid(_("Filen er større enn 2 MB. Ta bare med fylkets egne enheter."))
    text = read_unit_file(content)
    if not read_units(StringIO(text, newline="")):
        raise Invalid(_("Filen har ingen rader."))
    kept = UnitFile.objects.create(
        county_id=county_id, content=text, uploaded_by_id=actor.user_id, uploaded_at=clock.now()
    )
    audit.record("units.uploaded", by=actor.user_id, county=county_id, details={"file": kept.pk})
    return kept


def plan_closing(*, actor: Actor, unit_id: int, closed_from: date | None) -> UnitFile:
    """
    Keep a file that says from when a unit is closed, to be looked at before it is used as any other.

    :param closed_from: None when it is not to close after all.
    :raises NotAllowed: the actor keeps no units of the county.
    :raises Invalid: there is no such unit, or it cannot be closed.
    """
    unit = unit_or_none(unit_id=unit_id)
    row = closing_cells(unit, closed_from=closed_from) if unit else None
    if unit is None or row is None:
        raise Invalid(_("Denne enheten kan ikke stenges her."))
    text = StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, delimiter=";")
    writer.writeheader()
    writer.writerow(row)
    return upload_units(actor=actor, county_id=unit.county_id, content=text.getvalue().encode())


def plan_of(*, actor: Actor, kept: UnitFile) -> UnitLoad:
    """Return what a file would do now, and what it would mean for the youths. Nothing is changed."""
    return _change(actor, kept, apply=False)


def rejected_of(*, actor: Actor, kept: UnitFile) -> tuple[RejectedUnit, ...]:
    """Return the rows of a file that would not be taken in now."""
    return load_units(actor=actor, rows=_rows(kept), source=SOURCE, apply=False).rejected


@transaction.atomic
def apply_units(*, actor: Actor, file_id: int, digest: str) -> UnitLoad:
    """
    Use a file as its plan said, and let the youths follow.

    :param digest: of the plan the user was shown.
    :raises NotAllowed: the actor keeps no units of the county.
    :raises EditConflict: it has been used, or would no longer do what the plan said.
    :raises Invalid: there is no such file.
    """
    kept = _locked(actor, file_id)
    _must_wait(kept, yours=_("Tas i bruk"))
    done = _change(actor, kept, apply=True)
    if done.digest != digest:  # a plan nobody has seen is not used, so there is nothing to try again from here
        raise EditConflict(
            _("Noe er endret siden du så planen, så ingenting er tatt i bruk. Se den nye."),
            theirs={
                _("Tilstand"): _("Ny plan"),
                _("Nye"): done.new,
                _("Endres"): done.changed,
                _("Får en annen enhet"): done.followed.moved if done.followed else 0,
            },
            yours={_("Tilstand"): _("Tas i bruk etter planen du så")},
        )
    kept.applied_by_id, kept.applied_at = actor.user_id, clock.now()
    kept.new, kept.changed, kept.unchanged, kept.rejected = (
        done.new,
        done.changed,
        done.unchanged,
        len(done.rejected),
    )
    kept.save()
    moved = done.followed.moved if done.followed else 0
    details = {"file": kept.pk, "new": kept.new, "changed": kept.changed, "moved": moved}
    audit.record("units.applied", by=actor.user_id, county=kept.county_id, details=details)
    return done


@transaction.atomic
def discard_units(*, actor: Actor, file_id: int) -> None:
    """
    Throw a file away.

    :raises NotAllowed: the actor keeps no units of the county.
    :raises EditConflict: it has been used, and is kept.
    :raises Invalid: there is no such file.
    """
    kept = _locked(actor, file_id)
    _must_wait(kept, yours=_("Slettes"))
    audit.record("units.discarded", by=actor.user_id, county=kept.county_id, details={"file": kept.pk})
    kept.delete()


def _must_wait(kept: UnitFile, *, yours: str) -> None:
    if kept.applied_at is not None:
        by = kept.applied_by.name if kept.applied_by else ""
        raise EditConflict(
            _("Filen er allerede tatt i bruk."),
            theirs={_("Tilstand"): _("Tatt i bruk"), _("Når"): formats.moment(kept.applied_at), _("Av"): by},
            yours={_("Tilstand"): yours, _("Når"): _("Nå"), _("Av"): _("Deg")},
        )


def _change(actor: Actor, kept: UnitFile, *, apply: bool) -> UnitLoad:
    return change_units(actor=actor, county_id=kept.county_id, rows=_rows(kept), source=SOURCE, apply=apply)


def _rows(kept: UnitFile) -> list[dict[str, str]]:
    return read_units(StringIO(kept.content, newline=""))


def _locked(actor: Actor, file_id: int) -> UnitFile:
    kept = UnitFile.objects.select_for_update(of=("self",)).filter(pk=file_id).first()
    if kept is None:
        raise Invalid(_("Filen finnes ikke lenger."))
    _may_load(actor, kept.county_id)
    return kept


def _may_load(actor: Actor, county_id: int) -> None:
    if not policies.may_load_units(actor=actor, county_id=county_id):
        raise NotAllowed(_("Du kan ikke endre enheter i fylke %02d.") % county_id)
