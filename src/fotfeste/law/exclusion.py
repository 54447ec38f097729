"""Who is outside the service whatever else is true. Exclusions beat inclusions."""

from fotfeste.law import sources
from fotfeste.law.decision import Reason, gettext_noop
from fotfeste.law.facts import UPPER_SECONDARY_KINDS, Competence, EnrolmentKind
from fotfeste.law.groups import GroupKind, GroupOutcome, Scope, group_rule
from fotfeste.law.readings import ReadingsOnDay
from fotfeste.law.right import has_right_to_upper_secondary
from fotfeste.law.signature import Signature, StatusClass
from fotfeste.law.timeline import TARGET_GROUP, UPPER_AGE
from fotfeste.spec import implements

REST_OF_SCHOOL_YEAR = "rest_of_school_year"


@group_rule(
    "tg-not-ot-completed",
    "Fullført og bestått",
    GroupKind.EXCLUSION,
    GroupOutcome.NOT_IN_OT,
    Scope.BOTH,
)
@implements("tg-not-ot-completed", "amb-06")
def completed(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth is outside because competence is reached.

    Source: opplæringslova §§ 5-1 and 9-4; Samarbeidsavtalen kap. 5; Oslostandarden kap. 8.
    """
    rule, source = "tg-not-ot-completed", TARGET_GROUP.on(s.epoch).source
    if s.competence is Competence.NONE:
        text = gettext_noop("Har ikke oppnådd studie- eller yrkeskompetanse.")
        return Reason(rule, source, text, (), False)
    facts = (("competence", s.competence.value),)
    if r["amb-06"] == "requalifiers" and not s.wants_requalification:
        text = gettext_noop("Har fullført og bestått, men ønsker ikke rekvalifisering.")
        return Reason(rule, source, text, facts, False, "amb-06")
    text = gettext_noop("Har fullført og bestått videregående opplæring.")
    return Reason(rule, source, text, facts, True, "amb-06")


@group_rule(
    "tg-not-ot-25-plus",
    "25 år eller eldre",
    GroupKind.EXCLUSION,
    GroupOutcome.NOT_IN_OT,
    Scope.BOTH,
)
@implements("tg-not-ot-25-plus", "amb-03")
def too_old(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth is too old: from 1 January of the year one turns 25 (22 before 1 August 2024).

    Source: opplæringslova § 9-4; before 1 August 2024 § 3-6.
    """
    upper = UPPER_AGE.on(s.epoch)
    facts = (
        ("born_year", str(s.born_year)),
        ("age", str(s.age)),
        ("year", str(s.year)),
        ("upper_age", str(upper.value)),
    )
    if s.age > upper.value:
        text = gettext_noop("Fyller {age} år i {year}. OT varer ut året man fyller {upper_age}.")
        return Reason("tg-not-ot-25-plus", upper.source, text, facts, True, "amb-03")
    text = gettext_noop("Fyller {age} år i {year}, og er ikke for gammel.")
    return Reason("tg-not-ot-25-plus", upper.source, text, facts, False)


@group_rule(
    "tg-not-ot-preparatory-16-19",
    "Forberedende opplæring 16–19 uten fullført grunnskole",
    GroupKind.EXCLUSION,
    GroupOutcome.NOT_IN_OT,
    Scope.BOTH,
)
@implements("tg-not-ot-preparatory-16-19", "amb-04")
def preparatory_without_right(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth attends preparatory training without finished compulsory school and without the right.

    The right decides, not the name of the course, unless a reading says otherwise.

    Source: Oslostandarden kap. 8; opplæringslova § 5-1.
    """
    rule, source = "tg-not-ot-preparatory-16-19", sources.STANDARD_8
    if s.current is None or s.current.kind is not EnrolmentKind.PREPARATORY_YOUTH:
        text = gettext_noop("Går ikke i forberedende opplæring.")
        return Reason(rule, source, text, (), False)
    if r["amb-04"] == "by_course":
        text = gettext_noop("Går i forberedende opplæring for 16–19 år.")
        return Reason(rule, source, text, (), True, "amb-04")
    if s.finished_compulsory:
        text = gettext_noop("Går i forberedende opplæring, men har fullført grunnskolen.")
        return Reason(rule, source, text, (), False, "amb-04")
    right = has_right_to_upper_secondary(s, r).holds
    if right is None:
        text = gettext_noop("Går i forberedende opplæring. Det er ikke kjent om ungdommen har rett til videregående.")
        return Reason(rule, source, text, (), None, "amb-04")
    if right:
        text = gettext_noop("Går i forberedende opplæring, men har rett til videregående opplæring.")
        return Reason(rule, source, text, (), False, "amb-04")
    text = gettext_noop(
        "Går i forberedende opplæring, uten fullført grunnskole og uten rett til videregående opplæring."
    )
    return Reason(rule, source, text, (), True, "amb-04")


@group_rule(
    "tg-registered-by-mistake",
    "Registrert ved feil",
    GroupKind.EXCLUSION,
    GroupOutcome.NOT_IN_OT,
    Scope.BOTH,
)
@implements("tg-registered-by-mistake")
def registered_by_mistake(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the registration is marked as a mistake. The row is kept, only left out of the target group.

    Source: the OT table per 1.1.2011; Udir's code list, code 5.5.
    """
    is_mistake = s.status is StatusClass.MISTAKE
    text = gettext_noop("Registrert ved en feil. Raden beholdes, men regnes ikke med.")
    if not is_mistake:
        text = gettext_noop("Ikke registrert ved en feil.")
    return Reason("tg-registered-by-mistake", sources.UDIR_CODES, text, (), is_mistake)


@group_rule(
    "tg-pupil-or-apprentice-active",
    "I opplæring på registreringstidspunktet",
    GroupKind.EXCLUSION,
    GroupOutcome.NOT_IN_OT,
    Scope.STATUTORY,
)
@implements("tg-pupil-or-apprentice-active")
def in_training(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth is registered but not in the target group now: in training, moved, or preventive work.

    A registered status outside the target group decides. Without one a running place decides, except for the youth
    who was in the target group earlier in the school year and came back into training: the codes of group 3 count them
    for the rest of the school year.

    Source: note to the OT table per 1.1.2011; Udir's code list, group 5; opplæringslova § 9-4.
    """
    rule, reading = "tg-pupil-or-apprentice-active", "rule-count-group-4-5-6-out"
    if s.status is StatusClass.OUTSIDE:
        text = gettext_noop("Den registrerte statusen hører til gruppen som er tilmeldt, men ikke i målgruppen.")
        return Reason(rule, sources.UDIR_CODES_2011, text)
    source = TARGET_GROUP.on(s.epoch).source
    if s.current is None:
        text = gettext_noop("Har ingen plass i opplæring nå.")
        return Reason(rule, source, text, (), False)
    if s.current.kind is EnrolmentKind.PREPARATORY_YOUTH and preparatory_without_right(s, r).holds is None:
        text = gettext_noop("Går i forberedende opplæring, og det er ikke avgjort om ungdommen hører til i OT.")
        return Reason(rule, source, text, (), None, "amb-04")
    counts_on = s.was_member_earlier_in_school_year or s.status is StatusClass.IN_TARGET_GROUP
    if s.current.kind in UPPER_SECONDARY_KINDS and counts_on and r[reading] == REST_OF_SCHOOL_YEAR:
        text = gettext_noop("Er i opplæring, men har vært i målgruppen tidligere i skoleåret og regnes med ut året.")
        return Reason(rule, source, text, (), False, reading)
    facts = (("enrolment", s.current.kind.value),)
    return Reason(rule, source, gettext_noop("Er i opplæring nå."), facts)
