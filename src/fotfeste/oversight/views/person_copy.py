"""A copy of all there is about one person, handed out by the privacy officer."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access.limits import limited
from fotfeste.access.once import keeps_nothing
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.kernel.errors import Refused
from fotfeste.oversight.forms.person_copy import PersonCopyForm
from fotfeste.oversight.person_papers import ARCHIVE, archive
from fotfeste.oversight.services.person_copies import copy_person
from fotfeste.oversight.views.tabs import log_tabs


@requires(Permission.PERSON_COPY)
@keeps_nothing
@limited("search", methods=frozenset({"POST"}))
@require_http_methods(["GET", "POST"])
def person_copy(request: ActorRequest) -> HttpResponse:
    """Ask for the number, which is posted and never part of an address, and give back the files."""
    form = PersonCopyForm(request.POST or None, initial={"language": get_language()})
    if form.is_valid():
        try:
            made = copy_person(
                actor=request.actor,
                national_id=form.cleaned_data["national_id"],
                language=form.cleaned_data["language"] or settings.LANGUAGE_CODE,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if made is not None:
                return _file(archive(made))
            form.add_error(None, _("Fant ingen ungdom med dette nummeret i fylket. Forsøket er loggført."))
    context = {"form": form, "tabs": log_tabs(current="person_copy")}
    return render_screen(request, "oversight/person_copy.html", context, status=422 if form.errors else 200)


def _file(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{ARCHIVE}"'
    return response
