"""When each job runs, Norwegian time as cron has it. Every job stands here; tests/house checks both ways."""

from procrastinate import App
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.django_connector import DjangoConnector

SCHEDULE = {
    "access.forget_attempts": "25 2 * * *",
    "access.forget_sessions": "40 * * * *",
    "access.reconcile_grants": "10 1 * * *",
    "annualwheel.keep_tasks": "35 5-18 * * *",
    "annualwheel.write_digests": "5 7,9,11 * * 1-5",
    "audit.seal": "* * * * *",
    "audit.make_months": "10 3 * * *",
    "casework.close_too_old": "15 0 * * *",
    "casework.judge_anew": "20 1 * * *",
    "collaboration.file_waiting": "*/15 * * * *",
    "collaboration.forget_newcomers": "50 3 * * *",
    "collaboration.lapse_offers": "12 0 * * *",
    "collaboration.remind_plans": "10 5 * * *",
    "collaboration.send_held": "5 4 * * *",
    "collaboration.start_routines": "*/15 * * * *",
    "collaboration.start_unit_routines": "*/5 * * * *",
    "collaboration.tell_of_cover": "20 1 * * *",
    "correspondence.prepare_reminders": "15 6 * * 1-5",
    "correspondence.send_due": "*/5 * * * *",
    "organisations.end_roles": "2 0 * * *",
    "oversight.flag_readings": "30 4 * * 1",
    "oversight.remind_reviews": "0 7 * * 1-5",
    "lists.make_rounds": "15 6-18 * * *",
    "lists.start_reviews": "*/15 * * * *",
    "lists.withdraw_protected": "*/5 * * * *",
    "integrations.resume_files": "*/5 * * * *",
    "integrations.forget_files": "20 3 * * *",
}


def worker_app() -> App:
    """Return the job runner with the schedule on it, connected for working."""
    for name, cron in SCHEDULE.items():
        task = django_app.tasks[name]
        django_app.periodic(cron=cron)(task)
    connector = django_app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("the jobs are kept by another connector than Django's")
    return django_app.with_connector(connector.get_worker_connector())
