"""The top of every screen about one youth: who, how the case stands, what one can do, and the tabs."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.topics import Topic
from fotfeste.casework import policies
from fotfeste.casework.selectors import opened_to, whereabouts, who_sees
from fotfeste.casework.selectors.labels import status_name
from fotfeste.casework.selectors.tones import status_tone
from fotfeste.casework.views import setting_status
from fotfeste.casework.views.person_parts import registered_tabs
from fotfeste.casework.views.release_chips import Chip, chips
from fotfeste.kernel import formats, opaque
from fotfeste.kernel.ui import Link, Tone
from fotfeste.people.enums import Protection
from fotfeste.people.policies import may_edit_youth
from fotfeste.people.selectors import age_on

if TYPE_CHECKING:
    from fotfeste.casework.selectors.person_page import PersonPage


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the actor may do with this case. The services ask again; this decides which buttons are shown."""

    register_contact: bool = False
    set_status: bool = False
    confirm_status: bool = False
    assign: bool = False
    choose_counsellor: bool = False
    offer_counsellor: bool = False
    edit: bool = False
    write_note: bool = False
    send_feedback: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """
    Who the page is about, and how the case stands.

    :ivar sees_status: whether the actor is told anything of the case; one who is asked about a name is not.
    :ivar unit: empty when the actor is not told it.
    :ivar contact: how it has gone to reach the youth, in one line.
    """

    youth_id: int
    name: str
    age: int
    protection: str
    tells_place: bool
    tells_unit: bool
    unit: str
    counsellor: str
    sees_status: bool
    is_open: bool
    is_preventive: bool
    code: str
    status: str
    tone: Tone
    since: date | None
    days: int
    must_be_confirmed: bool
    confirm_by: date | None
    contact: str
    reached: bool
    version: int
    may: Allowed
    chips: tuple[Chip, ...] = ()


def header_of(page: "PersonPage", *, actor: Actor, today: date) -> Header:
    """Return the header of a person page."""
    youth, registration = page.youth, page.registration
    where = {"actor": actor, "protection": youth.protection, "county_id": youth.county_id}
    is_open = registration is not None and registration.last_day is None
    code = registration.status_code if registration else ""
    since = registration.status_since if registration else None
    counsellor = page.user_names.get(registration.counsellor_id or 0, "") if registration else ""
    tells_unit = whereabouts.may_tell_unit(**where, unit_id=youth.unit_id)
    return Header(
        youth_id=youth.pk,
        name=full_name(youth),
        age=age_on(born=youth.born, day=today),
        protection=protection_label(youth),
        tells_place=whereabouts.may_tell_place(**where),
        tells_unit=tells_unit,
        unit=page.unit_names.get(youth.unit_id, "") if tells_unit else "",
        counsellor=counsellor if tells_unit else "",
        sees_status=registration is not None or who_sees.knows(actor=actor, topic=Topic.STATUS, youth=youth, on=today),
        is_open=is_open,
        is_preventive=bool(registration and registration.is_preventive),
        code=code,
        status=status_name(code) if code else "",
        tone=status_tone(code) if is_open else Tone.CLOSED,
        since=since,
        days=(today - since).days if since else 0,
        must_be_confirmed=is_open and page.must_be_confirmed,
        confirm_by=registration.status_confirm_by if registration else None,
        contact=_contact(registration) if is_open else "",
        reached=is_open and _reached(registration),
        version=registration.version if registration else 0,
        may=_allowed(actor, youth, registration if is_open else None, today),
        chips=tuple(chips(page.releases, page.release_bodies, on=today)),
    )


def full_name(youth: Any) -> str:
    """Return the name as people say it."""
    return f"{youth.first_name} {youth.last_name}"


def protection_label(youth: Any) -> str:
    """Return the grade of protection, or nothing when there is none."""
    return str(Protection(youth.protection).label) if whereabouts.is_protected(youth.protection) else ""


_KEYS = {
    "casework:person": "v",
    "casework:journal": "j",
    "casework:releases": "y",
    "collaboration:mapping": "a",
    "collaboration:meetings": "m",
    "collaboration:plan": "p",
    "collaboration:cooperation": "r",
    "collaboration:shared_notes": "d",
}


