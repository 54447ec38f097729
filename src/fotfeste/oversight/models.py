"""What the privacy officer is told of the log."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from fotfeste.oversight.enums import FlagKind


class ReadingFlag(models.Model):
    """
    A user's reading in one week that the privacy officer should look at, with the reasons in figures.

    Read by the county's privacy officer and by nobody else. Nothing follows from it by itself.
    """

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="bruker")
    county_id = models.SmallIntegerField("fylke")
    week = models.DateField("mandag i uken")
    kind = models.CharField("hva", max_length=20, choices=FlagKind.choices)
    count = models.IntegerField("antall")
    reasons = models.JSONField("grunner", default=dict)
    youth_ids = ArrayField(models.BigIntegerField(), default=list, verbose_name="ungdommer")
    found_at = models.DateTimeField("funnet")
    looked_at = models.DateTimeField("sett på", null=True)
    looked_at_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("merknad", max_length=500, blank=True)

    class Meta:
        db_table = "oversight_reading_flag"
        constraints = [
            models.UniqueConstraint(name="one_flag_a_week", fields=["county_id", "week", "user", "kind"]),
            models.CheckConstraint(
                name="flag_looked_at_by_somebody",
                condition=Q(looked_at__isnull=True, looked_at_by__isnull=True)
                | Q(looked_at__isnull=False, looked_at_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["county_id", "-week"], name="flag_county_week")]
