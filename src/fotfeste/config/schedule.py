"""When each job runs, Norwegian time as cron has it. Every job stands here; tests/house checks both ways."""

from procrastinate import App
from procrastinate.contrib.django import app as django_app

SCHEDULE = {
    "audit.seal": "* * * * *",
    "lists.withdraw_protected": "*/5 * * * *",
    "integrations.resume_files": "*/5 * * * *",
    "integrations.forget_files": "20 3 * * *",
}


def worker_app() -> App:
    """Return the job runner with the schedule on it, connected for working."""
    for name, cron in SCHEDULE.items():
        task = django_app.tasks[name]
        django_app.periodic(cron=cron)(task)
    return django_app.with_connector(django_app.connector.get_worker_connector())
