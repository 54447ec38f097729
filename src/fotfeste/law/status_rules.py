"""Who may set a status, what a wash answer may become, and when a status must be confirmed again."""

from datetime import date, timedelta
from enum import StrEnum

from fotfeste.law import sources
from fotfeste.law.annual_wheel import kept_on
from fotfeste.law.decision import Decision, Reason, gettext_noop
from fotfeste.law.readings import PROPOSED, Readings, ReadingsOnDay
from fotfeste.law.school_year import SchoolYear, school_year_of
from fotfeste.law.wheel_days import REGISTRATIONS, day_kept
from fotfeste.law.working_days import WeekendRule
from fotfeste.spec import implements


class RoleParty(StrEnum):
    """The party a user acts for."""

    UPPER_SECONDARY_SCHOOL = "upper_secondary_school"
    LOWER_SECONDARY_SCHOOL = "lower_secondary_school"
    EDUCATION_ADMINISTRATION = "education_administration"
    DISTRICT = "district"
    NAV = "nav"
    APPRENTICESHIP_DEPARTMENT = "apprenticeship_department"
    ADULT_EDUCATION = "adult_education"
    PRIVATE_SCHOOL = "private_school"
    OTHER = "other"


class WashAnswer(StrEnum):
    """The three lawful answers to a line on the list; no free text beside them."""

    TAKEN_CARE_OF = "taken_care_of"
    NOT_TAKEN_CARE_OF = "not_taken_care_of"
    MOVED = "moved"


implements("rule-wash-answer", "amb-38")

_SETTERS = frozenset(
    {RoleParty.UPPER_SECONDARY_SCHOOL, RoleParty.LOWER_SECONDARY_SCHOOL, RoleParty.EDUCATION_ADMINISTRATION}
)


@implements("rule-school-registers", "rule-district-reports-only", "rule-nav-answers-only", "amb-57")
def may_set_status(party: RoleParty, readings: ReadingsOnDay) -> Decision[bool]:
    """
    Return whether a party may set a status. Schools and the education administration may; districts and Nav report.

    Source: Samarbeidsavtalen kap. 4; Oslostandarden kap. 4.1, 4.3 and 6.3; AFI 2015 ch. 2.6 and 3.1.
    """
    if party in _SETTERS:
        text = gettext_noop("Skolene og utdanningsadministrasjonen registrerer status.")
        return Decision(True, (Reason("rule-school-registers", sources.STANDARD_6_3, text, (), True, "amb-57"),))
    if party is RoleParty.DISTRICT:
        rule, allowed = "rule-district-reports-only", readings["amb-57"] == "also_districts"
        text = gettext_noop("Bydelen melder fra til utdanningsadministrasjonen, som setter status.")
        if allowed:
            text = gettext_noop("Fylket har valgt at også bydelen setter status.")
        return Decision(allowed, (Reason(rule, sources.AGREEMENT_4, text, (), allowed, "amb-57"),))
    if party is RoleParty.NAV:
        text = gettext_noop("Nav svarer på spørsmål, men setter ikke status.")
        return Decision(False, (Reason("rule-nav-answers-only", sources.AFI_2015, text, (), False, "amb-57"),))
    text = gettext_noop("Bare skolene og utdanningsadministrasjonen setter status. Send en melding til dem.")
    return Decision(False, (Reason("rule-school-registers", sources.STANDARD_6_3, text, (), False, "amb-57"),))


@implements("rule-wash-to-status", "rule-uda-after-feedback")
def codes_after_wash(answer: WashAnswer, *, may_tell_which: bool = False) -> tuple[str, ...]:
    """
    Return the codes the education administration may choose after an answer; none means that nothing changes by it.

    ``may_tell_which`` says that the youth has agreed that Nav tells which measure it is. A move must be checked against
    the address first.

    Source: Oslostandarden kap. 4.1; AFI 2015 ch. 3.1.
    """
    if answer is WashAnswer.TAKEN_CARE_OF:
        return ("OTOV", "OTAP") if may_tell_which else ("OTOV",)
    return ("OTFA_IM",) if answer is WashAnswer.MOVED else ()


REGISTRATION_DEADLINES = ((11, 10), (2, 10), (4, 10), (6, 10))


@implements("dl-registration-nov", "dl-registration-feb", "dl-registration-apr", "dl-registration-jun")
def registration_deadlines(school_year: SchoolYear, readings: Readings = PROPOSED) -> tuple[date, ...]:
    """
    Return the four days by which schools register in a school year, each moved as the county moves days off.

    Source: Oslostandarden kap. 6.3.1; how they move is our reading.
    """
    start = school_year.start_year
    nominal = (date(start if month >= 8 else start + 1, month, day) for month, day in REGISTRATION_DEADLINES)
    days = [kept_on(WeekendRule.PREVIOUS_WORKING_DAY, day, readings) for day in nominal]
    if not readings.wheel:
        return tuple(days)
    # A status must be confirmed also where a county does not follow the deadline in its wheel.
    kept = (day_kept(each, school_year, readings) for each in REGISTRATIONS)
    return tuple(day or proposed for day, proposed in zip(kept, days, strict=True))


@implements("rule-reconfirm")
def reconfirmation_due(confirmed_on: date, readings: Readings = PROPOSED) -> date:
    """
    Return the last day a status stands without being confirmed again.

    A confirmation serves the registration deadline whose period it falls in; the next deadline needs a new one. A
    county may choose a fixed number of days instead.

    Source: Oslostandarden kap. 6.3.1 (inferred).
    """
    rule = readings.on(confirmed_on)["rule-reconfirm"]
    if rule.startswith("days:"):
        return confirmed_on + timedelta(days=int(rule.removeprefix("days:")))
    year = school_year_of(confirmed_on)
    coming = [
        day for item in (year, year.next) for day in registration_deadlines(item, readings) if day >= confirmed_on
    ]
    return coming[1]


def must_be_confirmed(confirmed_on: date, on: date, readings: Readings = PROPOSED) -> bool:
    """Return whether a status last confirmed on a day must be confirmed again on the day ``on``."""
    return on > reconfirmation_due(confirmed_on, readings)
