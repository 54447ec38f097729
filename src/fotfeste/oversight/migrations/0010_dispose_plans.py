from importlib import import_module

from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_BEFORE = import_module("fotfeste.oversight.migrations.0009_dispose_shared_notes").TABLES
_NEW = (
    Disposed("case", "collaboration.PlanVersion", "collaboration_plan_version"),
    Disposed("case", "collaboration.PlanAgreement", "collaboration_plan_agreement"),
    Disposed("case", "collaboration.PlanReview", "collaboration_plan_review"),
    Disposed("case", "collaboration.PlanMeasure", "collaboration_plan_measure"),
    Disposed("case", "collaboration.FollowUpPlan", "collaboration_plan"),
)
# The tasks point at the plan they remind of, and go before it.
_TASKS = tuple(each for each in _BEFORE if each.model in {"collaboration.TaskEvent", "collaboration.Task"})
TABLES = (*_TASKS, *_NEW, *(each for each in _BEFORE if each not in _TASKS))


class Migration(migrations.Migration):
    """The plans go with the case."""

    dependencies = [("oversight", "0009_dispose_shared_notes"), ("collaboration", "0006_plan_rows")]

    operations = dispose_from(TABLES, new=_NEW)
