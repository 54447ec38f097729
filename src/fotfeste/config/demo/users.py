"""The made-up people one can log in as."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from fotfeste.access.actor import Actor
from fotfeste.access.knowledge import text_on
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.access.services.identities import connect
from fotfeste.access.services.knowledge import confirm_knowledge
from fotfeste.access.services.users import give_role, known_user
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units

FIRST_DAY = date(2024, 8, 1)


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A user of the demo: name, role, the unit's kind and a word of its name, and a few words for the list."""

    name: str
    roles: tuple[Role, ...]
    kind: UnitKind
    unit: str
    shown: str

    @property
    def subject(self) -> str:
        """What the demo's identity provider calls the user; readable, since one chooses from a list of these."""
        return f"{self.name} – {self.shown}"

    @property
    def sees(self) -> str:
        """Return in a few words what there is to see as this user."""
        return SEES.get(self.name, "")


USERS = (
    DemoUser("Kari Berg", (Role.COUNSELLOR,), UnitKind.UPPER_SECONDARY, "Hersleb", "rådgiver, Hersleb vgs"),
    DemoUser("Nora Sunde", (Role.COUNSELLOR,), UnitKind.UPPER_SECONDARY, "Hersleb", "rådgiver, Hersleb vgs"),
    DemoUser("Jonas Haugen", (Role.COUNSELLOR,), UnitKind.UPPER_SECONDARY, "Stovner", "rådgiver, Stovner vgs"),
    DemoUser("Fatima Warsame", (Role.DISTRICT_CONTACT,), UnitKind.DISTRICT, "Alna", "OT-kontakt, Bydel Alna"),
    DemoUser("Ole Mikkelsen", (Role.DISTRICT_CONTACT,), UnitKind.DISTRICT, "Stovner", "OT-kontakt, Bydel Stovner"),
    DemoUser("Ingrid Solheim", (Role.NAV_RESPONSIBLE,), UnitKind.NAV_OFFICE, "Alna", "OT-ansvarlig, Nav Alna"),
    DemoUser("Hanne Lie", (Role.NAV_ADVISER,), UnitKind.NAV_OFFICE, "Alna", "fast veileder, Nav Alna"),
    DemoUser("Marit Lunde", (Role.EDUCATION_ADMIN,), UnitKind.EDUCATION_ADMIN, "", "Utdanningsadministrasjonen"),
    DemoUser(
        "Anders Vik",
        (Role.EDUCATION_ADMIN, Role.PROTECTED_HANDLER),
        UnitKind.EDUCATION_ADMIN,
        "",
        "UDA, behandler beskyttede adresser",
    ),
    DemoUser(
        "Siv Aasen", (Role.APPRENTICESHIP_ADVISER,), UnitKind.APPRENTICESHIP_DEPARTMENT, "", "avdeling for fagopplæring"
    ),
    DemoUser("Tor Hansen", (Role.ADULT_EDUCATION_ADVISER,), UnitKind.SERVICE_CENTRE, "", "Servicesenteret for VO"),
    DemoUser("Camilla Ruud", (Role.PARTNER,), UnitKind.OTHER, "PPT", "samarbeidspart, PPT"),
    DemoUser("Berit Nes", (Role.UNIT_LEADER,), UnitKind.UPPER_SECONDARY, "Hersleb", "leder, Hersleb vgs"),
    DemoUser("Grete Moen", (Role.UNIT_LEADER,), UnitKind.DISTRICT, "Alna", "leder, Bydel Alna"),
    DemoUser("Eva Strand", (Role.COUNTY_LEADER,), UnitKind.EDUCATION_ADMIN, "", "leder i Utdanningsetaten"),
    DemoUser("Per Dahl", (Role.SYSTEM_ADMINISTRATOR,), UnitKind.EDUCATION_ADMIN, "", "systemadministrator"),
    DemoUser("Liv Moe", (Role.PRIVACY_OFFICER,), UnitKind.EDUCATION_ADMIN, "", "personvernombud"),
)


SEES = {
    "Kari Berg": "hele arbeidsdagen: plan, møter, referat, oppgaver over fristen og svar som venter",
    "Nora Sunde": "hva en nyansatt må lese om personvern først",
    "Jonas Haugen": "en annen skole, som så vidt er i gang",
    "Fatima Warsame": "tilbud om å overta, meldinger om lærlinger, innkallinger, og plan og referat som er delt",
    "Ole Mikkelsen": "en bydel med oppgaver fra rutinene",
    "Ingrid Solheim": "spørsmål uten navn, møter, og egne tiltak i den felles planen",
    "Hanne Lie": "det samme kontoret, uten å svare for det",
    "Marit Lunde": "hele fylket: import, kø, OTUK, og hvordan fylket gjør rutinene",
    "Anders Vik": "også ungdommer med beskyttet adresse",
    "Siv Aasen": "lærlinger, og meldinger som er sendt til bydelen",
    "Tor Hansen": "ingen ungdommer ennå, og hvordan det ser ut",
    "Camilla Ruud": "bare den delen ungdommene har sagt ja til",
    "Berit Nes": "hvem i enheten som er over fristen",
    "Grete Moen": "bydelens tall, og hvor mye av listen som er besvart",
    "Eva Strand": "tall for fylket, og ingen navn",
    "Per Dahl": "brukere og enheter, og ingen ungdommer",
    "Liv Moe": "loggen, det som er flagget, og innsyn",
}


#: Who has a role and has not confirmed to know the rules of privacy, so that it can be seen what happens then.
NEWCOMERS = frozenset({"Nora Sunde"})


def make_users(*, county_id: int) -> list[DemoUser]:
    """Make the users whose unit the county has, with their roles; return them."""
    made = []
    for user in USERS:
        found = units.units(kinds=(user.kind,), county_id=county_id).filter(name__icontains=user.unit).first()
        if found is None:
            continue
        person = known_user(subject=user.subject, name=user.name)
        for role in user.roles:
            give_role(user_id=person.pk, role=role, unit_id=found.pk, first_day=FIRST_DAY)
        if user.name not in NEWCOMERS:
            _know_the_rules(person.pk)
        for profile in settings.LOGIN_PROFILES:
            connect(user_id=person.pk, profile=profile, value=user.subject)
        made.append(user)
    return made


def _know_the_rules(user_id: int) -> None:
    """Let somebody have confirmed to know the rules of privacy each August, as they would who have worked here."""
    today = clock.today()
    for year in range(FIRST_DAY.year, today.year + 1):
        day = date(year, 8, 1)
        if day <= today:
            itself = Actor(user_id, "", permissions=frozenset({Permission.KNOWLEDGE_CONFIRM}))
            with transaction.atomic(), acting_as(itself, on=day):
                confirm_knowledge(actor=itself, version=text_on(day=day, language="nb").version, on=day)


def demo_actors(*, role: Role, on: date) -> list[Actor]:
    """Return the demo users with a role, as actors on a day."""
    people = [known_user(subject=user.subject, name=user.name) for user in USERS if user.roles == (role,)]
    return [actor for person in people if (actor := actor_for(user_id=person.pk, on=on)) and actor.unit_id]
