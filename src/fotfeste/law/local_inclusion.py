"""Oslo's wider target group: pupils, apprentices and adult participants at risk, and those who lack single subjects.

Kept apart from the statutory group and never reported nationally. Also the category of youth outside education.
"""

from fotfeste.law import sources
from fotfeste.law.decision import Reason, gettext_noop
from fotfeste.law.facts import ADULT_KINDS, CONTRACT_KINDS, Activity, EnrolmentKind
from fotfeste.law.frame import age_frame
from fotfeste.law.groups import GroupKind, GroupOutcome, Scope, group_rule
from fotfeste.law.inclusion import (
    adult_participant_leaver,
    apprentice_leaver,
    expelled,
    no_application,
    not_accepted,
    pupil_leaver,
)
from fotfeste.law.readings import ReadingsOnDay
from fotfeste.law.signature import Signature
from fotfeste.spec import implements

FROM_AGE_OF_ADULT_RISK = 19


@group_rule(
    "tg-pupil-at-risk",
    "I fare for å slutte i videregående",
    GroupKind.INCLUSION,
    GroupOutcome.IN_OT,
    Scope.LOCAL,
)
@implements("tg-pupil-at-risk", "rule-prevention-separate")
def pupil_at_risk(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether a pupil in upper secondary is marked as at risk of leaving. A counsellor judges; no limit is stated.

    Source: Oslostandarden kap. 2 and 6.1.1 (Oslo's own extension).
    """
    is_pupil = s.current is not None and s.current.kind is EnrolmentKind.PUPIL
    if is_pupil and s.at_risk_of_leaving:
        text = gettext_noop("Rådgiver har vurdert at eleven står i fare for å slutte.")
        return Reason("tg-pupil-at-risk", sources.STANDARD_6_1, text, (), True, "amb-07")
    text = gettext_noop("Ingen rådgiver har meldt at en elev står i fare for å slutte.")
    return Reason("tg-pupil-at-risk", sources.STANDARD_6_1, text, (), False)


@group_rule(
    "tg-no-apprenticeship-risk",
    "I fare for ikke å få læreplass",
    GroupKind.INCLUSION,
    GroupOutcome.IN_OT,
    Scope.LOCAL,
)
@implements("tg-no-apprenticeship-risk")
def no_apprenticeship_in_sight(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether a vocational Vg2 pupil has no contract in sight. The test is our reading; none is stated.

    Source: Oslostandarden kap. 6.1 and 6.1.1.
    """
    rule, source = "tg-no-apprenticeship-risk", sources.STANDARD_6_1
    is_vg2 = s.current is not None and s.current.kind is EnrolmentKind.PUPIL and s.current.is_vg2_vocational
    if is_vg2 and s.at_risk_of_no_apprenticeship:
        text = gettext_noop("Går Vg2 yrkesfag og har ingen læreplass i sikte.")
        return Reason(rule, source, text, (), True, "amb-07")
    text = gettext_noop("Er ikke Vg2-elev på yrkesfag uten læreplass i sikte.")
    return Reason(rule, source, text, (), False)


@group_rule(
    "tg-apprentice-at-risk",
    "I fare for heving av lærekontrakt",
    GroupKind.INCLUSION,
    GroupOutcome.IN_OT,
    Scope.LOCAL,
)
@implements("tg-apprentice-at-risk")
def apprentice_at_risk(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether an apprentice or candidate is marked as at risk, of leaving or of having the contract ended.

    Source: Oslostandarden kap. 2 and 6.2.1.
    """
    is_apprentice = s.current is not None and s.current.kind in CONTRACT_KINDS
    if is_apprentice and s.at_risk_of_leaving:
        text = gettext_noop("Det er meldt fare for at lærekontrakten heves eller avbrytes.")
        return Reason("tg-apprentice-at-risk", sources.STANDARD_6_2, text, (), True, "amb-07")
    text = gettext_noop("Det er ikke meldt fare for heving av en lærekontrakt.")
    return Reason("tg-apprentice-at-risk", sources.STANDARD_6_2, text, (), False)


@group_rule(
    "tg-missing-subjects",
    "Ikke bestått i enkeltfag",
    GroupKind.INCLUSION,
    GroupOutcome.IN_OT,
    Scope.LOCAL,
)
@implements("tg-missing-subjects")
def missing_subjects(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth, within the age frame, went through upper secondary and lacks at least one subject.

    Source: Oslostandarden kap. 2.
    """
    lacks = s.went_through_upper_secondary and s.lacks_passed_subjects
    if lacks and age_frame(s, r).holds:
        text = gettext_noop("Har gått ut av videregående, men mangler bestått i minst ett fag.")
        return Reason("tg-missing-subjects", sources.STANDARD_2, text, (), True, "amb-07")
    text = gettext_noop("Mangler ikke bestått i enkeltfag etter avsluttet videregående, innenfor aldersrammen.")
    return Reason("tg-missing-subjects", sources.STANDARD_2, text, (), False)


@group_rule(
    "tg-vo-at-risk",
    "VO-deltaker 19–24 år i fare for å avbryte",
    GroupKind.INCLUSION,
    GroupOutcome.IN_OT,
    Scope.LOCAL,
)
@implements("tg-vo-at-risk")
def adult_participant_at_risk(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether an adult participant aged 19-24 is marked as at risk: a preventive case, not counted.

    Source: Oslostandarden kap. 4.5.
    """
    is_participant = s.current is not None and s.current.kind in ADULT_KINDS
    is_of_age = s.age >= FROM_AGE_OF_ADULT_RISK and age_frame(s, r).holds
    if is_participant and is_of_age and s.at_risk_of_leaving:
        text = gettext_noop("Det er meldt at deltakeren i voksenopplæring står i fare for å avbryte.")
        return Reason("tg-vo-at-risk", sources.STANDARD_4, text, (), True, "amb-07")
    text = gettext_noop("Det er ikke meldt at en deltaker på 19–24 år står i fare for å avbryte voksenopplæring.")
    return Reason("tg-vo-at-risk", sources.STANDARD_4, text, (), False)


_WAYS_OUT = (
    no_application,
    not_accepted,
    pupil_leaver,
    apprentice_leaver,
    expelled,
    adult_participant_leaver,
)


@group_rule(
    "tg-outside",
    "Ungdom utenfor opplæring",
    GroupKind.CATEGORY,
    GroupOutcome.IN_OT,
    Scope.STATUTORY,
)
@implements("tg-outside", "amb-08")
def outside_education(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth is on the follow-up list: out of education by any way, with activity unknown or none.

    Source: Oslostandarden kap. 6 and 6.3; Samarbeidsavtalen kap. 4.
    """
    rule, source = "tg-outside", sources.STANDARD_6_3
    if s.activity is Activity.KNOWN or s.is_working:
        text = gettext_noop("Aktiviteten er kjent. Ungdommen står i registeret, men ikke på oppfølgingslisten.")
        return Reason(rule, source, text, (), False, "amb-08")
    ways = [way(s, r) for way in _WAYS_OUT]
    if any(way.holds for way in ways):
        text = gettext_noop("Er utenfor opplæring, og aktiviteten er ukjent eller ingen.")
        return Reason(rule, source, text, (), True, "amb-08")
    if any(way.holds is None for way in ways):
        text = gettext_noop("Det er ikke kjent om ungdommen er utenfor opplæring.")
        return Reason(rule, source, text, (), None)
    text = gettext_noop("Er ikke utenfor opplæring på noen av måtene som gir plass på listen.")
    return Reason(rule, source, text, (), False)
