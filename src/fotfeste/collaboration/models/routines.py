"""Work by a routine: which one, what started it, and how each of its steps stands."""

from django.db import models
from django.db.models import F, Q

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import RunEnd, StepState, Trigger


class RoutineRun(AboutYouth):
    """
    One routine worked for one youth, by its definition as it stood at ``started_at``. One of a routine at a time.

    ``trigger_source`` is the row that started it, as ``registration:12``, so that it is started by it once.
    """

    routine = models.CharField("rutine", max_length=40)
    trigger = models.CharField("startet av", max_length=20, choices=Trigger.choices)
    trigger_source = models.CharField("kilde", max_length=60, blank=True)
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
        db_table = "collaboration_routine_run"
        constraints = [
            models.UniqueConstraint(
                name="one_open_run_of_a_routine", fields=["youth", "routine"], condition=Q(ended_on__isnull=True)
            ),
            models.CheckConstraint(
                name="routine_run_period", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on"))
            ),
        ]
        indexes = [
            models.Index(fields=["youth", "started_on"], name="routine_run_youth"),
            models.Index(fields=["trigger_source"], name="routine_run_source"),
        ]

    row_access = RowAccess(topic=Topic.STATUS)


class OneStep(models.Model):
    """How one step of a routine stands, whether the routine is worked for a youth or for a unit."""

    step = models.CharField("trinn", max_length=60)
    round = models.SmallIntegerField("gang", default=1)
    state = models.CharField("tilstand", max_length=10, choices=StepState.choices, default=StepState.OPEN)
    for_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField("åpnet")
    opened_at = models.DateTimeField("åpning registrert")
    due_on = models.DateField("frist", null=True, blank=True)
    closed_on = models.DateField("ferdig", null=True, blank=True)
    closed_at = models.DateTimeField("ferdig registrert", null=True, blank=True)
    closed_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    record = models.CharField("vises av", max_length=60, blank=True)
    went_to = models.CharField("gikk videre til", max_length=60, blank=True)
    reason = models.CharField("begrunnelse", max_length=300, blank=True)

    class Meta:
        abstract = True


class StepRun(OneStep, AboutYouth):
    """
    One step of a routine, as it stands. A step done again is a row of its own, with the next ``round``.

    ``for_unit`` is whose turn it is. ``record`` is what shows that it is done, as ``mapping:12``. ``went_to`` is the
    way taken, where there was more than one.
    """

    run = models.ForeignKey(RoutineRun, on_delete=models.PROTECT, related_name="steps")

    class Meta:
        db_table = "collaboration_step_run"
        constraints = [
            models.UniqueConstraint(name="one_row_a_round", fields=["run", "step", "round"]),
            models.UniqueConstraint(
                name="one_open_round",
                fields=["run", "step"],
                condition=Q(state__in=[StepState.OPEN, StepState.WAITS]),
            ),
            models.CheckConstraint(
                name="step_run_skipped_for_a_reason", condition=~Q(state=StepState.SKIPPED) | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["youth", "state"], name="step_run_youth")]

    row_access = RowAccess(topic=Topic.STATUS)
