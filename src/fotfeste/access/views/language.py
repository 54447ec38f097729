"""Choosing a language, and which addresses one may be led on to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from fotfeste.access.screens import public
from fotfeste.access.services import sessions


def safe_next(request: HttpRequest, wanted: str) -> str:
    """Return the address to be led on to: the one wanted when it is a page of ours, else the home page."""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and safe else reverse("home")


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages, and remember it for the user."""
    chosen = request.POST.get("language", "")
    wanted = request.POST.get("next") or request.headers.get("referer", "")
    response = redirect(safe_next(request, wanted))
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        actor = getattr(request, "actor", None)
        if actor:
            sessions.choose_language(user_id=actor.user_id, language=chosen)
        set_language(response, chosen)
    return response


def set_language(response: HttpResponse, chosen: str) -> None:
    """Let the browser remember a language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=31536000,
        samesite="Lax",
        secure=settings.PRODUCTION,
        httponly=True,
    )
