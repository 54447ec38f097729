"""Who does a colleague's work while they are away."""

from django.db import models
from django.db.models import F, Q


class Substitution(models.Model):
    """
    Somebody who does a colleague's work at a unit in a period, both days included, or until it is ended.

    It tells what to show first in the morning and opens nothing: what is seen is what a role held at the unit opens.
    """

    absent = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="borte")
    substitute = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="vikar")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="enhet")
    first_day = models.DateField("fra og med")
    last_day = models.DateField("til og med")
    given_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    ended_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("avsluttet", null=True)

    class Meta:
        db_table = "casework_substitution"
        constraints = [
            models.CheckConstraint(name="substitution_period", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="substitution_of_another", condition=~Q(absent=F("substitute"))),
        ]
        indexes = [models.Index(fields=["unit", "last_day"], name="substitution_unit")]
