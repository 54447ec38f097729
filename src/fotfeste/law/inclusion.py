"""What brings a youth into the target group by the Act: no place, left, or nothing to do."""

from fotfeste.law import sources
from fotfeste.law.decision import Reason, gettext_noop
from fotfeste.law.facts import (
    ADULT_KINDS,
    CONTRACT_KINDS,
    Activity,
    Application,
    EnrolmentEnd,
    EnrolmentKind,
)
from fotfeste.law.frame import age_frame
from fotfeste.law.groups import GroupKind, GroupOutcome, Scope, group_rule
from fotfeste.law.readings import ReadingsOnDay
from fotfeste.law.right import has_right_to_upper_secondary
from fotfeste.law.signature import Signature
from fotfeste.law.timeline import TARGET_GROUP
from fotfeste.law.trail import Ended, Left
from fotfeste.spec import implements

_HAS_A_PLACE = gettext_noop("Har plass i opplæring.")


def _no(rule: str, s: Signature, text: str, reading: str | None = None) -> Reason:
    return Reason(rule, TARGET_GROUP.on(s.epoch).source, text, (), False, reading)


def _yes(rule: str, s: Signature, text: str, reading: str | None = None) -> Reason:
    return Reason(rule, TARGET_GROUP.on(s.epoch).source, text, (), True, reading)


def _unknown(rule: str, s: Signature, text: str, reading: str | None = None) -> Reason:
    return Reason(rule, TARGET_GROUP.on(s.epoch).source, text, (), None, reading)


