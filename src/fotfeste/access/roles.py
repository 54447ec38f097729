"""
Roles: who they are in prose, what they may do, and what they may know and how far.

The approved copy of this table stands in ``tests/house/test_roles.py``; change both or neither.
Source: samarbeidsavtalen 2025 §§ 3-4; Oslostandarden 2025 § 4; opplæringsforskrifta § 20-2.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from fotfeste.access.permissions import Permission as P
from fotfeste.access.topics import Scope, Topic


class Role(TextChoices):
    """A role a person holds at a unit for a period."""

    COUNSELLOR = "counsellor", _("Rådgiver med OT-ansvar")
    DISTRICT_CONTACT = "district_contact", _("OT-kontakt i bydel")
    NAV_RESPONSIBLE = "nav_responsible", _("OT-ansvarlig i Nav")
    EDUCATION_ADMIN = "education_admin", _("Utdanningsadministrasjonen")
    PROTECTED_HANDLER = "protected_handler", _("Behandler ungdom med adressebeskyttelse")
    APPRENTICESHIP_ADVISER = "apprenticeship_adviser", _("Avdeling for fagopplæring")
    ADULT_EDUCATION_ADVISER = "adult_education_adviser", _("Voksenopplæring og Servicesenteret")
    UNIT_LEADER = "unit_leader", _("Leder i enhet")
    COUNTY_LEADER = "county_leader", _("Leder i fylket")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("Systemadministrator")
    PRIVACY_OFFICER = "privacy_officer", _("Personvernombud")


@dataclass(frozen=True, slots=True)
class RoleDefinition:
    """One row of the role table."""

    prose: str
    permissions: frozenset[P]
    topics: Mapping[Scope, frozenset[Topic]]


_EVERYONE = frozenset({P.HOME_VIEW, P.DIRECTORY_VIEW})
_FINDS_YOUTH = _EVERYONE | {P.YOUTH_SEARCH, P.YOUTH_OPEN, P.WORKLIST_VIEW}
_FOLLOWS_UP = _FINDS_YOUTH | {P.CONTACT_REGISTER, P.JOURNAL_WRITE, P.YOUTH_EDIT}
_CASE = frozenset(
    {Topic.IDENTITY, Topic.CONTACT, Topic.ADDRESS, Topic.STATUS, Topic.JOURNAL, Topic.EDUCATION, Topic.FEEDBACK}
)
_LISTED = frozenset({Topic.IDENTITY, Topic.CONTACT, Topic.ADDRESS, Topic.STATUS, Topic.LIST_ROW, Topic.FEEDBACK})

ROLES: Mapping[Role, RoleDefinition] = {
    Role.COUNSELLOR: RoleDefinition(
        "Følger opp ungdommene skolen har ansvaret for, og registrerer status.",
        _FOLLOWS_UP | {P.STATUS_SET, P.STATUS_CONFIRM, P.FIGURES_VIEW},
        {Scope.UNIT: _CASE},
    ),
    Role.DISTRICT_CONTACT: RoleDefinition(
        "Går gjennom bydelens OTUK-liste, følger opp bydelens ungdommer og melder til Utdanningsadministrasjonen.",
        _FOLLOWS_UP | {P.FEEDBACK_SEND, P.OTUK_VIEW, P.FIGURES_VIEW},
        {Scope.UNIT: _CASE, Scope.GRANTED: _LISTED},
    ),
    Role.NAV_RESPONSIBLE: RoleDefinition(
        "Svarer på om ungdom på bydelens liste er ivaretatt av Nav. Ser bare hvem det spørres om.",
        _FINDS_YOUTH | {P.FEEDBACK_SEND, P.OTUK_VIEW},
        {Scope.GRANTED: frozenset({Topic.IDENTITY, Topic.LIST_ROW, Topic.FEEDBACK})},
    ),
    Role.EDUCATION_ADMIN: RoleDefinition(
        "Samordner tjenesten i fylket: tar inn lister, fordeler ansvar, lager OTUK-lister og rapporterer.",
        _FINDS_YOUTH
        | {P.CONTACT_REGISTER, P.JOURNAL_WRITE, P.YOUTH_EDIT, P.STATUS_SET, P.STATUS_CONFIRM, P.FEEDBACK_HANDLE}
        | {P.REGISTRATION_OPEN, P.RESPONSIBILITY_ASSIGN, P.OTUK_VIEW, P.OTUK_MAKE, P.IMPORT_RUN, P.MERGE_DECIDE}
        | {P.FIGURES_VIEW, P.REPORT_MAKE, P.NAMED_CONTACT_EDIT},
        {Scope.UNIT: _CASE, Scope.COUNTY: (_CASE - {Topic.JOURNAL}) | {Topic.LIST_ROW}},
    ),
    Role.PROTECTED_HANDLER: RoleDefinition(
        "Håndterer ungdom med fortrolig eller strengt fortrolig adresse. Kommer i tillegg til en annen rolle.",
        _FINDS_YOUTH,
        {Scope.COUNTY: frozenset({Topic.IDENTITY, Topic.ADDRESS, Topic.PROTECTED_ADDRESS, Topic.STATUS})},
    ),
    Role.APPRENTICESHIP_ADVISER: RoleDefinition(
        "Følger opp lærlinger så lenge kontrakten løper, og melder fra når den heves.",
        _FOLLOWS_UP | {P.FEEDBACK_SEND},
        {Scope.UNIT: _CASE},
    ),
    Role.ADULT_EDUCATION_ADVISER: RoleDefinition(
        "Følger opp deltakere i voksenopplæring og setter dem som avbryter i kontakt med bydelen.",
        _FOLLOWS_UP | {P.FEEDBACK_SEND},
        {Scope.UNIT: _CASE},
    ),
    Role.UNIT_LEADER: RoleDefinition(
        "Ser enhetens tall og ungdommenes status, og holder de navngitte kontaktene ved like.",
        _FINDS_YOUTH | {P.FIGURES_VIEW, P.NAMED_CONTACT_EDIT},
        {Scope.UNIT: frozenset({Topic.IDENTITY, Topic.STATUS})},
    ),
    Role.COUNTY_LEADER: RoleDefinition(
        "Ser fylkets tall, aldri enkeltpersoner ved navn.",
        _EVERYONE | {P.FIGURES_VIEW},
        {Scope.COUNTY: frozenset({Topic.STATUS})},
    ),
    Role.SYSTEM_ADMINISTRATOR: RoleDefinition(
        "Styrer brukere og roller. Ser ikke innhold i saker.",
        _EVERYONE | {P.ACCESS_MANAGE, P.NAMED_CONTACT_EDIT},
        {},
    ),
    Role.PRIVACY_OFFICER: RoleDefinition(
        "Ser hvem som har sett og gjort hva, ikke sakene.",
        _EVERYONE | {P.AUDIT_READ},
        {Scope.COUNTY: frozenset({Topic.AUDIT})},
    ),
}


def topic_rows() -> list[tuple[str, str, str]]:
    """Return the table as (role, scope, topic) rows, the form the database's row policies read."""
    return sorted(
        (role.value, scope.value, topic.value)
        for role, definition in ROLES.items()
        for scope, topics in definition.topics.items()
        for topic in topics
    )
