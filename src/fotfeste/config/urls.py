"""All addresses, in Norwegian paths. Every one declares a permission or is on the public list (tests/house)."""

from django.urls import URLPattern, URLResolver, register_converter

from fotfeste.kernel.opaque import OpaqueConverter

register_converter(OpaqueConverter, "opaque")

urlpatterns: list[URLPattern | URLResolver] = []
