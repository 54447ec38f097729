"""What happened to a case, by the same services as on the screens, on the day it happened."""

from datetime import date, datetime, time

from fotfeste.access.scope import acting_as
from fotfeste.casework.enums import Basis
from fotfeste.casework.models import Registration
from fotfeste.casework.services import contacts, responsibility, statuses
from fotfeste.kernel import clock
from fotfeste.organisations.models import Unit
from tests import factories as make


def at(day: date, hour: int = 12) -> datetime:
    """Return a moment of a day."""
    return datetime.combine(day, time(hour), tzinfo=clock.OSLO)


def case(school: Unit, *, status: str = "OTUK", since: date, **fields: object) -> Registration:
    """Register a youth on the day, with all that is recorded then."""
    with clock.frozen(at(since, 8)):
        return make.case(school, status=status, since=since, **fields)


def becomes(
    registration: Registration, code: str, on: date, *, recorded: date | None = None, fact: str = "enrolment"
) -> None:
    """Set a status a register vouches for, on the day it begins or later."""
    worker = make.system(registration.county_id)
    ground = statuses.Ground(basis=Basis.REGISTER, register_fact=fact, text="Står i registeret")
    with clock.frozen(at(recorded or on)), acting_as(worker):
        statuses.set_status(
            actor=worker, registration_id=registration.pk, code=code, on=on, ground=ground, version=None
        )


def was_wrong(registration: Registration, code: str, first_day: date, *, recorded: date) -> None:
    """Correct which status the case had from a day."""
    worker = make.system(registration.county_id)
    with clock.frozen(at(recorded)), acting_as(worker):
        statuses.correct_status(
            actor=worker,
            registration_id=registration.pk,
            code=code,
            first_day=first_day,
            last_day=None,
            reason="Feil kode ble valgt",
            version=None,
            register_fact="enrolment",
        )


def reached(registration: Registration, on: date) -> None:
    """Talk with the youth."""
    _attempt(registration, on, result="answered", answered_by="youth")


def tried(registration: Registration, on: date) -> None:
    """Call without getting an answer."""
    _attempt(registration, on, result="no_answer")


def _attempt(registration: Registration, on: date, **what: str) -> None:
    worker = make.system(registration.county_id)
    with clock.frozen(at(on)), acting_as(worker):
        contacts.register_attempt(actor=worker, youth_id=registration.youth_id, on=on, channel="call", **what)


def moves_to(registration: Registration, school: Unit, on: date) -> None:
    """Let another unit of the county answer for the youth."""
    worker = make.system(registration.county_id)
    with clock.frozen(at(on)), acting_as(worker):
        responsibility.assign(
            actor=worker, youth_id=registration.youth_id, holder_id=school.pk, reason="Byttet skole", version=None
        )