def tabs(page: "PersonPage", *, actor: Actor, today: date, current: str) -> list[Link]:
    """Return the tabs of the person page that the actor has something in."""
    youth = page.youth
    wanted = [
        (0, "casework:person", _("Oversikt"), None, None),
        (50, "casework:school_history", _("Skolehistorikk"), Topic.EDUCATION, len(page.known.enrolments)),
        (60, "casework:journal", _("Journal"), Topic.JOURNAL, sum(n.superseded_at is None for n in page.notes)),
        (70, "casework:releases", _("Samtykke"), Topic.CONSENT, None),
        (80, "casework:history", _("Historikk"), Topic.STATUS, None),
        (90, "casework:who_sees", _("Hvem ser hva"), Topic.STATUS, None),
        *((tab.order, tab.name, str(tab.label), tab.topic, None) for tab in registered_tabs()),
    ]
    asked = {topic for *_tab, topic, _count in wanted if topic is not None}
    known = who_sees.topics_known(actor=actor, asked=asked, youth=youth, on=today)
    key = opaque.encode(youth.pk)
    return [
        Link(
            label,
            opaque.addresses_of(name, "youth_id").of(key),
            name.partition(":")[2] == current,
            count,
            key=_KEYS.get(name, ""),
        )
        for _order, name, label, topic, count in sorted(wanted, key=lambda each: each[0])
        if topic is None or topic in known
    ]


def crumbs(actor: Actor, *, youth: Any = None, here: str = "", is_asked: bool = False) -> list[Link]:
    """
    Return the way back: the list, the youth, and the screen one is on.

    :param is_asked: the actor is only asked about the youth, and came from the list of those.
    """
    trail = [Link(_("Ungdommer"), reverse("lists:worklist"))] if actor.has(Permission.WORKLIST_VIEW) else []
    if is_asked and actor.has(Permission.OTUK_VIEW):
        trail = [Link(_("OTUK-lister"), reverse("lists:otuk"))]
    if here:
        trail.append(Link(full_name(youth), reverse("casework:person", kwargs={"youth_id": youth.pk})))
        trail.append(Link(here))
    return trail


def _contact(registration: Any) -> str:
    if registration.last_contact_on:
        return _("Sist nådd %(day)s") % {"day": formats.day(registration.last_contact_on)}
    count = registration.attempts
    if not count:
        return _("Ingen har forsøkt ennå")
    return ngettext("%(count)s forsøk, ikke nådd", "%(count)s forsøk, ikke nådd", count) % {"count": count}


def _reached(registration: Any) -> bool:
    """Say whether the youth has been reached since the activity became unknown, so that a status can be set."""
    since = registration.unknown_since or registration.status_since
    last = registration.last_contact_on
    return registration.status_code == codes.UNKNOWN_ACTIVITY and last is not None and last >= since


def _allowed(actor: Actor, youth: Any, registration: Any, today: date) -> Allowed:
    place = {"unit_id": youth.unit_id, "county_id": youth.county_id}
    tell = actor.has(Permission.FEEDBACK_SEND) and (
        youth.unit_id in actor.unit_ids or who_sees.knows(actor=actor, topic=Topic.FEEDBACK, youth=youth, on=today)
    )
    if registration is None:
        return Allowed(
            edit=bool(may_edit_youth(actor=actor, youth=youth)),
            write_note=bool(policies.may_write_note(actor=actor, **place)),
            send_feedback=tell,
        )
    sets, confirms = setting_status.offers(actor=actor, registration=registration, on=today)
    return Allowed(
        register_contact=_may_register_contact(actor, youth, today),
        set_status=sets,
        confirm_status=confirms,
        assign=bool(policies.may_assign_responsibility(actor=actor, **place)),
        choose_counsellor=_may_choose_counsellor(actor, youth, registration.counsellor_id),
        offer_counsellor=bool(
            policies.may_offer_counsellor(actor=actor, unit_id=youth.unit_id, now_id=registration.counsellor_id)
        ),
        edit=bool(may_edit_youth(actor=actor, youth=youth)),
        write_note=bool(policies.may_write_note(actor=actor, **place)),
        send_feedback=tell,
    )


def _may_choose_counsellor(actor: Actor, youth: Any, now_id: int | None) -> bool:
    """Whoever answers for the youth offers it to a colleague; others may take it, and the leader shares out."""
    allowed = policies.may_assign_counsellor(actor=actor, unit_id=youth.unit_id)
    return bool(allowed) and (now_id != actor.user_id or youth.unit_id in actor.led_unit_ids)


def _may_register_contact(actor: Actor, youth: Any, today: date) -> bool:
    place = {"unit_id": youth.unit_id, "county_id": youth.county_id}
    if not actor.has(Permission.CONTACT_REGISTER) or policies.may_register_contact(actor=actor, **place):
        return actor.has(Permission.CONTACT_REGISTER)
    followers = opened_to.follower_units(youth_id=youth.pk, on=today)
    return bool(policies.may_register_contact(actor=actor, **place, granted_units=followers))
