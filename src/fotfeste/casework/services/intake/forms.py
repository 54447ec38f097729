"""From the texts of what is known of a person to the facts of law, and the decisions that follow: once for each form."""

from datetime import date, timedelta
from functools import lru_cache

from fotfeste.casework.models import Registration, StatusEvent
from fotfeste.casework.selectors.decisions import Decided, decide
from fotfeste.casework.selectors.facts import facts_of
from fotfeste.law.facts import Enrolment, EnrolmentKind, Level, Placement
from fotfeste.law.readings import Readings
from fotfeste.people.selectors.for_law import PersonFacts, Point, read_end

SEPARATOR = "#"
"""Between the three parts of a form: the person, the case, and the school history. See ``people…facts``, ``deciding``."""

_LEVELS = {"vg1": Level.VG1, "vg2": Level.VG2, "vg3": Level.VG3}
_ANSWERS = {"1": True, "0": False, "-": None}
_PLACEMENTS = {"0": Placement.NONE, "1": Placement.IN_COUNTY, "2": Placement.OUTSIDE_COUNTY}
# Where exactly makes no difference to a rule: a district is there or not, and so is a point.
_HERE, _ELSEWHERE, _SOMEWHERE = "registered", "stay", Point(60.0, 10.0)


def decided_for(form: str, *, county_id: int, on: date, readings: Readings) -> Decided:
    """Return the decisions of law for a form on a day; equal forms get equal decisions."""
    who, case, history = form.split(SEPARATOR, 2)
    person = _person(who, history, county_id, on)
    registration, events = _case(case, on)
    return decide(facts_of(person, registration, events, on), on=on, readings=readings)


def _person(who: str, history: str, county_id: int, on: date) -> PersonFacts:
    year, answers, place = who.split("|")
    had_birthday, completed, finished, has_moved_in = list(answers)
    where = list(place)
    has_district, has_stay, stays_elsewhere, has_point, in_county, placement, has_institution_point, stays_in = where
    stretches = tuple(map(_enrolment, history.split(";"))) if history else ()
    return PersonFacts(
        youth_id=0,
        county_id=county_id,
        born=on.replace(year=int(year), day=1) if had_birthday == "1" else date(int(year), 12, 31),
        is_protected=False,
        has_completed=completed == "1",
        finished_compulsory=_ANSWERS[finished],
        moved_in_on=on if has_moved_in == "1" else None,
        enrolments=stretches,
        school_ids=tuple(None for _ in stretches),
        registered_in_county=in_county == "1",
        stays_in_county=_ANSWERS[stays_in],
        registered_district=_HERE if has_district == "1" else None,
        stay_district=(_ELSEWHERE if stays_elsewhere == "1" else _HERE) if has_stay == "1" else None,
        registered_point=_SOMEWHERE if has_point == "1" else None,
        institution_point=_SOMEWHERE if has_institution_point == "1" else None,
        placement=_PLACEMENTS[placement],
    )


@lru_cache(maxsize=65536)
def _enrolment(text: str) -> Enrolment:
    kind, first, last, flags, level, reason = text.split("|", 5)
    is_private, in_county, takes, has_unit, is_vocational = (flag == "1" for flag in flags)
    return Enrolment(
        kind=EnrolmentKind(kind),
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last) if last else None,
        unit_ref="known" if has_unit else None,
        level=_LEVELS.get(level, Level.UNKNOWN),
        is_vocational=is_vocational,
        is_private=is_private,
        in_county=in_county,
        takes_ot_responsibility=takes,
        end_reason=read_end(reason),
    )


def _case(text: str, on: date) -> tuple[Registration | None, list[StatusEvent]]:
    """Return a registration and statuses such as these; empty texts where there are none on the day."""
    reason, school_year, is_preventive, code, code_list, was_member = text.split("|")
    registration = None
    if reason:
        registration = Registration(
            reason=reason, school_year=int(school_year), is_preventive=is_preventive == "1", first_day=on
        )
    events = [StatusEvent(code=code, code_list=code_list, first_day=on)] if code else []
    if was_member == "1":
        day_before = on - timedelta(days=1)
        events.append(StatusEvent(code="OTUK", code_list="current", first_day=day_before, last_day=day_before))
    return registration, events
