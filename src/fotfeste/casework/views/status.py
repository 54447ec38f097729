from django.http import HttpRequest, HttpResponse

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import requires


@requires(Permission.STATUS_SET)
def set_status(request: HttpRequest, youth_id: int) -> HttpResponse:
    """Show."""
    return HttpResponse("")
