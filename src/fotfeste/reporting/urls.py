from django.urls import path

from fotfeste.reporting.views import agreement, figures, reports

app_name = "reporting"

urlpatterns = [
    path("oversikt/", figures.figures, name="figures"),
    path("rapporter/", reports.reports, name="reports"),
    path("rapporter/last-ned/", reports.download, name="download"),
    path("rapporter/frys/", reports.freeze, name="freeze"),
    path("rapporter/<opaque:report_id>/", reports.frozen, name="frozen"),
    path("rapporter/<opaque:report_id>/last-ned/", reports.download_frozen, name="download_frozen"),
    path("avtalen/", agreement.overview, name="agreement_meetings"),
    path("avtalen/nytt/", agreement.write, name="new_agreement_meeting"),
    path("avtalen/<opaque:meeting_id>/", agreement.meeting, name="agreement_meeting"),
    path("avtalen/<opaque:meeting_id>/rett/", agreement.write, name="correct_agreement_meeting"),
    path("avtalen/<opaque:meeting_id>/rapport/", agreement.report, name="agreement_report"),
]
