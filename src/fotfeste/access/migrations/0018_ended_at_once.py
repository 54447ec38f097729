import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """A role can be ended at once, by somebody and for a reason, and then has no day left."""

    dependencies = [
        ("access", "0017_knowledge_confirmation"),
        ("organisations", "0006_county_reading"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="roleassignment",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="roleassignment",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="roleassignment",
            name="role_assignment_period",
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="end_reason",
            field=models.CharField(blank=True, db_default="", max_length=300, verbose_name="begrunnelse"),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="avsluttet med en gang"),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="ended_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.user"
            ),
        ),
        migrations.AddField(
            model_name="roleassignmentevent",
            name="end_reason",
            field=models.CharField(blank=True, db_default="", max_length=300, verbose_name="begrunnelse"),
        ),
        migrations.AddField(
            model_name="roleassignmentevent",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="avsluttet med en gang"),
        ),
        migrations.AddField(
            model_name="roleassignmentevent",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="access.user",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roleassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "access_roleassignmentevent" ("end_reason", "ended_at", "ended_by_id", "first_day", "granted_by_id", "id", "last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "unit_id", "user_id") VALUES (OLD."end_reason", OLD."ended_at", OLD."ended_by_id", OLD."first_day", OLD."granted_by_id", OLD."id", OLD."last_day", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."role", OLD."unit_id", OLD."user_id"); RETURN NULL;',
                    hash="48afe0af8effb7f93ad3ffea9f166b0baa119730",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_568ba",
                    table="access_role_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roleassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_roleassignmentevent" ("end_reason", "ended_at", "ended_by_id", "first_day", "granted_by_id", "id", "last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "unit_id", "user_id") VALUES (OLD."end_reason", OLD."ended_at", OLD."ended_by_id", OLD."first_day", OLD."granted_by_id", OLD."id", OLD."last_day", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."unit_id", OLD."user_id"); RETURN NULL;',
                    hash="32d03e8da2658887f201622570ae380df8a7a832",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5a992",
                    table="access_role_assignment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    ("ended_at__isnull", False),
                    _connector="OR",
                ),
                name="role_assignment_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("last_day__isnull", False),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="role_assignment_ended_with_reason",
            ),
        ),
    ]
