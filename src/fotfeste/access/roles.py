"""
Roles: who they are in prose, at what kinds of unit they are held, and what they may do.

What a role may *know* stands in the sharing rules (``sharing_rules.yaml``). The approved copy of this table stands in
``tests/house/test_roles.py``; change both or neither.
Source: samarbeidsavtalen 2025 §§ 3-4; Oslostandarden 2025 § 4; opplæringsforskrifta § 20-2.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.access.permissions import Permission as P


class Role(TextChoices):
    """A role a person holds at a unit for a period."""

    COUNSELLOR = "counsellor", _("Rådgiver med OT-ansvar")
    DISTRICT_CONTACT = "district_contact", _("OT-kontakt i bydel")
    NAV_RESPONSIBLE = "nav_responsible", _("OT-ansvarlig i Nav")
    NAV_ADVISER = "nav_adviser", _("Fast veileder i Nav")
    EDUCATION_ADMIN = "education_admin", _("Utdanningsadministrasjonen")
    PROTECTED_HANDLER = "protected_handler", _("Behandler ungdom med adressebeskyttelse")
    APPRENTICESHIP_ADVISER = "apprenticeship_adviser", _("Avdeling for fagopplæring")
    ADULT_EDUCATION_ADVISER = "adult_education_adviser", _("Voksenopplæring og Servicesenteret")
    PARTNER = "partner", _("Samarbeidspart rundt ungdommen")
    UNIT_LEADER = "unit_leader", _("Leder i enhet")
    COUNTY_LEADER = "county_leader", _("Leder i fylket")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("Systemadministrator")
    PRIVACY_OFFICER = "privacy_officer", _("Personvernombud")


@dataclass(frozen=True, slots=True)
class RoleDefinition:
    """One row of the role table. ``held_at``: the kinds of unit somebody may hold it at."""

    prose: Promise | str
    permissions: frozenset[P]
    held_at: frozenset[str]


_EVERYONE = frozenset({P.HOME_VIEW, P.DIRECTORY_VIEW, P.WHEEL_VIEW, P.KNOWLEDGE_CONFIRM})
_FINDS_YOUTH = _EVERYONE | {P.YOUTH_SEARCH, P.YOUTH_OPEN, P.WORKLIST_VIEW, P.TASK_DO, P.MEETING_SEE}
_FOLLOWS_UP = _FINDS_YOUTH | {
    P.CONTACT_REGISTER,
    P.JOURNAL_WRITE,
    P.NOTE_SHARE,
    P.MAPPING_WRITE,
    P.ROUTINE_WORK,
    P.PLAN_WRITE,
    P.MEETING_CALL,
    P.YOUTH_EDIT,
    P.CONSENT_RECORD,
    P.COUNSELLOR_ASSIGN,
    P.SUBSTITUTE_GIVE,
}
_SCHOOLS = frozenset({"upper_secondary", "lower_secondary"})
_ADULTS = frozenset({"adult_education", "service_centre"})
_ADMINISTRATION = frozenset({"education_admin"})

ROLES: Mapping[Role, RoleDefinition] = {
    Role.COUNSELLOR: RoleDefinition(
        _(
            "Følger opp ungdommene skolen har ansvaret for, og registrerer status. Registrerer også for tidligere "
            "lærlinger som gikk sist på skolen, etter melding fra bydelen."
        ),
        _FOLLOWS_UP | {P.EMERGENCY_OPEN, P.STATUS_SET, P.STATUS_CONFIRM, P.FIGURES_VIEW, P.WHEEL_RECORD},
        _SCHOOLS,
    ),
    Role.DISTRICT_CONTACT: RoleDefinition(
        _("Går gjennom bydelens OTUK-liste, følger opp bydelens ungdommer og melder til Utdanningsadministrasjonen."),
        _FOLLOWS_UP | {P.EMERGENCY_OPEN, P.FEEDBACK_SEND, P.OTUK_VIEW, P.FIGURES_VIEW, P.WHEEL_RECORD, P.NETWORK_KEEP},
        frozenset({"district"}),
    ),
    Role.NAV_RESPONSIBLE: RoleDefinition(
        _("Svarer på om ungdom på bydelens liste er ivaretatt av Nav. Ser bare hvem det spørres om."),
        _FINDS_YOUTH | {P.FEEDBACK_SEND, P.OTUK_VIEW, P.NOTE_SHARE, P.PLAN_WRITE},
        frozenset({"nav_office"}),
    ),
    Role.NAV_ADVISER: RoleDefinition(
        _("Følger opp ungdom i Nav. Ser bare det ungdommen har sagt ja til."),
        _FINDS_YOUTH | {P.CONSENT_RECORD, P.MAPPING_WRITE, P.NOTE_SHARE, P.PLAN_WRITE},
        frozenset({"nav_office"}),
    ),
    Role.EDUCATION_ADMIN: RoleDefinition(
        _("Samordner tjenesten i fylket: tar inn lister, fordeler ansvar, lager OTUK-lister og rapporterer."),
        _FINDS_YOUTH
        | {
            P.CONTACT_REGISTER,
            P.JOURNAL_WRITE,
            P.NOTE_SHARE,
            P.NOTE_TEMPLATE_EDIT,
            P.MAPPING_WRITE,
            P.ROUTINE_WORK,
            P.ROUTINE_ADAPT,
            P.PLAN_WRITE,
            P.MEETING_CALL,
            P.YOUTH_EDIT,
            P.CONSENT_RECORD,
            P.EMERGENCY_OPEN,
            P.STATUS_SET,
            P.STATUS_CONFIRM,
            P.FEEDBACK_HANDLE,
        }
        | {P.REGISTRATION_OPEN, P.RESPONSIBILITY_ASSIGN, P.READING_CHOOSE, P.OTUK_VIEW, P.OTUK_MAKE}
        | {P.IMPORT_RUN, P.MERGE_DECIDE, P.WHEEL_RECORD, P.WHEEL_EDIT}
        | {
            P.FIGURES_VIEW,
            P.REPORT_MAKE,
            P.AGREEMENT_REVIEW,
            P.NAMED_CONTACT_EDIT,
            P.COUNSELLOR_ASSIGN,
            P.REMINDER_SEND,
            P.LETTER_PREPARE,
            P.LETTER_APPROVE,
            P.SUBSTITUTE_GIVE,
            P.DISPOSAL_DECIDE,
            P.WORKLIST_EXPORT,
        },
        _ADMINISTRATION,
    ),
    Role.PROTECTED_HANDLER: RoleDefinition(
        _(
            "Håndterer ungdom med fortrolig eller strengt fortrolig adresse, og skjermede. Kommer i tillegg til en "
            "annen rolle."
        ),
        _FINDS_YOUTH,
        _ADMINISTRATION,
    ),
    Role.APPRENTICESHIP_ADVISER: RoleDefinition(
        _("Følger opp lærlinger så lenge kontrakten løper, og melder fra når den heves."),
        _FOLLOWS_UP | {P.FEEDBACK_SEND},
        frozenset({"apprenticeship_department"}),
    ),
    Role.ADULT_EDUCATION_ADVISER: RoleDefinition(
        _("Følger opp deltakere i voksenopplæring og setter dem som avbryter i kontakt med bydelen."),
        _FOLLOWS_UP | {P.FEEDBACK_SEND},
        _ADULTS,
    ),
    Role.PARTNER: RoleDefinition(
        _("Er med i en sak, for eksempel fra PPT eller barnevernet. Ser bare det ungdommen har sagt ja til."),
        _FINDS_YOUTH | {P.NOTE_SHARE, P.PLAN_WRITE},
        frozenset({"other", "institution"}),
    ),
    Role.UNIT_LEADER: RoleDefinition(
        _("Ser enhetens tall og ungdommenes status, fordeler ungdommene, og holder de navngitte kontaktene ved like."),
        _FINDS_YOUTH
        | {P.EMERGENCY_SEE, P.FIGURES_VIEW, P.NAMED_CONTACT_EDIT, P.COUNSELLOR_ASSIGN, P.SUBSTITUTE_GIVE}
        | {P.ROLE_REVIEW, P.NOTE_TEMPLATE_EDIT, P.WHEEL_RECORD, P.WORKLIST_EXPORT},
        _SCHOOLS | _ADULTS | {"district", "nav_office", "apprenticeship_department"},
    ),
    Role.COUNTY_LEADER: RoleDefinition(
        _("Ser fylkets tall, aldri enkeltpersoner ved navn."),
        _EVERYONE | {P.FIGURES_VIEW},
        _ADMINISTRATION | {"education_agency"},
    ),
    Role.SYSTEM_ADMINISTRATOR: RoleDefinition(
        _("Styrer brukere og roller. Ser ikke innhold i saker."),
        _EVERYONE | {P.ACCESS_MANAGE, P.ROLE_REVIEW, P.SUBSTITUTE_GIVE, P.NAMED_CONTACT_EDIT},
        _ADMINISTRATION,
    ),
    Role.PRIVACY_OFFICER: RoleDefinition(
        _("Ser hvem som har sett og gjort hva, ikke sakene."),
        _EVERYONE | {P.EMERGENCY_SEE, P.AUDIT_READ, P.PERSON_COPY, P.HOLD_PLACE, P.DISPOSAL_DECIDE},
        _ADMINISTRATION | {"education_agency"},
    ),
}
