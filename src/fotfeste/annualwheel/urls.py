from django.urls import path

from fotfeste.annualwheel.views import calendar, wheel

app_name = "annualwheel"

urlpatterns = [
    path("arshjul/", wheel.wheel, name="wheel"),
    path("arshjul/kalender.ics", calendar.calendar, name="calendar"),
    path("arshjul/<slug:event_id>/", wheel.wheel_event, name="event"),
]
