"""A stage for the demo's stories: who acts, on which day, about which youth."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.codes.ot_status import CURRENT, is_in_target_group
from fotfeste.config.demo.users import USERS, known_user
from fotfeste.consent.enums import Answer, GivenHow, Guardians, Purpose
from fotfeste.consent.services.releases import Body, Given, record_release
from fotfeste.kernel import clock
from fotfeste.organisations.selectors import units
from fotfeste.people.selectors import age_on, youths_by_id

#: What a youth who says yes to working together lets the others know.
WHAT = frozenset({Topic.STATUS, Topic.EDUCATION, Topic.MAPPING, Topic.PLAN, Topic.MEETINGS})
#: A story begins this long ago at most; the youth must have come in before.
BEFORE = timedelta(days=56)


@dataclass(frozen=True, slots=True)
class Stage:
    """The day the demo is seen on, and the users of it who are at work that day, by their first name."""

    on: date
    cast: Mapping[str, Actor]

    @classmethod
    def set_up(cls, on: date) -> "Stage":
        """Return the stage with all users of the demo who are at a unit."""
        cast = {}
        for user in USERS:
            actor = actor_for(user_id=known_user(subject=user.subject, name=user.name).pk, on=on)
            if actor is not None and actor.unit_id:
                cast[user.name.split()[0]] = actor
        return cls(on, cast)

    def day(self, days: int) -> date:
        """Return a day so many days from the one the demo is seen on."""
        return self.on + timedelta(days)

    def moment(self, days: int, hour: int, minute: int = 0) -> datetime:
        """Return a moment of a day."""
        return datetime.combine(self.day(days), time(hour, minute), tzinfo=clock.OSLO)

    @contextmanager
    def acts(self, name: str, days: int, hour: int = 10, minute: int = 0) -> Iterator[Actor]:
        """Let a user act at a moment."""
        with clock.frozen(self.moment(days, hour, minute)), acting_as(self.cast[name]) as actor:
            yield actor

    def unit(self, name: str) -> int:
        """Return the unit a user works at."""
        unit_id = self.cast[name].unit_id
        assert unit_id is not None
        return unit_id

    def youths(self, name: str, *, near: str = "") -> list[int]:
        """
        Return the youths of a user's unit that a story can be about, those of another user's district first.

        Those who have moved or are registered by mistake come last: nobody works on with them.
        """
        with acting_as(self.cast[name], on=self.on):
            own = open_registrations().filter(unit_id=self.unit(name), youth__protection="none")
            known = own.filter(first_day__lte=self.on - BEFORE).order_by("pk")
            rows = known.values_list("youth_id", "district_code", "status_code")
            there = units.unit_or_none(unit_id=self.unit(near)) if near in self.cast else None
            code = there.code if there else ""
            in_order = sorted(rows, key=lambda row: (not is_in_target_group(CURRENT, row[2]), row[1] != code))
            return [youth_id for youth_id, _lives, _status in in_order]

    def let_in(self, name: str, youth_id: int, *units_let_in: int, days: int) -> None:
        """Take down that a youth lets some units take part, half a year from a day."""
        with self.acts(name, days) as actor:
            born = youths_by_id([youth_id])[youth_id].born
            is_minor = age_on(born=born, day=self.day(days)) < 18
            given = Given(
                purpose=Purpose.COOPERATION,
                answer=Answer.YES,
                how=GivenHow.SPOKEN,
                bodies=tuple(Body(WHAT, unit_id=each) for each in units_let_in),
                first_day=self.day(days),
                last_day=self.day(days + 180),
                present="Ungdommen og rådgiver",
                guardians=Guardians.TOLD if is_minor else Guardians.NONE,
                language="nb",
            )
            record_release(actor=actor, youth_id=youth_id, given=given)
