"""Why: whether the youth belongs to the service, which unit answers, what the status rests on, and what comes next."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework import policies
from fotfeste.casework.enums import AssignmentGround, Basis
from fotfeste.casework.selectors.contact_rule import why_status
from fotfeste.casework.selectors.decisions import decisions_for
from fotfeste.casework.selectors.labels import membership_words, status_name
from fotfeste.casework.views.header import Header
from fotfeste.kernel import formats
from fotfeste.kernel.ui import Todo
from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.decision import Decision
from fotfeste.law.end_dates import last_day_of_right, last_day_of_service

if TYPE_CHECKING:
    from fotfeste.casework.selectors.person_page import PersonPage

_BY_PEOPLE = frozenset({AssignmentGround.MANUAL, AssignmentGround.TAKEN_OVER})


@dataclass(frozen=True, slots=True)
class Belonging:
    """
    The two answers to whether the youth belongs, and the two end dates.

    :ivar wider: the county's own target group; None when it says the same as the Act.
    """

    statutory: Decision[Any] | None
    statutory_text: str
    local: Decision[Any] | None
    local_text: str
    decided_on: date | None
    last_day_of_service: date | None
    last_day_of_right: date


@dataclass(frozen=True, slots=True)
class Responsible:
    """
    Which unit answers, since when and why.

    :ivar unit: empty when the reader is not told it.
    :ivar is_todays: the reasons are those of the rules today; none were kept when the unit was chosen.
    :ivar can_ask: they can be asked for.
    """

    unit: str
    since: date | None
    ground: str
    reason: str
    by: str
    distance: str
    decision: Decision[Any] | None
    is_todays: bool
    can_ask: bool


@dataclass(frozen=True, slots=True)
class StatusGround:
    """What the status rests on, in words, and the rule behind it where there is one."""

    text: str
    by: str
    decision: Decision[Any] | None


def belonging(page: "PersonPage", today: date) -> Belonging | None:
    """Return whether the youth belongs; None when the reader sees no decision."""
    if page.membership is None:
        return None
    statutory, local = page.membership_decision("statutory"), page.membership_decision("local")
    try:
        ends = last_day_of_service(born=page.youth.born, as_of=today)
    except BeforeOurHorizon:
        ends = None
    return Belonging(
        statutory=statutory,
        statutory_text=membership_words(page.membership.statutory),
        local=local,
        local_text=membership_words(page.membership.local),
        decided_on=page.membership.decided_on,
        last_day_of_service=ends,
        last_day_of_right=last_day_of_right(born=page.youth.born),
    )


def responsible(
    page: "PersonPage", header: Header, *, actor: Actor, today: date, asks_rules: bool
) -> Responsible | None:
    """
    Return which unit answers now and why; None when the reader sees none.

    :param asks_rules: try the rules of today where no reasons were kept.
    """
    held = page.responsibility
    if held is None:
        return None
    distance = ""
    if held.distance_metres is not None and header.tells_unit:
        metres = formats.number(held.distance_metres)
        distance = _("%(metres)s meter i luftlinje (skoledata %(version)s)") % {
            "metres": metres,
            "version": held.data_version,
        }
    kept = page.unit_decision(held)
    place = {"unit_id": page.youth.unit_id, "county_id": page.youth.county_id}
    is_ruled = kept is None and held.ground not in _BY_PEOPLE
    can_ask = is_ruled and bool(policies.may_explain(actor=actor, **place))
    return Responsible(
        unit=held.holder.name if header.tells_unit else "",
        since=held.first_day,
        ground=str(AssignmentGround(held.ground).label),
        reason=held.reason if header.tells_unit else "",
        by=page.user_names.get(held.decided_by_id, "") if held.ground in _BY_PEOPLE else "",
        distance=distance,
        decision=kept or (_by_todays_rules(page, today) if can_ask and asks_rules else None),
        is_todays=kept is None,
        can_ask=can_ask and not asks_rules,
    )


def _by_todays_rules(page: "PersonPage", today: date) -> Decision[Any] | None:
    """Ask the rules again where no reasons were kept: cases taken over from the register that was before."""
    found = decisions_for(youth_ids=[page.youth.pk], on=today).get(page.youth.pk)
    return found[1].unit if found else None


def status(page: "PersonPage") -> StatusGround | None:
    """Return what the present status rests on."""
    registration = page.registration
    events = [e for e in page.status_events if registration and e.registration_id == registration.pk]
    if registration is None or not events:
        return None
    event = events[0]
    decision = why_status(
        event=event,
        unknown_since=registration.unknown_since,
        attempts=page.attempts,
        born=page.youth.born,
        by=page.readings,
    )
    text = _("%(status)s fra %(day)s. %(basis)s.") % {
        "status": status_name(event.code, event.code_list),
        "day": formats.day(registration.status_since),
        "basis": Basis(event.basis).label,
    }
    return StatusGround(text=text, by=page.user_names.get(event.set_by_id, ""), decision=decision)


def promises(page: "PersonPage", header: Header, today: date) -> list[Todo]:
    """Return what comes next in the case, what is most pressing first."""
    registration = page.registration
    if registration is None or not header.is_open:
        return []
    due, reached = registration.next_promise_on, _("Ungdommen er nådd. Si hva ungdommen gjør.")
    found = [
        _todo("register_contact", header, _("Ta kontakt"), _never_reached(registration), due, today),
        _todo("set_status", header, _("Sett status"), reached if header.reached else "", None, today),
        _todo("confirm_status", header, _("Bekreft status"), _confirm_text(header), header.confirm_by, today),
    ]
    return [todo for todo in found if todo is not None]


def _never_reached(registration: Any) -> str:
    if registration.unknown_since is None:
        return ""
    if registration.last_contact_on and registration.last_contact_on >= registration.unknown_since:
        return ""
    if not registration.attempts:
        return _("Ingen har forsøkt å nå ungdommen ennå.")
    if registration.last_contact_on:
        day = formats.day(registration.last_contact_on)
        return _("Ungdommen er ikke nådd siden %(day)s. Prøv en annen kanal enn sist.") % {"day": day}
    return _("Ungdommen er ikke nådd. Prøv en annen kanal enn sist.")


def _confirm_text(header: Header) -> str:
    if header.confirm_by is None:
        return ""
    if header.must_be_confirmed:
        return _("Statusen er ikke bekreftet innen fristen. Stemmer den fortsatt?")
    if not header.may.set_status:
        return _("De som følger opp, sier om statusen fortsatt stemmer.")
    return _("Si at statusen fortsatt stemmer, eller sett en ny.")


def _todo(name: str, header: Header, who: str, what: str, due: date | None, today: date) -> Todo | None:
    if not what:
        return None
    url_name = "set_status" if name == "confirm_status" else name
    may = header.may.register_contact if name == "register_contact" else header.may.set_status
    url = reverse(f"casework:{url_name}", kwargs={"youth_id": header.youth_id}) if may else ""
    overdue = due is not None and due < today
    words = _("fristen var %(day)s") if overdue else _("innen %(day)s")
    return Todo(who, what, url, due, words % {"day": formats.day(due)} if due else "", overdue)
