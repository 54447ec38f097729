"""Reports as they were sent: kept whole, never changed, and possible to make again."""

from django.db import models

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
