from importlib import import_module

from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_BEFORE = import_module("fotfeste.oversight.migrations.0007_dispose_remarks").TABLES
# What points at another goes before it.
_NEW = (
    Disposed("case", "collaboration.TaskEvent", "collaboration_task_event"),
    Disposed("case", "collaboration.Task", "collaboration_task"),
    Disposed("case", "collaboration.StepRun", "collaboration_step_run"),
    Disposed("case", "collaboration.RoutineRun", "collaboration_routine_run"),
)
TABLES = (*_NEW, *_BEFORE)


class Migration(migrations.Migration):
    """What was done together about a youth goes with the case."""

    dependencies = [("oversight", "0007_dispose_remarks"), ("collaboration", "0002_rows")]

    operations = dispose_from(TABLES, new=_NEW)
