"""Logging out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fotfeste.access.screens import public
from fotfeste.access.services import sessions


@public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    sessions.end(session=request.session)
    return redirect("login")
