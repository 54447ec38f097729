"""Groups of the Ny GIV project and of older agreements: priorities and history, never membership."""

from datetime import date
from typing import NamedTuple

from fotfeste.law import sources
from fotfeste.law.decision import Reason, gettext_noop
from fotfeste.law.facts import Competence, EnrolmentKind
from fotfeste.law.groups import GroupKind, GroupOutcome, group_rule
from fotfeste.law.readings import ReadingsOnDay
from fotfeste.law.right import adult_choice
from fotfeste.law.signature import Outside, Signature
from fotfeste.law.sources import Source
from fotfeste.law.timeline import UPPER_AGE
from fotfeste.spec import implements


@group_rule(
    "tg-ny-giv-priority-leaving",
    "Prioritet: i ferd med å slutte",
    GroupKind.CATEGORY,
    GroupOutcome.CONDITION,
)
@implements("tg-ny-giv-priority-leaving")
def about_to_leave(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth is a pupil about to leave, or has just left (within 90 days; the limit is inferred).

    Source: the follow-up project of 2011, column A of the matrix.
    """
    rule, source = "tg-ny-giv-priority-leaving", sources.FOLLOW_UP_PROJECT_2011
    is_pupil = s.current is not None and s.current.kind is EnrolmentKind.PUPIL
    if is_pupil and s.at_risk_of_leaving:
        return Reason(rule, source, gettext_noop("Er elev og i ferd med å slutte."))
    if s.current is None and s.left is not None and s.left.kind is EnrolmentKind.PUPIL and s.left.ended_recently:
        return Reason(rule, source, gettext_noop("Sluttet som elev for mindre enn 90 dager siden."))
    return Reason(rule, source, gettext_noop("Er ikke en elev i ferd med å slutte."), (), False)


@group_rule(
    "tg-ny-giv-priority-long-out",
    "Prioritet: ute ett år eller mer",
    GroupKind.CATEGORY,
    GroupOutcome.CONDITION,
)
@implements("tg-ny-giv-priority-long-out")
def outside_for_a_year(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether the youth has been outside education and work for a year; None without a reliable start date.

    Source: the follow-up project of 2011: "one year or more" in the goals, "more than a year" in area III.
    """
    rule, source = "tg-ny-giv-priority-long-out", sources.FOLLOW_UP_PROJECT_2011
    if s.outside is Outside.UNKNOWN:
        text = gettext_noop("Det er ikke kjent hvor lenge ungdommen har stått utenfor.")
        return Reason(rule, source, text, (), None, rule)
    least = Outside.A_YEAR if r[rule] == "from_365_days" else Outside.OVER_A_YEAR
    if s.outside >= least:
        return Reason(
            rule, source, gettext_noop("Har stått utenfor opplæring og arbeid i ett år eller mer."), (), True, rule
        )
    text = gettext_noop("Har stått utenfor opplæring og arbeid i mindre enn ett år.")
    return Reason(rule, source, text, (), False, rule)


class AgeFrame(NamedTuple):
    """The ages (reached in the year) that an older document or the law of its time counts."""

    document: str
    youngest: int
    oldest: int
    source: Source


OLDER_AGE_FRAMES = (
    AgeFrame("Oppfølgingsprosjektet 2011 og AFI 2015", 15, 21, sources.FOLLOW_UP_PROJECT_2011),
    AgeFrame("Navs side om fylkesavtaler og AFI 2015", 16, 21, sources.AFI_2015),
    AgeFrame("AFI 2015, vedlegg 1", 15, 19, sources.AFI_2015),
    AgeFrame("Noen fylkesavtaler", 22, 25, sources.AFI_2015),
)


def age_frame_of_figures(day: date) -> AgeFrame:
    """
    Return the age frame to print beside a figure counted on ``day``: every figure carries the frame of its year.

    Source: opplæringslova § 9-4; before 1 August 2024 § 3-6.
    """
    upper = UPPER_AGE.on(day)
    return AgeFrame(upper.source.citation, 16, upper.value, upper.source)


@group_rule(
    "tg-older-ages",
    "Eldre aldersgrenser",
    GroupKind.HISTORY,
    GroupOutcome.CONDITION,
)
@implements("tg-older-ages")
def within_an_older_age_frame(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return whether one of the older age frames would take the youth in. For reading old figures only.

    Source: documents of 2007-2015; § 3-6 of the Act of 1998.
    """
    fits = [frame for frame in OLDER_AGE_FRAMES if frame.youngest <= s.age <= frame.oldest]
    facts = (("age", str(s.age)), ("frames", "; ".join(f"{f.document}: {f.youngest}–{f.oldest}" for f in fits)))
    if fits:
        return Reason("tg-older-ages", fits[0].source, gettext_noop("Eldre aldersrammer som passer: {frames}."), facts)
    text = gettext_noop("Ingen eldre aldersramme passer for alderen {age}.")
    return Reason("tg-older-ages", sources.AFI_2015, text, facts, False)


@group_rule(
    "tg-agreement-groups",
    "Målgrupper i eldre fylkesavtaler",
    GroupKind.HISTORY,
    GroupOutcome.CONDITION,
)
@implements("tg-agreement-groups")
def named_in_older_agreements(s: Signature, r: ReadingsOnDay) -> Reason:
    """
    Return which groups of the older county agreements the youth would belong to.

    Minority language, correctional care and absence are named there too; the system keeps no such facts for this.

    Source: AFI 2015, ch. 2.2.
    """
    groups = []
    if s.current is None and s.competence is Competence.NONE:
        groups.append("utenfor skole og arbeid")
    if s.current is not None and s.current.kind is EnrolmentKind.TRAINEE_CANDIDATE:
        groups.append("lærekandidat")
    if s.at_risk_of_no_apprenticeship:
        groups.append("vanskelig å formidle til læreplass")
    if s.left is not None:
        groups.append("har sluttet")
    if 22 <= s.age <= 25 and s.competence is Competence.NONE:
        groups.append("22–25 år uten fullført opplæring")
    if s.is_jobseeker and adult_choice(s, r).holds:
        groups.append("arbeidssøker med rett som voksen")
    facts = (("groups", ", ".join(groups)),)
    if groups:
        text = gettext_noop("Grupper i eldre fylkesavtaler som passer: {groups}.")
        return Reason("tg-agreement-groups", sources.AFI_2015, text, facts)
    text = gettext_noop("Ingen av gruppene i eldre fylkesavtaler passer.")
    return Reason("tg-agreement-groups", sources.AFI_2015, text, facts, False)
