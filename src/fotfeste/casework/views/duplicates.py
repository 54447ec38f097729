"""Possible duplicates: two registrations side by side, decided by a person, and what was merged can be undone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, log_shown, render_screen, requires
from fotfeste.casework.forms.duplicates import SamePersonForm
from fotfeste.casework.services import merging
from fotfeste.casework.views.comparison import Compared, compare, sign_names
from fotfeste.casework.views.desk import county_of, desk_tabs, name_of
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.people import selectors as people
from fotfeste.people.enums import PairState
from fotfeste.people.selectors import OpenPair
from fotfeste.people.services.duplicates import decide_different, must_be_open

PAGE = 25


@requires(Permission.MERGE_DECIDE)
@require_GET
def duplicates(request: ActorRequest) -> HttpResponse:
    """Show the pairs nobody has decided, or what was merged."""
    county_id = county_of(request.actor, Permission.MERGE_DECIDE)
    context: dict[str, Any] = {"tabs": desk_tabs(request.actor, current="casework:duplicates")}
    if request.GET.get("vis") == "sammenslatt":
        page = Paginator(people.merges(county_id=county_id), PAGE).get_page(request.GET.get("side"))
        listed = [pk for merge in page for pk in (merge.kept_id, merge.absorbed_id)]
        return render_screen(request, "casework/duplicates_merged.html", {**context, "page_obj": page}, listed=listed)
    found = people.open_pairs(county_id=county_id)
    pairs = [
        {"pair": pair, "first": name_of(pair.first), "second": name_of(pair.second), "signs": sign_names(pair)}
        for pair in found
    ]
    contested = [(youth.pk, name_of(youth)) for youth in people.contested_numbers(county_id=county_id)]
    total = people.count_open_pairs(county_id=county_id)
    listed = [*(youth.pk for pair in found for youth in (pair.first, pair.second)), *(pk for pk, _name in contested)]
    return render_screen(
        request,
        "casework/duplicates.html",
        {**context, "pairs": pairs, "total": total, "contested": contested},
        listed=listed,
    )


@requires(Permission.MERGE_DECIDE)
@require_http_methods(["GET", "POST"])
def pair(request: ActorRequest, pair_id: int) -> HttpResponse:
    """Show two registrations side by side, and let one stand for both when they are the same person."""
    found = people.open_pair_or_none(pair_id=pair_id)
    if found is None:
        if request.method == "POST":
            must_be_open(pair_id=pair_id, to=PairState.SAME, version=None)
        raise Http404
    compared = compare(found, actor=request.actor, today=clock.today())
    form = SamePersonForm(request.POST or None, offered=compared.offered, proposed=compared.proposed)
    if form.is_valid() and _merged(request, form, found):
        return redirect("casework:duplicates")
    return _show_pair(request, found, compared, form)


def _merged(request: ActorRequest, form: SamePersonForm, found: OpenPair) -> bool:
    absorbed_id = found.second.pk if form.kept_id == found.first.pk else found.first.pk
    try:
        merging.merge_youths(
            actor=request.actor,
            kept_id=form.kept_id,
            absorbed_id=absorbed_id,
            reason=form.cleaned_data["reason"],
            pair_id=found.id,
            version=request.POST.get("version", ""),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Slått sammen. Det kan angres under «Sammenslått»."))
    return True


def _show_pair(request: ActorRequest, found: OpenPair, compared: Compared, form: SamePersonForm) -> HttpResponse:
    context = {
        "pair": found,
        "compared": compared,
        "form": form,
        "signs": sign_names(found),
        "crumbs": [Link(_("Dubletter"), reverse("casework:duplicates")), Link(_("To registreringer"))],
    }
    status = 422 if form.errors else 200
    response = render_screen(request, "casework/duplicates_pair.html", context, about=found.first.pk, status=status)
    log_shown(request, about=found.second.pk)
    return response


@requires(Permission.MERGE_DECIDE)
@require_POST
def different(request: ActorRequest, pair_id: int) -> HttpResponse:
    """Decide that a pair is two people."""
    try:
        decide_different(actor=request.actor, pair_id=pair_id, version=request.POST.get("version", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Avgjort: ulike personer. De blir ikke foreslått igjen."))
    return redirect("casework:duplicates")


@requires(Permission.MERGE_DECIDE)
@require_POST
def undo(request: ActorRequest, merge_id: int) -> HttpResponse:
    """Let the two stand apart again, as they were."""
    try:
        merging.undo_merge(actor=request.actor, merge_id=merge_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sammenslåingen er angret. Begge registreringene står som før."))
    return redirect(f"{reverse('casework:duplicates')}?vis=sammenslatt")
