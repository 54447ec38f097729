"""OTUK rounds, frozen as known at their moment, and saved filters of the worklist."""

from django.db import models

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.lists.enums import ClosingReason


class OtukRound(models.Model):
    """One dispatch of OTUK lists to a county's districts. Source: Oslostandarden § 6.3.1 (rep-otuk-list)."""

    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("dato")
    known_at = models.DateTimeField("slik kjent")
    respond_by = models.DateField("svarfrist")
    frozen_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("lukket", null=True)

    class Meta:
        db_table = "lists_otuk_round"
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(name="one_round_a_day", fields=["county", "on"])]

    @property
    def source(self) -> str:
        """Return what a grant the round opens says it comes from."""
        return f"otuk-round:{self.pk}"


class OtukRow(AboutYouth):
    """One youth on one district's list in one round, with why. Only the fields of form-otuk-list."""

    round = models.ForeignKey(OtukRound, on_delete=models.PROTECT, related_name="rows")
    district = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField("nummer på listen")
    fields = models.JSONField("frosne felter")
    is_protected = models.BooleanField("beskyttet adresse", default=False)
    times_listed = models.SmallIntegerField("ganger på liste", default=1)

    class Meta:
        db_table = "lists_otuk_row"
        constraints = [
            models.UniqueConstraint(name="otuk_once_a_round", fields=["round", "youth"]),
            models.UniqueConstraint(name="otuk_number", fields=["round", "district", "number"]),
        ]

    row_access = RowAccess(topic=Topic.LIST_ROW, protected="is_protected")


class OtukClosing(models.Model):
    """
    That a district's list in a round has been gone through: nobody is left, or there is a reason why somebody is.

    The numbers are as they were that moment; an answer that comes later counts all the same.
    """

    round = models.ForeignKey(OtukRound, on_delete=models.PROTECT, related_name="closings")
    district = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    listed = models.IntegerField("ungdommer på listen")
    unanswered = models.IntegerField("ikke besvart")
    reason = models.CharField("hvorfor", max_length=10, choices=ClosingReason.choices, blank=True)
    closed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("avsluttet")

    class Meta:
        db_table = "lists_otuk_closing"
        constraints = [
            models.UniqueConstraint(name="otuk_closed_once", fields=["round", "district"]),
            models.CheckConstraint(
                name="otuk_closed_with_reason", condition=models.Q(unanswered=0) | ~models.Q(reason="")
            ),
        ]


class SavedFilter(models.Model):
    """
    A user's own filter of the worklist, shared with the colleagues at a unit when it has one. Holds choices only,
    never names. The table's row policy shows it to its owner and to that unit.
    """

    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+")
    name = models.CharField("navn", max_length=60)
    query = models.JSONField("valg", default=dict)
    shared_with = models.ForeignKey(
        "organisations.Unit", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="delt ved"
    )

    class Meta:
        db_table = "lists_saved_filter"
        constraints = [models.UniqueConstraint(name="saved_filter_name", fields=["user", "name"])]


class ListLook(models.Model):
    """When a user last said to have looked through the worklist; what has come since is new to them."""

    user = models.OneToOneField("access.User", on_delete=models.CASCADE, related_name="+")
    looked_at = models.DateTimeField("så gjennom")

    class Meta:
        db_table = "lists_look"
