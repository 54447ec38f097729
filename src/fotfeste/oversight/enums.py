"""What oversight tells apart."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FlagKind(TextChoices):
    """Why a user's reading in a week is told to the privacy officer."""

    OUTSIDE_CASELOAD = "outside_caseload", _("Mange utenfor egne oppgaver")
    OWN_NAME = "own_name", _("Samme navn som brukeren selv")
    SAME_ADDRESS = "same_address", _("Flere på samme adresse")
    AT_NIGHT = "at_night", _("Oppslag om natten")
    REFUSED = "refused", _("Mange som ikke var åpne")


class DisposalState(TextChoices):
    """How far a disposal has come. Nobody but the one carrying it out ever sees it under way."""

    PROPOSED = "proposed", _("Venter på godkjenning")
    WITHDRAWN = "withdrawn", _("Trukket tilbake")
    APPROVED = "approved", _("Godkjent")
    UNDER_WAY = "under_way", _("Under arbeid")
    DONE = "done", _("Utført")
