"""Which unit is responsible for a youth: the unit rules in their order, the first that matches decides.

The choice is symbolic ("the latest enrolment", "nearest to the registered address"); the caller finds the unit. What
no rule settles is for the county's education administration, by hand and with a reason.
"""

from collections.abc import Callable
from datetime import date

from fotfeste.law import sources
from fotfeste.law.decision import Decision, Reason, gettext_noop
from fotfeste.law.districts import district_choice
from fotfeste.law.facts import ADULT_KINDS, CONTRACT_KINDS, EnrolmentKind, Placement, YouthFacts
from fotfeste.law.outcomes import By, UnitChoice, UnitKind
from fotfeste.law.readings import PROPOSED, Readings, ReadingsOnDay
from fotfeste.law.signature import Signature, signature
from fotfeste.law.trail import CountDateSide, Ended, Place
from fotfeste.spec import implements

# A rule answers with its choice, or with None when it does not match; its reasons go into the decision either way.
Answer = tuple[UnitChoice | None, tuple[Reason, ...]]
UnitRule = Callable[[Signature, ReadingsOnDay], Answer]

_PUPIL_KINDS = frozenset({EnrolmentKind.PUPIL, EnrolmentKind.LOWER_SECONDARY})
_NO_MATCH: Answer = (None, ())


