"""Logging in and out, and choosing a language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access import oidc
from fotfeste.access.screens import public
from fotfeste.access.services import sessions
from fotfeste.access.session_store import ENDED, Ended
from fotfeste.kernel.errors import Refused

NEXT = "next_after_login"


def _safe_next(request: HttpRequest, wanted: str) -> str:
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and safe else reverse("home")


@public
@require_GET
def login(request: HttpRequest) -> HttpResponse:
    """Say what this is and offer the way to the identity provider."""
    if getattr(request, "actor", None):
        return redirect("home")
    request.session[NEXT] = _safe_next(request, request.GET.get("neste", ""))
    context = {"configured": oidc.is_configured(), "told": _told(request)}
    return render(request, "access/login.html", context)


def _told(request: HttpRequest) -> str:
    """Return why the one who sits here was logged out, if that was not their own wish."""
    minutes = int(settings.SESSION_IDLE.total_seconds()) // 60
    hours = int(settings.SESSION_ABSOLUTE.total_seconds()) // 3600
    reasons = {
        Ended.IDLE: _("Du er logget ut fordi Fotfeste ikke har vært brukt på %(minutes)s minutter.")
        % {"minutes": minutes},
        Ended.ABSOLUTE: _("Du er logget ut fordi en økt varer i høyst %(hours)s timer.") % {"hours": hours},
        Ended.LOGGED_OUT: _("Du er logget ut."),
        Ended.NO_ROLE: request.session.get(sessions.TOLD, ""),
    }
    return reasons.get(request.session.get(ENDED, ""), "")


@public
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """
    Send the user to the identity provider.

    Reached by a link: a form that is sent on to another site is stopped by the pages' own policy on forms.
    """
    try:
        return oidc.redirect_to_provider(request, callback=request.build_absolute_uri(reverse("login-callback")))
    except Refused as refusal:
        return render(request, "access/login.html", {"configured": True, "refusal": str(refusal)}, status=502)


@public
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer, check it, and begin the session."""
    wanted = _safe_next(request, request.session.get(NEXT, ""))
    try:
        user = sessions.begin(session=request.session, subject=oidc.subject_of_answer(request))
    except Refused as refusal:
        return render(request, "access/login.html", {"configured": True, "refusal": str(refusal)}, status=403)
    response = redirect(wanted)
    _set_language(response, user.language)
    return response


@public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    sessions.end(session=request.session)
    return redirect("login")


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages, and remember it for the user."""
    chosen = request.POST.get("language", "")
    wanted = request.POST.get("next") or request.headers.get("referer", "")
    response = redirect(_safe_next(request, wanted))
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        actor = getattr(request, "actor", None)
        if actor:
            sessions.choose_language(user_id=actor.user_id, language=chosen)
        _set_language(response, chosen)
    return response


def _set_language(response: HttpResponse, chosen: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=31536000,
        samesite="Lax",
        secure=settings.PRODUCTION,
        httponly=True,
    )
