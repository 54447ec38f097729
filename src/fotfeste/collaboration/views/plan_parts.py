"""The plan on the time line of the person page: made, reviewed and ended."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.selectors.timeline import Entry, Happening
from fotfeste.casework.views.happenings import Told, may_name
from fotfeste.collaboration.enums import PlanResult, ReviewFinding
from fotfeste.collaboration.selectors.plans import MEASURES, PLANS, REVIEWS
from fotfeste.kernel import clock, formats
from fotfeste.kernel.ui import Tone

if TYPE_CHECKING:
    from fotfeste.casework.selectors.person_page import PersonPage
    from fotfeste.casework.views.header import Header

ROWS = {"plans": PLANS, "plan measures": MEASURES, "plan reviews": REVIEWS}


def happenings(actor: Actor, page: "PersonPage", header: "Header") -> Iterator[Entry]:
    """Return what has happened with the plans, to whoever is let into them."""
    for plan in page.besides["plans"]:
        names = may_name(header, actor, plan.unit_id)
        period = formats.period(plan.first_day, plan.last_day)
        by = plan.made_by.name if names else ""
        told = Told(_("Oppfølgingsplan laget"), period, "file-text", Tone.INFO, by=by)
        yield Entry(plan.made_at.astimezone(clock.OSLO).date(), plan.made_at, Happening.COOPERATION, told)
        if plan.ended_on is not None:
            by = plan.ended_by.name if names else ""
            result = str(PlanResult(plan.result).label)
            told = Told(_("Oppfølgingsplan avsluttet"), result, "file-text", Tone.CLOSED, by=by)
            yield Entry(plan.ended_on, plan.ended_at, Happening.COOPERATION, told)
    for review in page.besides["plan reviews"]:
        by = review.by.name if may_name(header, actor, review.unit_id) else ""
        what = f"{ReviewFinding(review.finding).label}. {review.text}"
        told = Told(_("Oppfølgingsplan gjennomgått"), what, "file-text", Tone.INFO, by=by)
        yield Entry(review.on, review.at, Happening.COOPERATION, told)
