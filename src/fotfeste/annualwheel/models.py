"""
What the units are to do in the year, and what they have written down that shows something done.

The rows are the county's own, like the named contacts they go to: nothing here is about a youth, so no row policy rides
on them, and the selectors say who is shown them.
"""

from django.db import models
from django.db.models import Q

from fotfeste.access.roles import Role
from fotfeste.annualwheel.enums import DigestOften, DigestState, WheelTaskMove, WheelTaskState


class WheelTask(models.Model):
    """
    One time an event of the year is to be done by a unit.

    ``turn`` says which time, and stays when the county moves the day: the school year and the number of the time in it,
    or the day of what something sets off. It is closed by what shows the event done, and by nothing else.

    ``contact`` is who it is given to; empty where nobody is named for it. ``leader_on`` and ``admin_on`` are the days
    it went on to the unit's leader and to the education administration.
    """

    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="enhet")
    event = models.CharField("hendelse", max_length=60)
    turn = models.CharField("gang", max_length=20)
    due_on = models.DateField("frist")
    opened_on = models.DateField("laget")
    contact = models.ForeignKey(
        "organisations.NamedContact", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="gitt til"
    )
    given_on = models.DateField("gitt siden", null=True)
    leader_on = models.DateField("hos lederen siden", null=True)
    admin_on = models.DateField("hos Utdanningsadministrasjonen siden", null=True)
    state = models.CharField("tilstand", max_length=10, choices=WheelTaskState.choices, default=WheelTaskState.OPEN)
    done_on = models.DateField("gjort", null=True)
    closed_at = models.DateTimeField("lukket", null=True)

    class Meta:
        db_table = "annualwheel_task"
        constraints = [
            models.UniqueConstraint(name="one_wheel_task_a_turn", fields=["unit", "event", "turn"]),
            models.CheckConstraint(
                name="wheel_task_closed",
                condition=Q(state=WheelTaskState.OPEN, closed_at__isnull=True)
                | (~Q(state=WheelTaskState.OPEN) & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="wheel_task_given_since", condition=Q(contact__isnull=True) | Q(given_on__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_on"], name="wheel_task_open", condition=Q(state=WheelTaskState.OPEN))
        ]


class WheelTaskEvent(models.Model):
    """What became of a task of the year, and when. Added and never changed."""

    task = models.ForeignKey(WheelTask, on_delete=models.PROTECT, related_name="events")
    move = models.CharField("hva", max_length=10, choices=WheelTaskMove.choices)
    on = models.DateField("dag")
    contact = models.ForeignKey("organisations.NamedContact", null=True, on_delete=models.PROTECT, related_name="+")
    to_day = models.DateField("ny frist", null=True)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("når")

    class Meta:
        db_table = "annualwheel_task_event"
        indexes = [models.Index(fields=["task", "at"], name="wheel_task_event_task")]


class WheelRecord(models.Model):
    """
    That an event of the year was done, where nothing else in the product shows it: the day, who did it, and where one
    can see it. One that was wrong is taken back and stays.
    """

    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    event = models.CharField("hendelse", max_length=60)
    on = models.DateField("gjort")
    who = models.CharField("hvem gjorde det", max_length=120)
    shown_by = models.CharField("hva viser det", max_length=200)
    recorded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    withdrawn_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("trukket tilbake", null=True)
    withdrawn_because = models.CharField("begrunnelse", max_length=300, blank=True)

    class Meta:
        db_table = "annualwheel_record"
        constraints = [
            models.CheckConstraint(
                name="wheel_record_withdrawn_for_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]
        indexes = [models.Index(fields=["county", "event", "on"], name="wheel_record_event")]


class DigestMail(models.Model):
    """A reminder of the year to one address on one day: how many tasks, and no word of what they are about."""

    address = models.EmailField("e-post")
    on = models.DateField("dag")
    tasks = models.SmallIntegerField("oppgaver")
    new = models.SmallIntegerField("nye")
    soon = models.SmallIntegerField("frist snart")
    late = models.SmallIntegerField("over fristen")
    language = models.CharField("språk", max_length=5, default="nb")
    state = models.CharField("tilstand", max_length=10, choices=DigestState.choices, default=DigestState.WAITING)
    asked_at = models.DateTimeField("bestilt")
    sent_at = models.DateTimeField("sendt", null=True)

    class Meta:
        db_table = "annualwheel_digest"
        constraints = [models.UniqueConstraint(name="one_digest_a_day", fields=["address", "on"])]


class DigestChoice(models.Model):
    """How often somebody wants to be reminded of the year. Added and never changed; the last one holds."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    often = models.CharField("hvor ofte", max_length=10, choices=DigestOften.choices)
    chosen_at = models.DateTimeField("valgt")

    class Meta:
        db_table = "annualwheel_digest_choice"
        indexes = [models.Index(fields=["user", "chosen_at"], name="digest_choice_user")]


class CalendarFeed(models.Model):
    """
    An address at which somebody's calendar reads the days of one of their roles.

    The address is known to whoever made it. Here stands a digest only: who reads this table can read no calendar by it.
    """

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    role = models.CharField("rolle", max_length=40, choices=Role.choices)
    digest = models.CharField("avtrykk av adressen", max_length=64, unique=True)
    made_at = models.DateTimeField("laget")
    revoked_at = models.DateTimeField("trukket tilbake", null=True)

    class Meta:
        db_table = "annualwheel_feed"
        constraints = [
            models.UniqueConstraint(
                name="one_feed_a_role", fields=["user", "role"], condition=Q(revoked_at__isnull=True)
            )
        ]
