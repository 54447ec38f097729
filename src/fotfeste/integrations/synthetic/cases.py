"""The case of a youth with the service: registrations, statuses and attempts up to the day the world is seen."""

from datetime import date, timedelta
from random import Random

from fotfeste.integrations.synthetic import contacting, statuses
from fotfeste.integrations.synthetic.draw import Weighted
from fotfeste.integrations.synthetic.person import Attempt, Case, Registration, StatusStep
from fotfeste.integrations.synthetic.unit import Unit
from fotfeste.integrations.synthetic.year import SeenOn, working_day

RAW_REASONS = {
    "not_applied": "OSON",
    "declined_place": "OSNP",
    "did_not_start": "OSUT",
    "waiting_list": "OSVE",
    "quit_school": "OESL",
    "quit_apprenticeship": "OESL",
    "contract_terminated": "OESL",
    "lost_place_expulsion": "OESL",
    "quit_adult_education": "OESL",
}
CARRIED_OVER, BACK_IN_EDUCATION = "nytt skoleår", "tilbake i opplæring"
NEVER_REACHED, KEPT_STATUS = 0.35, 0.55
KNOWN_BY_REGISTER_ALONE = 0.35
DAYS_TO_MOVE_ON = 5
CONFIRMED_LATER = 0.55
_IN_BETWEEN = Weighted({"OTOV": 30.0, "OTAR": 38.0, "OTAP": 14.0, "OTOA": 8.0, "OTSY": 5.0, "OTIF": 5.0})


