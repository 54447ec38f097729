"""What has become of a case, in words: what it was, what it became, who, when and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.enums import AssignmentGround, Basis, CounsellorGround, EndReason
from fotfeste.casework.selectors.changes import CaseHistory, Change, ChangeKind
from fotfeste.casework.selectors.labels import reason_name, source_name, status_name
from fotfeste.casework.views.happenings import Teller, fact_name, may_name
from fotfeste.casework.views.header import Header
from fotfeste.casework.views.identity_words import identity_words
from fotfeste.kernel import formats
from fotfeste.law.decision import Decision

if TYPE_CHECKING:
    from fotfeste.casework.selectors.person_page import PersonPage

#: What the history can be narrowed to: the word in the address, and the kinds of change.
GROUPS: dict[str, frozenset[ChangeKind]] = {
    "status": frozenset({ChangeKind.STATUS, ChangeKind.REGISTERED, ChangeKind.CLOSED}),
    "ansvar": frozenset({ChangeKind.UNIT, ChangeKind.PERSON}),
    "hvem": frozenset({ChangeKind.IDENTITY, ChangeKind.MERGED, ChangeKind.UNMERGED}),
    "annet": frozenset({ChangeKind.RECORDED, ChangeKind.WITHDRAWN}),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A change in words, before it is said when and by whom."""

    what: str
    before: str = ""
    after: str = ""
    why: str = ""
    decision: Decision[Any] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """
    One line of the history.

    :ivar moment: the moment as an address holds it, to see the case as it was known then.
    :ivar is_plain: nothing stood there before, and nothing could have.
    """

    at: datetime
    moment: str
    said: Said
    first_day: date | None
    last_day: date | None
    by: str
    is_plain: bool
    is_struck: bool


class ChangeTeller:
    """Tells the changes of one case to one reader; where a protected youth is or was, only to those who may know."""

    def __init__(self, page: "PersonPage", past: CaseHistory, header: Header, actor: Actor) -> None:
        self.page, self.past, self.header, self.actor = page, past, header, actor
        self.teller = Teller(page, header, actor)
        self._say: dict[ChangeKind, Callable[[Change], Said]] = {
            ChangeKind.STATUS: self._status,
            ChangeKind.UNIT: self._unit,
            ChangeKind.PERSON: self._person,
            ChangeKind.REGISTERED: self._registered,
            ChangeKind.CLOSED: self._closed,
            ChangeKind.IDENTITY: lambda change: Said(*identity_words(change.row)),
            ChangeKind.MERGED: self._merged,
            ChangeKind.UNMERGED: self._unmerged,
            ChangeKind.RECORDED: self._recorded,
            ChangeKind.WITHDRAWN: self._withdrawn,
        }

    def row(self, change: Change) -> Row:
        """Return a change as the history shows it."""
        return Row(
            at=change.at,
            moment=change.at.isoformat(),
            said=self._say[change.kind](change),
            first_day=change.first_day,
            last_day=change.last_day,
            by=self._by(change),
            is_plain=change.kind in {ChangeKind.RECORDED, ChangeKind.REGISTERED},
            is_struck=change.kind is ChangeKind.RECORDED and change.row.is_struck,
        )

    def groups(self) -> list[tuple[str, str]]:
        """Return what the history can be narrowed to; only what this case has any of."""
        there = {change.kind for change in self.past.changes}
        names = [
            ("status", _("Status")),
            ("ansvar", _("Ansvar")),
            ("hvem", _("Navn og nummer")),
            ("annet", _("Kontakt, journal og skole")),
        ]
        return [("", _("Alt")), *((word, name) for word, name in names if GROUPS[word] & there)]

    def unit(self, row: Any) -> str:
        """Return the unit that answers in a row, when the reader may know it."""
        return str(row.holder.name) if may_name(self.header, self.actor, row.holder_id) else _("Vises ikke")

    def person(self, row: Any) -> str:
        """Return the person who answers in a row, when the reader may know the unit."""
        if not may_name(self.header, self.actor, row.unit_then):
            return _("Vises ikke")
        return self.past.user_names.get(row.counsellor_id or 0, "") or _("Ingen")

    def _by(self, change: Change) -> str:
        if change.kind is ChangeKind.RECORDED:
            return self.teller.by(change.row)
        if change.by_id is None:
            return source_name(getattr(change.row, "source", ""))
        return self.past.user_names.get(change.by_id, "") if self.header.tells_unit else ""

    def _status(self, change: Change) -> Said:
        why = ""
        if change.after is not None:
            basis = str(Basis(change.after.basis).label)
            why = ": ".join(filter(None, (basis, fact_name(change.after.basis_text))))
        return Said(_("Status"), code_name(change.before), code_name(change.after), why)

    def _unit(self, change: Change) -> Said:
        after = change.after
        why = after.reason or str(AssignmentGround(after.ground).label)
        before = self.unit(change.before) if change.before else ""
        tells = may_name(self.header, self.actor, after.holder_id)
        decision = self.page.unit_decision(after) if tells and not after.reason else None
        return Said(_("Ansvarlig enhet"), before, self.unit(after), why if tells else "", decision)

    def _person(self, change: Change) -> Said:
        before = self.person(change.before) if change.before else _("Ingen")
        why = str(CounsellorGround(change.after.ground).label)
        return Said(_("Ansvarlig person"), before, self.person(change.after), why)

    def _registered(self, change: Change) -> Said:
        year = _("Skoleåret %(year)s") % {"year": formats.school_year(change.row.school_year)}
        return Said(_("Tilmeldt"), "", year, reason_name(change.row.reason))

    def _closed(self, change: Change) -> Said:
        ended = change.row.end_reason
        why = str(EndReason(ended).label) if ended in EndReason.values else ended
        return Said(_("Tilmeldingen avsluttet"), _("Åpen"), _("Avsluttet"), why)

    def _merged(self, change: Change) -> Said:
        return Said(_("Slått sammen"), _("To registreringer"), self._who(change.row.kept_id), change.row.reason)

    def _unmerged(self, change: Change) -> Said:
        return Said(_("Sammenslåing angret"), self._who(change.row.kept_id), _("To registreringer"))

    def _who(self, youth_id: int) -> str:
        youth = self.past.youths.get(youth_id)
        return f"{youth.first_name} {youth.last_name}" if youth else _("En registrering du ikke har tilgang til")

    def _recorded(self, change: Change) -> Said:
        told = self.teller.told(change.row)
        return Said(told.title, why=_("Rettet eller trukket tilbake siden") if change.row.is_struck else "")

    def _withdrawn(self, change: Change) -> Said:
        return Said(_("Kontakt trukket tilbake"), self.teller.told(change.row).title, _("Teller ikke"))


def code_name(row: Any) -> str:
    """Return what a status event's code means; nothing when there is no event."""
    return status_name(row.code, row.code_list) if row else ""
