"""``truth.json``: what was put into the files, so that a test can compare what comes out."""

from collections import Counter
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

from fotfeste.codes import CURRENT, is_in_target_group
from fotfeste.integrations.synthetic.person import Case, Person
from fotfeste.integrations.synthetic.slots import DECLINED, NOT_APPLIED, OTHER, QUIT
from fotfeste.integrations.synthetic.statuses import ACTIVITY, UNKNOWN
from fotfeste.integrations.synthetic.year import SeenOn

GROUP_OF_REASON = {
    "not_applied": NOT_APPLIED,
    "declined_place": DECLINED,
    "did_not_start": DECLINED,
    "quit_school": QUIT,
    "quit_apprenticeship": QUIT,
    "contract_terminated": QUIT,
    "lost_place_expulsion": QUIT,
    "quit_adult_education": QUIT,
}
COUNT_DAYS = ((10, 1), (11, 15), (2, 1), (6, 15))
"""1 October, the two national reports, and one in winter."""


class Truth:
    """Counts the people of a county while they are written."""

    def __init__(self, seen: SeenOn) -> None:
        self._seen = seen
        self.people = 0
        self.members = 0
        self.by_code: Counter[str] = Counter()
        self.by_birth_year: Counter[int] = Counter()
        self.reasons: dict[str, Counter[str]] = {}
        self.not_applied_by_sex: Counter[str] = Counter()
        self.carried_over = 0
        self.unknown_by_district: Counter[str] = Counter()
        self.by_unit: Counter[str] = Counter()
        self.by_rule: Counter[str] = Counter()
        self.days_to_contact: list[int] = []
        self.series: dict[date, Counter[str]] = {day: Counter() for day in _count_days(seen)}
        self.hard_cases: list[dict[str, Any]] = []

    def count(self, person: Person) -> None:
        """Count one person."""
        self.people += 1
        self.by_birth_year[person.born.year] += 1
        if person.case:
            self._count_case(person, person.case)
        if person.hard_case:
            self.hard_cases.append(
                {
                    **person.hard_case,
                    "national_id": person.national_id or None,
                    "name": f"{person.first_name} {person.last_name}".strip(),
                    "born": person.born.isoformat(),
                    "status": person.case.status if person.case else None,
                }
            )

    def _count_case(self, person: Person, case: Case) -> None:
        self._count_history(case)
        if not case.is_open:
            return
        self.by_code[case.status] += 1
        if not is_in_target_group(CURRENT, case.status):
            return
        self.members += 1
        age = min(21, max(17, self._seen.school_year - person.born.year))
        group = GROUP_OF_REASON.get(case.reason, OTHER)
        self.reasons.setdefault(f"{age}", Counter())[group] += 1
        self.not_applied_by_sex[person.sex] += group == NOT_APPLIED
        self.carried_over += len(case.registrations) > 1
        self.by_unit[case.responsible.number] += 1
        self.by_rule[case.rule] += 1
        if case.status == UNKNOWN and person.address:
            self.unknown_by_district[person.address.district] += 1

    def _count_history(self, case: Case) -> None:
        contact = next((attempt.on for attempt in case.attempts if attempt.answered_by == "youth"), None)
        first = case.registrations[0].statuses[0]
        if contact and first.code == UNKNOWN:
            self.days_to_contact.append((contact - first.first_day).days)
        for day, counts in self.series.items():
            if code := status_on(case, day):
                counts[code] += 1

    def as_json(self) -> dict[str, Any]:
        """Return the county's truth."""
        members = max(1, self.members)
        return {
            "people": self.people,
            "members": self.members,
            "by_code": dict(sorted(self.by_code.items())),
            "unknown_share": round(self.by_code[UNKNOWN] / members, 4),
            "activity_share": round(sum(self.by_code[code] for code in ACTIVITY) / members, 4),
            "carried_over_share": round(self.carried_over / members, 4),
            "reasons_by_age": {age: dict(sorted(counts.items())) for age, counts in sorted(self.reasons.items())},
            "not_applied_by_sex": dict(self.not_applied_by_sex),
            "median_days_to_first_contact": median(self.days_to_contact) if self.days_to_contact else None,
            "by_birth_year": {str(year): count for year, count in sorted(self.by_birth_year.items())},
            "unknown_by_district": dict(sorted(self.unknown_by_district.items())),
            "members_by_unit": dict(sorted(self.by_unit.items())),
            "members_by_rule": dict(sorted(self.by_rule.items())),
            "series": [{"on": day.isoformat(), "by_code": dict(sorted(c.items()))} for day, c in self.series.items()],
            "hard_cases": self.hard_cases,
        }


def status_on(case: Case, day: date) -> str | None:
    """Return the code that held on a day, or None when the youth was not registered then."""
    for registration in case.registrations:
        if registration.first_day <= day and (registration.last_day is None or day <= registration.last_day):
            steps = registration.statuses
            return next((a.code for a, b in pairwise(steps) if day < b.first_day), steps[-1].code)
    return None


def _count_days(seen: SeenOn) -> list[date]:
    first = date(seen.school_year - 1, 8, 1)
    days = {date(year, *day) for year in range(first.year, seen.day.year + 1) for day in COUNT_DAYS}
    return [*sorted(day for day in days if first <= day < seen.day), seen.day]
