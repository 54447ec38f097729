"""What the privacy officer is told of the log."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.oversight.enums import DisposalState, FlagKind


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


class LegalHold(AboutYouth):
    """
    What stands about one person must not be disposed of, for a reason and for a period.

    Placed and lifted by the county's privacy officer and read by nobody else; follows the youth to another county.
    """

    reason = models.CharField("grunn", max_length=500)
    first_day = models.DateField("fra og med")
    last_day = models.DateField("til og med", null=True, blank=True)
    placed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField("bestemt")
    lifted_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField("opphevet", null=True)
    lift_reason = models.CharField("grunn til oppheving", max_length=500, blank=True)

    class Meta:
        db_table = "oversight_legal_hold"
        indexes = [models.Index(fields=["youth"], name="legal_hold_youth")]
        constraints = [
            models.CheckConstraint(
                name="legal_hold_period", condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="legal_hold_lifted_by_somebody",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    row_access = RowAccess(topic=Topic.AUDIT)


class Disposal(models.Model):
    """
    Records of one kind that are proposed to go, and, when two people have approved it, the certificate that they went.

    Afterwards it names no youth: what stays is what kinds, how many, by which rule, who approved, and when.
    """

    county_id = models.SmallIntegerField("fylke")
    kind = models.CharField("slag", max_length=20)
    on = models.DateField("dato")
    state = models.CharField("tilstand", max_length=12, choices=DisposalState.choices, default=DisposalState.PROPOSED)
    youth_ids = ArrayField(models.BigIntegerField(), default=list, verbose_name="ungdommer")
    digest = models.CharField("sjekksum", max_length=64)
    people = models.IntegerField("personer")
    rows = models.IntegerField("rader")
    rule = models.JSONField("regel", default=dict)
    counts = models.JSONField("hva som gikk", default=dict)
    proposed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("foreslått")
    decided_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("avgjort", null=True)
    done_at = models.DateTimeField("utført", null=True)

    class Meta:
        db_table = "oversight_disposal"
        constraints = [
            models.CheckConstraint(
                name="disposal_by_two",
                condition=Q(state__in=["proposed", "withdrawn"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
            models.UniqueConstraint(
                name="one_disposal_waits", fields=["county_id", "kind"], condition=Q(state="proposed")
            ),
        ]
