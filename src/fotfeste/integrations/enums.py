"""The closed vocabulary of the import desk."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WaitingState(TextChoices):
    """Where an uploaded file stands on its way to being used."""

    READING = "reading", _("Leses")
    COLUMNS = "columns", _("Mangler kolonnekobling")
    REFUSED = "refused", _("Kan ikke leses")
    PLANNED = "planned", _("Klar til å tas i bruk")
    APPLYING = "applying", _("Tas i bruk")
    APPLIED = "applied", _("Tatt i bruk")


class Part(TextChoices):
    """What of a file is kept: all of it, or the rejected rows on their way back to the sender."""

    CONTENT = "content", _("Filen")
    REJECTS = "rejects", _("Avviste rader")
