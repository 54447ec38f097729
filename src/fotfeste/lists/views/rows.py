"""What the worklist shows of each youth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.casework.policies import may_assign_counsellor
from fotfeste.casework.selectors import whereabouts
from fotfeste.casework.selectors.labels import reason_name, status_name
from fotfeste.casework.selectors.listed import ListedCase
from fotfeste.casework.selectors.tones import status_tone
from fotfeste.collaboration.selectors.tasks import reminders_of
from fotfeste.kernel import formats, opaque
from fotfeste.kernel.ui import Tone
from fotfeste.people.selectors import age_on


@dataclass(frozen=True, slots=True)
class Row:
    """
    One open registration as the list shows it.

    :ivar key: stands for the youth in the page, as the id of the row.
    :ivar unit: empty when the actor is not told it; ``place_is_hidden`` says that something is held back.
    :ivar reached: real contact since the activity became unknown, so that a status may be set.
    """

    youth_id: int
    key: str
    url: str
    contact_url: str
    status_url: str
    name: str
    age: int
    is_protected: bool
    place_is_hidden: bool
    code: str
    status: str
    tone: Tone
    since: date
    must_be_confirmed: bool
    unknown_since: date | None
    unknown_days: int | None
    contact: str
    attempts: str
    reached: bool
    unit: str
    counsellor: str
    reason: str
    district: str
    is_preventive: bool
    promise: date | None
    confirm_by: date | None
    may_register: bool
    may_set_status: bool
    may_choose: bool
    version: int


class RowMaker:
    """
    Makes the rows of one page: whatever is the same for many of them is asked once.

    :param registered_for: youths whose status the actor's school registers, though another unit follows them up.
    """

    def __init__(
        self,
        *,
        actor: Actor,
        today: date,
        district_names: Mapping[str, str],
        registered_for: frozenset[int] = frozenset(),
    ) -> None:
        self._actor, self._today, self._district_names = actor, today, district_names
        self._registered_for = registered_for
        self._person = opaque.Addresses("casework:person", "youth_id")
        self._contact = opaque.Addresses("lists:quick_contact", "youth_id")
        self._set_status = opaque.Addresses("casework:set_status", "youth_id")
        self._may: dict[tuple[int, int], tuple[bool, bool, bool]] = {}

    def row_of(self, case: ListedCase) -> Row:
        """Return the row of one open registration."""
        actor, today, unknown_since = self._actor, self._today, case.unknown_since
        tells_place = whereabouts.may_tell_place(actor=actor, protection=case.protection, county_id=case.county_id)
        tells_unit = tells_place or case.unit_id in actor.unit_ids
        may_register, may_set_status, may_choose = self._may_at(case.unit_id, case.county_id)
        is_registered_here = case.youth_id in self._registered_for
        key = opaque.encode(case.youth_id)
        return Row(
            youth_id=case.youth_id,
            key=key,
            url=self._person.of(key),
            contact_url=self._contact.of(key),
            status_url=self._set_status.of(key),
            name=f"{case.last_name}, {case.first_name}",
            age=age_on(born=case.born, day=today),
            is_protected=whereabouts.is_protected(case.protection),
            place_is_hidden=not (tells_place and tells_unit),
            code=case.status_code,
            status=status_name(case.status_code),
            tone=status_tone(case.status_code),
            since=case.status_since,
            must_be_confirmed=case.status_confirm_by is not None and case.status_confirm_by < today,
            unknown_since=unknown_since,
            unknown_days=(today - unknown_since).days if unknown_since else None,
            contact=_contact(case),
            attempts=_attempts(case),
            reached=case.status_code == codes.UNKNOWN_ACTIVITY
            and case.last_contact_on is not None
            and case.last_contact_on >= (unknown_since or case.status_since),
            unit=short_unit(case.unit_name) if tells_unit else "",
            counsellor=case.counsellor_name or "" if tells_unit else "",
            reason=reason_name(case.reason),
            district=self._district_names.get(case.district_code, "") if tells_place else "",
            is_preventive=case.is_preventive,
            promise=case.next_promise_on,
            confirm_by=case.status_confirm_by,
            may_register=may_register and not is_registered_here,
            may_set_status=may_set_status or is_registered_here,
            may_choose=may_choose,
            version=case.version,
        )

    def _may_at(self, unit_id: int, county_id: int) -> tuple[bool, bool, bool]:
        """Say whether to offer the buttons, a change of status, and a choice of who answers, for a unit's youths."""
        if (unit_id, county_id) not in self._may:
            place = {"unit_id": unit_id, "county_id": county_id}
            self._may[unit_id, county_id] = (
                _may_register(self._actor, **place),
                self._actor.may_at(Permission.STATUS_SET, **place),
                bool(may_assign_counsellor(actor=self._actor, unit_id=unit_id)),
            )
        return self._may[unit_id, county_id]


