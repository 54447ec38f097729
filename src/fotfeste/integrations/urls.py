from django.urls import path

from fotfeste.integrations.views import desk, files, private_schools, wash_answers

app_name = "integrations"

urlpatterns = [
    path("innlesing/", desk.imports, name="imports"),
    path("innlesing/ny/", desk.upload, name="upload"),
    path("innlesing/vigo/", desk.fetch, name="fetch"),
    path("innlesing/historikk/", desk.history, name="history"),
    path("otuk/<opaque:round_id>/<opaque:unit_id>/vask/svar-i-fil/", wash_answers.answers, name="wash_answers"),
    path("innlesing/private-skoler/", private_schools.schools, name="private_schools"),
    path("innlesing/private-skoler/purr/", private_schools.remind, name="remind_private_schools"),
    path("innlesing/private-skoler/<opaque:unit_id>/ingen/", private_schools.nothing, name="nothing_to_report"),
    path("innlesing/eksempel/<slug:source>/", desk.sample, name="sample"),
    path("innlesing/mal/<slug:source>/", desk.template, name="template"),
    path("innlesing/<opaque:file_id>/", files.waiting_file, name="file"),
    path("innlesing/<opaque:file_id>/kolonner/", files.columns, name="columns"),
    path("innlesing/<opaque:file_id>/les-som/", files.read_as, name="read_as"),
    path("innlesing/<opaque:file_id>/ta-i-bruk/", files.apply, name="apply"),
    path("innlesing/<opaque:file_id>/forkast/", files.discard, name="discard"),
    path("innlesing/<opaque:file_id>/eksempler/", files.examples, name="examples"),
    path("innlesing/<opaque:file_id>/avviste/", files.rejects, name="rejects"),
]
