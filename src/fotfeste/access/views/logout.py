"""Logging out, here and at the provider; and being told by the provider that somebody has."""

import logging

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.login import logout as leaving
from fotfeste.access.login.profiles import Profile
from fotfeste.access.login.refusals import LoginFailed
from fotfeste.access.login.words import profile_of
from fotfeste.access.screens import public
from fotfeste.access.services import sessions
from fotfeste.access.views.login import profile_or_404

log = logging.getLogger(__name__)


@public
@require_POST
@transaction.non_atomic_requests
def logout(request: HttpRequest) -> HttpResponse:
    """
    End the session, and lead the browser on to do the same at the provider.

    By a page that moves on by itself: a redirect would be stopped by the pages' own policy on where forms may lead.
    """
    profile = profile_of(request.session)
    address = _farewell(request, profile) if profile else ""
    sessions.end(session=request.session)
    request.actor = None  # type: ignore[attr-defined]  # the page is nobody's
    if not address:
        return redirect("login")
    return render(request, "access/logged_out.html", {"address": address, "provider": profile and profile.label})


def _farewell(request: HttpRequest, profile: Profile) -> str:
    back = request.build_absolute_uri(reverse("logout-done"))
    try:
        return leaving.farewell(profile, back=back, language=get_language() or settings.LANGUAGE_CODE)
    except LoginFailed as failure:
        log.warning("logout at %s did not succeed: %s", profile.name, failure.code)
        return ""


@public
@require_GET
def done(request: HttpRequest) -> HttpResponse:
    """Take back whoever has been logged out at the provider."""
    return redirect("login")


@public
@require_GET
def front_channel(request: HttpRequest, profile: str) -> HttpResponse:
    """
    End the session the provider names, in a frame of its own page.

    The browser sends no cookie of ours there; the session's name is what finds it. The answer is the same whether there
    was one.
    """
    chosen = profile_or_404(profile)
    said, named = request.GET.get("iss", ""), request.GET.get("sid", "")
    is_theirs = said.rstrip("/") == chosen.issuer.rstrip("/") or not (said or chosen.names_itself_at_logout)
    if is_theirs and named:
        sessions.end_by_provider(profile=chosen, session=named)
    return HttpResponse()


@csrf_exempt
@public
@require_POST
def back_channel(request: HttpRequest, profile: str) -> HttpResponse:
    """End the sessions of whom the provider says, in a statement it has signed, is logged out."""
    chosen = profile_or_404(profile)
    try:
        said = leaving.read_logout_token(chosen, request.POST.get("logout_token", ""))
        sessions.end_by_statement(profile=chosen, said=said)
    except LoginFailed as failure:
        log.warning("logout told by %s was refused: %s", chosen.name, failure.code)
        return JsonResponse({"error": "invalid_request"}, status=400)
    return HttpResponse()
