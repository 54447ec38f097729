"""The log of what was done and what was read. Rows are added, never changed; seals chain them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AuditEntry(models.Model):
    """
    One act or one reading: who, what, about whom, on which screen, on what ground.

    The table is parted by month of ``at``; its indexes are in ``sql/months.sql``. One entry is about one youth, about
    many (a list that was shown), or about none.
    """

    at = models.DateTimeField("tidspunkt")
    user_id = models.BigIntegerField("bruker")
    verb = models.CharField("handling", max_length=60)
    youth_id = models.BigIntegerField("ungdom", null=True)
    county_id = models.SmallIntegerField("fylke", null=True)
    screen = models.CharField("skjermbilde", max_length=80, blank=True)
    ground = models.CharField("grunnlag", max_length=40, blank=True)
    details = models.JSONField("detaljer", default=dict)
    youth_ids = ArrayField(models.BigIntegerField(), null=True, verbose_name="ungdommer på en liste")

    class Meta:
        db_table = "audit_entry"


class AuditSeal(models.Model):
    """A digest over the entries since the seal before it and over that seal. Changing one entry breaks all after."""

    last_entry_id = models.BigIntegerField()
    entries = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "audit_seal"
