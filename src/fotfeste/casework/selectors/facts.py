"""What is known of a youth in the form the rules of law ask for: the registers' facts and the case's together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from fotfeste import codes
from fotfeste.casework.models import Registration, StatusEvent
from fotfeste.codes import RegistrationReason
from fotfeste.law.facts import Activity, Application, Competence, RegisteredStatus, YouthFacts
from fotfeste.law.school_year import school_year_of
from fotfeste.people import selectors as people
from fotfeste.people.selectors import PersonFacts

_APPLICATIONS = {
    RegistrationReason.NOT_APPLIED: Application.NOT_APPLIED,
    RegistrationReason.DECLINED_PLACE: Application.NOT_ACCEPTED,
    RegistrationReason.DID_NOT_START: Application.DID_NOT_START,
    RegistrationReason.WAITING_LIST: Application.WAITING_LIST,
}
# Followed up or declined: it is known that there is no activity, not what it is.
_WITHOUT_ACTIVITY = frozenset({"OTOV", "OTHL", "OTNO"})
_SAYS_NOTHING = frozenset({codes.UNKNOWN_ACTIVITY, codes.UNKNOWN_CODE})


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One youth: the facts the rules judge by, and what is needed to find the unit they point to."""

    person: PersonFacts
    facts: YouthFacts
    registration: Registration | None


def case_facts(*, youth_ids: Iterable[int], on: date) -> dict[int, CaseFacts]:
    """
    Return the facts of each youth on a day, in a handful of queries however many there are.

    The actor must hold the topics STATUS, EDUCATION and ADDRESS for them (``policies.may_explain``).
    """
    ids = list(youth_ids)
    persons = people.person_facts(youth_ids=ids, on=on)
    registrations = _registrations(ids, on)
    events: dict[int, list[StatusEvent]] = {}
    for event in StatusEvent.objects.filter(youth_id__in=ids, superseded_at=None, first_day__lte=on):
        events.setdefault(event.youth_id, []).append(event)
    return {
        pk: CaseFacts(person, facts_of(person, registrations.get(pk), events.get(pk, []), on), registrations.get(pk))
        for pk, person in persons.items()
    }


def _registrations(ids: list[int], on: date) -> dict[int, Registration]:
    rows = Registration.objects.filter(youth_id__in=ids, first_day__lte=on)
    rows = rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=on)).order_by("first_day", "pk")
    return {row.youth_id: row for row in rows}


def facts_of(person: PersonFacts, registration: Registration | None, events: list[StatusEvent], on: date) -> YouthFacts:
    """
    Return the facts the rules judge by on a day, of who somebody is and how the case stands.

    :param registration: the one that holds on the day.
    :param events: statuses known now that had begun by the day.
    """
    now = next((e for e in events if e.last_day is None or e.last_day >= on), None)
    code = now.code if now else ""
    this_year = school_year_of(on)
    is_next_year = registration is not None and registration.school_year > this_year.start_year
    application = _APPLICATIONS.get(RegistrationReason(registration.reason)) if registration else None
    application = application or Application.UNKNOWN
    moved_in_on = person.moved_in_on
    if moved_in_on is None and registration is not None and registration.reason == RegistrationReason.MOVED_IN:
        moved_in_on = person.registered_since or registration.first_day
    return YouthFacts(
        born=person.born,
        finished_compulsory=person.finished_compulsory,
        competence=Competence.STUDY if person.has_completed else Competence.NONE,
        enrolments=person.enrolments,
        application=Application.UNKNOWN if is_next_year else application,
        application_next_year=application if is_next_year else Application.UNKNOWN,
        activity=_activity(person, code, on),
        is_working=codes.base_of_twin(code) == "OTAR",
        outside_since=_outside_since(person, on),
        status=RegisteredStatus(code, now.code_list) if now else None,
        was_member_earlier_in_school_year=any(
            codes.is_in_target_group(e.code_list, e.code)
            and (e.last_day is None or e.last_day >= this_year.first_day)
            and e is not now
            for e in events
        ),
        at_risk_of_leaving=registration is not None and registration.is_preventive,
        registered_in_county=person.registered_in_county,
        stays_in_county=person.stays_in_county,
        moved_in_on=moved_in_on,
        registered_district=person.registered_district,
        stay_district=person.stay_district,
        has_registered_point=person.registered_point is not None,
        placement=person.placement,
        has_institution_point=person.institution_point is not None,
    )


def _activity(person: PersonFacts, code: str, on: date) -> Activity:
    if not code or code in _SAYS_NOTHING:
        runs = any(enrolment.runs_on(on) for enrolment in person.enrolments)
        return Activity.KNOWN if runs else Activity.UNKNOWN
    return Activity.NONE if code in _WITHOUT_ACTIVITY else Activity.KNOWN


def _outside_since(person: PersonFacts, on: date) -> date | None:
    if any(enrolment.runs_on(on) for enrolment in person.enrolments):
        return None
    ended = [e.last_day for e in person.enrolments if e.last_day is not None and e.last_day < on]
    return max(ended) if ended else None