@group_rule(
    "tg-no-application",
    "Ikke søkt elev- eller læreplass",
    GroupKind.INCLUSION,
    GroupOutcome.IN_OT,
    Scope.STATUTORY,
)
@implements("tg-no-application", "amb-53")
def no_application(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth did not apply for this school year and has no place.

    One who has not applied for the NEXT year has a register entry of its own until that year begins.

    Source: opplæringslova § 9-4; Oslostandarden kap. 2 and 6.3.1.
    """
    rule = "tg-no-application"
    if s.application_next_year is Application.NOT_APPLIED and s.application is not Application.NOT_APPLIED:
        if r["amb-53"] == "at_once":
            return _yes(rule, s, gettext_noop("Har ikke søkt plass for neste skoleår."), "amb-53")
        if s.current is not None:
            text = gettext_noop("Har ikke søkt for neste skoleår, men er i opplæring i år. Gjelder først til neste år.")
            return _no(rule, s, text, "amb-53")
    if s.current is not None:
        return _no(rule, s, _HAS_A_PLACE)
    if s.application is Application.NOT_APPLIED:
        return _yes(rule, s, gettext_noop("Har ikke søkt elev- eller læreplass for skoleåret."))
    if s.has_place_ahead:
        return _no(rule, s, gettext_noop("Har plass som begynner senere i skoleåret."))
    if s.application is Application.UNKNOWN:
        return _unknown(rule, s, gettext_noop("Det er ikke kjent om ungdommen har søkt plass for skoleåret."))
    return _no(rule, s, gettext_noop("Har søkt plass for skoleåret."))


@group_rule(
    "tg-not-accepted",
    "Ikke tatt imot elev- eller læreplass",
    GroupKind.INCLUSION,
    GroupOutcome.IN_OT,
    Scope.STATUTORY,
)
@implements("tg-not-accepted")
def not_accepted(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether a place was offered and not taken. Not turning up at school start counts as not started.

    Source: opplæringslova § 9-4; Oslostandarden kap. 2.
    """
    rule = "tg-not-accepted"
    if s.current is not None:
        return _no(rule, s, _HAS_A_PLACE)
    if s.application is Application.NOT_ACCEPTED:
        return _yes(rule, s, gettext_noop("Fikk tilbud om plass, men tok ikke imot."))
    if s.application is Application.DID_NOT_START:
        return _yes(rule, s, gettext_noop("Takket ja til plass, men møtte ikke."))
    if s.application is Application.ACCEPTED and not s.has_place_ahead and not s.is_before_count_date and not s.left:
        return _unknown(rule, s, gettext_noop("Takket ja til plass, men det er ikke kjent om ungdommen møtte."))
    return _no(rule, s, gettext_noop("Har ikke latt et tilbud om plass gå fra seg."))


def _left_this_year(s: Signature) -> Left | None:
    return s.left if s.left is not None and s.left.ended is Ended.THIS_SCHOOL_YEAR else None


@group_rule(
    "tg-pupil-leaver",
    "Avbryter opplæringen",
    GroupKind.INCLUSION,
    GroupOutcome.IN_OT,
    Scope.STATUTORY,
)
@implements("tg-pupil-leaver")
def pupil_leaver(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth stopped as a pupil during the year, or finished a year and did not come back.

    Source: opplæringslova § 9-4; Oslostandarden kap. 2 and 6.1.2.
    """
    rule = "tg-pupil-leaver"
    if s.current is not None:
        return _no(rule, s, _HAS_A_PLACE)
    if s.left is None or s.left.kind is not EnrolmentKind.PUPIL:
        return _no(rule, s, gettext_noop("Har ikke sluttet som elev."))
    if s.left.ended is Ended.THIS_SCHOOL_YEAR:
        return _yes(rule, s, gettext_noop("Sluttet som elev i løpet av skoleåret."))
    if s.left.ended is Ended.EARLIER:
        return _no(rule, s, gettext_noop("Sluttet som elev i et tidligere skoleår."))
    if s.has_place_ahead:
        return _no(rule, s, gettext_noop("Har plass som begynner senere i skoleåret."))
    if not s.is_before_count_date:
        return _yes(rule, s, gettext_noop("Var elev forrige skoleår og kom ikke tilbake."))
    if s.application in {Application.ACCEPTED, Application.APPLIED, Application.WAITING_LIST}:
        return _no(rule, s, gettext_noop("Var elev forrige skoleår og har søkt plass for i år."))
    if s.is_between_years and s.application is Application.UNKNOWN:
        return _unknown(
            rule, s, gettext_noop("Var elev forrige skoleår. Det er ikke kjent om ungdommen kommer tilbake.")
        )
    return _yes(rule, s, gettext_noop("Var elev forrige skoleår og har ikke plass i år."))


@group_rule(
    "tg-apprentice-leaver",
    "Avbryter lærekontrakten",
    GroupKind.INCLUSION,
    GroupOutcome.IN_OT,
    Scope.STATUTORY,
)
@implements("tg-apprentice-leaver")
def apprentice_leaver(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether a contract ended before completion in the school year.

    Source: opplæringslova § 9-4; Oslostandarden kap. 2 and 6.2.2.
    """
    rule = "tg-apprentice-leaver"
    if s.current is not None:
        return _no(rule, s, _HAS_A_PLACE)
    left = _left_this_year(s)
    if left is None or left.kind not in CONTRACT_KINDS:
        return _no(rule, s, gettext_noop("Har ikke avbrutt en lærekontrakt i skoleåret."))
    if left.end_reason is EnrolmentEnd.COMPLETED:
        return _no(rule, s, gettext_noop("Fullførte læretiden."))
    if left.end_reason is EnrolmentEnd.LAID_OFF:
        text = gettext_noop("Mistet læreplassen ved permittering eller oppsigelse. Opplæringskontoret skal finne ny.")
        return _yes(rule, s, text)
    return _yes(rule, s, gettext_noop("Lærekontrakten tok slutt før læretiden var fullført."))


@group_rule(
    "tg-no-work-activity",
    "Ikke i arbeid eller aktivitet",
    GroupKind.INCLUSION,
    GroupOutcome.IN_OT,
    Scope.STATUTORY,
)
@implements("tg-no-work-activity")
def no_work_or_activity(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth, within age and right, has neither a place, nor work, nor another activity.

    Source: opplæringslova § 9-4; Oslostandarden kap. 2.
    """
    rule = "tg-no-work-activity"
    if s.current is not None:
        return _no(rule, s, _HAS_A_PLACE)
    if s.is_working:
        text = gettext_noop("Er i arbeid. Uten plass står ungdommen i registeret, men skal ikke følges opp som ukjent.")
        return _no(rule, s, text, "amb-08")
    if s.activity is not Activity.NONE:
        text = gettext_noop("Det er ikke kjent at ungdommen er uten aktivitet.")
        return _no(rule, s, text)
    if not age_frame(s, r).holds:
        return _no(rule, s, gettext_noop("Er uten arbeid og aktivitet, men utenfor aldersrammen."))
    right = has_right_to_upper_secondary(s, r)
    texts = {
        True: gettext_noop("Har rett til opplæring, og er verken i opplæring, arbeid eller annen aktivitet."),
        False: gettext_noop("Er uten arbeid og aktivitet, men har ikke rett til videregående opplæring."),
        None: gettext_noop("Er uten arbeid og aktivitet. Det er ikke kjent om ungdommen har rett til opplæring."),
    }
    return Reason(rule, TARGET_GROUP.on(s.epoch).source, texts[right.holds], (), right.holds, right.reading)


@group_rule(
    "tg-expelled",
    "Mistet plassen ved bortvisning",
    GroupKind.INCLUSION,
    GroupOutcome.IN_OT,
    Scope.STATUTORY,
)
@implements("tg-expelled")
def expelled(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the place was lost by expulsion in the school year.

    Source: opplæringslova §§ 9-4 and 13-1; Oslostandarden kap. 2.
    """
    left = _left_this_year(s)
    if s.current is not None or left is None or left.end_reason is not EnrolmentEnd.EXPELLED:
        return _no("tg-expelled", s, gettext_noop("Har ikke mistet plassen ved bortvisning."))
    source = sources.OPPL_2023_13_1 if s.epoch >= sources.NEW_ACT else TARGET_GROUP.on(s.epoch).source
    return Reason("tg-expelled", source, gettext_noop("Mistet plassen ved bortvisning."))


@group_rule(
    "tg-vo-participant",
    "VO-deltaker under 24 år som avbryter",
    GroupKind.INCLUSION,
    GroupOutcome.IN_OT,
    Scope.STATUTORY,
)
@implements("tg-vo-participant", "amb-02")
def adult_participant_leaver(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether a participant in upper secondary for adults stopped in the school year.

    The age frame is that of the service unless a reading narrows it: "under 24" would drop those who turn 24.

    Source: Samarbeidsavtalen kap. 3 and 4; Oslostandarden kap. 4.5 and 6.4.
    """
    rule, left = "tg-vo-participant", _left_this_year(s)
    if s.current is not None or left is None or left.kind not in ADULT_KINDS:
        return _no(rule, s, gettext_noop("Har ikke avbrutt voksenopplæring i skoleåret."))
    if left.end_reason is EnrolmentEnd.COMPLETED:
        return _no(rule, s, gettext_noop("Fullførte kurset i voksenopplæringen."))
    is_within = {
        "as_service": age_frame(s, r).holds is True,
        "under_24": s.age < 24,
        "from_19": s.age >= 19 and age_frame(s, r).holds is True,
    }[r["amb-02"]]
    if not is_within:
        return _no(rule, s, gettext_noop("Avbrøt voksenopplæring, men er utenfor aldersrammen."), "amb-02")
    if left.kind is EnrolmentKind.VO_FOV and r["amb-04"] == "by_right":
        right = has_right_to_upper_secondary(s, r).holds
        texts = {
            True: gettext_noop("Avbrøt forberedende voksenopplæring og har rett til videregående opplæring."),
            False: gettext_noop("Avbrøt forberedende voksenopplæring, men har ikke rett til videregående opplæring."),
            None: gettext_noop("Avbrøt forberedende voksenopplæring. Det er ikke kjent om retten er der."),
        }
        return Reason(rule, sources.STANDARD_6_4, texts[right], (), right, "amb-04")
    text = gettext_noop("Avbrøt voksenopplæringen i løpet av skoleåret.")
    return Reason(rule, sources.STANDARD_6_4, text, (), True, "amb-02")
