"""Rights to education: the right of youth, adult choice from 19, requalification, more training in single subjects."""

from datetime import date

from fotfeste.law import sources
from fotfeste.law.decision import Decision, Reason, gettext_noop
from fotfeste.law.facts import Competence, MoreTrainingGround, YouthFacts
from fotfeste.law.groups import GroupKind, GroupOutcome, group_rule
from fotfeste.law.outcomes import Right
from fotfeste.law.readings import PROPOSED, Readings, ReadingsOnDay
from fotfeste.law.signature import AgeBand, Signature, StatusClass, signature
from fotfeste.law.timeline import ADULT_CHOICE_AGE, COVERS_LOST_RIGHT, REQUALIFICATION, RIGHT
from fotfeste.spec import implements

_NAMES = {True: Right.YES, False: Right.NO, None: Right.UNKNOWN}
LAST_SCHOOL_YEAR_STARTS_AT = 24


def has_right_to_upper_secondary(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth has the right to upper secondary education, or (old law) had lost it and was covered still.

    The right is explicit, or follows from finished compulsory school or an earlier place in upper secondary, or is
    presumed when the county has registered the youth in the target group and a reading allows it.

    Source: opplæringslova § 5-1; before 1 August 2024 § 3-1 and, for those who had lost the right, § 3-6.
    """
    rule, source = "tg-right-frame", RIGHT.on(s.epoch).source
    if s.competence is not Competence.NONE:
        text = gettext_noop("Har fullført og bestått, og retten er brukt.")
        return Reason(rule, source, text, (("competence", s.competence.value),), False)
    lost = COVERS_LOST_RIGHT.on(s.epoch)
    if s.has_lost_right and lost.value:
        text = gettext_noop("Har tapt retten, men var likevel omfattet av loven som gjaldt til 31. juli 2024.")
        return Reason(rule, lost.source, text)
    last_start = s.born_year + LAST_SCHOOL_YEAR_STARTS_AT
    if s.school_year > last_start:
        text = gettext_noop("Retten varte ut skoleåret som begynte i {last_start}.")
        return Reason(rule, source, text, (("last_start", str(last_start)),), False)
    if s.has_right is not None:
        text = gettext_noop("Har rett til videregående opplæring.")
        if not s.has_right:
            text = gettext_noop("Har ikke rett til videregående opplæring.")
        return Reason(rule, source, text, (), s.has_right)
    return _derived_right(s, r)


def _derived_right(s: Signature, r: ReadingsOnDay) -> Reason:
    rule, source = "tg-right-frame", RIGHT.on(s.epoch).source
    if s.finished_compulsory:
        text = gettext_noop("Har fullført grunnskolen og ikke oppnådd studie- eller yrkeskompetanse.")
        return Reason(rule, source, text)
    if s.has_upper_secondary_history:
        text = gettext_noop("Har hatt plass i videregående opplæring og ikke oppnådd studie- eller yrkeskompetanse.")
        return Reason(rule, source, text)
    if s.finished_compulsory is False:
        text = gettext_noop("Har ikke fullført grunnskolen, og har derfor ikke rett til videregående opplæring.")
        return Reason(rule, source, text, (), False)
    if s.status is StatusClass.IN_TARGET_GROUP and r["tg-right-frame"] == "presume_from_register":
        text = gettext_noop("Fylkeskommunen har registrert ungdommen i målgruppen. Retten er antatt, ikke prøvd.")
        return Reason(rule, sources.OWN_READING, text, (), True, "tg-right-frame")
    text = gettext_noop("Det er ikke kjent om ungdommen har rett til videregående opplæring.")
    return Reason(rule, source, text, (), None, "tg-right-frame")


@group_rule(
    "tg-completion-right",
    "Rett til opplæring fram til oppnådd kompetanse",
    GroupKind.RIGHT,
    GroupOutcome.RIGHT,
)
@implements("tg-completion-right")
def completion_right(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the right to education until competence is reached is held. No limit of years used.

    Source: opplæringslova § 5-1. It ends with the school year that starts in the year one turns 24.
    """
    source = RIGHT.on(s.epoch).source
    facts = (("last_start", str(s.born_year + LAST_SCHOOL_YEAR_STARTS_AT)),)
    right = has_right_to_upper_secondary(s, r)
    if source is not sources.OPPL_2023_5_1:
        text = gettext_noop(
            "Retten til kompetanse er oppnådd gjelder fra 1. august 2024. Den eldre retten regnes ikke ut."
        )
        return Reason("tg-completion-right", sources.OPPL_2023_5_1, text, facts, False, "amb-10")
    if right.holds:
        text = gettext_noop("Har rett til opplæring til kompetansen er nådd, ut skoleåret som begynner i {last_start}.")
        return Reason("tg-completion-right", source, text, facts, True, right.reading)
    return Reason("tg-completion-right", right.source, right.text, right.facts, right.holds, right.reading)


@group_rule(
    "tg-requalification-right",
    "Rett til yrkesfaglig rekvalifisering",
    GroupKind.RIGHT,
    GroupOutcome.RIGHT,
)
@implements("tg-requalification-right")
def requalification(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth may take one new vocational competence.

    The agreement speaks of a general study competence too; the Act does not, and the Act is followed.

    Source: opplæringslova § 18-4.
    """
    rule, in_force = "tg-requalification-right", REQUALIFICATION.on(s.epoch)
    if not in_force.value:
        text = gettext_noop("Retten til rekvalifisering gjelder fra 1. august 2024.")
        return Reason(rule, in_force.source, text, (), False)
    if s.competence is Competence.NONE:
        text = gettext_noop("Rekvalifisering er for den som har fullført og bestått.")
        return Reason(rule, in_force.source, text, (), False)
    if s.has_used_requalification:
        text = gettext_noop("Retten gir én ny yrkeskompetanse, og den er brukt.")
        return Reason(rule, in_force.source, text, (), False)
    text = gettext_noop("Har fullført og bestått, og har rett til én ny yrkeskompetanse.")
    return Reason(rule, in_force.source, text, (("competence", s.competence.value),))


@group_rule(
    "tg-adult-choice-19",
    "Kan velge voksenopplæring fra 19 år",
    GroupKind.RIGHT,
    GroupOutcome.RIGHT,
)
@implements("tg-adult-choice-19", "amb-11")
def adult_choice(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth may choose adult education: from the school year that starts in the year one turns 19.

    Source: opplæringslova § 5-1.
    """
    rule, age = "tg-adult-choice-19", ADULT_CHOICE_AGE.on(s.epoch)
    if age.value is None:
        text = gettext_noop("Valget av voksenopplæring fra 19 år gjelder fra 1. august 2024.")
        return Reason(rule, sources.OPPL_2023_5_1, text, (), False)
    first_start = s.born_year + age.value
    facts = (("first_start", str(first_start)), ("age", str(age.value)))
    if r["amb-11"] == "birthday":
        text = gettext_noop("Voksenopplæring kan velges fra {age}-årsdagen.")
        return Reason(rule, age.source, text, facts, s.age_band >= AgeBand.FROM_19, "amb-11")
    text = gettext_noop("Voksenopplæring kan velges fra skoleåret som begynner i {first_start}.")
    return Reason(rule, age.source, text, facts, s.school_year >= first_start, "amb-11")


@group_rule(
    "tg-more-training",
    "Rett til mer-opplæring i enkeltfag",
    GroupKind.RIGHT,
    GroupOutcome.RIGHT,
)
@implements("tg-more-training")
def more_training(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth may take a subject again. There is no age limit.

    Source: opplæringsforskrifta §§ 4-3 and 5-2; Oslostandarden kap. 7.
    """
    rule, source = "tg-more-training", sources.FOR_2024_4_3
    if not s.went_through_upper_secondary:
        text = gettext_noop("Mer opplæring i enkeltfag er for den som har gått ut av videregående opplæring.")
        return Reason(rule, source, text, (), False)
    texts = {
        MoreTrainingGround.EXAM_RIGHT: gettext_noop("Har rett til ny, utsatt eller særskilt eksamen i faget."),
        MoreTrainingGround.RESULT_IV: gettext_noop("Fikk IV i faget fordi grunnlaget for vurdering manglet."),
        MoreTrainingGround.EARLIER_PUPIL_NOT_PASSED: gettext_noop("Var elev eller deltaker og bestod ikke faget."),
        MoreTrainingGround.NONE: gettext_noop("Ingen fag gir rett til mer opplæring."),
    }
    ground = s.more_training_ground
    return Reason(rule, source, texts[ground], (("ground", ground.value),), ground is not MoreTrainingGround.NONE)


def _right(reason: Reason) -> Decision[Right]:
    return Decision(_NAMES[reason.holds], (reason,))


def right_to_upper_secondary(facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> Decision[Right]:
    """
    Return whether the youth has the right to upper secondary education on the day.

    Source: opplæringslova § 5-1; before 1 August 2024 § 3-1.
    """
    return _right(has_right_to_upper_secondary(signature(facts, on), readings.on(on)))


def may_choose_adult_education(facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> Decision[Right]:
    """
    Return whether the youth may choose adult education on the day.

    Source: opplæringslova § 5-1.
    """
    return _right(adult_choice(signature(facts, on), readings.on(on)))


def right_to_requalification(facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> Decision[Right]:
    """
    Return whether the youth has the right to one new vocational competence.

    Source: opplæringslova § 18-4.
    """
    return _right(requalification(signature(facts, on), readings.on(on)))


def right_to_more_training(facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> Decision[Right]:
    """
    Return whether the youth may take single subjects again.

    Source: opplæringsforskrifta §§ 4-3 and 5-2.
    """
    return _right(more_training(signature(facts, on), readings.on(on)))
