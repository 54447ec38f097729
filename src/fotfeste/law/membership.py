"""Who is covered: the statutory target group and the county's wider one, as two decisions.

Only the statutory one is reported nationally. Exclusions beat inclusions; what the facts cannot settle is undecided
and becomes a task for the county's education administration.
"""

from datetime import date
from functools import cache

from fotfeste.law import exclusion, frame, guarantee, inclusion, local_inclusion, older_groups, right, sources
from fotfeste.law.decision import Decision, Reason, gettext_noop
from fotfeste.law.exclusion import REST_OF_SCHOOL_YEAR
from fotfeste.law.facts import Activity, Application, YouthFacts
from fotfeste.law.groups import RULES, GroupKind, GroupOutcome, GroupResult, GroupRule, Scope, group_rule
from fotfeste.law.outcomes import Membership
from fotfeste.law.readings import PROPOSED, Readings, ReadingsOnDay
from fotfeste.law.signature import Signature, StatusClass, signature
from fotfeste.law.timeline import TARGET_GROUP
from fotfeste.spec import implements

RULE_MODULES = (frame, inclusion, local_inclusion, exclusion, right, guarantee, older_groups)


def _tried(kind: GroupKind, scopes: set[Scope], s: Signature, r: ReadingsOnDay) -> list[Reason]:
    return [rule.check(s, r) for rule in RULES.values() if rule.kind is kind and rule.scope in scopes]


