"""OTUK rounds, frozen as known at their moment, their washes with Nav, and saved filters of the worklist."""

from django.db import models

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import NextOwner
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


class WashSession(models.Model):
    """
    That a district goes through its list in a round together with its Nav office. Source: AFI 2015 kap. 3.1.

    It names nobody. What Nav answers are its messages to the administration (``casework.Feedback``); nothing of them
    is kept here. ``missing`` is how many Nav knows of who are not on the list: a number and no names.

    ``match_ticket`` is of the question to Nav's register that waits for its answer, empty when none does; ``matched``
    is how many of those asked about it had, the last time.
    """

    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(OtukRound, on_delete=models.PROTECT, related_name="washes")
    district = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("åpnet")
    missing = models.SmallIntegerField("mangler på listen", null=True)
    missing_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    missing_at = models.DateTimeField("meldt om manglende", null=True)
    closed_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("avsluttet", null=True)
    unanswered = models.IntegerField("uten svar da den ble avsluttet", null=True)
    match_ticket = models.CharField("åpen forespørsel til Navs register", max_length=32, blank=True, default="")
    match_asked_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    match_asked_at = models.DateTimeField("spurt Navs register", null=True)
    matched = models.IntegerField("treff i Navs register", null=True)
    matched_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    matched_at = models.DateTimeField("sammenlignet med Navs register", null=True)
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "lists_wash_session"
        constraints = [
            models.UniqueConstraint(name="wash_once_a_list", fields=["round", "district"]),
            models.CheckConstraint(
                name="wash_missing_number", condition=models.Q(missing=None) | models.Q(missing__range=(0, 999))
            ),
            models.CheckConstraint(
                name="wash_closed_whole",
                condition=models.Q(closed_at=None, unanswered=None)
                | models.Q(closed_at__isnull=False, unanswered__isnull=False),
            ),
        ]


class WashAgreement(AboutYouth):
    """
    Who takes the next step with a youth Nav does not take care of, or says has moved, and by when.

    Agreed anew, the row holds the latest; the task of before is closed and another set.
    """

    session = models.ForeignKey(WashSession, on_delete=models.PROTECT, related_name="agreements")
    district = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    owner = models.CharField("hvem tar neste steg", max_length=14, choices=NextOwner.choices)
    for_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    for_user = models.ForeignKey(
        "access.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="gitt til"
    )
    due_on = models.DateField("frist")
    task = models.ForeignKey("collaboration.Task", on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="avtalt av")
    agreed_at = models.DateTimeField("avtalt")
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "lists_wash_agreement"
        constraints = [models.UniqueConstraint(name="wash_agreed_once", fields=["session", "youth"])]

    row_access = RowAccess(topic=Topic.FEEDBACK, written_by="district_id", sent_to="for_unit_id")


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
