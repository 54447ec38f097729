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


# Where they live is told to the named handler alone: a graded youth, and one whose family works in the services.
ADDRESS_PROTECTING = frozenset(Protection) - {Protection.NONE}


class ContactKind(TextChoices):
    PHONE = "phone", _("Telefon")
    EMAIL = "email", _("E-post")


class CorrectionReason(TextChoices):
    """Why name, birth date or number is corrected. A code, so that nothing about anybody is written in it."""

    TYPO = "typo", _("Skrivefeil")
    CHANGED = "changed", _("Endret i Folkeregisteret")
    MIXED_UP = "mixed_up", _("Forvekslet med en annen")
    OTHER = "other", _("Annet")


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


class PairSign(TextChoices):
    """What speaks for two registrations being one person. Where they live does not: siblings share that."""

    SAME_NAME = "same_name_and_birth_date", _("Samme navn og fødselsdato")
    NAME_WITHIN_NAME = "name_within_name", _("Det ene navnet er del av det andre, samme fødselsdato")
    SIMILAR_NAME = "similar_name", _("Navn som ligner, samme fødselsdato")
    SAME_PHONE = "same_phone", _("Samme telefonnummer og fødselsdato")
    SAME_EMAIL = "same_email", _("Samme e-post og fødselsdato")
    SAME_NUMBER = "same_number", _("Samme identitetsnummer")
    ONE_WITHOUT_NUMBER = "one_without_number", _("Den ene mangler varig identitetsnummer")
