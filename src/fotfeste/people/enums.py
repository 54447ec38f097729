from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IdKind(TextChoices):
    """The kinds of identity number. Sex and age are never read from any of them."""

    ORDINARY = "ordinary", _("Fødselsnummer")
    D_NUMBER = "d", _("D-nummer")
    TENOR = "tenor", _("Syntetisk fødselsnummer (Tenor)")
    TENOR_D = "tenor_d", _("Syntetisk D-nummer (Tenor)")
    NAV_SYNTHETIC = "nav_synthetic", _("Syntetisk nummer (Nav)")
    H_NUMBER = "h_number", _("Hjelpenummer")
    FICTIVE = "fictive", _("Fiktivt nummer fra inntaket")


class Protection(TextChoices):
    """Address protection as the Population Register gives it, and the staff-access block."""

    NONE = "none", _("Ugradert")
    CONFIDENTIAL = "confidential", _("Fortrolig")
    STRICTLY_CONFIDENTIAL = "strictly_confidential", _("Strengt fortrolig")
    SHIELDED = "shielded", _("Skjermet (egen ansatt)")


class ContactKind(TextChoices):
    PHONE = "phone", _("Telefon")
    EMAIL = "email", _("E-post")


class AddressKind(TextChoices):
    REGISTERED = "registered", _("Folkeregistrert adresse")
    STAY = "stay", _("Oppholdssted")
    INSTITUTION = "institution", _("Institusjon")


class EnrolmentKind(TextChoices):
    """How a young person takes part in education. Values are those the rules of law speak of."""

    LOWER_SECONDARY = "lower_secondary", _("Elev i ungdomsskolen")
    PUPIL = "pupil", _("Elev i videregående")
    APPRENTICE = "apprentice", _("Lærling")
    TRAINEE_CANDIDATE = "trainee_candidate", _("Lærekandidat")
    PRACTICE_CANDIDATE = "practice_candidate", _("Praksisbrevkandidat")
    VO_VOV = "vo_vov", _("Videregående opplæring for voksne")
    VO_VOCATIONAL = "vo_vocational", _("Yrkesfag for voksne")
    VO_FOV = "vo_fov", _("Forberedende videregående opplæring for voksne")
    PREPARATORY_YOUTH = "preparatory_youth", _("Forberedende opplæring 16–19")


class PairState(TextChoices):
    OPEN = "open", _("Til vurdering")
    SAME = "same", _("Samme person")
    DIFFERENT = "different", _("Ulike personer")
