"""Every job has its times, and every time has its job."""

from procrastinate.contrib.django import app

from fotfeste.config.schedule import SCHEDULE

ON_DEMAND = {
    "annualwheel.send_digest",
    "integrations.work_on_file",
    "collaboration.file_minutes",
    "collaboration.send_meeting_mail",
    "collaboration.start_those_here",
    "correspondence.send_mailing",
    "correspondence.send_notice",
}
"""Jobs that a user starts; they have no times."""


def test_every_job_is_scheduled_and_every_schedule_has_a_job():
    ours = {name for name, task in app.tasks.items() if task.func.__module__.startswith("fotfeste.")}
    assert ours - ON_DEMAND == set(SCHEDULE)
