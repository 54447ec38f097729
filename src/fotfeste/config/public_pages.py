"""The pages anybody may open, logged in or not."""

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fotfeste.access.screens import public


@public
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how the pages keep to WCAG, what is known to be lacking, and whom to tell."""
    return render(request, "config/accessibility.html")


@public
@require_GET
@transaction.non_atomic_requests
def health(request: HttpRequest) -> HttpResponse:
    """Answer whether the database answers, in one word, for whatever watches the server."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("databasen svarer ikke\n", content_type="text/plain; charset=utf-8", status=503)
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
