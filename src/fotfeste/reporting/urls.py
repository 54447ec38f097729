from django.urls import path

from fotfeste.reporting.views import figures, reports

app_name = "reporting"

urlpatterns = [
    path("oversikt/", figures.figures, name="figures"),
    path("rapporter/", reports.reports, name="reports"),
    path("rapporter/last-ned/", reports.download, name="download"),
    path("rapporter/frys/", reports.freeze, name="freeze"),
    path("rapporter/<opaque:report_id>/", reports.frozen, name="frozen"),
    path("rapporter/<opaque:report_id>/last-ned/", reports.download_frozen, name="download_frozen"),
]
