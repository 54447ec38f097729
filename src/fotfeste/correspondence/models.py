"""Notices to units: what was sent, to whom, by whom and when. A notice says nothing about a youth."""

from django.db import models

from fotfeste.correspondence.enums import NoticeKind, NoticeState


class Notice(models.Model):
    """
    One e-mail to the named contacts of a unit, on a day. At most one of a kind to a unit each day.

    ``recipients`` are those it was addressed to, as they were named then: (name, address).
    """

    kind = models.CharField("type", max_length=30, choices=NoticeKind.choices)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="enhet")
    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("dag")
    recipients = models.JSONField("mottakere", default=list)
    subject = models.CharField("emne", max_length=200)
    body = models.TextField("tekst")
    reply_to = models.EmailField("svar til", blank=True)
    state = models.CharField("tilstand", max_length=10, choices=NoticeState.choices, default=NoticeState.WAITING)
    asked_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("bestilt")
    sent_at = models.DateTimeField("sendt", null=True)

    class Meta:
        db_table = "correspondence_notice"
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint(name="one_notice_a_day", fields=["kind", "unit", "on"])]
