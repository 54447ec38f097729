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
    found = (
        selectors.unit_reviews(round_=round_, on=today, county_ids=counties, unit_ids=own, but_of=actor.user_id)
        if round_
        else []
    )
    left = [each for each in found if each.left or each.own_left]
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
    """Show the roles at a unit, and take what somebody decides about each; or what an earlier round decided."""
    today, unit = clock.today(), get_unit_or_404(unit_id)
    if unit.county_id not in counties_administered(request.actor) and unit_id not in units_reviewed(request.actor):
        raise Http404
    round_ = round_on(today)
    earlier = selectors.rounds_at(unit_id=unit_id, but=round_.key if round_ else "")
    chosen_round = next((each for each in earlier if each.key == request.GET.get("runde")), None)
    refused: list[tuple[str, str]] = []
    if request.method == "POST" and round_ is not None:
        chosen = _chosen(request, unit_id, round_)
        refused = _decide(request, chosen) if chosen else [("", _("Velg noe for minst én av rollene."))]
        if not refused:
            return redirect("organisations:review_unit", unit_id=unit_id)
    context: dict[str, Any] = {
        "unit": unit,
        "round": chosen_round or round_,
        "tabs": _round_tabs(unit_id, round_, earlier, chosen_round),
        "crumbs": _crumbs(request, unit),
    }
    if chosen_round is not None:
        decided = selectors.reviews_at(unit_id=unit_id, key=chosen_round.key)
        return render_screen(request, "organisations/review_earlier.html", {**context, "decided": decided})
    context |= {"refused": refused, "is_overdue": bool(round_ and round_.is_overdue(today))}
    context |= _shown(request, unit_id, round_)
    return render_screen(request, "organisations/review.html", context, status=422 if refused else 200)


def _crumbs(request: ActorRequest, unit: Any) -> list[Link]:
    """Return the way back to the overview, for those who go through more than this unit."""
    sees_more = unit.county_id in counties_administered(request.actor) or len(units_reviewed(request.actor)) > 1
    return [Link(_("Tilganger"), reverse("organisations:reviews")), Link(unit.name)] if sees_more else []


def _round_tabs(
    unit_id: int, current: ReviewRound | None, earlier: list[ReviewRound], chosen: ReviewRound | None
) -> list[Link]:
    """Return a choice among the rounds of the unit; empty when there is but one."""
    here = reverse("organisations:review_unit", kwargs={"unit_id": unit_id})
    rounds = [(each.label, f"{here}?runde={each.key}", each is chosen) for each in earlier]
    now = [(current.label, here, chosen is None)] if current else []
    return [Link(*each) for each in (*now, *rounds)] if earlier else []


def _shown(request: ActorRequest, unit_id: int, round_: ReviewRound | None) -> dict[str, Any]:
    """
    Return what is shown of the round that is on.

    With ``alle`` in the address everybody left is ticked as confirmed, for whoever looks through the list to take away
    the ticks of the exceptions; what was unticked stays so when something was refused.
    """
    me, confirms_all = request.actor.user_id, request.GET.get("alle") == "ja"
    found = selectors.roles_to_review(unit_id=unit_id, round_=round_, on=clock.today()) if round_ else []
    rows = [
        {
            "key": (key := opaque.encode(row.assignment.pk)),
            "row": row,
            "is_own": row.assignment.user_id == me,
            "is_ticked": request.method == "GET" or f"valg-{key}" in request.POST,
        }
        for row in found
    ]
    left = sum(row.review is None and row.assignment.user_id != me for row in found)
    return {
        "rows": rows,
        "can_save": any(row.assignment.user_id != me and not row.is_ended for row in found),
        "left": left,
        "confirms_all": confirms_all and left > 0,
        "outcomes": ReviewOutcome,
    }


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
