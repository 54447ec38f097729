from django.urls import path

from fotfeste.annualwheel.views import calendar, recording, tasks, wheel

app_name = "annualwheel"

urlpatterns = [
    path("arshjul/", wheel.wheel, name="wheel"),
    path("arshjul/kalender.ics", calendar.calendar, name="calendar"),
    path("arshjul/oppgaver/", tasks.year_tasks, name="tasks"),
    path("arshjul/gjort/<opaque:record_id>/trekk/", recording.withdraw, name="withdraw"),
    path("arshjul/<slug:event_id>/gjort/", recording.record, name="record"),
    path("arshjul/<slug:event_id>/", wheel.wheel_event, name="event"),
]
