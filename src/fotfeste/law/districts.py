"""Which district and which Nav office, by registered address or by where the youth stays."""

from datetime import date

from fotfeste.law import sources
from fotfeste.law.decision import Decision, Reason, gettext_noop
from fotfeste.law.facts import YouthFacts
from fotfeste.law.membership import local_target_group_by
from fotfeste.law.outcomes import By, Membership, UnitChoice, UnitKind
from fotfeste.law.readings import PROPOSED, Readings, ReadingsOnDay
from fotfeste.law.signature import Signature, signature
from fotfeste.spec import implements


@implements("unit-district", "amb-28")
def district_choice(s: Signature, r: ReadingsOnDay) -> tuple[By, Reason]:
    """
    Return by which address the district is found, and why. Stay goes first when the two differ, by our reading.

    Source: Samarbeidsavtalen kap. 3 Bydel; Oslostandarden kap. 6.4.
    """
    rule, source = "unit-district", sources.AGREEMENT_3
    if s.stays_in_another_district and r["amb-28"] == "stay_first":
        text = gettext_noop("Bydelen der ungdommen oppholder seg. Den folkeregistrerte bydelen får vite om valget.")
        return By.DISTRICT_OF_STAY, Reason(rule, source, text, (), True, "amb-28")
    if s.has_registered_district:
        text = gettext_noop("Bydelen der ungdommen er folkeregistrert.")
        reading = "amb-28" if s.stays_in_another_district else None
        return By.DISTRICT_OF_REGISTERED_ADDRESS, Reason(rule, source, text, (), True, reading)
    if s.has_stay_district:
        return By.DISTRICT_OF_STAY, Reason(rule, source, gettext_noop("Bydelen der ungdommen oppholder seg."))
    text = gettext_noop("Verken folkeregistrert bydel eller oppholdssted er kjent.")
    return By.UNDECIDED, Reason(rule, source, text, (), None)


def responsible_district(facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> Decision[UnitChoice]:
    """
    Return which district cooperates in the case.

    Source: Samarbeidsavtalen kap. 3 Bydel; Oslostandarden kap. 6.4.
    """
    by, reason = district_choice(signature(facts, on), readings.on(on))
    kind = UnitKind.UNDECIDED if by is By.UNDECIDED else UnitKind.DISTRICT
    return Decision(UnitChoice(kind, by, rule="unit-district"), (reason,))


@implements("unit-nav-office", "amb-29")
def responsible_nav_office(facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> Decision[UnitChoice]:
    """
    Return which Nav office cooperates: the district's, or that of the registered address for youth outside the service.

    Source: Samarbeidsavtalen kap. 3 Nav Oslo; Oslostandarden kap. 8.
    """
    s, r = signature(facts, on), readings.on(on)
    by, reason = _nav_office_choice(s, r)
    kind = UnitKind.UNDECIDED if by is By.UNDECIDED else UnitKind.NAV_OFFICE
    return Decision(UnitChoice(kind, by, rule="unit-nav-office"), (reason,))


def _nav_office_choice(s: Signature, r: ReadingsOnDay) -> tuple[By, Reason]:
    rule = "unit-nav-office"
    only_registered = r["amb-29"] == "always_registered" or (
        r["amb-29"] == "registered_outside_service" and local_target_group_by(s, r).outcome is Membership.NOT_IN_OT
    )
    if only_registered:
        if not s.has_registered_district:
            text = gettext_noop("Folkeregistrert bydel er ikke kjent, og bare den gjelder for unge utenfor OT.")
            return By.UNDECIDED, Reason(rule, sources.STANDARD_8, text, (), None, "amb-29")
        text = gettext_noop("Nav-kontoret for folkeregistrert adresse.")
        return By.DISTRICT_OF_REGISTERED_ADDRESS, Reason(rule, sources.STANDARD_8, text, (), True, "amb-29")
    by, district = district_choice(s, r)
    texts = {
        By.DISTRICT_OF_STAY: gettext_noop("Nav-kontoret for bydelen der ungdommen oppholder seg."),
        By.DISTRICT_OF_REGISTERED_ADDRESS: gettext_noop("Nav-kontoret for folkeregistrert adresse."),
        By.UNDECIDED: gettext_noop("Verken folkeregistrert adresse eller oppholdssted er kjent."),
    }
    return by, Reason(rule, sources.AGREEMENT_3, texts[by], (), district.holds, district.reading)