class Cases:
    """Makes cases that stand at a given code on the day the world is seen."""

    def __init__(self, rng: Random, seen: SeenOn) -> None:
        self._rng = rng
        self._seen = seen

    def new(self, reason: str, code: str, registered_on: date, holder: tuple[Unit, str], *, is_minor: bool) -> Case:
        """Return the case of somebody who came this school year."""
        steps, attempts = self._from_unknown(registered_on, code, self._seen.day, is_minor=is_minor)
        registration = self._registration(self._seen.school_year, reason, registered_on, steps)
        return self._case(reason, [registration], attempts, holder)

    def carried_over(
        self, reason: str, code: str, registered_on: date, holder: tuple[Unit, str], *, is_minor: bool
    ) -> Case:
        """Return the case of somebody who was registered last school year and is still here."""
        new_year, until = self._seen.year_starts, self._seen.year_starts - timedelta(days=1)
        was_reached = self._rng.random() >= NEVER_REACHED and registered_on < until - timedelta(days=7)
        has_had_time = (self._seen.day - new_year).days >= DAYS_TO_MOVE_ON
        before = statuses.UNKNOWN
        if was_reached:
            before = self._between(code) if has_had_time else code
        steps, attempts = self._from_unknown(registered_on, before, until, is_minor=is_minor)
        first = self._registration(self._seen.school_year - 1, reason, registered_on, steps)
        first.last_day, first.end_reason = until, CARRIED_OVER
        if not has_had_time and before == code:
            later = [StatusStep(code, new_year, "intake")]
        elif was_reached and code != statuses.UNKNOWN and self._rng.random() < KEPT_STATUS:
            later = [StatusStep(before, new_year, "intake")]
            later += self._moves_on(before, code)
            attempts += contacting.follow_up(self._rng, later[-1].first_day, self._seen.day)
        else:
            later, more = self._from_unknown(new_year, code, self._seen.day, is_minor=is_minor)
            attempts += more
        second = self._registration(self._seen.school_year, reason, new_year, later)
        return self._case(reason, [first, second], attempts, holder)

    def former(self, reason: str, code: str, registered_on: date, holder: tuple[Unit, str]) -> Case:
        """Return the closed case of somebody who went back to education this autumn."""
        until = self._seen.year_starts - timedelta(days=1)
        steps, attempts = self._from_unknown(registered_on, code, until, is_minor=False)
        registration = self._registration(self._seen.school_year - 1, reason, registered_on, steps)
        registration.last_day, registration.end_reason = until, BACK_IN_EDUCATION
        return self._case(reason, [registration], attempts, holder)

    def by_register(self, reason: str, code: str, registered_on: date, holder: tuple[Unit, str]) -> Case:
        """Return the case of somebody a register soon placed outside the target group."""
        known_on = registered_on + timedelta(days=3 + int(self._rng.expovariate(1 / 12)))
        if known_on <= self._seen.day:
            steps = [statuses.first_unknown(registered_on), statuses.from_register(code, known_on)]
        else:
            steps = [statuses.from_register(code, registered_on)]
        return self._closed_book(reason, registered_on, steps, holder)

    def preventive(self, registered_on: date, holder: tuple[Unit, str]) -> Case:
        """Return the case of a pupil handed over with preventive work, who was never without activity."""
        return self._closed_book("preventive", registered_on, [StatusStep("ELVG_IM", registered_on, "intake")], holder)

    def _closed_book(self, reason: str, registered_on: date, steps: list[StatusStep], holder: tuple[Unit, str]) -> Case:
        registration = self._registration(self._seen.school_year, reason, registered_on, steps)
        return self._case(reason, [registration], [], holder)

    def _between(self, code: str) -> str:
        if code not in {statuses.UNKNOWN, *statuses.REGISTER_CODES} and self._rng.random() < 0.6:
            return code
        return _IN_BETWEEN.draw(self._rng)

    def _moves_on(self, before: str, code: str) -> list[StatusStep]:
        if before == code:
            return []
        days = (self._seen.day - self._seen.year_starts).days
        moved_on = self._seen.year_starts + timedelta(days=1 + int(days * self._rng.random()))
        return statuses.path_after_contact(self._rng, code, min(moved_on, self._seen.day), self._seen.day)[-1:]

    def _from_unknown(
        self, start: date, code: str, until: date, *, is_minor: bool
    ) -> tuple[list[StatusStep], list[Attempt]]:
        """The way from unknown activity to ``code``, and the attempts on it."""
        steps = [statuses.first_unknown(start)]
        days = (until - start).days
        if code == statuses.UNKNOWN or days < 1:
            return steps, contacting.not_reached(self._rng, start, until, is_minor=is_minor)
        contact_on = start + timedelta(days=contacting.days_to_contact(self._rng, days))
        contact_on = max(working_day(contact_on, at_latest=until), start + timedelta(days=1))
        if code in statuses.REGISTER_CODES and self._rng.random() < KNOWN_BY_REGISTER_ALONE:
            return [*steps, statuses.from_register(code, contact_on)], contacting.not_reached(
                self._rng, start, contact_on - timedelta(days=1), is_minor=is_minor
            )
        steps += statuses.path_after_contact(self._rng, code, contact_on, until)
        attempts = contacting.reached(self._rng, start, contact_on)
        return steps, attempts + contacting.follow_up(self._rng, contact_on, until)

    def _talks_behind(self, registrations: list[Registration], attempts: list[Attempt]) -> list[Attempt]:
        """The talks that statuses resting on contact were set after, where they are not among the attempts."""
        days = {attempt.on for attempt in attempts if attempt.answered_by == "youth"}
        rest_on_contact = [step for of in registrations for step in of.statuses if step.basis == "contact"]
        return [contacting.talk(self._rng, step.first_day) for step in rest_on_contact if step.first_day not in days]

    def _registration(self, year: int, reason: str, first_day: date, steps: list[StatusStep]) -> Registration:
        return Registration(year, reason, RAW_REASONS.get(reason, ""), first_day, steps)

    def _case(
        self, reason: str, registrations: list[Registration], attempts: list[Attempt], holder: tuple[Unit, str]
    ) -> Case:
        latest = _said_on(registrations)
        confirmed_on = latest
        if self._rng.random() < CONFIRMED_LATER:
            confirmed_on += timedelta(days=int((self._seen.day - latest).days * self._rng.random()))
        unit, rule = holder
        attempts += self._talks_behind(registrations, attempts)
        attempts.sort(key=lambda attempt: attempt.on)
        return Case(reason, registrations, attempts, unit, rule, confirmed_on)


def _said_on(registrations: list[Registration]) -> date:
    """Return the day the last status was first said: one carried over to a new school year is not said again."""
    said = registrations[-1].statuses[-1]
    for earlier, later in zip(reversed(registrations[:-1]), reversed(registrations[1:]), strict=True):
        is_carried = len(later.statuses) == 1 and earlier.last_day == later.first_day - timedelta(days=1)
        if not is_carried or earlier.statuses[-1].code != said.code:
            break
        said = earlier.statuses[-1]
    return said.first_day
