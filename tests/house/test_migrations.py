"""The history of the tables holds only steps that need no other model than the one they are about."""

from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger, RemoveTrigger

#: Each changes one table, whatever others refer to it by.
_ONE_TABLE = (
    migrations.CreateModel,
    migrations.DeleteModel,
    migrations.AlterModelOptions,
    migrations.AddField,
    migrations.AlterField,
    migrations.RemoveField,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.AddConstraint,
    migrations.RemoveConstraint,
    migrations.RunSQL,
    migrations.SeparateDatabaseAndState,
    AddTrigger,
    RemoveTrigger,
)


def test_no_step_changes_what_other_tables_refer_to():
    # Should one be needed: migrate without config/migration_states.py, or show with pg_dump that it makes no difference.
    loader = MigrationLoader(None)
    ours = {key: found for key, found in loader.disk_migrations.items() if found.__module__.startswith("fotfeste.")}
    assert len(ours) > 100
    steps = [(*key, step) for key, found in ours.items() for step in _single(found.operations)]
    assert [(app, name, step.describe()) for app, name, step in steps if not isinstance(step, _ONE_TABLE)] == []
    altered = [(app, name, step.field) for app, name, step in steps if isinstance(step, migrations.AlterField)]
    assert [(app, name) for app, name, column in altered if column.primary_key] == []


def _single(operations: list[Operation]) -> list[Operation]:
    within = [
        _single([*getattr(one, "state_operations", []), *getattr(one, "database_operations", [])]) for one in operations
    ]
    return [*operations, *(one for ones in within for one in ones)]
