"""A notice about somebody the register may not know: who it is stands here until it is answered, and then a while."""

from django.db import models
from django.db.models import Q

from fotfeste.collaboration.enums import NewcomerState


class NewcomerNotice(models.Model):
    """
    A notice from a unit that cannot look in the register, to one that answers for youths.

    ``kind`` and ``said`` are as of a record (``record_kinds.yaml``). It points to no youth, so that whoever sent it
    learns nothing of whether the person was known; what it says goes on in a record about the youth when it is taken.
    The name goes a while after the answer.
    """

    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("hva", max_length=40)
    on = models.DateField("dato")
    first_name = models.CharField("fornavn", max_length=100, blank=True)
    last_name = models.CharField("etternavn", max_length=100, blank=True)
    born = models.DateField("fødselsdato", null=True, blank=True)
    phone = models.CharField("telefon", max_length=20, blank=True)
    said = models.JSONField("opplysninger", default=dict)
    told_on = models.DateField("ungdommen fikk vite det")
    agreed_on = models.DateField("ungdommen samtykket", null=True, blank=True)
    by_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("registrert")
    to_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("svar ventes")
    state = models.CharField(
        "tilstand", max_length=10, choices=NewcomerState.choices, default=NewcomerState.WAITING, db_default="waiting"
    )
    answer_text = models.CharField("begrunnelse", max_length=300, blank=True)
    answered_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField("besvart", null=True, blank=True)
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "collaboration_newcomer_notice"
        constraints = [
            models.CheckConstraint(
                name="newcomer_waiting_is_named",
                condition=~Q(state="waiting") | (~Q(first_name="") & ~Q(last_name="") & Q(born__isnull=False)),
            ),
            models.CheckConstraint(
                name="newcomer_answered_by_somebody",
                condition=Q(state="waiting", answered_at__isnull=True)
                | (~Q(state="waiting") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="newcomer_declined_for_a_reason", condition=~Q(state="declined") | ~Q(answer_text="")
            ),
        ]
        indexes = [
            models.Index(fields=["to_unit"], name="newcomer_waits", condition=Q(state="waiting")),
            models.Index(fields=["by_unit", "made_at"], name="newcomer_sent"),
        ]
