"""Imports: what came in, what was decided about each row, and what came of it."""

from django.db import models


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
