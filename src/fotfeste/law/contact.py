"""The contact rule: unknown activity ends with a real two-way contact or a trusted register fact, and nothing else.

A letter, an SMS or an e-mail without an answer is an attempt. What guardians tell counts only for those under 18, and
only where a reading allows it.

*The first real contact* is the first day, from the one the activity became unknown, with a contact ``judge_contact``
says is real. It is the same whether somebody logged it, or signed minutes or a mapping tell that the youth was talked
with (``casework.services.contacts.note_talk``); ``casework.selectors.contact_waits`` counts the days to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fotfeste import codes
from fotfeste.law import sources
from fotfeste.law.decision import Decision, Reason, gettext_noop
from fotfeste.law.readings import ReadingsOnDay
from fotfeste.spec import implements

MAJORITY_AGE = 18
_RULE = "rule-start-unknown"


class Channel(StrEnum):
    """How contact was sought."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    DIGITAL_POST = "digital_post"
    SOCIAL_MEDIA = "social_media"
    MEETING = "meeting"
    VIDEO = "video"
    HOME_VISIT = "home_visit"
    OUTREACH = "outreach"
    VIA_OTHERS = "via_others"


class Direction(StrEnum):
    """Who began: the service, or the youth's side."""

    OUT = "out"
    IN = "in"


class Result(StrEnum):
    """What came of it."""

    GOT_CONTACT = "got_contact"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    WRONG_ADDRESS = "wrong_address"


class AnsweredBy(StrEnum):
    """Who was in the other end."""

    YOUTH = "youth"
    GUARDIAN = "guardian"
    OTHER = "other"
    NOBODY = "nobody"


class GuardianTold(StrEnum):
    """What a guardian told about. The code list names illness and prison as examples that may count."""

    ILLNESS = "illness"
    CUSTODY = "custody"
    OTHER = "other"


class RegisterFact(StrEnum):
    """
    A fact that is trusted as much as a conversation: from a register, or the report of a district or Nav that the
    youth is clarified and followed up or active.
    """

    ENROLMENT = "enrolment"
    CONTRACT = "contract"
    PRIVATE_SCHOOL_REPORT = "private_school_report"
    MOVED_COUNTY = "moved_county"
    MOVED_ABROAD = "moved_abroad"
    PARTNER_REPORT = "partner_report"


# The codes each register fact may lead to, without the _IM twin.
CODES_OF_FACT: dict[RegisterFact, frozenset[str]] = {
    RegisterFact.ENROLMENT: frozenset({"OTEV", "OTVF", "ELVG_IM", "ELGS_IM"}),
    RegisterFact.CONTRACT: frozenset({"OTLL", "ELVG_IM"}),
    RegisterFact.PRIVATE_SCHOOL_REPORT: frozenset({"OTVF"}),
    RegisterFact.MOVED_COUNTY: frozenset({"OTFA_IM"}),
    RegisterFact.MOVED_ABROAD: frozenset({"OTFU_IM"}),
    RegisterFact.PARTNER_REPORT: frozenset({"OTOV", "OTOA", "OTAP", "OTKO", "OTAR", "OTEV", "OTVF", "OTLL"}),
}
MISTAKE = "Feil"
DECLINED = "OTNO"


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact or attempt. ``age`` is the youth's exact age that day."""

    channel: Channel
    direction: Direction
    result: Result
    answered_by: AnsweredBy
    age: int
    guardian_told: GuardianTold | None = None


def _told(text: str, holds: bool | None, reading: str | None = None) -> Reason:
    return Reason(_RULE, sources.UDIR_CODES, text, (), holds, reading)


def judge_contact(contact: Contact, readings: ReadingsOnDay) -> Decision[bool]:
    """
    Return whether a contact is real, and why.

    Source: Udir's rule for OTUK: a letter, SMS or e-mail without an answer is not contact; what guardians of youth
    under 18 tell may in some cases count.
    """
    if contact.result is not Result.GOT_CONTACT or contact.answered_by is AnsweredBy.NOBODY:
        text = gettext_noop("Ingen svarte. Det er et forsøk, ikke kontakt.")
        if contact.direction is Direction.OUT and contact.channel in _WRITTEN:
            text = gettext_noop("Brev, SMS eller e-post uten svar er et forsøk, ikke kontakt.")
        return Decision(False, (_told(text, False),))
    if contact.answered_by is AnsweredBy.YOUTH:
        return Decision(True, (_told(gettext_noop("Ungdommen selv svarte."), True),))
    if contact.answered_by is AnsweredBy.OTHER:
        text = gettext_noop("En annen enn ungdommen svarte. Det er et forsøk, ikke kontakt.")
        return Decision(False, (_told(text, False),))
    return _judge_guardian(contact, readings)


