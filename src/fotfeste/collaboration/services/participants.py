"""What adult education tells of a participant who has left: the course goes into the school history, for the law."""

from datetime import date
from typing import Any

from fotfeste.access import selectors as access
from fotfeste.access.scope import acting_as
from fotfeste.casework.services import membership
from fotfeste.collaboration.models import Record
from fotfeste.kernel import clock
from fotfeste.law.facts import ADULT_KINDS, EnrolmentEnd
from fotfeste.law.school_year import school_year_of
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.people import selectors as people
from fotfeste.people.services.enrolments import end_enrolment, record_enrolment
from fotfeste.spec import implements

_SOURCE = "melding"


def told_course(said: dict[str, Any]) -> str:
    """Return the course a record tells of; empty when it tells of none."""
    programme = said.get("programme", "")
    return programme if programme in {kind.value for kind in ADULT_KINDS} else ""


@implements("rut-vo-vov", "rut-vo-yrkesfag", "rut-vo-fov")
def keep_course(row: Record) -> None:
    """
    Keep which course somebody left and when, unless the school history tells already, and let the law judge anew.

    Which of the three it was decides: the preparatory one covers only those with the right to upper secondary (amb-04).

    Source: Oslostandarden § 6.4.
    """
    kind = told_course(row.said)
    if not kind:
        return
    left_on = date.fromisoformat(row.said["left_on"])
    here = units.unit_or_none(unit_id=row.by_unit_id)
    school_id = row.by_unit_id if here is not None and here.kind == UnitKind.ADULT_EDUCATION else None
    with acting_as(access.system_actor("scheduler", county_ids=access.all_counties()), on=clock.today()) as worker:
        known = list(people.enrolments_of(youth_ids=[row.youth_id]).filter(kind=kind))
        if any(each.last_day is not None and each.last_day >= school_year_of(left_on).first_day for each in known):
            return
        if under_way := next((each for each in known if each.last_day is None), None):
            end_enrolment(actor=worker, enrolment_id=under_way.pk, last_day=left_on, end_reason=EnrolmentEnd.QUIT)
        else:
            record_enrolment(
                actor=worker,
                youth_id=row.youth_id,
                kind=kind,
                school_id=school_id,
                first_day=None,
                last_day=left_on,
                end_reason=EnrolmentEnd.QUIT,
                source=_SOURCE,
            )
        membership.decide_membership(actor=worker, youth_ids=[row.youth_id])
