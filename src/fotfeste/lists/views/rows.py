"""What the worklist shows of each youth."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.casework.policies import may_assign_counsellor
from fotfeste.casework.selectors import whereabouts
from fotfeste.casework.selectors.labels import reason_name, status_name
from fotfeste.casework.selectors.tones import status_tone
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
    may_register: bool
    may_set_status: bool
    may_choose: bool
    version: int


def row_of(
    registration: Any,
    *,
    actor: Actor,
    today: date,
    district_names: Mapping[str, str],
    registered_for: frozenset[int] = frozenset(),
) -> Row:
    """
    Return the row of a registration that has its youth, the youth's unit and the counsellor with it.

    :param registered_for: youths whose status the actor's school registers, though another unit follows them up.
    """
    youth = registration.youth
    where = {"actor": actor, "protection": youth.protection, "county_id": registration.county_id}
    tells_place = whereabouts.may_tell_place(**where)
    tells_unit = whereabouts.may_tell_unit(**where, unit_id=registration.unit_id)
    place = {"unit_id": registration.unit_id, "county_id": registration.county_id}
    unknown_since = registration.unknown_since
    return Row(
        youth_id=registration.youth_id,
        key=opaque.encode(registration.youth_id),
        url=reverse("casework:person", kwargs={"youth_id": registration.youth_id}),
        contact_url=reverse("lists:quick_contact", kwargs={"youth_id": registration.youth_id}),
        name=f"{youth.last_name}, {youth.first_name}",
        age=age_on(born=youth.born, day=today),
        is_protected=whereabouts.is_protected(youth.protection),
        place_is_hidden=not (tells_place and tells_unit),
        code=registration.status_code,
        status=status_name(registration.status_code),
        tone=status_tone(registration.status_code),
        since=registration.status_since,
        must_be_confirmed=_is_over(registration.status_confirm_by, today),
        unknown_since=unknown_since,
        unknown_days=(today - unknown_since).days if unknown_since else None,
        contact=_contact(registration),
        attempts=_attempts(registration),
        reached=registration.status_code == codes.UNKNOWN_ACTIVITY
        and registration.last_contact_on is not None
        and registration.last_contact_on >= (unknown_since or registration.status_since),
        unit=short_unit(youth.unit.name) if tells_unit else "",
        counsellor=registration.counsellor.name if registration.counsellor and tells_unit else "",
        reason=reason_name(registration.reason),
        district=district_names.get(registration.district_code, "") if tells_place else "",
        is_preventive=registration.is_preventive,
        may_register=_may_register(actor, **place) and registration.youth_id not in registered_for,
        may_set_status=actor.may_at(Permission.STATUS_SET, **place) or registration.youth_id in registered_for,
        may_choose=bool(may_assign_counsellor(actor=actor, unit_id=registration.unit_id)),
        version=registration.version,
    )


def _is_over(day: date | None, today: date) -> bool:
    return day is not None and day < today


def _contact(registration: Any) -> str:
    if registration.last_contact_on:
        return _("Nådd %(day)s") % {"day": formats.short_day(registration.last_contact_on)}
    return _("Ikke nådd") if registration.attempts else _("Ikke forsøkt")


def _attempts(registration: Any) -> str:
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
    """Return the words every row needs, once for the page."""
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
        "not_shown": _("Vises ikke"),
        "shielded": _("Skjermet"),
        "preventive": _("Forebyggende"),
        "must_be_confirmed": _("Må bekreftes"),
        "set_status": _("Nådd – sett status"),
        "choose": _("Velg"),
        "nobody": _("Ingen"),
    }
    return {"words": words, "steps": steps}
