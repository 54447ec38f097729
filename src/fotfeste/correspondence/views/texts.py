"""What the county writes in its letters, kind by kind and language by language."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.correspondence.enums import LetterKind, LetterLanguage
from fotfeste.correspondence.forms import TextForm
from fotfeste.correspondence.selectors import texts as selectors
from fotfeste.correspondence.services import texts as services
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link


@requires(Permission.LETTER_PREPARE)
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    """Show each kind of letter, and in which languages the county has written its own."""
    found = selectors.texts_on(county_id=county_of(request), on=clock.today())
    kinds = [(kind, [each for each in found if each.kind is kind]) for kind in LetterKind]
    context = {"kinds": kinds, "crumbs": [_home(), Link(_("Tekster"))]}
    return render_screen(request, "correspondence/texts.html", context)


@requires(Permission.LETTER_PREPARE)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, kind: str, language: str) -> HttpResponse:
    """Write a text anew from a day on, with all that was written before below."""
    if kind not in LetterKind.values or language not in LetterLanguage.values:
        raise Http404
    chosen, tongue, county_id = LetterKind(kind), LetterLanguage(language), county_of(request)
    in_use = next(
        each
        for each in selectors.texts_on(county_id=county_id, on=clock.today(), kinds=[chosen])
        if each.language is tongue
    )
    initial: dict[str, Any] = {
        "subject": in_use.subject,
        "body": in_use.body,
        "first_day": clock.today(),
        "version": selectors.last_written(county_id=county_id, kind=chosen, language=tongue),
    }
    form = TextForm(request.POST or None, kind=chosen, initial=initial)
    if form.is_bound and form.is_valid():
        given = {"kind": kind, "language": language, **form.cleaned_data}
        try:
            services.write_letter_text(actor=request.actor, county_id=county_id, **given)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Teksten er lagret."))
            return redirect("correspondence:texts")
    context = {
        "form": form,
        "kind": chosen,
        "language": tongue,
        "is_standard": in_use.row is None,
        "versions": selectors.versions_of(county_id=county_id, kind=chosen, language=tongue),
        "crumbs": [_home(), Link(_("Tekster"), reverse("correspondence:texts")), Link(str(chosen.label))],
    }
    return render_screen(request, "correspondence/text.html", context, status=422 if form.errors else 200)


def county_of(request: ActorRequest) -> int:
    """Return the county whose letters the reader prepares."""
    return min(request.actor.counties_with(Permission.LETTER_PREPARE))


def _home() -> Link:
    return Link(pgettext("flere", "Brev"), reverse("correspondence:mailings"))
