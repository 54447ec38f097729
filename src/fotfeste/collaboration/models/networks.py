"""The network meetings of a district: how the service works there. Nothing here is about a youth."""

from django.db import models
from django.db.models import Q


class NetworkMeeting(models.Model):
    """
    The minutes of a network meeting, as they were written. A correction is a row of its own that takes the place of it.

    The rows are the county's own and no row policy rides on them; the selectors say who is shown them. ``invited``
    holds who of which body, and whether they came; ``considered`` the bodies whose invitation was considered;
    ``decisions`` what was decided, who does it, and by when.

    Source: samarbeidsavtalen §§ 4 and 6; form-network-minutes.
    """

    district = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField("dato")
    invited = models.JSONField("inviterte")
    considered = models.JSONField("samarbeidspartnere vurdert")
    agreement_reviewed = models.BooleanField("avtalen gjennomgått", default=False)
    topics = models.TextField("saker")
    figures = models.CharField("tall for bydelen", max_length=200, blank=True)
    decisions = models.JSONField("beslutninger")
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    corrects = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField("rettet", null=True, blank=True)

    class Meta:
        db_table = "collaboration_network_meeting"
        constraints = [
            models.CheckConstraint(name="network_meeting_has_topics", condition=~Q(topics="")),
        ]
        indexes = [models.Index(fields=["district", "held_on"], name="network_meeting_district")]
