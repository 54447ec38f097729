import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """People are known by digests of what their provider calls them; sessions, by digests of what it calls those."""

    dependencies = [
        ("access", "0012_registrar"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="profile",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="innlogget gjennom"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="session",
            name="provider_session",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="avtrykk av økten der"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="session",
            name="provider_subject",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="avtrykk av id der"),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["provider_session"], name="access_session_provider"),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["provider_subject"], name="access_session_subject"),
        ),
        migrations.AlterField(
            model_name="user",
            name="subject",
            field=models.CharField(max_length=255, unique=True, verbose_name="id i Fotfeste"),
        ),
        migrations.CreateModel(
            name="LoginIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="avtrykk")),
                ("profile", models.CharField(max_length=40, verbose_name="innloggingstjeneste")),
                ("code", models.CharField(max_length=9, null=True, unique=True, verbose_name="kode")),
                ("made_at", models.DateTimeField(verbose_name="registrert")),
                ("last_login_at", models.DateTimeField(null=True, verbose_name="sist innlogget")),
                (
                    "connected_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.user",
                        verbose_name="koblet av",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identities",
                        to="access.user",
                        verbose_name="bruker",
                    ),
                ),
            ],
            options={
                "db_table": "access_login_identity",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("user__isnull", False), ("code__isnull", False), _connector="OR"),
                        name="login_identity_waits_by_code",
                    )
                ],
            },
        ),
    ]