def reminders_for(actor: Actor, cases: Iterable[ListedCase]) -> dict[int, tuple[str, date | None]]:
    """Return what the actor's units are to remember of some youths, and when, by youth."""
    found = reminders_of(youth_ids=[case.youth_id for case in cases], unit_ids=actor.unit_ids)
    return {youth_id: (task.what, task.due_on) for youth_id, task in found.items()}


def _contact(registration: ListedCase) -> str:
    if registration.last_contact_on:
        return _("Nådd %(day)s") % {"day": formats.short_day(registration.last_contact_on)}
    return _("Ikke nådd") if registration.attempts else _("Ikke forsøkt")


def _attempts(registration: ListedCase) -> str:
    """Tell of the attempts that came to nothing since the last contact."""
    last = registration.last_attempt_on
    if last is None or (registration.last_contact_on and last <= registration.last_contact_on):
        return ""
    day = formats.short_day(last)
    if registration.last_contact_on:
        return _("Forsøk %(day)s") % {"day": day}
    text = ngettext("%(count)s forsøk, %(day)s", "%(count)s forsøk, %(day)s", registration.attempts)
    return text % {"count": formats.number(registration.attempts), "day": day}


def short_unit(name: str) -> str:
    """Return a unit's name as people say it where there is little room."""
    return name.replace(" videregående skole", " vgs")


def _may_register(actor: Actor, *, unit_id: int, county_id: int) -> bool:
    """Say whether to offer the buttons: by role there, or because the row was opened to the actor's unit by a grant."""
    if actor.may_at(Permission.CONTACT_REGISTER, unit_id=unit_id, county_id=county_id):
        return True
    opened_by_role = actor.may_at(Permission.WORKLIST_VIEW, unit_id=unit_id, county_id=county_id)
    return actor.has(Permission.CONTACT_REGISTER) and not opened_by_role


@dataclass(frozen=True, slots=True)
class Step:
    """One of a row's buttons: its key, what it sends, and its words."""

    key: int
    value: str
    label: str
    before: str = ""


def row_words() -> dict[str, object]:
    """Return the words every row needs, escaped once for the page."""
    called = _("ringte – ")
    steps = (
        Step(1, "svarte", _("Fikk svar"), called),
        Step(2, "ikke-svar", _("Ikke svar"), called),
        Step(3, "sms", _("SMS sendt")),
        Step(4, "mott", _("Møtt")),
    )
    words = {
        "name": _("Navn"),
        "age": _("Alder"),
        "years": _("år"),
        "status": _("Status"),
        "since": _("siden"),
        "unknown": _("Ukjent i"),
        "contact": _("Kontakt"),
        "responsible": _("Ansvarlig"),
        "reason": _("Årsak"),
        "district": _("Bydel"),
        "promise": _("Neste løfte"),
        "confirm": _("Bekreftes innen"),
        "reminder": _("Huskelapp"),
        "not_shown": _("Vises ikke"),
        "shielded": _("Skjermet"),
        "preventive": _("Forebyggende"),
        "must_be_confirmed": _("Må bekreftes"),
        "set_status": _("Nådd – sett status"),
        "choose": _("Velg"),
        "nobody": _("Ingen"),
    }
    return {"words": {name: mark_safe(escape(word)) for name, word in words.items()}, "steps": steps}
