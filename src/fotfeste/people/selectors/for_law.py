"""What the registers know about people, in the form the rules of law ask for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fotfeste.law.facts import Enrolment as LawEnrolment
from fotfeste.law.facts import EnrolmentEnd, EnrolmentKind, Level, Placement
from fotfeste.law.school_year import school_year_of
from fotfeste.organisations.selectors.periods import is_open_on
from fotfeste.people.enums import ADDRESS_PROTECTING, AddressKind
from fotfeste.people.models import Address, Enrolment, Youth
from fotfeste.people.selectors.dated_facts import addresses_of, enrolments_of

# Programmes of general study; all the others lead to a trade (the programme codes of VIGO).
_STUDY_PROGRAMMES = frozenset({"ST", "ID", "MD", "KD", "ME"})
_LEVELS = {"vg1": Level.VG1, "vg2": Level.VG2, "vg3": Level.VG3}
_ENDS = {end.value: end for end in EnrolmentEnd}
# A stretch of school without any date is taken to be old.
_NO_DAY = date(2000, 8, 1)
# What senders write, in the order it is looked for.
_END_WORDS = (
    ("bortvi", EnrolmentEnd.EXPELLED),
    ("hev", EnrolmentEnd.CONTRACT_TERMINATED),
    ("permit", EnrolmentEnd.LAID_OFF),
    ("bytt", EnrolmentEnd.TRANSFERRED),
    ("overf", EnrolmentEnd.TRANSFERRED),
    ("fullført", EnrolmentEnd.COMPLETED),
    ("bestått", EnrolmentEnd.COMPLETED),
    ("skoleår", EnrolmentEnd.YEAR_ENDED),
    ("slutt", EnrolmentEnd.QUIT),
    ("avbr", EnrolmentEnd.QUIT),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the globe, in degrees (WGS84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """
    One youth as the rules see them, from the county that keeps the row.

    ``school_ids`` are the units of ``enrolments``, place by place. Of a youth under address protection, or
    shielded, no district and no point is given: neither a rule nor a distance may show where they live.
    """

    youth_id: int
    county_id: int
    born: date
    is_protected: bool
    has_completed: bool
    finished_compulsory: bool | None
    moved_in_on: date | None = None
    enrolments: tuple[LawEnrolment, ...] = ()
    school_ids: tuple[int | None, ...] = ()
    registered_in_county: bool = True
    stays_in_county: bool | None = None
    registered_since: date | None = None
    registered_district: str | None = None
    stay_district: str | None = None
    registered_point: Point | None = None
    institution_point: Point | None = None
    placement: Placement = Placement.NONE


def person_facts(*, youth_ids: Iterable[int], on: date) -> dict[int, PersonFacts]:
    """
    Return the facts of each youth as of a day, in three queries however many there are.

    The actor must hold the topics EDUCATION and ADDRESS for them, or the rules would judge by half the facts.
    """
    ids = list(youth_ids)
    enrolments: dict[int, list[Enrolment]] = {}
    for enrolment in enrolments_of(youth_ids=ids):
        enrolments.setdefault(enrolment.youth_id, []).append(enrolment)
    addresses: dict[int, dict[str, Address]] = {}
    for address in addresses_of(youth_ids=ids, on=on):
        addresses.setdefault(address.youth_id, {}).setdefault(address.kind, address)
    youths = Youth.objects.filter(pk__in=ids)
    return {y.pk: _facts(y, enrolments.get(y.pk, []), addresses.get(y.pk, {}), on) for y in youths}


def _facts(youth: Youth, rows: list[Enrolment], addresses: dict[str, Address], on: date) -> PersonFacts:
    # Oldest first, so that the place in the list never changes when a later one is added.
    dated = list(reversed(rows))
    is_protected = youth.protection in ADDRESS_PROTECTING
    registered = addresses.get(AddressKind.REGISTERED)
    stay = addresses.get(AddressKind.STAY)
    institution = addresses.get(AddressKind.INSTITUTION)
    return PersonFacts(
        youth_id=youth.pk,
        county_id=youth.county_id,
        born=youth.born,
        is_protected=is_protected,
        has_completed=youth.has_completed,
        finished_compulsory=youth.finished_compulsory,
        moved_in_on=youth.moved_in_on,
        enrolments=tuple(_enrolment(row, youth.county_id, on) for row in dated),
        school_ids=tuple(row.school_id for row in dated),
        registered_in_county=_in_county(registered, youth.county_id) is not False,
        stays_in_county=_in_county(stay, youth.county_id),
        registered_since=registered.first_day if registered else None,
        registered_district=None if is_protected else _district(registered),
        stay_district=None if is_protected else _district(stay),
        registered_point=None if is_protected else _point(registered),
        institution_point=None if is_protected else _point(institution),
        placement=_placement(institution, youth.county_id),
    )


def _enrolment(row: Enrolment, county_id: int, on: date) -> LawEnrolment:
    school = row.school
    return LawEnrolment(
        kind=EnrolmentKind(row.kind),
        first_day=row.first_day or school_year_of(row.last_day or _NO_DAY).first_day,
        last_day=row.last_day,
        unit_ref=str(row.school_id) if row.school_id else None,
        level=_LEVELS.get(row.level.strip().lower(), Level.UNKNOWN),
        is_vocational=bool(row.programme) and row.programme[:2].upper() not in _STUDY_PROGRAMMES,
        is_private=row.is_private or bool(school and school.is_private),
        in_county=school is None or school.county_id == county_id,
        takes_ot_responsibility=bool(school and school.takes_responsibility and is_open_on(school, on)),
        end_reason=read_end(row.end_reason),
    )


def read_end(text: str) -> EnrolmentEnd:
    """Return why an enrolment ended: our own word for it, or what a sender's words mean as far as they say it."""
    lowered = text.lower()
    if lowered in _ENDS:
        return _ENDS[lowered]
    return next((end for word, end in _END_WORDS if word in lowered), EnrolmentEnd.UNKNOWN)


def _in_county(address: Address | None, county_id: int) -> bool | None:
    if address is None or not address.municipality:
        return None
    return int(address.municipality[:2]) == county_id


def _district(address: Address | None) -> str | None:
    return (address.district_code or None) if address else None


def _point(address: Address | None) -> Point | None:
    if address is None or address.latitude is None or address.longitude is None:
        return None
    return Point(address.latitude, address.longitude)


def _placement(institution: Address | None, county_id: int) -> Placement:
    if institution is None:
        return Placement.NONE
    return Placement.OUTSIDE_COUNTY if _in_county(institution, county_id) is False else Placement.IN_COUNTY
