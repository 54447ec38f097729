"""What a status is tried against before it is written: the day, the code list, and the contact rule."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.access.verdict import allow_if
from fotfeste.casework.enums import Basis
from fotfeste.casework.models import ContactAttempt, Registration
from fotfeste.casework.selectors.contact_for_law import as_law_contact, live_attempts
from fotfeste.casework.selectors.decisions import decisions_for
from fotfeste.casework.selectors.labels import sentences
from fotfeste.casework.selectors.opened_to import registrar_units_of_each
from fotfeste.casework.services.rule_keeper import with_all_facts
from fotfeste.casework.services.status_events import live_stretches_of_each
from fotfeste.casework.services.status_timeline import Stretch
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import Invalid
from fotfeste.law.contact import DECLINED, MISTAKE, RegisterFact, may_leave_unknown
from fotfeste.law.outcomes import Membership
from fotfeste.law.readings import Readings, ReadingsOnDay
from fotfeste.organisations.selectors.readings import readings_of_each


@dataclass(frozen=True, slots=True)
class Ground:
    """
    What a status rests on.

    :ivar contact_id: a real contact; the latest one is taken when none is named.
    :ivar register_fact: one of ``law.contact.RegisterFact``, when a register shows it.
    :ivar text: how it was clarified, in the user's words (categories and dates, no case content).
    """

    basis: Basis = Basis.CONTACT
    contact_id: int | None = None
    register_fact: str = ""
    feedback_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """
    Who sets the statuses of some youths, and how their counties read the rules; read once for all of them.

    :ivar registrars: youth id -> the school that registers the status by a grant, as far as the actor may see it.
    :ivar readings: county -> its readings.
    """

    registrars: Mapping[int, frozenset[int]]
    readings: Mapping[int, Readings]

    def registrars_of(self, youth_id: int) -> frozenset[int]:
        """Return the school that registers the youth's status by a grant; or nothing."""
        return self.registrars.get(youth_id, frozenset())

    def readings_on(self, registration: Registration, day: date) -> ReadingsOnDay:
        """
        Return how the county of a registration reads the rules on a day.

        :raises BeforeOurHorizon: the day is before the oldest law we hold.
        """
        return self.readings[registration.county_id].on(day)


def terms_of(*, youth_ids: Iterable[int], county_ids: Iterable[int]) -> Terms:
    """Read on what terms the statuses of some youths are set."""
    registrars = registrar_units_of_each(youth_ids=youth_ids, on=clock.today())
    return Terms(registrars, readings_of_each(county_ids=county_ids))


@dataclass(frozen=True, slots=True)
class Known:
    """
    What the statuses of some youths are tried against; read once for all of them.

    :ivar stretches: youth id -> the statuses known now, the oldest first.
    :ivar attempts: youth id -> the attempts at contact that may count, the oldest first.
    :ivar outside: those outside the target group, of the youths for whom that decides which of two codes it is.
    """

    stretches: Mapping[int, list[Stretch]]
    attempts: Mapping[int, list[ContactAttempt]]
    outside: frozenset[int]


def known_of(
    *, actor: Actor, changed: Iterable[Registration], asked: list[tuple[Registration, str, date]], terms: Terms
) -> Known:
    """
    Read what some statuses are tried against.

    :param changed: the cases whose statuses change.
    :param asked: those of them for which a ground is given; with the activity, and its first day.
    """
    first = {case.youth_id: min(case.unknown_since or case.first_day, case.first_day) for case, _code, _on in asked}
    return Known(
        stretches=live_stretches_of_each(youth_ids=[case.youth_id for case in changed]),
        attempts=live_attempts(since=first),
        outside=_outside(actor, asked, terms),
    )


def _outside(actor: Actor, cases: list[tuple[Registration, str, date]], terms: Terms) -> frozenset[int]:
    by_day: dict[date, list[int]] = defaultdict(list)
    for case, code, on in cases:
        if codes.list_on(on).name == codes.CURRENT and codes.has_im_twin(code):
            by_day[on].append(case.youth_id)
    outside: set[int] = set()
    for on, youth_ids in by_day.items():
        with with_all_facts(actor=actor, youth_ids=youth_ids):
            decided = decisions_for(youth_ids=youth_ids, on=on, readings=terms.readings)
        outside |= {pk for pk, (_case, each) in decided.items() if each.statutory.outcome is Membership.NOT_IN_OT}
    return frozenset(outside)


def check_day(on: date, registration: Registration) -> None:
    """
    Stop unless a status may begin on the day.

    :raises Invalid: it is ahead, or before the youth was registered.
    """
    if on > clock.today():
        raise Invalid(_("En status kan ikke settes fram i tid."))
    if on < registration.first_day:
        day = formats.short_day(registration.first_day)
        raise Invalid(_("Ungdommen ble tilmeldt {day}. Velg den dagen eller en senere.").format(day=day))


def code_to_record(code: str, on: date, *, is_member: bool) -> str:
    """
    Return the code that is recorded for an activity: its twin when the youth is outside the target group.

    The user picks the activity; membership decides which of the two codes it is.

    :raises Invalid: the list of the day does not have it.
    """
    status_list = codes.list_on(on).name
    if status_list == codes.CURRENT:
        code = codes.derive_im_twin(code, is_member)
    if code.casefold() == MISTAKE.casefold():
        raise Invalid(_("Bruk «Registrert ved feil» for å si at tilmeldingen er feil."))
    if codes.code_on(status_list, code, on) is None:
        raise Invalid(_("{code} finnes ikke i kodeverket den dagen.").format(code=code))
    return code


def check_ground(
    registration: Registration, replaced: list[str], code: str, ground: Ground, *, known: Known, terms: Terms
) -> ContactAttempt | None:
    """
    Try the contact rule where it applies, and return the contact the status rests on.

    :param replaced: the codes that stand now in the period.
    :raises NotAllowed: with the rule's own explanation.
    :raises Invalid: nothing is said of how it was clarified, or the contact named is none.
    """
    since = registration.unknown_since or registration.first_day
    attempts = known.attempts[registration.youth_id]
    contact = _named_contact(ground, [attempt for attempt in attempts if attempt.is_contact])
    leaves_unknown = codes.UNKNOWN_ACTIVITY in replaced and code != codes.UNKNOWN_ACTIVITY
    if leaves_unknown or codes.base_of_twin(code) == DECLINED:
        born = registration.youth.born
        decision = may_leave_unknown(
            new_code=code,
            contacts=[as_law_contact(attempt, born=born) for attempt in attempts if attempt.on >= since],
            register_facts=[RegisterFact(ground.register_fact)] if ground.register_fact else [],
            readings=terms.readings_on(registration, clock.today()),
        )
        allow_if(decision.outcome, otherwise=sentences(decision.reasons)).require()
    elif not (contact or ground.register_fact or ground.feedback_id or ground.text.strip()):
        raise Invalid(_("Skriv hvordan det ble avklart, eller registrer kontakten først."))
    return contact


def _named_contact(ground: Ground, real: list[ContactAttempt]) -> ContactAttempt | None:
    if ground.contact_id is not None:
        named = next((attempt for attempt in real if attempt.pk == ground.contact_id), None)
        if named is None:
            raise Invalid(_("Dette er ikke en reell kontakt med ungdommen i denne tilmeldingen."))
        return named
    return real[-1] if real and ground.basis in {Basis.CONTACT, Basis.CORRECTION} else None
