from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trigger(TextChoices):
    """What started a routine. The values are those of ``spec/data/routine_workings.yaml``."""

    BY_HAND = "by-hand", _("Startet for hånd")
    PREVENTIVE = "preventive", _("Forebyggende oppfølging begynte")
    PUPIL_LEFT = "pupil-left", _("Eleven sluttet")
    WITHOUT_PLACE = "without-place", _("Ungdommen står uten plass")
    LISTED = "listed", _("Ungdommen kom på OTUK-listen")
    APPRENTICE_AT_RISK = "apprentice-at-risk", _("Melding om lærling i fare for å avbryte")
    APPRENTICE_LEFT = "apprentice-left", _("Lærlingen sluttet")
    PARTICIPANT_LEFT = "participant-left", _("Deltakeren i voksenopplæringen sluttet")
    NAV_REFERRAL = "nav-referral", _("Nav meldte fra om ungdommen")
    MEASURE_STOPPED = "measure-stopped", _("Ungdommen sluttet i et tiltak")
    OTHER_ROUTINE = "other-routine", _("En annen rutine gikk videre hit")


class RunEnd(TextChoices):
    """Why work by a routine ended."""

    DONE = "done", _("Alle trinn er gjort")
    CHOSEN = "chosen", _("Avsluttet av den som fulgte opp")
    CLOSED = "closed", _("Tilmeldingen ble avsluttet")
    MERGED = "merged", _("Slått sammen med en annen registrering")


class StepState(TextChoices):
    """How a step stands."""

    OPEN = "open", _("Gjøres nå")
    WAITS = "waits", _("Venter på samtykke")
    DONE = "done", _("Gjort")
    SKIPPED = "skipped", _("Hoppet over")
    LEFT = "left", _("Ikke aktuelt lenger")


class TaskState(TextChoices):
    OPEN = "open", _("Åpen")
    DONE = "done", _("Gjort")
    DROPPED = "dropped", _("Ikke aktuell")


class TaskMove(TextChoices):
    """What has been done with a task."""

    GIVEN = "given", _("Gitt til")
    SNOOZED = "snoozed", _("Utsatt")
    DONE = "done", _("Gjort")
    DROPPED = "dropped", _("Tatt bort")
    REOPENED = "reopened", _("Åpnet igjen")
