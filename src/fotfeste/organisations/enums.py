from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from fotfeste.spec import implements


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


class ReviewOutcome(TextChoices):
    """What came of going through a role: it is still needed, or it ends."""

    CONFIRMED = "confirmed", _("Skal fortsatt ha rollen")
    ENDED = "ended", _("Rollen avsluttes")


class ReviewState(TextChoices):
    """How far a unit has come in going through who has access there."""

    DONE = "done", _("Ferdig")
    OPEN = "open", _("Gjenstår")
    OVERDUE = "overdue", _("Fristen er ute")


class ContactRole(TextChoices):
    """What a named contact answers for at the unit. Source: samarbeidsavtalen 2025 § 3."""

    COUNSELLOR = "counsellor", _("Rådgiver med OT-ansvar")
    DISTRICT_CONTACT = "district_contact", _("OT-kontakt i bydel")
    NAV_RESPONSIBLE = "nav_responsible", _("OT-ansvarlig i Nav")
    UDA_CONTACT = "uda_contact", _("Sentral kontaktperson for OT")
    APPRENTICESHIP_CONTACT = "apprenticeship_contact", _("Kontaktperson for fagopplæring")
    ADULT_EDUCATION_CONTACT = "adult_education_contact", _("Kontaktperson for voksenopplæring")
    LEADER = "leader", _("Leder")
    OTHER = "other", _("Kontaktperson")


#: The role a unit of the kind must have somebody named for. Source: samarbeidsavtalen 2025 §§ 3-4.
ROLE_NEEDED: Mapping[UnitKind, ContactRole] = {
    UnitKind.UPPER_SECONDARY: ContactRole.COUNSELLOR,
    UnitKind.LOWER_SECONDARY: ContactRole.COUNSELLOR,
    UnitKind.DISTRICT: ContactRole.DISTRICT_CONTACT,
    UnitKind.NAV_OFFICE: ContactRole.NAV_RESPONSIBLE,
    UnitKind.EDUCATION_ADMIN: ContactRole.UDA_CONTACT,
}

#: The role most often named at units of the other kinds, proposed in the form.
ROLE_PROPOSED: Mapping[UnitKind, ContactRole] = {
    UnitKind.APPRENTICESHIP_DEPARTMENT: ContactRole.APPRENTICESHIP_CONTACT,
    UnitKind.ADULT_EDUCATION: ContactRole.ADULT_EDUCATION_CONTACT,
    UnitKind.SERVICE_CENTRE: ContactRole.ADULT_EDUCATION_CONTACT,
}

#: Other words people use for a role, found by search and never shown as its name.
ROLE_ALIASES: Mapping[ContactRole, tuple[str, ...]] = {
    ContactRole.NAV_RESPONSIBLE: ("ungdomskoordinator", "ot-kontakt i nav", "ot-ansvarlig i nav"),
    ContactRole.DISTRICT_CONTACT: ("ot-bydelskontakt", "ot-kontakt i bydelen", "ot-kontakt i bydel"),
}

implements("amb-12", "amb-13")
