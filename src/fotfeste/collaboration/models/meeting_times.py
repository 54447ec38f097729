"""Times proposed for a meeting, besides the one it stands at."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic


class ProposalState(models.TextChoices):
    """What became of a time proposed for a meeting."""

    OPEN = "open", _("Foreslått")
    CHOSEN = "chosen", _("Valgt")
    DROPPED = "dropped", _("Ikke valgt")


class ProposedTime(AboutYouth):
    """
    Another time a meeting may be at, until the meeting is moved there or stays where it stands.

    ``guest`` is whom it suits better, when it is a counter-proposal. What those called say of it stands with their
    answer (``Guest.times_answered``), which they give in one go.
    """

    meeting = models.ForeignKey("collaboration.Meeting", on_delete=models.PROTECT, related_name="proposed_times")
    starts_at = models.DateTimeField("tid")
    guest = models.ForeignKey(
        "collaboration.Guest", verbose_name="passer bedre for", null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_by = models.ForeignKey(
        "access.User", verbose_name="foreslått av", on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField("foreslått")
    state = models.CharField("tilstand", max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    settled_by = models.ForeignKey(
        "access.User", verbose_name="avgjort av", null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField("avgjort", null=True, blank=True)

    class Meta:
        db_table = "collaboration_proposed_time"
        constraints = [
            models.UniqueConstraint(
                name="time_proposed_once", fields=["meeting", "starts_at"], condition=Q(state=ProposalState.OPEN)
            ),
        ]
        indexes = [models.Index(fields=["youth"], name="proposed_time_youth")]

    row_access = RowAccess(topic=Topic.MEETINGS)
