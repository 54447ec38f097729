"""Nav's youth guarantee: from the 16th birthday to the 30th, for registered jobseekers with an established need."""

from datetime import date, timedelta

from fotfeste.law import sources
from fotfeste.law.decision import Decision, Reason, gettext_noop
from fotfeste.law.facts import YouthFacts
from fotfeste.law.groups import GroupKind, GroupOutcome, group_rule
from fotfeste.law.outcomes import Guarantee
from fotfeste.law.readings import PROPOSED, Readings, ReadingsOnDay
from fotfeste.law.signature import GUARANTEE_WEEKS, AgeBand, Clock, Signature, signature
from fotfeste.law.timeline import YOUTH_GUARANTEE
from fotfeste.spec import implements

_RULE = "tg-youth-guarantee"


def is_of_guarantee_age(s: Signature, r: ReadingsOnDay) -> bool:
    """Return whether the youth is between the 16th birthday and the 30th (or what the reading says)."""
    end = AgeBand.FROM_30 if r["amb-05"] == "birthday_30" else AgeBand.FROM_31
    return AgeBand.FROM_16 <= s.age_band < end


@group_rule(
    "tg-youth-guarantee",
    "Ungdomsgaranti 16–30 år",
    GroupKind.INCLUSION,
    GroupOutcome.IN_YOUTH_GUARANTEE,
)
@implements("tg-youth-guarantee", "amb-05")
def youth_guarantee_rule(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth guarantee covers the youth. It never opens or closes a case in the Follow-up Service.

    Source: forskrift 20.6.2023 nr. 1073 §§ 4-1 to 4-4, in force 1 July 2023; Samarbeidsavtalen kap. 1, 2 and 5.
    """
    in_force = YOUTH_GUARANTEE.on(s.epoch)
    if not in_force.value:
        return Reason(_RULE, in_force.source, gettext_noop("Ungdomsgarantien gjelder fra 1. juli 2023."), (), False)
    if not is_of_guarantee_age(s, r):
        text = gettext_noop("Ungdomsgarantien gjelder fra 16-årsdagen til 30-årsdagen.")
        return Reason(_RULE, in_force.source, text, (), False, "amb-05")
    if not s.is_jobseeker:
        text = gettext_noop("Er ikke registrert som arbeidssøker hos Nav.")
        return Reason(_RULE, in_force.source, text, (), False)
    if not s.need_established:
        text = gettext_noop("Er registrert som arbeidssøker og venter på vedtak etter Nav-loven § 14 a.")
        if s.guarantee_clock is Clock.PASSED:
            text = gettext_noop("Venter på vedtak etter Nav-loven § 14 a. De åtte ukene siden registreringen er gått.")
        return Reason(_RULE, in_force.source, text, (), False)
    text = gettext_noop("Er registrert som arbeidssøker og har et fastslått behov.")
    return Reason(_RULE, in_force.source, text, (), True, "amb-05")


@group_rule(
    "tg-jobseeker-registration",
    "Må stå registrert som arbeidssøker",
    GroupKind.CONDITION,
    GroupOutcome.CONDITION,
)
@implements("tg-jobseeker-registration")
def is_registered_jobseeker(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth is registered as jobseeker. A pupil is often held not to be able to register.

    Source: arbeidsmarkedsloven § 10; Samarbeidsavtalen kap. 5; Oslostandarden kap. 8.
    """
    rule = "tg-jobseeker-registration"
    if s.is_jobseeker:
        return Reason(rule, sources.JOBSEEKER, gettext_noop("Er registrert som arbeidssøker hos Nav."))
    if s.current is not None:
        text = gettext_noop("Er ikke registrert som arbeidssøker. Den som er elev, får ofte ikke registrere seg.")
        return Reason(rule, sources.JOBSEEKER, text, (), False)
    text = gettext_noop("Er ikke registrert som arbeidssøker. Veiled og hjelp til å registrere.")
    return Reason(rule, sources.JOBSEEKER, text, (), False)


@group_rule(
    "tg-need-14a",
    "Fastslått behov § 14 a",
    GroupKind.CONDITION,
    GroupOutcome.CONDITION,
)
@implements("tg-need-14a")
def has_established_need(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether Nav has established a need. The assessment is not made for one who has not expressed a need.

    Source: Nav-loven § 14 a; Samarbeidsavtalen kap. 4; Oslostandarden kap. 4.4 and 8.
    """
    if s.need_established:
        return Reason("tg-need-14a", sources.NAV_14A, gettext_noop("Nav har fastslått et behov for bistand."))
    if s.has_expressed_need is False:
        text = gettext_noop("Ungdommen har ikke bedt om bistand, og da gjør Nav ingen vurdering.")
        return Reason("tg-need-14a", sources.NAV_14A, text, (), False)
    return Reason("tg-need-14a", sources.NAV_14A, gettext_noop("Nav har ikke fastslått et behov."), (), False)


def youth_guarantee(facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> Decision[Guarantee]:
    """
    Return where the youth stands with the guarantee; waiting for the § 14 a decision is a state of its own.

    Source: forskrift 20.6.2023 nr. 1073 ch. 4; Nav-loven § 14 a; arbeidsmarkedsloven § 10.
    """
    s, r = signature(facts, on), readings.on(on)
    reasons = (youth_guarantee_rule(s, r), is_registered_jobseeker(s, r), has_established_need(s, r))
    if not YOUTH_GUARANTEE.on(s.epoch).value or not is_of_guarantee_age(s, r):
        return Decision(Guarantee.NOT_COVERED, reasons[:1])
    if not s.is_jobseeker:
        return Decision(Guarantee.WAITING_FOR_REGISTRATION, reasons)
    if not s.need_established:
        return Decision(Guarantee.WAITING_FOR_NEED_DECISION, reasons)
    return Decision(Guarantee.COVERED, reasons)


def guarantee_starts_by(registered_on: date) -> date:
    """
    Return the day the youth guarantee must have started: eight weeks after registration at Nav.

    Source: forskrift 20.6.2023 nr. 1073 § 4-3.
    """
    return registered_on + timedelta(weeks=GUARANTEE_WEEKS)


def guarantee_days(born: date) -> tuple[date, date]:
    """
    Return the first and last day of guarantee age: the 16th birthday and the day before the 30th.

    One born on 29 February has the birthday on 1 March in other years.

    Source: forskrift 20.6.2023 nr. 1073 § 4-1.
    """
    return _birthday(born, 16), _birthday(born, 30) - timedelta(days=1)


def _birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
