"""The home screen: what each role opens in the morning."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import render_screen, requires


@requires(Permission.HOME_VIEW)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the role's home screen."""
    return render_screen(request, "config/home.html", {})
