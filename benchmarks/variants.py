"""
The product as a site, whole or without one of its parts, to see what that part costs.

``unfenced``: no row policies; the worklist is narrowed by hand to the same rows. ``unlogged``: no log of who was read.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.variant_settings"

application = get_wsgi_application()


def _narrow_by_hand() -> None:
    from fotfeste.access.scope import current_actor
    from fotfeste.casework.selectors import worklist as cases
    from fotfeste.lists.selectors import worklist as lists

    whole = cases.open_registrations

    def open_registrations():  # type: ignore[no-untyped-def]
        actor = current_actor()
        assert actor
        return whole().filter(unit_id__in=actor.unit_ids)

    cases.open_registrations = lists.open_registrations = open_registrations  # type: ignore[attr-defined]


if os.environ.get("FOTFESTE_BENCH_VARIANT") == "unfenced":
    _narrow_by_hand()
elif os.environ.get("FOTFESTE_BENCH_VARIANT") == "unlogged":
    from fotfeste.audit import services

    services.record_read = services.record_listed = lambda **_: None  # type: ignore[assignment]
