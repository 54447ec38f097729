"""All addresses, in Norwegian paths. Every one declares a permission or is on the public list (tests/house)."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from fotfeste.config import home
from fotfeste.kernel.opaque import OpaqueConverter

register_converter(OpaqueConverter, "opaque")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("", include("fotfeste.access.urls")),
    path("", include("fotfeste.organisations.urls")),
]

handler400 = "fotfeste.kernel.views.errors.bad_request"
handler403 = "fotfeste.kernel.views.errors.forbidden"
handler404 = "fotfeste.kernel.views.errors.not_found"
handler500 = "fotfeste.kernel.views.errors.server_error"
