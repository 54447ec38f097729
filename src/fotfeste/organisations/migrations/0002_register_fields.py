import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="unit",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="unit",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="county",
            name="note",
            field=models.CharField(blank=True, max_length=300, verbose_name="merknad"),
        ),
        migrations.AddField(
            model_name="namedcontact",
            name="deputy",
            field=models.CharField(blank=True, max_length=200, verbose_name="stedfortreder"),
        ),
        migrations.AddField(
            model_name="namedcontact",
            name="published_on",
            field=models.DateField(blank=True, null=True, verbose_name="publisert på nettsiden"),
        ),
        migrations.AddField(
            model_name="namedcontactevent",
            name="deputy",
            field=models.CharField(blank=True, max_length=200, verbose_name="stedfortreder"),
        ),
        migrations.AddField(
            model_name="namedcontactevent",
            name="published_on",
            field=models.DateField(blank=True, null=True, verbose_name="publisert på nettsiden"),
        ),
        migrations.AddField(
            model_name="unit",
            name="also_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("upper_secondary", "Videregående skole"),
                    ("lower_secondary", "Ungdomsskole"),
                    ("adult_education", "Voksenopplæring"),
                    ("service_centre", "Servicesenter for voksenopplæring"),
                    ("district", "Bydel"),
                    ("nav_office", "Nav-kontor"),
                    ("education_agency", "Utdanningsetat"),
                    ("education_admin", "Utdanningsadministrasjon (OT i fylket)"),
                    ("apprenticeship_department", "Avdeling for fagopplæring"),
                    ("institution", "Barnevernsinstitusjon"),
                    ("other", "Annen enhet"),
                ],
                max_length=40,
                verbose_name="er også",
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="is_kept_locally",
            field=models.BooleanField(default=False, verbose_name="holdes ved like av fylket"),
        ),
        migrations.AddField(
            model_name="unitevent",
            name="also_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("upper_secondary", "Videregående skole"),
                    ("lower_secondary", "Ungdomsskole"),
                    ("adult_education", "Voksenopplæring"),
                    ("service_centre", "Servicesenter for voksenopplæring"),
                    ("district", "Bydel"),
                    ("nav_office", "Nav-kontor"),
                    ("education_agency", "Utdanningsetat"),
                    ("education_admin", "Utdanningsadministrasjon (OT i fylket)"),
                    ("apprenticeship_department", "Avdeling for fagopplæring"),
                    ("institution", "Barnevernsinstitusjon"),
                    ("other", "Annen enhet"),
                ],
                max_length=40,
                verbose_name="er også",
            ),
        ),
        migrations.AddField(
            model_name="unitevent",
            name="is_kept_locally",
            field=models.BooleanField(default=False, verbose_name="holdes ved like av fylket"),
        ),
        migrations.AlterField(
            model_name="namedcontact",
            name="role",
            field=models.CharField(
                choices=[
                    ("counsellor", "Rådgiver med OT-ansvar"),
                    ("district_contact", "OT-kontakt i bydel"),
                    ("nav_responsible", "OT-ansvarlig i Nav"),
                    ("uda_contact", "Kontaktperson i Utdanningsadministrasjonen"),
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
                    ("uda_contact", "Kontaktperson i Utdanningsadministrasjonen"),
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
                    func='INSERT INTO "organisations_namedcontactevent" ("confirmed_on", "deputy", "email", "first_day", "id", "last_day", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "published_on", "role", "unit_id") VALUES (NEW."confirmed_on", NEW."deputy", NEW."email", NEW."first_day", NEW."id", NEW."last_day", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."published_on", NEW."role", NEW."unit_id"); RETURN NULL;',
                    hash="da53b3632f0c4c54073cd821ef7bdea03b3fffa4",
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
                    func='INSERT INTO "organisations_namedcontactevent" ("confirmed_on", "deputy", "email", "first_day", "id", "last_day", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "published_on", "role", "unit_id") VALUES (OLD."confirmed_on", OLD."deputy", OLD."email", OLD."first_day", OLD."id", OLD."last_day", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."published_on", OLD."role", OLD."unit_id"); RETURN NULL;',
                    hash="ec51d3bc65c010688b26fe8ecd62483126531029",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fe1e7",
                    table="organisations_named_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "organisations_unitevent" ("also_kind", "city", "code", "county_id", "district_code", "first_day", "id", "is_kept_locally", "is_private", "kind", "last_day", "latitude", "longitude", "name", "nav_office_id", "note", "org_number", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "source", "street", "takes_responsibility", "vigo_number") VALUES (NEW."also_kind", NEW."city", NEW."code", NEW."county_id", NEW."district_code", NEW."first_day", NEW."id", NEW."is_kept_locally", NEW."is_private", NEW."kind", NEW."last_day", NEW."latitude", NEW."longitude", NEW."name", NEW."nav_office_id", NEW."note", NEW."org_number", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postcode", NEW."source", NEW."street", NEW."takes_responsibility", NEW."vigo_number"); RETURN NULL;',
                    hash="b196ef31fa9ab4f5f598dd05056c37db47fea47d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a7406",
                    table="organisations_unit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organisations_unitevent" ("also_kind", "city", "code", "county_id", "district_code", "first_day", "id", "is_kept_locally", "is_private", "kind", "last_day", "latitude", "longitude", "name", "nav_office_id", "note", "org_number", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "source", "street", "takes_responsibility", "vigo_number") VALUES (OLD."also_kind", OLD."city", OLD."code", OLD."county_id", OLD."district_code", OLD."first_day", OLD."id", OLD."is_kept_locally", OLD."is_private", OLD."kind", OLD."last_day", OLD."latitude", OLD."longitude", OLD."name", OLD."nav_office_id", OLD."note", OLD."org_number", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postcode", OLD."source", OLD."street", OLD."takes_responsibility", OLD."vigo_number"); RETURN NULL;',
                    hash="4e0213037a5ce5feef9fb4d5499cd5a455a96615",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3ecda",
                    table="organisations_unit",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="namedcontact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("last_day__isnull", True)),
                fields=("unit", "role", "name"),
                name="named_contact_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("also_kind", models.F("kind")), _negated=True), name="unit_also_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                    _connector="OR",
                ),
                name="unit_point",
            ),
        ),
    ]
