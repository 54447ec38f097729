"""The closed vocabulary of what is sent out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeKind(TextChoices):
    """What a unit is told or asked. Never anything about a youth."""

    PRIVATE_SCHOOL_REPORT = "private_school_report", _("Påminnelse om meldingen i september")
    ROLE_REVIEW = "role_review", _("Påminnelse om å gå gjennom hvem som har tilgang")


class NoticeState(TextChoices):
    """How far a notice has come."""

    WAITING = "waiting", _("Sendes")
    SENT = "sent", _("Sendt")
    FAILED = "failed", _("Ikke sendt")
