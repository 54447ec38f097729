"""Letters to those under protection: printed and sent by whoever handles them."""

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, log_shown, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.correspondence import policies
from fotfeste.correspondence.selectors import mailings as selectors
from fotfeste.correspondence.services import returns as services
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link


@requires(Permission.LETTER_PREPARE)
@require_GET
def overview(request: ActorRequest, mailing_id: int) -> HttpResponse:
    """Show the letters of a mailing to those under protection; to others there is no such page."""
    mailing = _mailing(request, mailing_id)
    letters = selectors.own_channel_letters(mailing=mailing)
    here = reverse("correspondence:mailing", kwargs={"mailing_id": mailing.pk})
    context = {
        "mailing": mailing,
        "letters": letters,
        "crumbs": [
            Link(pgettext("flere", "Brev"), reverse("correspondence:mailings")),
            Link(mailing.get_kind_display(), here),
            Link(_("Eget spor")),
        ],
    }
    listed = [each.youth_id for each in letters]
    return render_screen(request, "correspondence/own_channel.html", context, listed=listed)


@requires(Permission.LETTER_PREPARE)
@require_GET
def paper(request: ActorRequest, mailing_id: int, letter_id: int) -> HttpResponseBase:
    """Give one such letter to be printed."""
    letter = _letter(_mailing(request, mailing_id), letter_id)
    try:
        document = services.own_channel_pdf(actor=request.actor, letter=letter)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("correspondence:own_channel", mailing_id=mailing_id)
    log_shown(request, about=letter.youth_id, topic=Topic.PROTECTED_ADDRESS)
    return FileResponse(io.BytesIO(document), filename="brev.pdf", content_type="application/pdf")


@requires(Permission.LETTER_PREPARE)
@require_POST
def send(request: ActorRequest, mailing_id: int, letter_id: int) -> HttpResponse:
    """Write down that such a letter is sent."""
    letter = _letter(_mailing(request, mailing_id), letter_id)
    try:
        services.send_by_hand(actor=request.actor, letter_id=letter.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Brevet er ført som sendt."))
    return redirect("correspondence:own_channel", mailing_id=mailing_id)


def _mailing(request: ActorRequest, mailing_id: int) -> Any:
    counties = request.actor.counties_with(Permission.LETTER_PREPARE)
    mailing = selectors.get_mailing_or_404(mailing_id=mailing_id, county_ids=counties)
    if not policies.may_send_own_channel(actor=request.actor, county_id=mailing.county_id):
        raise Http404
    return mailing


def _letter(mailing: Any, letter_id: int) -> Any:
    letter = next((each for each in selectors.own_channel_letters(mailing=mailing) if each.pk == letter_id), None)
    if letter is None:
        raise Http404
    return letter
