"""What a county says otherwise of the routines."""

from django.db import models
from django.db.models import Q


class RoutineChange(models.Model):
    """
    One part of a step as the county works it, from one moment to another. Work begun before goes on as it began.

    Source: Oslostandarden is Oslo's own; every county has its own agreement.
    """

    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    step = models.CharField("trinn", max_length=60)
    part = models.CharField("del", max_length=10)
    value = models.CharField("verdi", max_length=500)
    reason = models.CharField("begrunnelse", max_length=300, blank=True)
    changed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    superseded_at = models.DateTimeField("erstattet", null=True, blank=True)

    class Meta:
        db_table = "collaboration_routine_change"
        constraints = [
            models.UniqueConstraint(
                name="one_change_of_a_part",
                fields=["county", "step", "part"],
                condition=Q(superseded_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["county", "recorded_at"], name="routine_change_county")]
