"""The frame round the target group: age, the right to upper secondary education, and the school year."""

from fotfeste.law.decision import Reason, gettext_noop
from fotfeste.law.facts import Application
from fotfeste.law.groups import GroupKind, GroupOutcome, Scope, group_rule
from fotfeste.law.readings import ReadingsOnDay
from fotfeste.law.right import has_right_to_upper_secondary
from fotfeste.law.signature import AgeBand, Signature, StatusClass
from fotfeste.law.timeline import TARGET_GROUP, UPPER_AGE
from fotfeste.law.trail import Ended
from fotfeste.spec import implements


@group_rule(
    "tg-age-frame",
    "Aldersramme i OT: 16 til og med året man fyller 24",
    GroupKind.CONDITION,
    GroupOutcome.IN_OT,
    Scope.BOTH,
)
@implements("tg-age-frame", "amb-01")
def age_frame(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth is within the age frame: from the summer after compulsory school to the end of the
    year one turns 24 (21 before 1 August 2024).

    Source: opplæringslova § 9-4; before 1 August 2024 § 3-6.
    """
    upper = UPPER_AGE.on(s.epoch)
    facts = (
        ("born_year", str(s.born_year)),
        ("age", str(s.age)),
        ("year", str(s.year)),
        ("upper_age", str(upper.value)),
        ("last_year", str(s.born_year + upper.value)),
    )
    if s.age > upper.value:
        text = gettext_noop("Født i {born_year}: OT varte ut {last_year}, året ungdommen fylte {upper_age}.")
        return Reason("tg-age-frame", upper.source, text, facts, False)
    if r["amb-01"] == "from_16":
        is_old_enough = s.age_band >= AgeBand.FROM_16
    else:
        is_old_enough = s.finished_compulsory is True or s.age >= 16
    reading = "amb-01" if s.age <= 16 else None
    if is_old_enough:
        text = gettext_noop("Født i {born_year}: OT varer til 31. desember {last_year}.")
        return Reason("tg-age-frame", upper.source, text, facts, True, reading)
    text = gettext_noop("Født i {born_year}: ungdommen har ikke nådd alderen for OT.")
    return Reason("tg-age-frame", upper.source, text, facts, False, reading)


@group_rule(
    "tg-right-frame",
    "Omfattet av retten til videregående opplæring",
    GroupKind.CONDITION,
    GroupOutcome.IN_OT,
    Scope.BOTH,
)
@implements("tg-right-frame")
def right_frame(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth has the right that the target group is tied to.

    Source: opplæringslova §§ 5-1 and 9-4; before 1 August 2024 § 3-6, which also took in those who had lost the right.
    """
    return has_right_to_upper_secondary(s, r)


@group_rule(
    "tg-school-year-scope",
    "Gjelder det aktuelle skoleåret",
    GroupKind.CONDITION,
    GroupOutcome.IN_OT,
    Scope.BOTH,
)
@implements("tg-school-year-scope")
def school_year_scope(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether something in this school year, 1 August to 31 July, puts the youth in the target group.

    Source: Oslostandarden kap. 2; the days of the school year are our reading.
    """
    source = TARGET_GROUP.on(s.epoch).source
    facts = (("school_year", f"{s.school_year}–{(s.school_year + 1) % 100:02d}"),)
    happened = (
        s.was_member_earlier_in_school_year
        or (s.left is not None and s.left.ended is Ended.THIS_SCHOOL_YEAR)
        or s.application in {Application.NOT_APPLIED, Application.NOT_ACCEPTED, Application.DID_NOT_START}
        or s.status is StatusClass.IN_TARGET_GROUP
    )
    if happened:
        text = gettext_noop("Forholdet gjelder skoleåret {school_year}.")
        return Reason("tg-school-year-scope", source, text, facts, True, "amb-51")
    text = gettext_noop("Ingen hendelse i skoleåret {school_year} er kjent.")
    return Reason("tg-school-year-scope", source, text, facts, False, "amb-51")
