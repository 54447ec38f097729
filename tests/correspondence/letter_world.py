"""A county in April with youths who have not applied for the coming school year."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.correspondence.carriers import CarrierDown, FolderCarrier, Parcel
from fotfeste.correspondence.jobs import send_all
from fotfeste.correspondence.models import Letter, Mailing
from fotfeste.correspondence.services import mailings
from fotfeste.kernel import clock
from fotfeste.organisations.models import Unit
from fotfeste.people.models import Address, Guardian
from tests import factories as make

APRIL = date(2027, 4, 20)
NEXT_YEAR = 2027


class Dies(BaseException):
    """The worker is no more."""


@dataclass
class Partner:
    """A carrier that keeps what it is given, as another service would, and may be away, or the last to be seen."""

    repeats: bool = True
    name: str = "partner"
    is_ready: bool = True
    dies_before: bool = False
    dies_after: bool = False
    is_down: bool = False
    taken: list[Parcel] = field(default_factory=list)
    finished: int = 0

    def send(self, parcel: Parcel) -> str:
        if self.is_down:
            raise CarrierDown
        if self.dies_before:
            raise Dies
        if not self.repeats or parcel.key not in self.keys:
            self.taken.append(parcel)
        if self.dies_after:
            raise Dies
        return f"ref-{parcel.key[:8]}"

    def take_back(self, mailing_key: str, key: str) -> None:
        self.taken = [each for each in self.taken if each.key != key]

    def finish(self, mailing_key: str) -> None:
        self.finished += 1

    @property
    def keys(self) -> list[str]:
        return [each.key for each in self.taken]


@dataclass
class Letters:
    """One school, two at the administration, and who handles those under protection."""

    school: Unit
    maker: Actor
    approver: Actor
    handler: Actor
    counsellor: Actor

    @classmethod
    def made(cls) -> "Letters":
        admin = make.education_admin()
        handler = make.user("Anders Vern")
        for role in (Role.EDUCATION_ADMIN, Role.PROTECTED_HANDLER):
            make.assign(handler, role, admin)
        school = make.unit(name="Prøve videregående skole")
        return cls(
            school=school,
            maker=make.actor(Role.EDUCATION_ADMIN, admin, name="Marit Prøve"),
            approver=make.actor(Role.EDUCATION_ADMIN, admin, name="Nils Prøve"),
            handler=actor_for(user_id=handler.pk, on=make.TODAY),
            counsellor=make.actor(Role.COUNSELLOR, school, name="Ola Prøve"),
        )

    def non_applicant(self, last_name: str, *, street: str = "Furuveien 1", guardian: str = "", **fields: Any) -> Any:
        """Make a youth registered in March for who has not applied for the coming year."""
        case = make.case(self.school, last_name=last_name, since=date(NEXT_YEAR, 8, 1), reason="not_applied", **fields)
        told = {"youth": case.youth, "source": "test", "recorded_at": clock.now()}
        with acting_as(make.system()):
            if street:
                hidden = case.youth.protection in ("confidential", "strictly_confidential")
                place = {"street": street, "postcode": "0668", "city": "Oslo", "is_protected": hidden}
                Address.objects.create(kind="registered", **place, **told)
            if guardian:
                Guardian.objects.create(name=guardian, **told)
        return case

    def prepare(self, kind: str = "non_applicant", **given: Any) -> Mailing:
        given = {"school_year": NEXT_YEAR, "letter_day": clock.today(), "reply_by": date(2027, 5, 20)} | given
        with acting_as(self.maker):
            return mailings.prepare_mailing(actor=self.maker, county_id=make.OSLO, kind=kind, **given)

    def approve(self, mailing: Mailing) -> Mailing:
        with acting_as(self.approver):
            return mailings.approve_mailing(actor=self.approver, mailing_id=mailing.pk, version=mailing.version)

    def send(self, mailing: Mailing, by: Any) -> None:
        send_all(mailing_id=mailing.pk, county_id=make.OSLO, by=by)

    def sent(self, by: Any = None, **given: Any) -> tuple[Mailing, Any]:
        """Prepare, approve and send."""
        carrier = by or Partner()
        mailing = self.prepare(**given)
        self.approve(mailing)
        self.send(mailing, carrier)
        mailing.refresh_from_db()
        return mailing, carrier


def letters(mailing: Mailing) -> list[Letter]:
    """Return all letters of a mailing by name, as one who sees them all."""
    with acting_as(make.system()):
        rows = Letter.objects.filter(mailing=mailing).select_related("youth", "attempt")
        return list(rows.order_by("youth__name_key", "receiver", "pk"))


def folder(place: Path) -> FolderCarrier:
    """Return a carrier that puts letters in a folder."""
    return FolderCarrier({"folder": str(place)})
