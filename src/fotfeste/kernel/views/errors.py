"""Error pages without detail: what went wrong in plain words, and the way back."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.kernel.whole_number import whole_number

_MUCH_TOO_LARGE = 10
_PIECE = 65_536


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 to a form that holds more than is received."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        _hear_out(request)
        return render(request, "kernel/errors/413.html", status=413)
    return render(request, "kernel/errors/400.html", status=400)


def _hear_out(request: HttpRequest) -> None:
    """Receive the rest of a form and forget it: who is still sending when we hang up never sees why."""
    most = _MUCH_TOO_LARGE * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    if whole_number(request.META.get("CONTENT_LENGTH"), otherwise=most + 1) <= most:
        try:
            while request.read(_PIECE):
                pass
        except OSError:
            return


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return render(request, "kernel/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404. The same page whether the thing does not exist or may not be seen."""
    return render(request, "kernel/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, without context processors: whatever broke may be among them."""
    from django.template import loader

    return HttpResponse(loader.get_template("kernel/errors/500.html").render(), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form sent without its token, most often from a page left open overnight."""
    return render(request, "kernel/errors/csrf.html", status=403)
