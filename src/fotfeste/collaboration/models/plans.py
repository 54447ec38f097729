"""The one plan of a youth: what it leads to, who does what until when, each version of it, and how it went."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import (
    Benefit,
    FollowUpInterval,
    MainGoal,
    MeasureOwner,
    MeasureStatus,
    PlanAgrees,
    PlanChange,
    PlanResult,
    RefusalReason,
    ReviewFinding,
)

_ACCESS = RowAccess(topic=Topic.PLAN)


class FollowUpPlan(AboutYouth):
    """
    The follow-up plan as it stands; one at a time, with an end and one coordinator.

    The tables of the form are lists of rows as ``services.plan_content`` checks them. ``version`` counts the changes of
    what the coordinator writes, ``number`` the versions of the whole page, measures included.
    """

    coordinator = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    coordinator_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField("fra")
    last_day = models.DateField("til")
    review_on = models.DateField("gjennomgang")
    main_goal = models.CharField("hovedmål", max_length=20, choices=MainGoal.choices)
    goals = models.JSONField("mål", default=list)
    roles = models.JSONField("partenes roller", default=list)
    transitions = models.JSONField("overganger", default=list)
    no_transitions = models.BooleanField("ingen overganger ventes", default=False)
    learning_goals = models.JSONField("kompetansemål", default=list)
    other_plans = models.JSONField("andre planer", default=list)
    information_flow = models.TextField("informasjonsflyt", max_length=1500)
    youth_words = models.TextField("ungdommens egne ord", max_length=1500, blank=True)
    shared_with_nav_on = models.DateField("sendt Nav som grunnlag", null=True, blank=True)
    version = models.IntegerField("versjon", default=1)
    number = models.IntegerField("sideversjon", default=0)
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("laget")
    ended_on = models.DateField("avsluttet", null=True, blank=True)
    ended_at = models.DateTimeField("avslutning registrert", null=True, blank=True)
    ended_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    result = models.CharField("resultat", max_length=20, choices=PlanResult.choices, blank=True)
    result_text = models.TextField("om resultatet", max_length=1000, blank=True)

    class Meta:
        db_table = "collaboration_plan"
        constraints = [
            models.UniqueConstraint(name="one_plan_at_a_time", fields=["youth"], condition=Q(ended_on__isnull=True)),
            models.CheckConstraint(name="plan_period", condition=Q(last_day__gt=F("first_day"))),
            models.CheckConstraint(
                name="plan_review_within", condition=Q(review_on__gte=F("first_day"), review_on__lte=F("last_day"))
            ),
            models.CheckConstraint(
                name="plan_ends_with_a_result",
                condition=Q(ended_on__isnull=True, ended_at__isnull=True, ended_by__isnull=True, result="")
                | (Q(ended_on__isnull=False, ended_at__isnull=False, ended_by__isnull=False) & ~Q(result="")),
            ),
        ]
        indexes = [
            models.Index(fields=["youth"], name="plan_youth"),
            models.Index(fields=["coordinator_unit", "last_day"], name="plan_ends", condition=Q(ended_on__isnull=True)),
        ]

    row_access = _ACCESS


class PlanMeasure(AboutYouth):
    """
    What one body does in the plan, by when, and who follows it up. Written by that body, or by the coordinator.

    ``measure`` is an id of ``spec/data/measures.yaml``, or empty for one in own words. How it stood before is in the
    versions of the plan.
    """

    plan = models.ForeignKey(FollowUpPlan, on_delete=models.PROTECT, related_name="measures")
    measure = models.CharField("tiltak", max_length=40, blank=True)
    what = models.CharField("tiltak med egne ord", max_length=200, blank=True)
    owner_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    owner_kind = models.CharField("eier", max_length=20, choices=MeasureOwner.choices)
    goal = models.CharField("mål i planen", max_length=10)
    contribution = models.CharField("bidrag", max_length=500)
    followed_up_by = models.CharField("følges opp av", max_length=100)
    interval = models.CharField("hvor ofte", max_length=20, choices=FollowUpInterval.choices)
    requested_on = models.DateField("bedt om")
    first_day = models.DateField("start")
    last_day = models.DateField("slutt")
    status = models.CharField("status", max_length=20, choices=MeasureStatus.choices)
    refusal_reason = models.CharField("grunn til avslag", max_length=20, choices=RefusalReason.choices, blank=True)
    hours = models.SmallIntegerField("timer per uke", null=True, blank=True)
    benefit = models.CharField("ytelse", max_length=20, choices=Benefit.choices, blank=True)
    employer = models.CharField("arbeidsgiver", max_length=100, blank=True)
    learning_goals = models.CharField("kompetansemål", max_length=500, blank=True)
    quality_assured_by = models.CharField("faglig ansvarlig i skolen", max_length=100, blank=True)
    blocked_by = ArrayField(models.CharField(max_length=40), verbose_name="hindringer", default=list)
    version = models.IntegerField("versjon", default=1)
    recorded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")

    class Meta:
        db_table = "collaboration_plan_measure"
        constraints = [
            models.CheckConstraint(name="plan_measure_period", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="plan_measure_is_named", condition=~Q(measure="") | ~Q(what="")),
            models.CheckConstraint(name="plan_measure_followed_up", condition=~Q(followed_up_by="")),
            models.CheckConstraint(
                name="plan_measure_refused_for_a_reason", condition=~Q(status="refused") | ~Q(refusal_reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["youth"], name="plan_measure_youth"),
            models.Index(fields=["owner_unit", "last_day"], name="plan_measure_due"),
        ]

    row_access = _ACCESS


class PlanVersion(AboutYouth):
    """The whole page as it stood after a change. Added and never changed."""

    plan = models.ForeignKey(FollowUpPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField("nummer")
    change = models.CharField("hva", max_length=10, choices=PlanChange.choices)
    page = models.JSONField("siden")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("når")

    class Meta:
        db_table = "collaboration_plan_version"
        constraints = [models.UniqueConstraint(name="one_page_a_number", fields=["plan", "number"])]
        indexes = [models.Index(fields=["youth"], name="plan_version_youth")]

    row_access = _ACCESS


class PlanAgreement(AboutYouth):
    """What the youth said of one version of the plan. Added and never changed; the last one counts."""

    plan = models.ForeignKey(FollowUpPlan, on_delete=models.PROTECT, related_name="agreements")
    number = models.IntegerField("versjon av planen")
    answer = models.CharField("ungdommen er enig", max_length=10, choices=PlanAgrees.choices)
    on = models.DateField("dato")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("registrert")

    class Meta:
        db_table = "collaboration_plan_agreement"
        indexes = [models.Index(fields=["youth"], name="plan_agreement_youth")]

    row_access = _ACCESS


class PlanReview(AboutYouth):
    """A review of the plan: what was seen, whether the work goes back, and when it is next. Added and never changed."""

    plan = models.ForeignKey(FollowUpPlan, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField("dato")
    finding = models.CharField("hva gjennomgangen viste", max_length=20, choices=ReviewFinding.choices)
    text = models.TextField("kort om gjennomgangen", max_length=1000)
    next_on = models.DateField("neste gjennomgang")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("registrert")

    class Meta:
        db_table = "collaboration_plan_review"
        indexes = [models.Index(fields=["youth"], name="plan_review_youth")]

    row_access = _ACCESS
