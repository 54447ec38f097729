"""What somebody is to do about a youth, and by when."""

from django.db import models
from django.db.models import Q

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import TaskMove, TaskState

# Another unit sees its own tasks, and only about a youth who is open to it.
_ACCESS = RowAccess(topic=Topic.IDENTITY, written_by="for_unit_id")


class Task(AboutYouth):
    """
    Something to do about a youth: a step of a routine whose turn it is, or set by hand. It belongs to a unit, and may
    be given to one of its people. ``due_on`` moves only by being put off, which ``TaskEvent`` tells. ``what`` is the id
    of the step for a step of a routine: a unit that is only asked about a name does not see how the step stands.

    One with a ``plan`` reminds of it, and is done when the plan is reviewed, renewed or ended; ``what`` then holds a
    ``PlanReminder``.
    """

    for_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    for_user = models.ForeignKey(
        "access.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="gitt til"
    )
    step_run = models.ForeignKey("collaboration.StepRun", null=True, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey("collaboration.FollowUpPlan", null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField("hva", max_length=200)
    due_on = models.DateField("frist", null=True, blank=True)
    state = models.CharField("tilstand", max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("laget")
    closed_at = models.DateTimeField("ferdig", null=True, blank=True)
    closed_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "collaboration_task"
        constraints = [
            models.UniqueConstraint(
                name="one_open_task_for_a_step", fields=["step_run"], condition=Q(state=TaskState.OPEN)
            ),
            models.UniqueConstraint(
                name="one_open_task_for_a_plan", fields=["plan"], condition=Q(state=TaskState.OPEN)
            ),
            models.CheckConstraint(
                name="task_closed_by_somebody",
                condition=Q(closed_at__isnull=True, state=TaskState.OPEN)
                | (Q(closed_at__isnull=False) & ~Q(state=TaskState.OPEN)),
            ),
        ]
        indexes = [
            models.Index(fields=["for_unit", "due_on"], name="task_unit", condition=Q(state=TaskState.OPEN)),
            models.Index(fields=["made_by"], name="task_made_by", condition=Q(state=TaskState.OPEN)),
            models.Index(fields=["youth"], name="task_youth"),
        ]

    row_access = _ACCESS


class TaskEvent(AboutYouth):
    """What has been done with a task: given to somebody, put off, done. Added and never changed."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="events")
    for_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    move = models.CharField("hva", max_length=10, choices=TaskMove.choices)
    to_user = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    to_day = models.DateField("ny frist", null=True, blank=True)
    reason = models.CharField("begrunnelse", max_length=300, blank=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("når")

    class Meta:
        db_table = "collaboration_task_event"
        indexes = [models.Index(fields=["task", "at"], name="task_event_task")]

    row_access = _ACCESS
