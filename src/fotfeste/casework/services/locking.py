"""Locking a case before a write, and telling the loser of a race what happened."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.casework.models import Registration
from fotfeste.casework.selectors.labels import status_label
from fotfeste.casework.selectors.whereabouts import is_protected
from fotfeste.kernel import formats
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.organisations.selectors import units


def lock_registration(*, registration_id: int) -> Registration:
    """
    Return the registration, locked until the transaction ends.

    :raises Invalid: there is none the actor may see; one transferred while we waited for the lock is none.
    """
    registration = lock_registrations(registration_ids=[registration_id]).get(registration_id)
    return must_be_there(registration)


def lock_registrations(*, registration_ids: Iterable[int]) -> dict[int, Registration]:
    """Return by id those among some registrations that the actor may see, locked in everybody's order."""
    return {row.pk: row for row in _locked().filter(pk__in=list(registration_ids)).order_by("pk")}


def must_be_there(registration: Registration | None) -> Registration:
    """
    Return the registration that was locked.

    :raises Invalid: there is none the actor may see; one transferred while we waited for the lock is none.
    """
    if registration is None:
        raise Invalid(_("Saken finnes ikke, eller du har ikke tilgang til den."))
    return registration


def lock_open_registration(*, youth_id: int) -> Registration | None:
    """Return the youth's open registration, locked; None when there is none the actor may see."""
    return lock_open_registrations(youth_ids=[youth_id]).get(youth_id)


def lock_open_registrations(*, youth_ids: Iterable[int]) -> dict[int, Registration]:
    """Return by youth the open registrations among theirs that the actor may see, locked in everybody's order."""
    rows = _locked().filter(youth_id__in=list(youth_ids), last_day=None)
    return {row.youth_id: row for row in rows.order_by("pk")}


def _locked() -> QuerySet[Registration]:
    return Registration.objects.select_for_update(of=("self",)).select_related("youth")


def must_be_open(registration: Registration) -> None:
    """
    Stop unless the registration is open.

    :raises IllegalTransition: it is closed.
    """
    if registration.last_day is not None:
        day = formats.short_day(registration.last_day)
        raise IllegalTransition(_("Tilmeldingen er avsluttet {day}.").format(day=day))


def check_version(registration: Registration, version: int | None, *, yours: dict[str, Any]) -> None:
    """
    Stop when somebody has changed the case since the user was shown it.

    :param version: what the user was shown; None for a job, which was shown nothing.
    :raises EditConflict: holds how the case stands and what was to be saved.
    """
    if version in {None, registration.version}:
        return
    must_be_as_seen(
        version,
        registration.version,
        _("Noen har endret saken mens du holdt på. Ingenting er lagret. Se hva som er endret, og prøv igjen."),
        theirs=how_it_stands(registration),
        yours=yours,
        about=registration.youth_id,
    )


def how_it_stands(registration: Registration) -> dict[str, Any]:
    """Return the case as the two sides of a conflict are shown; of a protected youth nothing that tells where."""
    shown = {
        _("Status"): status_label(registration.status_code),
        _("Fra"): formats.short_day(registration.status_since),
        _("Bekreftet"): formats.short_day(registration.status_confirmed_on),
    }
    if is_protected(registration.youth.protection):
        return shown
    person = registration.counsellor_id
    return shown | {
        _("Ansvarlig enhet"): units.unit_names({registration.unit_id}).get(registration.unit_id, ""),
        _("Ansvarlig person"): access.user_names({person}).get(person, "") if person else _("Ingen"),
    }
