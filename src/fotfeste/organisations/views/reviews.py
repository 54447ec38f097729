"""Going through who has access: how far the units have come, and the roles at one of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.policies import counties_administered, units_reviewed
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.seen import each_by_itself
from fotfeste.kernel.ui import Link
from fotfeste.organisations.enums import ReviewOutcome, ReviewState
from fotfeste.organisations.review_rounds import ReviewRound, round_on
from fotfeste.organisations.selectors import reviews as selectors
from fotfeste.organisations.services import reviews
from fotfeste.organisations.views.rows import get_unit_or_404

PAGE = 50
TONES = {ReviewState.DONE: "ok", ReviewState.OPEN: "attention", ReviewState.OVERDUE: "danger"}


@requires(Permission.ROLE_REVIEW)
@require_GET
def review_list(request: ActorRequest) -> HttpResponse:
    """Show how far each unit has come; the leader of a single unit goes straight to its roles."""
    today, actor = clock.today(), request.actor
    counties, own = counties_administered(actor), units_reviewed(actor)
    if not counties and len(own) == 1:
        return redirect("organisations:review_unit", unit_id=min(own))
    round_ = round_on(today)
    found = selectors.unit_reviews(round_=round_, on=today, county_ids=counties, unit_ids=own) if round_ else []
    left = [each for each in found if each.left]
    only_left = request.GET.get("vis") != "alle"
    here = reverse("organisations:reviews")
    page = Paginator(left if only_left else found, PAGE).get_page(request.GET.get("side"))
    context = {
        "round": round_,
        "is_overdue": bool(round_ and round_.is_overdue(today)),
        "page_obj": page,
        "rows": [(each, TONES[each.state]) for each in page],
        "total": len(found),
        "only_left": only_left,
        "tabs": [
            Link(_("Gjenstår"), here, only_left, len(left)),
            Link(_("Alle enheter"), f"{here}?vis=alle", not only_left, len(found)),
        ],
    }
    return render_screen(request, "organisations/reviews.html", context)


@requires(Permission.ROLE_REVIEW)
@require_http_methods(["GET", "POST"])
def review_unit(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show the roles at a unit, and take what somebody decides about each."""
    today, unit = clock.today(), get_unit_or_404(unit_id)
    administers = unit.county_id in counties_administered(request.actor)
    if not administers and unit_id not in units_reviewed(request.actor):
        raise Http404
    round_ = round_on(today)
    refused: list[tuple[str, str]] = []
    if request.method == "POST" and round_ is not None:
        chosen = _chosen(request, unit_id, round_)
        if not chosen:
            refused = [("", _("Velg noe for minst én av rollene."))]
        else:
            refused = _decide(request, chosen)
            if not refused:
                return redirect("organisations:review_unit", unit_id=unit_id)
    rows = selectors.roles_to_review(unit_id=unit_id, round_=round_, on=today) if round_ else []
    crumbs = [Link(_("Tilganger"), reverse("organisations:reviews")), Link(unit.name)]
    context = {
        "unit": unit,
        "round": round_,
        "is_overdue": bool(round_ and round_.is_overdue(today)),
        "rows": [
            (opaque.encode(row.assignment.pk), row, row.assignment.user_id == request.actor.user_id) for row in rows
        ],
        "can_save": any(row.assignment.user_id != request.actor.user_id and not row.is_ended for row in rows),
        "left": sum(row.review is None for row in rows),
        "refused": refused,
        "today": today,
        "crumbs": crumbs if administers or len(units_reviewed(request.actor)) > 1 else [],
        "outcomes": ReviewOutcome,
    }
    return render_screen(request, "organisations/review.html", context, status=422 if refused else 200)


def _chosen(request: ActorRequest, unit_id: int, round_: ReviewRound) -> dict[int, tuple[Any, ReviewOutcome, str]]:
    """Return what was chosen for the roles of the unit: role -> (role, outcome, the mark the user was shown)."""
    found = {}
    for row in selectors.roles_to_review(unit_id=unit_id, round_=round_, on=clock.today()):
        key = opaque.encode(row.assignment.pk)
        outcome = request.POST.get(f"valg-{key}", "")
        if outcome in ReviewOutcome.values:
            mark = request.POST.get("version") or request.POST.get(f"versjon-{key}", "")
            found[row.assignment.pk] = (row.assignment, ReviewOutcome(outcome), mark)
    return found


def _decide(request: ActorRequest, chosen: dict[int, tuple[Any, ReviewOutcome, str]]) -> list[tuple[str, str]]:
    """Decide each by itself; tell how many were, and return those that were refused by name, with why."""

    def decide(assignment_id: int) -> object:
        _role, outcome, mark = chosen[assignment_id]
        return reviews.review_role(
            actor=request.actor, assignment_id=assignment_id, outcome=outcome, on=clock.today(), version=mark
        )

    done, refused = each_by_itself(list(chosen), decide)
    if done:
        count = len(done)
        messages.success(
            request, ngettext("%(n)s rolle er gått gjennom.", "%(n)s roller er gått gjennom.", count) % {"n": count}
        )
    return [(chosen[assignment_id][0].user.name, sentence) for assignment_id, sentence in refused]
