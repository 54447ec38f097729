"""What a youth has released others from, to whom, for what and until when. Rows are added; a withdrawal is marked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.consent.enums import Answer, GivenHow, Guardians, PartnerKind, Purpose

# A unit the youth was opened to by a grant sees the releases it has itself recorded, never the others'.
_ACCESS = RowAccess(topic=Topic.CONSENT, written_by="recorded_at_unit_id")


class Release(AboutYouth):
    """
    One answer of a youth: released, partly, or refused. Kept as it was given; only a withdrawal is added to it.

    It lets others speak together (forvaltningsloven § 13 a nr. 1) and is not the legal basis for keeping the case.
    """

    purpose = models.CharField("formål", max_length=20, choices=Purpose.choices)
    answer = models.CharField("svar", max_length=10, choices=Answer.choices)
    how = models.CharField("gitt hvordan", max_length=12, choices=GivenHow.choices)
    present = models.CharField("til stede", max_length=300, blank=True)
    exceptions = models.CharField("unntak", max_length=1000, blank=True)
    first_day = models.DateField("gjelder fra")
    last_day = models.DateField("gjelder til")
    age_then = models.SmallIntegerField("alder da")
    guardians = models.CharField("foresatte", max_length=10, choices=Guardians.choices, default=Guardians.NONE)
    text_version = models.CharField("tekstversjon", max_length=20)
    language = models.CharField("språk", max_length=5)
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="fornyer")
    recorded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="innhentet")
    recorded_at_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    withdrawn_at = models.DateTimeField("trukket tilbake", null=True, blank=True)
    withdrawn_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "consent_release"
        constraints = [
            models.CheckConstraint(name="release_period", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="release_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["youth"], name="release_youth"),
            models.Index(fields=["unit_id", "last_day"], name="release_unit_ends"),
        ]

    row_access = _ACCESS

    @property
    def source(self) -> str:
        """Return what a grant the release opens says it comes from."""
        return f"release:{self.pk}"


class ReleaseBody(AboutYouth):
    """One service a release names, and what it may be told: a unit that works here, or a partner that does not."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="bodies")
    body = models.ForeignKey("organisations.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    partner = models.CharField("tjeneste", max_length=30, choices=PartnerKind.choices, blank=True)
    topics = ArrayField(models.CharField(max_length=30), verbose_name="opplysninger")
    recorded_at_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "consent_release_body"
        constraints = [
            models.CheckConstraint(
                name="release_body_is_one",
                condition=Q(body__isnull=False, partner="") | (Q(body__isnull=True) & ~Q(partner="")),
            ),
        ]
        indexes = [models.Index(fields=["body"], name="release_body_unit")]

    row_access = _ACCESS


class ReleaseScan(AboutYouth):
    """The signed paper, as a picture or a PDF. Checked by its content, and only ever handed out as a file to save."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="scan")
    content = models.BinaryField("innhold")
    media_type = models.CharField("type", max_length=40)
    digest = models.CharField("sjekksum", max_length=64)
    recorded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")

    class Meta:
        db_table = "consent_release_scan"

    row_access = _ACCESS


class EmergencyOpening(AboutYouth):
    """
    Somebody opened one youth for an hour to avert danger to life or health, and said why.

    Written by the system actor alone, since whoever opens sees nothing before. Read by the privacy officer, by whoever
    answers for the youth, and by the unit of the one who opened (its leader answers for it).
    """

    opened_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="åpnet av")
    opened_at_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("grunn", max_length=500)
    opened_at = models.DateTimeField("åpnet")
    closes_at = models.DateTimeField("stenges")
    looked_at_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField("sett på", null=True)

    class Meta:
        db_table = "consent_emergency_opening"
        indexes = [models.Index(fields=["opened_at_unit", "opened_at"], name="emergency_unit")]

    row_access = RowAccess(topic=Topic.AUDIT)

    @property
    def source(self) -> str:
        """Return what the grants it opens say they come from."""
        return f"emergency:{self.pk}"