_WRITTEN = frozenset({Channel.SMS, Channel.EMAIL, Channel.LETTER, Channel.DIGITAL_POST, Channel.SOCIAL_MEDIA})


@implements("amb-41")
def _judge_guardian(contact: Contact, readings: ReadingsOnDay) -> Decision[bool]:
    if contact.age >= MAJORITY_AGE:
        text = gettext_noop("Foresatte svarte, men ungdommen er 18 år eller eldre. Det er et forsøk, ikke kontakt.")
        return Decision(False, (_told(text, False),))
    rule = readings["amb-41"]
    counts = rule == "always" or (
        rule == "illness_or_custody" and contact.guardian_told in {GuardianTold.ILLNESS, GuardianTold.CUSTODY}
    )
    text = gettext_noop("Foresatte til en under 18 år fortalte om sykdom eller fengsling. Det teller som kontakt.")
    if counts and rule == "always":
        text = gettext_noop("Foresatte til en under 18 år svarte. Det teller som kontakt.")
    if not counts:
        text = gettext_noop("Foresatte svarte, men det de fortalte, teller ikke som kontakt med ungdommen.")
    return Decision(counts, (_told(text, counts, "amb-41"),))


def is_real_contact(
    channel: Channel,
    direction: Direction,
    result: Result,
    answered_by: AnsweredBy,
    age: int,
    *,
    readings: ReadingsOnDay,
    guardian_told: GuardianTold | None = None,
) -> bool:
    """
    Return whether a contact is real: two-way, with the youth (or a guardian where that counts).

    Source: Udir's rule for OTUK.
    """
    return judge_contact(Contact(channel, direction, result, answered_by, age, guardian_told), readings).outcome


@implements("rule-start-unknown", "rule-uda-after-feedback")
def may_leave_unknown(
    *,
    new_code: str,
    contacts: Iterable[Contact] = (),
    register_facts: Iterable[RegisterFact] = (),
    readings: ReadingsOnDay,
) -> Decision[bool]:
    """
    Return whether the status may change from unknown activity to ``new_code``.

    ``contacts`` are those since unknown activity began. A registration by mistake may always be marked as one.
    Declined follow-up needs the youth's own words.

    Source: Udir's rule for OTUK; Samarbeidsavtalen kap. 4; Oslostandarden kap. 4 and 6.3.
    """
    if new_code == codes.UNKNOWN_ACTIVITY:
        return Decision(True, (_told(gettext_noop("Status er fortsatt ukjent aktivitet."), True),))
    if new_code == MISTAKE:
        return Decision(True, (_told(gettext_noop("Feilregistrering kan alltid rettes."), True),))
    base = codes.base_of_twin(new_code)
    for fact in register_facts:
        if base in CODES_OF_FACT[fact]:
            return Decision(True, (_told(_FACT_TEXTS[fact], True),))
    judged = [(contact, judge_contact(contact, readings)) for contact in contacts]
    real = [(contact, decision) for contact, decision in judged if decision.outcome]
    if base == DECLINED and not any(contact.answered_by is AnsweredBy.YOUTH for contact, _ in real):
        text = gettext_noop("Bare ungdommen selv kan takke nei. Registrer samtalen der ungdommen sa det.")
        return Decision(False, (_told(text, False),))
    if real:
        return Decision(True, real[-1][1].reasons)
    return Decision(False, _refusal(judged))


_FACT_TEXTS = {
    RegisterFact.ENROLMENT: gettext_noop("Elevregisteret viser at ungdommen har plass."),
    RegisterFact.CONTRACT: gettext_noop("Lærlingregisteret viser en løpende kontrakt."),
    RegisterFact.PRIVATE_SCHOOL_REPORT: gettext_noop("Den private skolen har meldt ungdommen som elev."),
    RegisterFact.MOVED_COUNTY: gettext_noop("Folkeregisteret viser at ungdommen har flyttet til et annet fylke."),
    RegisterFact.MOVED_ABROAD: gettext_noop("Folkeregisteret viser at ungdommen har flyttet til utlandet."),
    RegisterFact.PARTNER_REPORT: gettext_noop("Bydelen eller Nav har meldt at ungdommen er avklart og følges opp."),
}


def _refusal(judged: list[tuple[Contact, Decision[bool]]]) -> tuple[Reason, ...]:
    if not judged:
        text = gettext_noop(
            "Det er ikke registrert noen kontakt med ungdommen. Registrer kontakten før statusen endres."
        )
        return (_told(text, False),)
    text = gettext_noop(
        "Det er registrert {attempts} forsøk, men ingen kontakt begge veier. Status er ukjent aktivitet til ungdommen "
        "har svart, eller et register viser hva ungdommen gjør."
    )
    reason = Reason(_RULE, sources.UDIR_CODES, text, (("attempts", str(len(judged))),), False)
    return (reason, *judged[-1][1].reasons)
