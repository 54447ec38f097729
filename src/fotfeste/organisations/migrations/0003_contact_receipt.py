import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_register_fields"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="namedcontact",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="namedcontact",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="namedcontact",
            name="uda_seen_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Utdanningsadministrasjonen har sett det"),
        ),
        migrations.AddField(
            model_name="namedcontactevent",
            name="uda_seen_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Utdanningsadministrasjonen har sett det"),
        ),
        migrations.AlterField(
            model_name="namedcontact",
            name="role",
            field=models.CharField(
                choices=[
                    ("counsellor", "Rådgiver med OT-ansvar"),
                    ("district_contact", "OT-kontakt i bydel"),
                    ("nav_responsible", "OT-ansvarlig i Nav"),
                    ("uda_contact", "Sentral kontaktperson for OT"),
                    ("apprenticeship_contact", "Kontaktperson for fagopplæring"),
                    ("adult_education_contact", "Kontaktperson for voksenopplæring"),
                    ("leader", "Leder"),
                    ("other", "Kontaktperson"),
                ],
                max_length=30,
                verbose_name="ansvar",
            ),
        ),
        migrations.AlterField(
            model_name="namedcontactevent",
            name="role",
            field=models.CharField(
                choices=[
                    ("counsellor", "Rådgiver med OT-ansvar"),
                    ("district_contact", "OT-kontakt i bydel"),
                    ("nav_responsible", "OT-ansvarlig i Nav"),
                    ("uda_contact", "Sentral kontaktperson for OT"),
                    ("apprenticeship_contact", "Kontaktperson for fagopplæring"),
                    ("adult_education_contact", "Kontaktperson for voksenopplæring"),
                    ("leader", "Leder"),
                    ("other", "Kontaktperson"),
                ],
                max_length=30,
                verbose_name="ansvar",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namedcontact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "organisations_namedcontactevent" ("confirmed_on", "deputy", "email", "first_day", "id", "last_day", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "published_on", "role", "uda_seen_at", "unit_id") VALUES (NEW."confirmed_on", NEW."deputy", NEW."email", NEW."first_day", NEW."id", NEW."last_day", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."published_on", NEW."role", NEW."uda_seen_at", NEW."unit_id"); RETURN NULL;',
                    hash="c55d72f54c4dfb65007a6d3b92fa6c8ba41d2282",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e6a73",
                    table="organisations_named_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namedcontact",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organisations_namedcontactevent" ("confirmed_on", "deputy", "email", "first_day", "id", "last_day", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "published_on", "role", "uda_seen_at", "unit_id") VALUES (OLD."confirmed_on", OLD."deputy", OLD."email", OLD."first_day", OLD."id", OLD."last_day", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."published_on", OLD."role", OLD."uda_seen_at", OLD."unit_id"); RETURN NULL;',
                    hash="562c04860472c323e7c910bc01036f53d98eb591",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fe1e7",
                    table="organisations_named_contact",
                    when="AFTER",
                ),
            ),
        ),
    ]
