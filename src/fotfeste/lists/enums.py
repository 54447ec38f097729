"""What people choose between about lists."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClosingReason(TextChoices):
    """Why a list is closed with somebody nobody has answered about."""

    WAITS = "waits", _("Venter på svar fra andre")
    NO_TIME = "no_time", _("Rakk det ikke")
    NO_CONTACT = "no_contact", _("Ingen kontaktperson i bydelen")
    SILENT = "silent", _("Bydelen har ikke svart")
    NEW_LIST = "new_list", _("Ny liste kom før alle var besvart")


class WashChannel(TextChoices):
    """How Nav gave its answers about a washed list."""

    SCREEN = "screen", _("På skjermen")
    FILE = "file", _("I fil")
    MATCH = "match", _("Ved sammenligning med Navs register")
