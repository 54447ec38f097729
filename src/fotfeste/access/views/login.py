"""Logging in: the choice of provider, the way there, and its answer."""

import logging

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fotfeste.access.limits import limited
from fotfeste.access.login import flow
from fotfeste.access.login.keys import public_key_set
from fotfeste.access.login.profiles import Profile
from fotfeste.access.login.refusals import LoginFailed
from fotfeste.access.screens import public
from fotfeste.access.services import sessions
from fotfeste.access.session_store import ENDED, Ended
from fotfeste.access.views.language import safe_next, set_language
from fotfeste.kernel.errors import Refused

NEXT = "next_after_login"
log = logging.getLogger(__name__)


@public
@require_GET
def login(request: HttpRequest) -> HttpResponse:
    """Say what this is and offer the ways to log in."""
    if getattr(request, "actor", None):
        return redirect("home")
    request.session[NEXT] = safe_next(request, request.GET.get("neste", ""))
    return _page(request, told=_told(request))


def _page(request: HttpRequest, *, told: str = "", refusal: str = "", status: int = 200) -> HttpResponse:
    context = {
        "profiles": settings.LOGIN_PROFILES,
        "told": told,
        "refusal": refusal,
        # Who logged out takes their unsaved writing along; who was logged out finds it again.
        "forgets": request.session.get(ENDED) == Ended.LOGGED_OUT,
    }
    if refusal:
        context["language_next"] = reverse("login")  # and not the provider's answer once more
    return render(request, "access/login.html", context, status=status)


def _told(request: HttpRequest) -> str:
    """Return why the one who sits here is not logged in any more."""
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


def profile_or_404(name: str) -> Profile:
    """Return the profile of this name."""
    for profile in settings.LOGIN_PROFILES:
        if profile.name == name:
            return profile
    raise Http404


@public
@limited("login")
@require_GET
@transaction.non_atomic_requests
def start(request: HttpRequest, profile: str) -> HttpResponse:
    """
    Send the user to the identity provider.

    Reached by a link: a form that is sent on to another site is stopped by the pages' own policy on forms.
    """
    chosen = profile_or_404(profile)
    try:
        address = flow.begin(
            request,
            profile=chosen,
            callback=request.build_absolute_uri(reverse("login-callback", kwargs={"profile": profile})),
            language=get_language() or settings.LANGUAGE_CODE,
            wanted=safe_next(request, request.session.get(NEXT, "")),
            # Whoever sits here may be another than the one the provider knows from before.
            fresh=ENDED in request.session,
        )
    except LoginFailed as failure:
        return _failed(request, chosen, failure, status=502)
    return HttpResponseRedirect(address)


@public
@limited("login")
@require_GET
@transaction.non_atomic_requests
def callback(request: HttpRequest, profile: str) -> HttpResponse:
    """Take the provider's answer, check it, and begin the session. No transaction waits for the provider."""
    chosen = profile_or_404(profile)
    try:
        vouched, wanted = flow.finish(request, profile=chosen)
        user = sessions.begin(session=request.session, vouched=vouched)
    except LoginFailed as failure:
        return _failed(request, chosen, failure, status=403)
    except Refused as refusal:
        request.session[ENDED] = Ended.NO_ROLE.value
        request.session[sessions.TOLD] = str(refusal)
        return _page(request, refusal=str(refusal), status=403)
    response = redirect(safe_next(request, wanted))
    set_language(response, user.language)
    return response


def _failed(request: HttpRequest, profile: Profile, failure: LoginFailed, *, status: int) -> HttpResponse:
    log.warning("login through %s did not succeed: %s", profile.name, failure.code)
    return _page(request, refusal=str(failure), status=status)


@public
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """Give the providers the public halves of the keys we sign with."""
    return JsonResponse(public_key_set())
