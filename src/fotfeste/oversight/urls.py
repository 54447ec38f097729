"""Addresses of the log and of oversight."""

from django.urls import path

from fotfeste.oversight.views import disposals, flags, guards, holds, log, person_copy

app_name = "oversight"

urlpatterns = [
    path("logg/", log.log, name="log"),
    path("logg/innsyn/", person_copy.person_copy, name="person_copy"),
    path("logg/uvanlige/", flags.flags, name="flags"),
    path("logg/uvanlige/<opaque:flag_id>/sett/", flags.look_at, name="look_at_flag"),
    path("kassasjon/", disposals.disposals, name="disposals"),
    path("kassasjon/foresla/<slug:kind>/", disposals.propose, name="propose_disposal"),
    path("kassasjon/<opaque:disposal_id>/", disposals.disposal, name="disposal"),
    path("kassasjon/<opaque:disposal_id>/godkjenn/", disposals.approve, name="approve_disposal"),
    path("kassasjon/<opaque:disposal_id>/trekk/", disposals.withdraw, name="withdraw_disposal"),
    path("kassasjon/<opaque:disposal_id>/bevis.pdf", disposals.certificate, name="disposal_certificate"),
    path("kontroll/", guards.guards, name="guards"),
    path("kontroll/<slug:name>/", guards.guard, name="guard"),
    path("logg/vern/", holds.holds, name="holds"),
    path("logg/vern/<opaque:hold_id>/oppheve/", holds.lift_hold, name="lift_hold"),
]
