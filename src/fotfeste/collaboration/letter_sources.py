"""What an invitation by letter says of the meeting, and the plan that lies with the copy of it."""

from collections.abc import Mapping

from django.utils import translation

from fotfeste.casework.selectors import whereabouts
from fotfeste.collaboration import printing
from fotfeste.collaboration.enums import MeetingKind
from fotfeste.collaboration.selectors import plans
from fotfeste.collaboration.selectors.meetings import meeting_or_none
from fotfeste.collaboration.selectors.plan_bodies import names_of
from fotfeste.kernel import formats


def meeting_words(youth_id: int, meeting_id: int, language: str) -> Mapping[str, str]:
    """Return when, where and why a meeting is."""
    found = meeting_or_none(youth_id=youth_id, meeting_id=meeting_id)
    if found is None:
        return {}
    with translation.override(language):
        return {
            "møtetype": str(MeetingKind(found.kind).label).lower(),
            "tid": formats.moment(found.starts_at),
            "sted": found.place or found.video_url,
            "formål": found.purpose,
        }


def plan_paper(youth_id: int, plan_id: int, language: str) -> bytes | None:
    """Return the plan on paper; None when it is there no more. Of a protected youth it never says where."""
    found = plans.plan_or_none(youth_id=youth_id, plan_id=plan_id)
    if found is None:
        return None
    measures = plans.measures_of(plan_id=plan_id)
    return printing.plan_pdf(
        found,
        measures,
        language=language,
        names=names_of(found, measures, tells_unit=not whereabouts.is_protected(found.youth.protection)),
        agreement=plans.agreements_of(plan_id=plan_id).get(found.number),
        reviewed_on=[each.on for each in plans.reviews_of(plan_id=plan_id)],
    )