@implements("amb-07")
def statutory_membership(facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> Decision[Membership]:
    """
    Return whether the youth belongs to the target group of the Act on the day.

    Source: opplæringslova § 9-4; before 1 August 2024 § 3-6 and the regulation of 2006 § 13-2.

    :raises BeforeOurHorizon: the day is before the oldest law we hold.
    """
    return statutory_membership_by(signature(facts, on), readings.on(on))


def statutory_membership_by(s: Signature, r: ReadingsOnDay) -> Decision[Membership]:
    """Return the statutory membership that follows from a signature and the readings of the day."""
    exclusions = _tried(GroupKind.EXCLUSION, {Scope.STATUTORY, Scope.BOTH}, s, r)
    out = _holding(exclusions)
    if out:
        return Decision(Membership.NOT_IN_OT, out)
    framed = (frame.age_frame(s, r), frame.right_frame(s, r))
    outside_frame = tuple(reason for reason in framed if reason.holds is False)
    if outside_frame:
        return Decision(Membership.NOT_IN_OT, outside_frame)
    if s.is_working and r["amb-08"] == "work_is_outside":
        return Decision(Membership.NOT_IN_OT, (inclusion.no_work_or_activity(s, r),))
    unknown = _open([*exclusions, *framed])
    if unknown:
        return Decision(Membership.UNDECIDED, unknown)
    inclusions = _tried(GroupKind.INCLUSION, {Scope.STATUTORY}, s, r)
    included = _holding(inclusions) or _included_otherwise(s, r)
    if included:
        return Decision(Membership.IN_OT, (*framed, *included))
    still_open = _open(inclusions)
    if still_open:
        return Decision(Membership.UNDECIDED, (*framed, *still_open))
    return Decision(Membership.NOT_IN_OT, (*framed, _has_place_or_waits(s)))


def _holding(reasons: list[Reason]) -> tuple[Reason, ...]:
    return tuple(reason for reason in reasons if reason.holds)


def _open(reasons: list[Reason]) -> tuple[Reason, ...]:
    return tuple(reason for reason in reasons if reason.holds is None)


def _included_otherwise(s: Signature, r: ReadingsOnDay) -> tuple[Reason, ...]:
    """Return the ground of those no single criterion names: back in training this year, or simply without a place."""
    counted = s.was_member_earlier_in_school_year or s.status is StatusClass.IN_TARGET_GROUP
    if s.current is not None:
        reading = "rule-count-group-4-5-6-out"
        if not counted or r[reading] != REST_OF_SCHOOL_YEAR:
            return ()
        text = gettext_noop("Har vært i målgruppen tidligere i skoleåret, og regnes med ut skoleåret.")
        return (Reason("tg-school-year-scope", TARGET_GROUP.on(s.epoch).source, text, (), True, reading),)
    return _no_place(s) if _is_known_to_lack_a_place(s) else ()


def _is_known_to_lack_a_place(s: Signature) -> bool:
    if s.has_place_ahead or s.application is Application.ACCEPTED:
        return False
    if s.status is StatusClass.IN_TARGET_GROUP or s.was_member_earlier_in_school_year:
        return True
    if s.application is Application.APPLIED:
        return not s.is_before_count_date
    if s.application is Application.UNKNOWN:
        # A year finished in the ordinary way says nothing about the next before the count date.
        return s.has_history and not (s.is_between_years and s.is_before_count_date)
    return True


def _no_place(s: Signature) -> tuple[Reason, ...]:
    text = gettext_noop("Har rett til opplæring, men ingen plass i skoleåret. Registeret omfatter alle uten plass.")
    return (Reason("tg-outside", TARGET_GROUP.on(s.epoch).source, text, (), True, "amb-08"),)


def _has_place_or_waits(s: Signature) -> Reason:
    source = TARGET_GROUP.on(s.epoch).source
    if s.current is not None:
        return Reason("tg-outside", source, gettext_noop("Er i opplæring."), (), False)
    text = gettext_noop("Har en plass i vente, eller venter på svar på søknaden.")
    return Reason("tg-outside", source, text, (), False)


def local_target_group(facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> Decision[Membership]:
    """
    Return whether the youth belongs to the county's own, wider target group, which takes in the statutory one.

    Never reported nationally; where the county has no wider group it equals the statutory one.

    Source: Oslostandarden kap. 2 and 6.1.1.
    """
    return local_target_group_by(signature(facts, on), readings.on(on))


def local_target_group_by(s: Signature, r: ReadingsOnDay) -> Decision[Membership]:
    """Return the local membership that follows from a signature and the readings of the day."""
    statutory = statutory_membership_by(s, r)
    if statutory.outcome is Membership.IN_OT or r["amb-07"] == "statutory_only":
        return statutory
    exclusions = _tried(GroupKind.EXCLUSION, {Scope.LOCAL, Scope.BOTH}, s, r)
    if _holding(exclusions):
        return Decision(Membership.NOT_IN_OT, _holding(exclusions))
    framed = (frame.age_frame(s, r), frame.right_frame(s, r))
    outside_frame = tuple(reason for reason in framed if reason.holds is False)
    if outside_frame:
        return Decision(Membership.NOT_IN_OT, outside_frame)
    included = _holding(_tried(GroupKind.INCLUSION, {Scope.LOCAL}, s, r))
    unknown = _open([*exclusions, *framed])
    if included and unknown:
        return Decision(Membership.UNDECIDED, (*unknown, *included))
    if included:
        return Decision(Membership.IN_OT, (*framed, *included))
    return statutory


def belongs_on_follow_up_list(facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> Decision[bool]:
    """
    Return whether the youth is to be followed up: a statutory member whose activity is unknown or none.

    Youth in work without a place are in the register but not on this list.

    Source: opplæringslova § 9-4; Oslostandarden kap. 6.3.
    """
    s, r = signature(facts, on), readings.on(on)
    membership = statutory_membership_by(s, r)
    if membership.outcome is not Membership.IN_OT:
        return Decision(False, membership.reasons)
    is_unknown = s.current is None and not s.is_working and s.activity is not Activity.KNOWN
    text = gettext_noop("Uten plass, og aktiviteten er ukjent eller ingen. Skal følges opp.")
    if not is_unknown:
        text = gettext_noop("Aktiviteten er kjent. Står i registeret, men ikke på oppfølgingslisten.")
    return Decision(is_unknown, (Reason("tg-outside", sources.STANDARD_6_3, text, (), is_unknown, "amb-08"),))


@group_rule(
    "tg-non-ot-guidance",
    "16–30 utenfor, ikke i OT",
    GroupKind.CATEGORY,
    GroupOutcome.CONDITION,
)
@implements("tg-non-ot-guidance")
def guidance_outside_the_service(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth is outside education, work and the service: guidance to Nav, a light record only.

    Source: Samarbeidsavtalen kap. 5; Oslostandarden kap. 8.
    """
    rule, source = "tg-non-ot-guidance", sources.STANDARD_8
    if not guarantee.is_of_guarantee_age(s, r):
        text = gettext_noop("Er ikke mellom 16-årsdagen og 30-årsdagen.")
        return Reason(rule, source, text, (), False, "amb-05")
    if s.current is not None or s.is_working:
        return Reason(rule, source, gettext_noop("Er i opplæring eller arbeid."), (), False)
    membership = local_target_group_by(s, r).outcome
    if membership is Membership.UNDECIDED:
        return Reason(rule, source, gettext_noop("Det er ikke avgjort om ungdommen er i OT."), (), None)
    if membership is Membership.IN_OT:
        return Reason(rule, source, gettext_noop("Er i OTs målgruppe og følges opp der."), (), False)
    text = gettext_noop(
        "Er utenfor opplæring og arbeid og ikke i OT. Veiled til Nav; ingen liste og ingen ansvarlig skole."
    )
    return Reason(rule, source, text)


def matched_groups(facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> tuple[GroupResult, ...]:
    """
    Return what every one of the target-group rules says about the youth, in a fixed order.

    Each result says whether its rule holds; None means that the facts do not suffice.
    """
    return matched_groups_by(signature(facts, on), readings.on(on))


def matched_groups_by(s: Signature, r: ReadingsOnDay) -> tuple[GroupResult, ...]:
    """Return what every rule says about a signature."""
    return tuple(GroupResult(rule, rule.check(s, r)) for rule in group_rules())


@cache
def group_rules() -> tuple[GroupRule, ...]:
    """Return every target-group rule: conditions first, then what includes, what excludes, and the rest."""
    order = list(GroupKind)
    return tuple(sorted(RULES.values(), key=lambda rule: order.index(rule.kind)))
