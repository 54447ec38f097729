"""What youths answered by the links in letters, and letters that came to nothing, for the responsible unit."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.correspondence.forms import ReturnForm
from fotfeste.correspondence.selectors import replies as selectors
from fotfeste.correspondence.selectors.mailings import letter_or_none
from fotfeste.correspondence.services import replies as services
from fotfeste.correspondence.services.returns import return_letter
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link


@requires(Permission.CONTACT_REGISTER)
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    """Show the answers to look into, and the youths a letter did not reach."""
    actor = request.actor
    units = actor.unit_ids
    counties = [each for each in actor.county_ids if actor.knows_in_county(Topic.STATUS, each)]
    replies = selectors.waiting_replies(unit_ids=units, county_ids=counties)
    letters = selectors.letters_to_follow_up(unit_ids=units, county_ids=counties)
    context = {"replies": replies, "letters": letters}
    listed = {each.youth_id for each in (*replies, *letters)}
    return render_screen(request, "correspondence/follow_up.html", context, listed=listed, topic=Topic.STATUS)


@requires(Permission.CONTACT_REGISTER)
@require_POST
def handle(request: ActorRequest, reply_id: int) -> HttpResponse:
    """Say whether an answer is so."""
    given = request.POST.get("version", "")
    is_right = request.POST.get("is_right") == "yes"
    try:
        services.handle_reply(
            actor=request.actor, reply_id=reply_id, is_right=is_right, version=int(given) if given.isdecimal() else 0
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done = _("Svaret er bekreftet. Sett status hvis den er en annen nå.") if is_right else _("Svaret er lagt bort.")
        messages.success(request, done)
    return redirect("correspondence:follow_up")


@requires(Permission.CONTACT_REGISTER)
@require_http_methods(["GET", "POST"])
def returned(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Write down that a letter came back."""
    letter = letter_or_none(letter_id=letter_id)
    if letter is None:
        raise Http404
    form = ReturnForm(request.POST or None, today=clock.today())
    if form.is_bound and form.is_valid():
        try:
            return_letter(actor=request.actor, letter_id=letter.pk, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Returen er ført. Enheten som har ansvaret, får en oppgave."))
            return redirect("correspondence:follow_up")
    crumbs = [Link(_("Svar og retur"), reverse("correspondence:follow_up")), Link(_("Kom i retur"))]
    context = {"form": form, "letter": letter, "crumbs": crumbs}
    status = 422 if form.errors else 200
    return render_screen(request, "correspondence/returned.html", context, about=letter.youth_id, status=status)
