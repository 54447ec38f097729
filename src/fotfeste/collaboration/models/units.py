"""
Work by a routine about a unit: a list, a change of contact, a year. Nothing here is about a youth.

The rows are the county's own, like the routines themselves, so no row policy rides on them; the selectors say who is
shown them. They have the same form as those of one youth's routines, and one engine moves both (docs/adr/0040).
"""

from django.db import models
from django.db.models import F, Q

from fotfeste.collaboration.enums import RunEnd, StepState, Trigger
from fotfeste.collaboration.models.routines import OneStep


class UnitRun(models.Model):
    """
    One routine worked for one unit, by its definition as it stood at ``started_at``.

    ``subject`` is what it is about there, as ``contact:12``, ``year:2026`` or ``list:dl-otuk-list-nov:2026-11-20``. Of
    one subject it is worked once. ``first_step`` is where it began when only a part of the routine is done for a list.
    """

    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    routine = models.CharField("rutine", max_length=40)
    subject = models.CharField("gjelder", max_length=80)
    first_step = models.CharField("begynte ved", max_length=60, blank=True)
    trigger = models.CharField("startet av", max_length=20, choices=Trigger.choices)
    started_on = models.DateField("startet")
    started_at = models.DateTimeField("registrert")
    started_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField("avsluttet", null=True, blank=True)
    ended_at = models.DateTimeField("avslutning registrert", null=True, blank=True)
    ended_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField("avsluttet fordi", max_length=10, choices=RunEnd.choices, blank=True)
    end_text = models.CharField("begrunnelse", max_length=300, blank=True)
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "collaboration_unit_run"
        constraints = [
            models.UniqueConstraint(name="one_run_of_a_subject", fields=["unit", "routine", "subject"]),
            models.CheckConstraint(
                name="unit_run_period", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on"))
            ),
        ]
        indexes = [models.Index(fields=["unit", "started_on"], name="unit_run_unit")]


class UnitStep(OneStep):
    """One step of a routine for a unit; while it stands open it is the task of ``for_unit``, whose turn it is."""

    run = models.ForeignKey(UnitRun, on_delete=models.PROTECT, related_name="steps")

    class Meta:
        db_table = "collaboration_unit_step"
        constraints = [
            models.UniqueConstraint(name="one_unit_row_a_round", fields=["run", "step", "round"]),
            models.UniqueConstraint(
                name="one_open_unit_round",
                fields=["run", "step"],
                condition=Q(state__in=[StepState.OPEN, StepState.WAITS]),
            ),
            models.CheckConstraint(
                name="unit_step_skipped_for_a_reason", condition=~Q(state=StepState.SKIPPED) | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["for_unit", "due_on"], name="unit_step_turn", condition=Q(closed_on=None))]


class UnitRecord(models.Model):
    """What a unit did in a routine of its own: ``said`` holds the fields of its kind in ``record_kinds.yaml``."""

    run = models.ForeignKey(UnitRun, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField("slags", max_length=40)
    on = models.DateField("dato")
    said = models.JSONField("innhold", default=dict)
    by_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("registrert")

    class Meta:
        db_table = "collaboration_unit_record"
        indexes = [models.Index(fields=["run", "made_at"], name="unit_record_run")]
