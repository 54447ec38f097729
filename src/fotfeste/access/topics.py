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
    CONSENT = "consent", _("Hva ungdommen har sagt ja til")
    MAPPING = "mapping", _("Kartlegging")
    HEALTH = "health", _("Helse og andre særlig følsomme opplysninger")
    ECONOMY = "economy", _("Økonomi")
    MEETINGS = "meetings", _("Møter og referater")
    PLAN = "plan", _("Oppfølgingsplan")
    MEASURES = "measures", _("Tiltak")
    NAV_STATE = "nav_state", _("Oppfølging i Nav")
    STATUS_REPORT = "status_report", _("Melding om status fra enheten som har ansvaret")
    AUDIT = "audit", _("Hvem har sett og gjort hva")


class Ground(TextChoices):
    """Why somebody may know it."""

    RESPONSIBLE_UNIT = "responsible_unit", _("Enheten har ansvaret for ungdommen")
    COUNTY_COORDINATION = "county_coordination", _("Samordner oppfølgingstjenesten i fylket")
    OVERSIGHT = "oversight", _("Ser til at tjenesten virker og at reglene følges")
    FORMER_UNIT = "former_unit", _("Enheten hadde ansvaret til nylig")
    OTUK_LIST = "otuk_list", _("Ungdommen står på enhetens OTUK-liste")
    STATUS_REGISTRAR = "status_registrar", _("Siste videregående skole registrerer status for en tidligere lærling")
    RELEASE = "release", _("Ungdommen har sagt ja til det")
    INVITATION = "invitation", _("Kalt inn til møte om ungdommen")
    PERMISSION_25_1 = "permission_25_1", _("Elev eller foreldre har gitt lov ved overgangen fra grunnskolen")
    NOTICE = "notice", _("En annen enhet har meldt fra om ungdommen")
    EMERGENCY_OPENING = "emergency_opening", _("Åpnet i nødstilfelle")
    OWN_ACCESS = "own_access", _("Ungdommen selv")
    GUARDIAN = "guardian", _("Foreldreansvar for den som ikke har fylt 18 år")
    SYSTEM = "system", _("Planlagt jobb")


class Scope(TextChoices):
    """How far a ground reaches: the youths of one's own unit, of one's county, or those opened by a grant."""

    UNIT = "unit", _("Egen enhet")
    COUNTY = "county", _("Hele fylket")
    GRANTED = "granted", _("Åpnet for enheten")


def scope_of(ground: Ground) -> Scope:
    """Return how far a ground reaches. The first two ride on each row about the youth, the rest are grants."""
    if ground is Ground.RESPONSIBLE_UNIT:
        return Scope.UNIT
    return Scope.COUNTY if ground in {Ground.COUNTY_COORDINATION, Ground.OVERSIGHT} else Scope.GRANTED
