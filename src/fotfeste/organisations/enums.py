from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    """What a unit is. The wording of the law and the agreement, one word each."""

    UPPER_SECONDARY = "upper_secondary", _("Videregående skole")
    LOWER_SECONDARY = "lower_secondary", _("Ungdomsskole")
    ADULT_EDUCATION = "adult_education", _("Voksenopplæring")
    SERVICE_CENTRE = "service_centre", _("Servicesenter for voksenopplæring")
    DISTRICT = "district", _("Bydel")
    NAV_OFFICE = "nav_office", _("Nav-kontor")
    EDUCATION_AGENCY = "education_agency", _("Utdanningsetat")
    EDUCATION_ADMIN = "education_admin", _("Utdanningsadministrasjon (OT i fylket)")
    APPRENTICESHIP_DEPARTMENT = "apprenticeship_department", _("Avdeling for fagopplæring")
    INSTITUTION = "institution", _("Barnevernsinstitusjon")
    OTHER = "other", _("Annen enhet")


class ContactRole(TextChoices):
    """What a named contact answers for at the unit. Source: samarbeidsavtalen 2025 § 3."""

    COUNSELLOR = "counsellor", _("Rådgiver med OT-ansvar")
    DISTRICT_CONTACT = "district_contact", _("OT-kontakt i bydel")
    NAV_RESPONSIBLE = "nav_responsible", _("OT-ansvarlig i Nav")
    UDA_CONTACT = "uda_contact", _("Kontaktperson i Utdanningsadministrasjonen")
    APPRENTICESHIP_CONTACT = "apprenticeship_contact", _("Kontaktperson for fagopplæring")
    ADULT_EDUCATION_CONTACT = "adult_education_contact", _("Kontaktperson for voksenopplæring")
    LEADER = "leader", _("Leder")
    OTHER = "other", _("Kontaktperson")
