"""A case as it was known at a moment, as lines of a table."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.casework.selectors.known_then import Known, KnownCase
from fotfeste.casework.selectors.labels import reason_name
from fotfeste.casework.views.changes import ChangeTeller, code_name
from fotfeste.kernel import formats


@dataclass(frozen=True, slots=True)
class KnownRow:
    """One fact of a case as it was known: what it is, what it said, and in which days."""

    what: str
    said: str
    first_day: date | None = None
    last_day: date | None = None


def known_rows(known: KnownCase, teller: ChangeTeller) -> list[KnownRow]:
    """Return a case as it was known, as lines of a table."""
    rows = []
    if known.identity is not None:
        rows.append(KnownRow(_("Navn"), " ".join(known.identity.name)))
        rows.append(KnownRow(_("Født"), formats.day(known.identity.born)))
    rows += [_dated(_("Tilmeldt"), each, reason_name(each.row.reason)) for each in known.registrations]
    rows += [_dated(_("Status"), each, code_name(each.row)) for each in known.statuses]
    rows += [_dated(_("Ansvarlig enhet"), each, teller.unit(each.row)) for each in known.units]
    rows += [_dated(_("Ansvarlig person"), each, teller.person(each.row)) for each in known.people]
    return [*rows, KnownRow(_("Kontakt"), _contact(known))]


def _contact(known: KnownCase) -> str:
    if not known.attempts:
        return _("Ingen forsøk")
    count = {"count": formats.number(known.attempts)}
    said = ngettext("%(count)s forsøk", "%(count)s forsøk", known.attempts) % count
    if known.last_contact_on is None:
        return said
    return _("%(attempts)s, sist nådd %(day)s") % {"attempts": said, "day": formats.day(known.last_contact_on)}


def _dated(what: str, known: Known, said: str) -> KnownRow:
    return KnownRow(what, said, known.first_day, known.last_day)
