"""What every template may ask about the one who is looking."""

from django.conf import settings
from django.http import HttpRequest


def actor(request: HttpRequest) -> dict:
    """Give templates the actor and whether this is a demo with made-up people."""
    return {"actor": getattr(request, "actor", None), "is_demo": settings.ENVIRONMENT == "demo"}
