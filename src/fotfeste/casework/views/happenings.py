"""What has happened in a case, in the words of the timeline and of the history."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.enums import (
    REACHED,
    AnsweredBy,
    AssignmentGround,
    AttemptResult,
    Basis,
    Channel,
    CounsellorGround,
    Direction,
    EndReason,
    FeedbackCategory,
    FeedbackState,
)
from fotfeste.casework.forms.status import REGISTER_FACTS
from fotfeste.casework.selectors.labels import end_name, programme_name, reason_name, source_name, status_name
from fotfeste.casework.selectors.timeline import Entry, Happening
from fotfeste.casework.selectors.tones import status_tone
from fotfeste.casework.views.attached import links_by_note
from fotfeste.casework.views.header import Header
from fotfeste.kernel import formats, ui
from fotfeste.kernel.ui import Tone
from fotfeste.law.contact import RegisterFact
from fotfeste.people.enums import EnrolmentKind

if TYPE_CHECKING:
    from fotfeste.casework.selectors.person_page import PersonPage

#: What one can narrow the timeline to: the word in the address, and the kinds of happening.
KINDS: dict[str, frozenset[Happening]] = {
    "kontakt": frozenset({Happening.CONTACT}),
    "status": frozenset({Happening.STATUS, Happening.CONFIRMED, Happening.REGISTERED, Happening.CLOSED}),
    "ansvar": frozenset({Happening.RESPONSIBILITY, Happening.COUNSELLOR}),
    "journal": frozenset({Happening.NOTE}),
    "delt": frozenset({Happening.SHARED_NOTE}),
    "meldinger": frozenset({Happening.FEEDBACK}),
    "skole": frozenset({Happening.ENROLLED, Happening.LEFT_SCHOOL}),
    "samarbeid": frozenset({Happening.COOPERATION, Happening.SHARED_NOTE}),
}


@dataclass(frozen=True, slots=True)
class Told:
    """
    One happening in words, before it is known where it is shown.

    :ivar by: who did it, where an app above tells it; else the timeline finds the name.
    """

    title: str
    text: str = ""
    icon: str = "circle-dot"
    tone: Tone = Tone.NEUTRAL
    visibility: str = ""
    url: str = ""
    url_label: str = ""
    by: str = ""
    files: tuple[ui.FileLink, ...] = ()


class Teller:
    """Tells the happenings of one case to one reader; where a protected youth is, only to those who may know."""

    def __init__(self, page: "PersonPage", header: Header, actor: Actor) -> None:
        self.page, self.header, self.actor = page, header, actor
        self.files = links_by_note(page.attachments, name="casework:journal_attachment")
        self._tell: dict[Happening, Callable[[Any], Told]] = {
            Happening.REGISTERED: self._registered,
            Happening.CLOSED: self._closed,
            Happening.STATUS: self._status,
            Happening.CONFIRMED: self._confirmed,
            Happening.RESPONSIBILITY: self._responsibility,
            Happening.COUNSELLOR: self._counsellor,
            Happening.CONTACT: self._attempt,
            Happening.NOTE: self._note,
            Happening.FEEDBACK: self._feedback,
            Happening.ENROLLED: self._enrolled,
            Happening.LEFT_SCHOOL: self._left,
            Happening.COOPERATION: lambda told: told,
            Happening.SHARED_NOTE: lambda told: told,
        }

    def happening(self, entry: Entry) -> ui.Happening:
        """Return an entry as the timeline draws it."""
        told = self.told(entry)
        return ui.Happening(
            at=entry.on,
            title=_("%(title)s (trukket tilbake)") % {"title": told.title} if self._is_withdrawn(entry) else told.title,
            text=told.text,
            by=self.by(entry),
            icon=told.icon,
            tone=Tone.NEUTRAL if entry.is_struck else told.tone,
            visibility=told.visibility,
            url="" if entry.is_struck else told.url,
            url_label=told.url_label,
            files=told.files,
        )

    def told(self, entry: Entry) -> Told:
        """Return an entry in words."""
        return self._tell[entry.kind](entry.row)

    def by(self, entry: Entry) -> str:
        """Return who did it, or the list that told it. At a protected youth a colleague's name would tell the unit."""
        if isinstance(entry.row, Told):
            return entry.row.by
        if entry.by_id is None:
            return source_name(getattr(entry.row, "source", ""))
        return self.page.user_names.get(entry.by_id, "") if self.header.tells_unit else ""

    @staticmethod
    def _is_withdrawn(entry: Entry) -> bool:
        """Say whether the title is to tell that it was withdrawn. Notes and what other apps tell say so themselves."""
        return entry.is_struck and entry.kind is not Happening.NOTE and not isinstance(entry.row, Told)

    def _registered(self, row: Any) -> Told:
        text = _("Skoleåret %(year)s") % {"year": formats.school_year(row.school_year)}
        return Told(_("Tilmeldt: %(why)s") % {"why": reason_name(row.reason)}, text, "flag", Tone.INFO)

    def _closed(self, row: Any) -> Told:
        why = str(EndReason(row.end_reason).label) if row.end_reason in EndReason.values else row.end_reason
        return Told(_("Tilmeldingen avsluttet"), why, "circle-slash", Tone.CLOSED)

    def _status(self, row: Any) -> Told:
        text = _("%(code)s. %(basis)s") % {"code": row.code, "basis": Basis(row.basis).label}
        return Told(
            _("Status: %(status)s") % {"status": status_name(row.code, row.code_list)},
            " – ".join(filter(None, (text, fact_name(row.basis_text)))),
            ui.TONES[status_tone(row.code, row.code_list)][1],
            status_tone(row.code, row.code_list),
        )

    def _confirmed(self, row: Any) -> Told:
        return Told(
            _("Status bekreftet: %(status)s") % {"status": status_name(row.code)}, icon="user-check", tone=Tone.OK
        )

    def _responsibility(self, row: Any) -> Told:
        why = row.reason or str(AssignmentGround(row.ground).label)
        if not self._may_name(row.holder_id):
            return Told(_("Ansvarlig enhet fastsatt"), _("Enheten vises ikke."), "building-2")
        return Told(_("Ansvarlig enhet: %(unit)s") % {"unit": row.holder.name}, why, "building-2", Tone.INFO)

    def _counsellor(self, row: Any) -> Told:
        why = str(CounsellorGround(row.ground).label) if row.ground != CounsellorGround.CHOSEN else ""
        if not self._may_name(row.unit_then):
            return Told(_("Ansvarlig person valgt"), _("Personen vises ikke."), "user-check")
        name = self.page.user_names.get(row.counsellor_id or 0, "")
        title = _("Ansvarlig person: %(name)s") % {"name": name} if name else _("Ingen ansvarlig person")
        return Told(title, why, "user-check")

    def _attempt(self, row: Any) -> Told:
        result = str(AttemptResult(row.result).label)
        if row.answered_by and row.answered_by != AnsweredBy.YOUTH:
            result = f"{result} – {AnsweredBy(row.answered_by).label.lower()}"
        channel = str(Channel(row.channel).label)
        title = f"{channel}: {result}" if row.direction == Direction.OUT else _("Ungdommen tok kontakt: %s") % channel
        url = reverse("casework:withdraw_contact", kwargs={"youth_id": row.youth_id, "attempt_id": row.pk})
        only_attempt = row.result in REACHED and not row.is_contact
        return Told(
            title,
            " ".join(filter(None, (_("Teller som forsøk, ikke kontakt.") if only_attempt else "", row.note))),
            "phone" if row.is_contact else "phone-missed",
            Tone.OK if row.is_contact else Tone.ATTENTION,
            url=url if self.header.may.register_contact else "",
            url_label=_("Trekk tilbake"),
        )

    def _note(self, row: Any) -> Told:
        title = _("Journalnotat (rettet senere)") if row.superseded_at else _("Journalnotat")
        url = reverse("casework:correct_note", kwargs={"youth_id": row.youth_id, "note_id": row.pk})
        may = self.header.may.write_note
        return Told(
            title,
            row.text,
            "file-text",
            visibility="internal",
            url=url if may else "",
            url_label=_("Rett"),
            files=self.files[row.pk],
        )

    def _feedback(self, row: Any) -> Told:
        who = self.page.unit_names.get(row.from_unit_id, "") if self._may_name(row.from_unit_id) else ""
        what = FeedbackCategory(row.category).label
        title = _("Melding fra %(unit)s: %(what)s") if who else _("Melding: %(what)s")
        activity = status_name(row.activity_code) if row.activity_code else ""
        state = str(FeedbackState(row.state).label)
        text = ". ".join(filter(None, (activity, row.next_step, state, row.question)))
        return Told(title % {"unit": who, "what": what}, text, "message-square-text", Tone.INFO)

    def _enrolled(self, row: Any) -> Told:
        return Told(_("Begynte: %(what)s") % {"what": EnrolmentKind(row.kind).label}, self._school(row), "school")

    def _left(self, row: Any) -> Told:
        text = ". ".join(filter(None, (self._school(row), end_name(row.end_reason))))
        return Told(_("Sluttet: %(what)s") % {"what": EnrolmentKind(row.kind).label}, text, "log-out")

    def _school(self, row: Any) -> str:
        return school_of(row) if self._may_name(row.school_id) else ""

    def _may_name(self, unit_id: int | None) -> bool:
        return may_name(self.header, self.actor, unit_id)


def may_name(header: Header, actor: Actor, unit_id: int | None) -> bool:
    """Say whether a unit may be named: at a protected youth each tells where the youth is or was, but one's own."""
    return header.tells_place or unit_id in actor.unit_ids


def school_of(row: Any) -> str:
    """Return the school or company, with programme and level; the code of the programme area stands behind its name."""
    name = row.school.name if row.school else row.school_name
    programme = programme_name(row.programme, row.first_day or row.last_day)
    if not programme:
        return ", ".join(filter(None, (name, row.programme, row.level)))
    return ", ".join(filter(None, (name, programme, row.level))) + f" ({row.programme})"


def fact_name(text: str) -> str:
    """Return what a status rests on: a fact of a register by name, or what somebody has written."""
    return str(REGISTER_FACTS[RegisterFact(text)]) if text in list(RegisterFact) else text
