from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WheelState(TextChoices):
    """How an event of the year stands. Nothing is done without a record that shows it."""

    DONE = "done", _("Gjort")
    DONE_LATE = "done_late", _("Gjort for sent")
    LATE = "late", _("Over fristen")
    DUE = "due", _("Skal gjøres nå")
    COMING = "coming", _("Kommer")
    UNKNOWN = "unknown", _("Kan ikke vises ennå")
    NOT_SET_OFF = "not_set_off", _("Ikke utløst")
    PRACTICE = "practice", _("Eldre praksis")
