from django.urls import path

from fotfeste.casework.views import person, status

app_name = "casework"

urlpatterns = [
    path("ungdom/<opaque:youth_id>/", person.person, name="person"),
    path("ungdom/<opaque:youth_id>/status/", status.set_status, name="set_status"),
]
