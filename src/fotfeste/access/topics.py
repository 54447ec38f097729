"""What one can know about a youth, cut so that each piece can be opened or kept closed on its own."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """A piece of knowledge about a youth. Grants and row policies speak of topics, never of tables."""

    IDENTITY = "identity", _("Navn, fødselsdato og identitetsnummer")
    CONTACT = "contact", _("Telefon, e-post og foresatte")
    ADDRESS = "address", _("Adresse")
    PROTECTED_ADDRESS = "protected_address", _("Beskyttet adresse")
    STATUS = "status", _("Tilmelding, status, ansvarlig enhet og kontaktforsøk")
    JOURNAL = "journal", _("Journal")
    EDUCATION = "education", _("Skolehistorikk")
    LIST_ROW = "list_row", _("Rad på OTUK-liste")
    FEEDBACK = "feedback", _("Meldinger fra bydel og Nav")
    AUDIT = "audit", _("Hvem har sett og gjort hva")


class Ground(TextChoices):
    """Why somebody may know it."""

    RESPONSIBLE_UNIT = "responsible_unit", _("Enheten har ansvaret for ungdommen")
    COUNTY_COORDINATION = "county_coordination", _("Samordner oppfølgingstjenesten i fylket")
    OTUK_LIST = "otuk_list", _("Ungdommen står på enhetens OTUK-liste")
    SYSTEM = "system", _("Planlagt jobb")


class Scope(TextChoices):
    """How far a role's topics reach: its own unit's youths, the county's, or those opened by a grant."""

    UNIT = "unit", _("Egen enhet")
    COUNTY = "county", _("Hele fylket")
    GRANTED = "granted", _("Åpnet for enheten")
