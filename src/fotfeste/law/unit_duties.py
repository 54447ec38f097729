"""What follows from the responsible unit: who begins, who registers the status, and when the unit changes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fotfeste.law import sources
from fotfeste.law.decision import Decision, Reason, gettext_noop
from fotfeste.law.facts import CONTRACT_KINDS, YouthFacts
from fotfeste.law.outcomes import By, UnitChoice, UnitKind
from fotfeste.law.readings import PROPOSED, Readings, ReadingsOnDay
from fotfeste.law.school_year import SchoolYear
from fotfeste.law.signature import Signature, signature
from fotfeste.spec import implements


class Duty(StrEnum):
    """What a unit must do for a youth outside education and work."""

    FIRST_CONTACT_AND_REGISTRATION = "first_contact_and_registration"
    CROSS_AGENCY_EFFORT = "cross_agency_effort"


@dataclass(frozen=True, slots=True)
class Initiative:
    """The duties that rest on the school and on the district right now."""

    school: tuple[Duty, ...]
    district: tuple[Duty, ...]

    def to_dict(self) -> dict[str, list[str]]:
        """Return the duties as JSON values."""
        return {"school": [duty.value for duty in self.school], "district": [duty.value for duty in self.district]}


@implements("unit-outside-initiative", "amb-30")
def initiative_for_outside(*, lists_remained_on: int, on: date, readings: Readings = PROPOSED) -> Decision[Initiative]:
    """
    Return who has the initiative for a youth outside education and work.

    Both have a task on the same list line: the school contacts and registers; the district begins the effort across
    agencies, by our reading from the first OTUK list the youth is still on: who comes to a list for the first time has
    remained on none, and who was on the one before too has remained on one (``lists_remained_on``).

    Source: Samarbeidsavtalen kap. 4 Bydel; Oslostandarden kap. 4.3 and 6.3.
    """
    rule, source = "unit-outside-initiative", sources.STANDARD_6_3
    school = (Duty.FIRST_CONTACT_AND_REGISTRATION,)
    if lists_remained_on < 1 and readings.on(on)["amb-30"] == "school_then_district":
        text = gettext_noop(
            "Skolen tar første kontakt og registrerer. "
            "Bydelen begynner fra den første listen ungdommen fortsatt står på."
        )
        return Decision(Initiative(school, ()), (Reason(rule, source, text, (), True, "amb-30"),))
    text = gettext_noop("Skolen kontakter og registrerer, og bydelen tar initiativ til innsats på tvers.")
    return Decision(Initiative(school, (Duty.CROSS_AGENCY_EFFORT,)), (Reason(rule, source, text, (), True, "amb-30"),))


@implements("amb-33")
def status_registrar(
    facts: YouthFacts, on: date, responsible: UnitChoice, readings: Readings = PROPOSED
) -> Decision[UnitChoice]:
    """
    Return which unit registers the status: the responsible school, or the last upper secondary school of a former
    apprentice whom the district follows up. Undecided means the county's education administration.

    Source: Samarbeidsavtalen kap. 4; Oslostandarden kap. 4.3, 6.2.2 and 6.3.
    """
    return status_registrar_by(signature(facts, on), readings.on(on), responsible)


def status_registrar_by(s: Signature, r: ReadingsOnDay, responsible: UnitChoice) -> Decision[UnitChoice]:
    """Return which unit registers the status, by a signature and the readings of the day."""
    rule, source = "rule-school-registers", sources.STANDARD_6_3
    if responsible.unit_kind in {UnitKind.SCHOOL, UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY}:
        text = gettext_noop("Den ansvarlige skolen registrerer status.")
        return Decision(responsible, (Reason(rule, source, text),))
    is_former_apprentice = s.current is None and s.left is not None and s.left.kind in CONTRACT_KINDS
    last = s.upper_school if is_former_apprentice else None
    can_register = last is not None and last.has_unit and not last.is_private and last.takes_ot_responsibility
    if last is not None and can_register and r["amb-33"] == "last_upper_secondary":
        text = gettext_noop("Siste videregående skole registrerer status. Bydelen melder fra.")
        choice = UnitChoice(UnitKind.UPPER_SECONDARY, By.LATEST_ENROLMENT, last.position, "unit-apprentice")
        return Decision(choice, (Reason(rule, source, text, (), True, "amb-33"),))
    text = gettext_noop("Utdanningsadministrasjonen registrerer status etter melding.")
    undecided = UnitChoice(UnitKind.UNDECIDED, By.UNDECIDED, rule=rule)
    return Decision(undecided, (Reason("rule-uda-after-feedback", source, text, (), True, "amb-33"),))


@implements("unit-change")
def unit_change(before: tuple[UnitChoice, str | None], after: tuple[UnitChoice, str | None]) -> Decision[bool]:
    """
    Return whether the responsible unit must be changed, given each choice and the unit it was found to be.

    Nothing moves by itself: the county's education administration re-assigns, the history is kept, and the old unit
    keeps access until the hand-over is accepted. A new choice that is undecided moves nobody, but must be looked at.

    Source: Samarbeidsavtalen kap. 4 Utdanningsadministrasjonen; Oslostandarden kap. 4.1 (inferred).
    """
    (old, old_unit), (new, new_unit) = before, after
    rule, source = "unit-change", sources.AGREEMENT_4
    if new.by is By.UNDECIDED:
        text = gettext_noop("Reglene peker ikke lenger ut en enhet. Utdanningsadministrasjonen må vurdere.")
        return Decision(False, (Reason(rule, source, text, (), None),))
    if old_unit == new_unit and new_unit is not None:
        text = gettext_noop("Samme enhet som før.")
        if old.rule != new.rule:
            text = gettext_noop("Samme enhet som før, men en annen regel begrunner valget.")
        return Decision(False, (Reason(rule, source, text, (), False),))
    text = gettext_noop("Adresse, opplæring eller plassering er endret, og en annen enhet skal ha ansvaret.")
    return Decision(True, (Reason(rule, source, text),))


@implements("amb-48")
def reassignment_day(school_year: SchoolYear, readings: Readings = PROPOSED) -> date | None:
    """
    Return the day responsibility is worked out again after the count date, or None when a reading says not to.

    Youth without a place are listed on 25 September, before the count date can move them to upper secondary.

    Source: our reading.
    """
    day = school_year.count_date.replace(day=2)
    return day if readings.on(day)["amb-48"] == "yes" else None
