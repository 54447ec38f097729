"""Addresses of the log and of oversight."""

from django.urls import path

from fotfeste.oversight.views import log

app_name = "oversight"

urlpatterns = [
    path("logg/", log.log, name="log"),
]
