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


class WheelTaskState(TextChoices):
    """Whether something of the year still waits to be done by a unit."""

    OPEN = "open", _("Åpen")
    DONE = "done", _("Gjort")
    MISSED = "missed", _("Ikke gjort")
    DROPPED = "dropped", _("Gjelder ikke lenger")


class WheelTaskMove(TextChoices):
    """What has become of a task of the year."""

    MADE = "made", _("Laget")
    GIVEN = "given", _("Gitt til den som er navngitt")
    UNNAMED = "unnamed", _("Ingen er navngitt")
    MOVED = "moved", _("Flyttet til en annen dag")
    TO_LEADER = "to_leader", _("Gått videre til lederen")
    TO_ADMIN = "to_admin", _("Gått videre til Utdanningsadministrasjonen")
    DONE = "done", _("Vist gjort")
    REOPENED = "reopened", _("Ikke vist gjort likevel")
    MISSED = "missed", _("Tiden gikk ut")
    DROPPED = "dropped", _("Gjelder ikke lenger")


class DigestState(TextChoices):
    """How far a reminder by e-mail has come. One begun and not ended may have been sent, and is never sent again."""

    WAITING = "waiting", _("Sendes")
    SENDING = "sending", _("Sendes nå")
    SENT = "sent", _("Sendt")
    FAILED = "failed", _("Ikke sendt")


class DigestOften(TextChoices):
    """How often somebody is reminded of the year by e-mail."""

    DAILY = "daily", _("Hver virkedag det er noe")
    WEEKLY = "weekly", _("Én gang i uken")
    OFF = "off", _("Ikke på e-post")
