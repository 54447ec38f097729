"""Reports as they were sent, and the minutes of the yearly meeting about the agreement. Nothing is about a youth."""

from django.db import models
from django.db.models import Q

from fotfeste.reporting.enums import ReportKind


class FrozenReport(models.Model):
    """
    A status table as it was on a day, as known at a moment, with the digest of its numbers.

    Holds numbers only, nothing about any youth. Rows are added and never changed. Source: Oslostandarden § 6.3.1.
    """

    report = models.CharField("rapport", max_length=30, choices=ReportKind.choices)
    county = models.ForeignKey(
        "organisations.County", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="fylke"
    )
    on = models.DateField("dag")
    known_at = models.DateTimeField("slik kjent")
    code_list = models.CharField("kodeverk", max_length=10)
    digest = models.CharField("kontrollsum", max_length=64)
    content = models.JSONField("innhold")
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="laget av")
    made_at = models.DateTimeField("laget")

    class Meta:
        db_table = "reporting_frozen_report"
        ordering = ["-on", "-made_at"]
        indexes = [models.Index(fields=["county", "-on"], name="frozen_report_county")]


class AgreementReport(models.Model):
    """
    A file with figures of how the cooperation agreement is kept, as the parties had it before them. About no youth.

    A row is added and never changed; minutes that correct others go on with theirs.
    """

    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("navn på filen", max_length=150)
    content = models.BinaryField("innhold")
    media_type = models.CharField("type", max_length=40)
    size = models.IntegerField("størrelse i byte")
    digest = models.CharField("sjekksum", max_length=64)
    is_scanned = models.BooleanField("viruskontrollert")
    added_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")

    class Meta:
        db_table = "reporting_agreement_report"


class AgreementMeeting(models.Model):
    """
    The minutes of the yearly meeting about the cooperation agreement. A correction is a row that takes its place.

    Holds numbers and what parties do, nothing about any youth. ``figures`` are the county's indicators as they stood
    on the day, as known when it was written down; ``duties`` how each duty of the agreement is kept, with what the
    year's wheel showed of it then; ``actions`` what is to be done, by whom, and by when. The row policies of the two
    tables keep them in the county: read where its figures are open, written by whoever runs the service.

    Source: samarbeidsavtalen § 7; form-yearly-agreement-meeting.
    """

    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField("dato")
    called_by = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    present = models.JSONField("parter til stede")
    figures = models.JSONField("indikatorer")
    report = models.ForeignKey(AgreementReport, null=True, on_delete=models.PROTECT, related_name="+")
    duties = models.JSONField("ansvarsoppgaver")
    findings = models.TextField("erfaringer")
    revise = models.BooleanField("trenger revidering")
    actions = models.JSONField("oppfølging")
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField("rettet", null=True)

    class Meta:
        db_table = "reporting_agreement_meeting"
        constraints = [
            models.CheckConstraint(name="agreement_meeting_has_findings", condition=~Q(findings="")),
        ]
        indexes = [models.Index(fields=["county", "held_on"], name="agreement_meeting_county")]
