from django.urls import path

from fotfeste.collaboration.views import (
    actors,
    adaptations,
    mapping,
    meetings,
    minutes,
    my_meetings,
    notes,
    notices,
    plan_page,
    plans,
    records,
    routines,
    tasks,
)

app_name = "collaboration"

_YOUTH = "ungdom/<opaque:youth_id>"
_STEP = f"{_YOUTH}/trinn/<opaque:step_id>"
_PLAN = f"{_YOUTH}/plan/<opaque:plan_id>"
_MEETING = f"{_YOUTH}/moter/<opaque:meeting_id>"
_TASK = "oppgaver/<opaque:task_id>"

urlpatterns = [
    path(f"{_YOUTH}/kartlegging/", mapping.mapping, name="mapping"),
    path(f"{_YOUTH}/kartlegging/skriv/", mapping.write, name="write_mapping"),
    path(f"{_YOUTH}/kartlegging/rundt/", actors.mark, name="mark_actors"),
    path(f"{_YOUTH}/kartlegging/<opaque:mapping_id>/", mapping.version, name="mapping_version"),
    path(f"{_YOUTH}/samarbeid/", routines.cooperation, name="cooperation"),
    path(f"{_YOUTH}/rutine/", routines.start, name="start_routine"),
    path(f"{_YOUTH}/rutine/<opaque:run_id>/avslutt/", routines.end, name="end_routine"),
    path(f"{_STEP}/hopp-over/", routines.skip_step, name="skip_step"),
    path(f"{_STEP}/igjen/", routines.repeat_step, name="repeat_step"),
    path(f"{_STEP}/videre/", routines.choose_way, name="choose_way"),
    path(f"{_YOUTH}/delte-notater/", notes.shared_notes, name="shared_notes"),
    path(f"{_YOUTH}/delte-notater/<opaque:note_id>/rett/", notes.correct_note, name="correct_shared_note"),
    path(f"{_YOUTH}/plan/", plan_page.plan, name="plan"),
    path(f"{_YOUTH}/plan/ny/", plans.new, name="new_plan"),
    path(f"{_PLAN}/", plan_page.plan, name="ended_plan"),
    path(f"{_PLAN}/endre/", plans.edit, name="edit_plan"),
    path(f"{_PLAN}/enig/", plans.agree, name="agree_plan"),
    path(f"{_PLAN}/gjennomgang/", plans.review, name="review_plan"),
    path(f"{_PLAN}/avslutt/", plans.end, name="end_plan"),
    path(f"{_PLAN}/versjoner/", plan_page.versions, name="plan_versions"),
    path(f"{_PLAN}/papir/", plan_page.paper, name="plan_paper"),
    path(f"{_PLAN}/tiltak/", plans.new_measure, name="new_measure"),
    path(f"{_YOUTH}/plantiltak/<opaque:measure_id>/", plans.edit_measure, name="edit_measure"),
    path(f"{_YOUTH}/oppgave/", tasks.new_task, name="new_task"),
    path(f"{_YOUTH}/registrer/<slug:kind>/", records.record, name="record"),
    path("meldinger-og-overtakelser/", notices.notices, name="notices"),
    path("meldinger-og-overtakelser/<opaque:record_id>/svar/", notices.answer, name="answer_record"),
    path("meldinger-og-overtakelser/<opaque:record_id>/trekk/", notices.revoke, name="revoke_record"),
    path(f"{_YOUTH}/moter/", meetings.overview, name="meetings"),
    path(f"{_YOUTH}/moter/nytt/", meetings.call, name="call_meeting"),
    path(f"{_MEETING}/", meetings.meeting, name="meeting"),
    path(f"{_MEETING}/endre/", meetings.change, name="change_meeting"),
    path(f"{_MEETING}/avlys/", meetings.cancel, name="cancel_meeting"),
    path(f"{_MEETING}/formote/", meetings.prepare, name="prepare_meeting"),
    path(f"{_MEETING}/referat/", minutes.write, name="minutes"),
    path(f"{_MEETING}/referat/papir/", minutes.paper, name="minutes_paper"),
    path(f"{_MEETING}/inviter/", meetings.invite, name="invite"),
    path(f"{_MEETING}/deltaker/<opaque:guest_id>/svar/", meetings.reply, name="reply"),
    path(f"{_MEETING}/deltaker/<opaque:guest_id>/bekreft/", minutes.confirm, name="confirm_minutes"),
    path(f"{_MEETING}/deltaker/<opaque:guest_id>/ta-bort/", meetings.uninvite, name="uninvite"),
    path("moter/", my_meetings.overview, name="my_meetings"),
    path("oppgaver/", tasks.tasks, name="tasks"),
    path(f"{_TASK}/", tasks.task, name="task"),
    path(f"{_TASK}/gi/", tasks.give, name="give_task"),
    path(f"{_TASK}/utsett/", tasks.snooze, name="snooze_task"),
    path(f"{_TASK}/gjort/", tasks.finish, name="finish_task"),
    path(f"{_TASK}/ta-bort/", tasks.drop, name="drop_task"),
    path("rutiner/", adaptations.overview, name="routines"),
    path("rutiner/start-for-dem-som-er-her/", adaptations.start_those_here, name="start_those_here"),
    path("rutiner/<slug:routine_id>/", adaptations.routine, name="routine"),
    path("rutiner/trinn/<slug:step_id>/", adaptations.adapt, name="adapt_step"),
]
