from django.urls import path

from fotfeste.consent.views import emergencies

app_name = "consent"

urlpatterns = [
    path("nodapning/", emergencies.open_in_emergency, name="open_in_emergency"),
    path("nodapninger/", emergencies.emergencies_seen, name="emergencies"),
    path("nodapninger/<opaque:opening_id>/sett/", emergencies.look_at, name="look_at_emergency"),
]
