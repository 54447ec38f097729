"""One's own session: when it ends, keeping it, and where else one is logged in."""

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access import selectors
from fotfeste.access.login.words import how_logged_in, provider_name
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, public, render_screen, requires
from fotfeste.access.services import sessions
from fotfeste.access.session_store import SessionStore, digest_of
from fotfeste.kernel import clock


@public
@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """Answer how long the session has left. Asking does not count as using it (access.middleware)."""
    return JsonResponse(_state(request.session) if getattr(request, "actor", None) else {"seconds": 0})


@public
@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """Let the session last from now, as any use of it does; without JavaScript this is a page in a tab of its own."""
    is_in = getattr(request, "actor", None) is not None
    if is_in and isinstance(request.session, SessionStore):
        request.session.touch(at_once=True)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(_state(request.session) if is_in else {"seconds": 0})
    return render(request, "access/extended.html") if is_in else redirect("login")


def _state(session: SessionBase) -> dict[str, object]:
    limits = getattr(session, "limits", None)
    if limits is None:
        return {"seconds": 0}
    return {"seconds": limits.seconds_left(clock.now()), "may_be_extended": limits.may_be_extended}


@requires(Permission.HOME_VIEW)
@require_http_methods(["GET", "POST"])
def own(request: ActorRequest) -> HttpResponse:
    """Show how and where one is logged in; on a post, end one's sessions in other browsers."""
    user_id = request.actor.user_id
    if request.method == "POST":
        ended = sessions.end_sessions(actor=request.actor, user_id=user_id, spare=request.session)
        said = ngettext(
            "Du er logget ut i %(count)s annen nettleser.", "Du er logget ut i %(count)s andre nettlesere.", ended
        )
        messages.success(request, said % {"count": ended} if ended else _("Du var ikke logget inn andre steder."))
        return redirect("session")
    this = digest_of(str(request.session.session_key))
    rows = [
        {"row": row, "is_this": row.digest == this, "provider": provider_name(row.profile)}
        for row in selectors.open_sessions(user_id=user_id, now=clock.now())
    ]
    context = {"rows": rows, "how": how_logged_in(request.session), "limits": getattr(request.session, "limits", None)}
    return render_screen(request, "access/session.html", context)
