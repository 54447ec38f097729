"""All addresses, in Norwegian paths. Every one declares a permission or is on the public list (tests/house)."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, register_converter

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import requires
from fotfeste.config import home, public_pages
from fotfeste.config.home import answering
from fotfeste.kernel.opaque import OpaqueConverter
from fotfeste.kernel.views.styleguide import styleguide

register_converter(OpaqueConverter, "opaque")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("i-dag/<opaque:youth_id>/forsok/", answering.register_contact, name="home_contact"),
    path("i-dag/<opaque:youth_id>/bekreft/", answering.confirm_status, name="home_confirm"),
    path("i-dag/forsok/<opaque:attempt_id>/angre/", answering.undo_contact, name="home_undo"),
    path("tilgjengelighet/", public_pages.accessibility, name="accessibility"),
    path("helse/", public_pages.health, name="health"),
    path("", include("fotfeste.oversight.urls")),
    path("", include("fotfeste.access.urls")),
    path("", include("fotfeste.organisations.urls")),
    path("", include("fotfeste.consent.urls")),
    path("", include("fotfeste.casework.urls")),
    path("", include("fotfeste.correspondence.urls")),
    path("", include("fotfeste.collaboration.urls")),
    path("", include("fotfeste.annualwheel.urls")),
    path("", include("fotfeste.lists.urls")),
    path("", include("fotfeste.reporting.urls")),
    path("", include("fotfeste.integrations.urls")),
]

if not settings.PRODUCTION:
    urlpatterns.append(path("stil/", requires(Permission.HOME_VIEW)(styleguide), name="styleguide"))

handler400 = "fotfeste.kernel.views.errors.bad_request"
handler403 = "fotfeste.kernel.views.errors.forbidden"
handler404 = "fotfeste.kernel.views.errors.not_found"
handler500 = "fotfeste.kernel.views.errors.server_error"
