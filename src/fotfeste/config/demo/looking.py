"""What the demo's users looked at last week, so that the log and the privacy officer have something to look at."""

from datetime import date, datetime, time, timedelta

from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.audit import services as audit
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.config.demo.users import demo_actors
from fotfeste.kernel import clock
from fotfeste.oversight.flag_rules import flag_rules
from fotfeste.oversight.services import flags

PERSON = "casework:person"


def look_around(*, county_id: int, on: date) -> None:
    """Let a coordinator open many, and a counsellor look at night; then look the week over, as each Monday does."""
    week = flags.week_before(on)
    rules = flag_rules(on=week)
    for actor in demo_actors(role=Role.EDUCATION_ADMIN, on=on):
        _open(actor, datetime.combine(week, time(10, 5), tzinfo=clock.OSLO), rules.outside_persons + 4)
    for actor in demo_actors(role=Role.COUNSELLOR, on=on)[:1]:
        _open(actor, datetime.combine(week + timedelta(days=1), time(9, 12), tzinfo=clock.OSLO), 6)
        _open(actor, datetime.combine(week + timedelta(days=2), time(rules.night_from, 40), tzinfo=clock.OSLO), 7)
    with acting_as(system_actor("overseer", county_ids=(county_id,)), on=on) as overseer:
        flags.flag_week(actor=overseer, week=week)


def _open(actor: Actor, at: datetime, count: int) -> None:
    """Open some of those the actor sees, a few minutes apart."""
    with acting_as(actor):
        seen = list(open_registrations().order_by("pk").values_list("youth_id", flat=True)[:count])
        for number, youth_id in enumerate(seen):
            with clock.frozen(at + timedelta(minutes=3 * number)):
                audit.record_read(by=actor.user_id, about=youth_id, screen=PERSON)
