"""Imports: what came in, what was decided about each row, and what came of it."""

from django.db import models

from fotfeste.access.rows import RowAccess
from fotfeste.access.topics import Topic
from fotfeste.integrations.enums import Part, WaitingState


class Import(models.Model):
    """One file or answer taken in from a source for a county."""

    source = models.CharField("kilde", max_length=30)
    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("gjelder per")
    digest = models.CharField("sha-256", max_length=64)
    rows = models.IntegerField("rader", default=0)
    new = models.IntegerField("nye", default=0)
    changed = models.IntegerField("endret", default=0)
    unchanged = models.IntegerField("uendret", default=0)
    moved = models.IntegerField("flyttet", default=0)
    possible_duplicates = models.IntegerField("mulige dubletter", default=0)
    rejected = models.IntegerField("avvist", default=0)
    warnings = models.JSONField("merknader", default=list)
    read_at = models.DateTimeField("lest")
    applied_at = models.DateTimeField("tatt i bruk", null=True)
    run_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        "access.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="bestilt av"
    )
    sender = models.CharField("avsender", max_length=80, blank=True)
    schools = models.JSONField("skoler i filen", default=list)

    class Meta:
        db_table = "integrations_import"
        ordering = ["-read_at"]


class ColumnMapping(models.Model):
    """Which of a sender's headings is which of our columns."""

    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    source = models.CharField("kilde", max_length=30)
    sender = models.CharField("avsender", max_length=80)
    columns = models.JSONField("kolonner", default=dict)

    class Meta:
        db_table = "integrations_column_mapping"
        constraints = [models.UniqueConstraint(name="mapping_per_sender", fields=["county", "source", "sender"])]


class WaitingFile(models.Model):
    """
    A file that was uploaded and waits to be used: its plan, and in ``WaitingPart`` the file itself.

    The file is gone when it is used or discarded; everything is gone a week after. Its name is never kept: people
    write names of youths in names of files. What holds personal data is sealed.
    """

    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    source = models.CharField("kilde", max_length=30)
    sender = models.CharField("avsender", max_length=80, blank=True)
    on = models.DateField("gjelder per")
    state = models.CharField("tilstand", max_length=10, choices=WaitingState.choices)
    is_fetched = models.BooleanField("hentet fra VIGO", default=False)
    file_format = models.CharField("format", max_length=4, blank=True)
    size = models.BigIntegerField("størrelse", default=0)
    columns = models.JSONField("kolonner", default=dict)
    plan = models.BinaryField("plan (forseglet)", null=True)
    imported = models.ForeignKey(Import, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("lastet opp")
    forget_on = models.DateField("slettes")
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "integrations_waiting_file"
        ordering = ["-uploaded_at"]

    row_access = RowAccess(topic=Topic.EDUCATION, county_only=True)


class WaitingPart(models.Model):
    """One piece of a file that waits, sealed; half a megabyte, so that no file need be in memory at once."""

    file = models.ForeignKey(WaitingFile, on_delete=models.CASCADE, related_name="parts")
    county_id = models.SmallIntegerField("fylke")
    part = models.CharField("del", max_length=10, choices=Part.choices)
    number = models.IntegerField("nummer")
    content = models.BinaryField("innhold (forseglet)")

    class Meta:
        db_table = "integrations_waiting_part"
        constraints = [models.UniqueConstraint(name="waiting_part_once", fields=["file", "part", "number"])]

    row_access = RowAccess(topic=Topic.EDUCATION, county_only=True)


class ImportProgress(models.Model):
    """How far the work on a file has come: nothing about anybody, and written outside the work's own transaction."""

    file = models.OneToOneField(WaitingFile, on_delete=models.CASCADE, related_name="progress")
    step = models.CharField("steg", max_length=80, blank=True)
    number = models.SmallIntegerField("steg nummer", default=0)
    rows = models.IntegerField("rader lest", default=0)
    at = models.DateTimeField("tidspunkt", null=True)

    class Meta:
        db_table = "integrations_import_progress"


class NothingToReport(models.Model):
    """A private school's answer that it has nobody to report in a school year, as the administration wrote it down."""

    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="skole")
    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    school_year = models.SmallIntegerField("skoleår (start)")
    told_on = models.DateField("svarte")
    recorded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    superseded_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField("trukket tilbake", null=True)

    class Meta:
        db_table = "integrations_nothing_to_report"
        constraints = [
            models.UniqueConstraint(
                name="nothing_to_report_once",
                fields=["unit", "school_year"],
                condition=models.Q(superseded_at__isnull=True),
            )
        ]