def responsible_unit(facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> Decision[UnitChoice]:
    """
    Return which unit is responsible for the youth on the day.

    Source: Samarbeidsavtalen kap. 4 Skole; Oslostandarden kap. 4.2, 4.5, 6.2 and 6.4.

    :raises BeforeOurHorizon: the day is before the oldest law we hold.
    """
    return responsible_unit_by(signature(facts, on), readings.on(on))


def responsible_unit_by(s: Signature, r: ReadingsOnDay) -> Decision[UnitChoice]:
    """Return the responsible unit that follows from a signature and the readings of the day."""
    reasons: list[Reason] = []
    for rule in UNIT_RULES:
        choice, told = rule(s, r)
        reasons.extend(told)
        if choice is not None:
            return Decision(choice, tuple(reasons))
    text = gettext_noop("Ingen regel peker ut en enhet. Utdanningsadministrasjonen må tildele.")
    reasons.append(Reason("unit-change", sources.OWN_READING, text, (), None))
    return Decision(_undecided(None), tuple(reasons))


def _undecided(rule: str | None, proposal: By | None = None) -> UnitChoice:
    return UnitChoice(UnitKind.UNDECIDED, By.UNDECIDED, rule=rule, proposal=proposal)


def _left_to_uda(rule: str, text: str, reading: str | None = None, proposal: By | None = None) -> Answer:
    reason = Reason(rule, sources.AGREEMENT_4, text, (), None, reading)
    return _undecided(rule, proposal), (reason,)


def _school(rule: str, kind: UnitKind, by: By, place: Place, text: str, reading: str | None = None) -> Answer:
    """Return the choice of a school the youth has attended, unless the unit cannot be responsible."""
    if not place.has_unit:
        return _left_to_uda(
            rule, gettext_noop("Skolen er ikke kjent i registeret. Utdanningsadministrasjonen tildeler.")
        )
    if not place.takes_ot_responsibility:
        text = gettext_noop("Skolen tar ikke OT-ansvar eller er lagt ned. Utdanningsadministrasjonen tildeler.")
        return _left_to_uda(rule, text)
    choice = UnitChoice(kind, by, enrolment_index=place.position, rule=rule)
    return choice, (Reason(rule, sources.AGREEMENT_4, text, (), True, reading),)


@implements("unit-pupil-status", "rule-pupil-status-responsibility")
def pupil_status(s: Signature, r: ReadingsOnDay) -> Answer:
    """
    Choose the pupil's own school as long as there is pupil status, also while Nav is in contact.

    Source: Samarbeidsavtalen kap. 4 Rådgiver i skole; Oslostandarden kap. 4.2.
    """
    rule, place = "unit-pupil-status", s.current
    if place is None or place.kind not in _PUPIL_KINDS:
        return _NO_MATCH
    if not place.in_county:
        return _left_to_uda(rule, gettext_noop("Er elev ved en skole i et annet fylke."))
    if place.is_private and r[rule] == "undecided":
        text = gettext_noop("Er elev ved en privat skole. Det er ikke sagt hvem som har ansvaret.")
        return _left_to_uda(rule, text, rule)
    text = gettext_noop("Har elevstatus. Rådgiveren på skolen har ansvaret, også når Nav er i kontakt.")
    return _school(rule, UnitKind.SCHOOL, By.CURRENT_SCHOOL, place, text)


@implements("unit-apprentice")
def apprentice(s: Signature, r: ReadingsOnDay) -> Answer:
    """
    Choose the apprenticeship department while a contract runs, the district when it has ended without completion.

    Source: Oslostandarden kap. 6.2, 6.2.1 and 6.2.2.
    """
    rule, source = "unit-apprentice", sources.STANDARD_6_2
    if s.current is not None and s.current.kind in CONTRACT_KINDS:
        if not s.current.in_county:
            return _left_to_uda(rule, gettext_noop("Har lærekontrakt i et annet fylke."))
        text = gettext_noop("Lærekontrakten løper. Avdeling for fagopplæring har ansvaret.")
        choice = UnitChoice(UnitKind.APPRENTICESHIP_DEPARTMENT, By.APPRENTICESHIP_DEPARTMENT, s.current.position, rule)
        return choice, (Reason(rule, source, text),)
    if s.current is None and s.left is not None and s.left.kind in CONTRACT_KINDS:
        text = gettext_noop("Lærekontrakten er slutt. OT-kontakten i bydelen tar over.")
        return _district(rule, Reason(rule, source, text), s, r)
    return _NO_MATCH


@implements("unit-vo", "amb-32")
def adult_participant(s: Signature, r: ReadingsOnDay) -> Answer:
    """
    Choose the district for a participant in adult education who leaves; by our reading also for one still there.

    Source: Oslostandarden kap. 4.5 and 6.4; Samarbeidsavtalen kap. 4 Skole.
    """
    rule, source = "unit-vo", sources.STANDARD_6_4
    if s.current is not None and s.current.kind in ADULT_KINDS:
        if r["amb-32"] == "undecided":
            return _left_to_uda(rule, gettext_noop("Går i voksenopplæring. Ansvarlig enhet er ikke sagt."), "amb-32")
        text = gettext_noop("Går i voksenopplæring. OT-kontakten i bydelen har ansvaret.")
        return _district(rule, Reason(rule, source, text, (), True, "amb-32"), s, r)
    if s.current is None and s.left is not None and s.left.kind in ADULT_KINDS:
        text = gettext_noop("Har avbrutt voksenopplæring. Skal settes i kontakt med OT-kontakten i bydelen.")
        return _district(rule, Reason(rule, source, text), s, r)
    return _NO_MATCH


def _district(rule: str, why: Reason, s: Signature, r: ReadingsOnDay) -> Answer:
    by, reason = district_choice(s, r)
    if by is By.UNDECIDED:
        return _undecided(rule), (why, reason)
    return UnitChoice(UnitKind.DISTRICT, by, rule=rule), (why, reason)


@implements("unit-child-welfare", "amb-25", "avt-school-child-welfare")
def child_welfare(s: Signature, r: ReadingsOnDay) -> Answer:
    """
    Choose the upper secondary school nearest to the institution where child welfare has placed the youth.

    Source: Samarbeidsavtalen kap. 4 Skole; Oslostandarden kap. 4.2.
    """
    rule = "unit-child-welfare"
    if s.placement is Placement.NONE:
        return _NO_MATCH
    if s.placement is Placement.OUTSIDE_COUNTY:
        return _left_to_uda(
            rule, gettext_noop("Er plassert utenfor fylket. Det er ikke sagt hvem som har ansvaret."), "amb-25"
        )
    is_institution = r["amb-25"] == "institution"
    by = By.NEAREST_TO_INSTITUTION if is_institution else By.NEAREST_TO_REGISTERED_ADDRESS
    if not (s.has_institution_point if is_institution else s.has_registered_point):
        return _left_to_uda(
            rule, gettext_noop("Adressen er ikke stedfestet, så avstanden kan ikke regnes ut."), "amb-25"
        )
    text = gettext_noop("Er plassert av barnevernet. Nærmeste videregående skole har ansvaret.")
    choice = UnitChoice(UnitKind.UPPER_SECONDARY, by, rule=rule)
    return choice, (Reason(rule, sources.AGREEMENT_4, text, (), True, "amb-25"),)


def is_before_upper_secondary(s: Signature, r: ReadingsOnDay) -> bool:
    """
    Return whether a leaver of lower secondary has not started upper secondary, or stopped by 1 October.

    By our reading a pupil is counted in upper secondary only when enrolled at the end of that day.
    """
    limit = CountDateSide.STOPPED_ON if r["dl-count-date"] == "end_of_day" else CountDateSide.STOPPED_BEFORE
    return s.count_date_side <= limit


@implements("unit-private-lower-secondary", "avt-school-private-lower-secondary")
def private_lower_secondary(s: Signature, r: ReadingsOnDay) -> Answer:
    """
    Choose the lower secondary school nearest to the registered address for a leaver of a private one.

    Source: Samarbeidsavtalen kap. 4 Skole; Oslostandarden kap. 4.2. The test on start and stop is inferred.
    """
    rule = "unit-private-lower-secondary"
    if s.lower_school is None or not s.lower_school.is_private or not is_before_upper_secondary(s, r):
        return _NO_MATCH
    if not s.has_registered_point:
        return _left_to_uda(rule, gettext_noop("Adressen er ikke stedfestet, så avstanden kan ikke regnes ut."))
    text = gettext_noop(
        "Gikk ut av en privat ungdomsskole uten å begynne i videregående. Nærmeste ungdomsskole har ansvaret."
    )
    choice = UnitChoice(UnitKind.LOWER_SECONDARY, By.NEAREST_TO_REGISTERED_ADDRESS, rule=rule)
    return choice, (Reason(rule, sources.AGREEMENT_4, text),)


@implements("unit-lower-secondary", "amb-23", "avt-school-lower-secondary")
def lower_secondary(s: Signature, r: ReadingsOnDay) -> Answer:
    """
    Choose the lower secondary school the pupil left, when upper secondary was not started or stopped by 1 October.

    Source: Samarbeidsavtalen kap. 4 Skole; Oslostandarden kap. 4.2.
    """
    rule, place = "unit-lower-secondary", s.lower_school
    if place is None or place.is_private or not is_before_upper_secondary(s, r):
        return _NO_MATCH
    if r["amb-23"] == "one_school_year" and s.lower_school_left is Ended.EARLIER:
        text = gettext_noop("Gikk ut av ungdomsskolen for mer enn ett skoleår siden.")
        return None, (Reason(rule, sources.AGREEMENT_4, text, (), False, "amb-23"),)
    text = gettext_noop("Har ikke begynt i videregående. Ungdomsskolen har ansvaret.")
    if s.count_date_side is not CountDateSide.NEVER_STARTED:
        text = gettext_noop("Sluttet i videregående innen telledatoen 1. oktober. Ungdomsskolen har ansvaret.")
    return _school(rule, UnitKind.LOWER_SECONDARY, By.LEFT_LOWER_SECONDARY, place, text, "amb-23")


@implements("unit-count-date", "dl-count-date")
def count_date(s: Signature, r: ReadingsOnDay) -> Answer:
    """
    Say that the count date has moved a leaver of lower secondary to upper secondary; the school rules then choose.

    Source: Samarbeidsavtalen kap. 4 Skole; Oslostandarden kap. 4.2.
    """
    if s.lower_school is None or is_before_upper_secondary(s, r):
        return _NO_MATCH
    text = gettext_noop("Var elev i videregående da telledatoen 1. oktober var omme. Videregående skole har ansvaret.")
    return None, (Reason("unit-count-date", sources.AGREEMENT_4, text, (), True, "dl-count-date"),)


@implements("unit-vgs-former", "amb-22", "avt-school-vgs-former")
def former_upper_secondary(s: Signature, r: ReadingsOnDay) -> Answer:
    """
    Choose the county's upper secondary school where the youth was last a pupil.

    Source: Samarbeidsavtalen kap. 4 Skole; Oslostandarden kap. 4.2.
    """
    rule, place = "unit-vgs-former", s.upper_school
    if r["amb-22"] == "count_date_school" and s.count_date_school is not None:
        place = s.count_date_school
    if place is None or place.is_private:
        return _NO_MATCH
    text = gettext_noop("Var sist elev ved denne videregående skolen.")
    if place is s.count_date_school and r["amb-22"] == "count_date_school":
        text = gettext_noop("Var elev ved denne videregående skolen på telledatoen 1. oktober.")
    return _school(rule, UnitKind.UPPER_SECONDARY, By.LATEST_ENROLMENT, place, text, "amb-22")


@implements("unit-private-upper-secondary", "amb-26")
def private_upper_secondary(s: Signature, r: ReadingsOnDay) -> Answer:
    """
    Propose the nearest upper secondary school for one who last attended a private one; no document decides.

    Source: a gap in Samarbeidsavtalen kap. 4 and Oslostandarden kap. 4.1.
    """
    rule, nearest = "unit-private-upper-secondary", By.NEAREST_TO_REGISTERED_ADDRESS
    if s.upper_school is None or not s.upper_school.is_private:
        return _NO_MATCH
    if not s.has_registered_point:
        return _left_to_uda(
            rule, gettext_noop("Adressen er ikke stedfestet, så avstanden kan ikke regnes ut."), "amb-26"
        )
    if r["amb-26"] == "confirmed_by_uda":
        text = gettext_noop(
            "Gikk sist på en privat videregående skole. Nærmeste videregående skole foreslås, og "
            "utdanningsadministrasjonen bekrefter."
        )
        return _left_to_uda(rule, text, "amb-26", nearest)
    text = gettext_noop("Gikk sist på en privat videregående skole. Nærmeste videregående skole har ansvaret.")
    choice = UnitChoice(UnitKind.UPPER_SECONDARY, nearest, rule=rule)
    return choice, (Reason(rule, sources.OWN_READING, text, (), True, "amb-26"),)


@implements("unit-moved-to-oslo", "amb-27", "avt-school-moved-to-oslo")
def moved_in(s: Signature, r: ReadingsOnDay) -> Answer:
    """
    Choose the upper secondary school nearest to the registered address for one who moved in without a school here.

    Source: Samarbeidsavtalen kap. 4 Skole; Oslostandarden kap. 4.2.
    """
    rule = "unit-moved-to-oslo"
    if not s.registered_in_county:
        text = gettext_noop("Er folkeregistrert i et annet fylke.")
        if s.stays_in_county:
            text = gettext_noop("Oppholder seg i fylket, men er folkeregistrert et annet sted.")
            if r["amb-27"] == "district_of_stay" and s.has_stay_district:
                choice = UnitChoice(UnitKind.DISTRICT, By.DISTRICT_OF_STAY, rule=rule)
                return choice, (Reason(rule, sources.AGREEMENT_4, text, (), True, "amb-27"),)
        return _left_to_uda(rule, text, "amb-27")
    if s.has_county_school_history or not s.has_moved_in:
        return _NO_MATCH
    if not s.has_registered_point:
        return _left_to_uda(rule, gettext_noop("Adressen er ikke stedfestet, så avstanden kan ikke regnes ut."))
    text = gettext_noop(
        "Har flyttet til fylket og har ikke gått på skole her. Nærmeste videregående skole har ansvaret."
    )
    choice = UnitChoice(UnitKind.UPPER_SECONDARY, By.NEAREST_TO_REGISTERED_ADDRESS, rule=rule)
    return choice, (Reason(rule, sources.AGREEMENT_4, text),)


# In the order of the specification: 1, 5, 6, 10, 15, 20, 25, 30, 35, 40.
UNIT_RULES: tuple[UnitRule, ...] = (
    pupil_status,
    apprentice,
    adult_participant,
    child_welfare,
    private_lower_secondary,
    lower_secondary,
    count_date,
    former_upper_secondary,
    private_upper_secondary,
    moved_in,
)
