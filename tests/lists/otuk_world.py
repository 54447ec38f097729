"""A county with two districts, their Nav offices, and youths who live there."""

from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.kernel import clock
from fotfeste.lists.models import OtukRound
from fotfeste.lists.services.rounds import Frozen, freeze_round
from fotfeste.organisations.models import Unit
from fotfeste.people.models import Address, ContactDetail
from tests import factories as make

ALNA, STOVNER = "030112", "030111"


@dataclass
class World:
    """Oslo as the reference data has it, with one school and one of each role."""

    school: Unit
    alna: Unit
    stovner: Unit
    nav_alna: Unit
    admin: Actor
    handler: Actor
    alna_contact: Actor
    stovner_contact: Actor
    nav: Actor

    @classmethod
    def made(cls) -> "World":
        alna, stovner = (Unit.objects.get(kind="district", code=code) for code in (ALNA, STOVNER))
        handler = make.user("Anders Vern")
        for role in (Role.EDUCATION_ADMIN, Role.PROTECTED_HANDLER):
            make.assign(handler, role, make.education_admin())
        return cls(
            school=make.unit(name="Prøve videregående skole"),
            alna=alna,
            stovner=stovner,
            nav_alna=alna.nav_office,
            admin=make.actor(Role.EDUCATION_ADMIN, make.education_admin(), name="Marit Prøve"),
            handler=actor_for(user_id=handler.pk, on=make.TODAY),
            alna_contact=make.actor(Role.DISTRICT_CONTACT, alna, name="Fatima Prøve"),
            stovner_contact=make.actor(Role.DISTRICT_CONTACT, stovner),
            nav=make.actor(Role.NAV_RESPONSIBLE, alna.nav_office, name="Ingrid Prøve"),
        )

    def unknown(self, last_name: str, *, district: str = ALNA, phone: str = "", street: str = "Furuveien 1", **fields):
        """Make a youth with unknown activity since 12 September, living in a district; an empty one has no address."""
        with clock.frozen(fields.pop("recorded_at", date(2026, 10, 1))):
            case = make.case(self.school, last_name=last_name, **fields)
            if district or street:
                self.lives(case.youth, district, street=street)
            if phone:
                with acting_as(make.system()):
                    ContactDetail.objects.create(
                        youth=case.youth, kind="phone", value=phone, source="test", recorded_at=clock.now()
                    )
        return case

    def lives(self, youth, district: str, *, kind: str = "registered", street: str = "Furuveien 1") -> Address:
        """Give a youth an address."""
        with acting_as(make.system()):
            return Address.objects.create(
                youth=youth,
                kind=kind,
                street=street,
                postcode="0668",
                city="Oslo",
                district_code=district,
                source="test",
                recorded_at=clock.now(),
                is_protected=youth.protection in ("confidential", "strictly_confidential"),
            )

    def freeze(self, on: date = date(2026, 11, 20), known_at: datetime | None = None) -> OtukRound:
        """Make a round."""
        return self.frozen(on, known_at).round

    def frozen(self, on: date = date(2026, 11, 20), known_at: datetime | None = None) -> Frozen:
        """Make a round and return what was told of it."""
        with acting_as(self.admin):
            return freeze_round(actor=self.admin, county_id=make.OSLO, on=on, known_at=known_at)
