"""
What was refused during a request, logged when it is over: somebody without the permission, a rule that said no, or a
row that is not open to the one who asked.

What a service refuses is undone with the service, so it is noted here and written after the view is done.
"""

from collections.abc import Callable
from contextvars import ContextVar

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit


class Refusal(TextChoices):
    """Why something was refused; stands as the ground of the entry."""

    ROLE = "role", _("Rollen gir ikke lov til det")
    RULE = "rule", _("Reglene ga ikke lov til det")
    HIDDEN = "hidden", _("Det finnes ikke, eller er ikke åpnet for den som spurte")


_by_rule: ContextVar[list[int] | None] = ContextVar("fotfeste_refused", default=None)
_MISSING = 404


def note() -> None:
    """Note that a rule said no, for the log of this request."""
    noted = _by_rule.get()
    if noted is not None:
        noted.append(1)


def by_role(request: HttpRequest, actor: Actor, permission: str) -> None:
    """Log that the actor lacks a permission."""
    _record(request, actor, Refusal.ROLE, {"permission": permission})


def logged(request: HttpRequest, actor: Actor, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer, and log what was refused on the way; called in the actor's scope, outside the view's savepoint."""
    noted: list[int] = []
    token = _by_rule.set(noted)
    try:
        response = answer()
    finally:
        _by_rule.reset(token)
    if noted:
        _record(request, actor, Refusal.RULE, {"times": len(noted)} if len(noted) > 1 else {})
    elif response.status_code == _MISSING and _asked_for(request):
        _record(request, actor, Refusal.HIDDEN, {})
    return response


def _record(request: HttpRequest, actor: Actor, why: Refusal, details: dict[str, object]) -> None:
    asked = _asked_for(request)
    rows = {name: value for name, value in asked.items() if name != "youth_id"}
    audit.record_refusal(
        by=actor.user_id,
        ground=why.value,
        screen=request.resolver_match.view_name if request.resolver_match else "",
        about=asked.get("youth_id"),
        details={**details, **rows},
    )


def _asked_for(request: HttpRequest) -> dict[str, int]:
    """Return the rows the address names; one that cannot be read names none."""
    match = request.resolver_match
    return {name: value for name, value in match.kwargs.items() if isinstance(value, int)} if match else {}
