from django.urls import path

from fotfeste.annualwheel.views import calendar, editing, recording, reminding, tasks, wheel

app_name = "annualwheel"

urlpatterns = [
    path("arshjul/", wheel.wheel, name="wheel"),
    path("arshjul/kalender.ics", calendar.calendar, name="calendar"),
    path("arshjul/oppsett/", editing.setup, name="setup"),
    path("arshjul/oppsett/ny/", editing.new_event, name="new_event"),
    path("arshjul/oppsett/<slug:event_id>/", editing.edit_event, name="edit_event"),
    path("arshjul/paminnelser/", reminding.reminding, name="reminding"),
    path("arshjul/paminnelser/kalender/", reminding.make_address, name="make_feed"),
    path("arshjul/paminnelser/kalender/slutt/", reminding.revoke_address, name="revoke_feed"),
    path("kalender/<str:secret>.ics", calendar.feed, name="feed"),
    path("arshjul/oppgaver/", tasks.year_tasks, name="tasks"),
    path("arshjul/gjort/<opaque:record_id>/trekk/", recording.withdraw, name="withdraw"),
    path("arshjul/<slug:event_id>/gjort/", recording.record, name="record"),
    path("arshjul/<slug:event_id>/", wheel.wheel_event, name="event"),
]
