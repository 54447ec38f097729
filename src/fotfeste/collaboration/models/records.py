"""The small records that show routine steps done, and those sent to another unit and answered by it."""

from django.db import models
from django.db.models import Q

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.collaboration.record_kinds import BETWEEN_PERSONS, HANDOVER


class Record(AboutYouth):
    """
    Something done about a youth, of one of the kinds of ``record_kinds.yaml``; ``said`` holds its fields.

    One sent to another unit waits in that unit until it is answered. ``asked_unit`` instead of ``to_unit`` is a unit
    asked without being told who it is about: the row is not opened to it, only what is asked (amb-40). ``held_for`` is
    a unit it goes to on its day, and that sees nothing of it before.

    An offer between persons has whose it is now and whom it is offered to, who works at ``to_unit`` and answers it.

    A mistaken one is never changed: it is answered ``corrected`` or ``revoked``, with the reason, and what is right
    stands in one that ``corrects`` it.
    """

    kind = models.CharField("hva", max_length=40)
    on = models.DateField("dato")
    said = models.JSONField("opplysninger", default=dict)
    by_unit = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="skrevet ved"
    )
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="registrert av")
    made_at = models.DateTimeField("registrert")
    to_unit = models.ForeignKey(
        "organisations.Unit", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="sendt til"
    )
    asked_unit = models.ForeignKey(
        "organisations.Unit", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="spurt uten navn"
    )
    from_user = models.ForeignKey(
        "access.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="tilbudt fra"
    )
    to_user = models.ForeignKey(
        "access.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="tilbudt til"
    )
    told_on = models.DateField("ungdommen fikk vite det", null=True, blank=True)
    due_on = models.DateField("svar ventes", null=True, blank=True)
    answer = models.CharField("svar", max_length=20, blank=True)
    answer_text = models.CharField("begrunnelse", max_length=300, blank=True)
    answered_by = models.ForeignKey(
        "access.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="besvart av"
    )
    answered_at = models.DateTimeField("besvart", null=True, blank=True)
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="retter", db_index=False
    )
    held_for = models.ForeignKey(
        "organisations.Unit", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="sendes til"
    )
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "collaboration_record"
        constraints = [
            models.UniqueConstraint(
                name="one_offer_at_a_time", fields=["youth"], condition=Q(kind=HANDOVER, answer="")
            ),
            models.UniqueConstraint(
                name="one_person_offer_at_a_time",
                fields=["youth", "kind"],
                condition=Q(kind__in=BETWEEN_PERSONS, answer=""),
            ),
            models.CheckConstraint(
                name="record_between_persons",
                condition=Q(kind__in=BETWEEN_PERSONS, from_user__isnull=False, to_user__isnull=False)
                | Q(from_user__isnull=True, to_user__isnull=True),
            ),
            models.UniqueConstraint(
                name="record_corrected_once", fields=["corrects"], condition=Q(corrects__isnull=False)
            ),
            models.UniqueConstraint(
                name="one_held_at_a_time",
                fields=["youth", "kind"],
                condition=Q(held_for__isnull=False, to_unit__isnull=True, answer=""),
            ),
            models.CheckConstraint(
                name="record_to_one_unit", condition=Q(to_unit__isnull=True) | Q(asked_unit__isnull=True)
            ),
            models.CheckConstraint(
                name="record_answered_by_somebody",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["youth", "made_at"], name="record_youth"),
            models.Index(fields=["to_unit"], name="record_waits", condition=Q(answer__in=["", "received"])),
            models.Index(
                fields=["on"], name="record_held", condition=Q(held_for__isnull=False, to_unit__isnull=True, answer="")
            ),
            models.Index(fields=["asked_unit"], name="record_asked", condition=Q(answer="")),
        ]

    # Whoever the youth is open to sees what it wrote itself and what was sent to it; never what others were sent.
    row_access = RowAccess(topic=Topic.IDENTITY, written_by="by_unit_id", sent_to="to_unit_id")
