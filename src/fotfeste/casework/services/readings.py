"""
Reading what the documents leave open otherwise in a county, from a day on.

First a plan: everything is done, counted and undone, so that it cannot say one thing and the choice do another. All
are judged by the present readings before, so that the plan tells only what the new one changes. What was chosen before
is kept with its days; cases are judged by the reading of the day.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.services.rerun import Rerun, rerun_county
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.kernel.reading_words import reading_value
from fotfeste.law.readings import Reading, all_readings
from fotfeste.organisations.selectors.readings import lines_of
from fotfeste.organisations.services import readings as kept

# What is read anew when it is asked for, and judges nobody by itself.
_JUDGES_NOBODY = frozenset(
    {"amb-41", "amb-42", "amb-48", "amb-50", "amb-54", "amb-55", "amb-57", "rule-keep-case", "rule-keep-reach"}
    | {"rule-wheel-leader", "rule-wheel-admin", "rule-wheel-digest"}
)
AHEAD = timedelta(days=366)
MOST_DAYS = 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """Another reading, as somebody wants it."""

    reading: str
    value: str
    first_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """
    What a choice would change.

    :ivar rerun: for whom; None when nobody is judged by it now.
    :ivar version: of what the county had chosen when the plan was made.
    :ivar anyway: for whom something changes whatever is chosen, since they were judged earlier; None with ``rerun``.
    """

    choice: Choice
    rerun: Rerun | None
    version: int
    anyway: Rerun | None = None

    @property
    def digest(self) -> str:
        """Tells two plans apart."""
        return hashlib.sha256(repr((self.choice, self.rerun, self.version, self.anyway)).encode()).hexdigest()


class _Undo(Exception):
    """Leave the transaction without keeping anything."""


def plan_reading(*, actor: Actor, county_id: int, choice: Choice) -> ReadingPlan:
    """
    Return what a choice would change. Nothing is kept.

    :raises NotAllowed: only the county's coordination may choose.
    :raises Invalid: there is no such reading or value, the day cannot be chosen, or no reason is given.
    """
    policies.may_choose_reading(actor=actor, county_id=county_id).require()
    _check(county_id, choice)
    done: list[ReadingPlan] = []
    version = version_of(county_id=county_id, reading=choice.reading)
    try:
        with transaction.atomic():
            done.append(_choose(actor, county_id, choice, version))
            raise _Undo
    except _Undo:
        return done[0]


@transaction.atomic
def choose_reading(*, actor: Actor, county_id: int, choice: Choice, version: int, digest: str) -> ReadingPlan:
    """
    Let a county read something otherwise from a day on, and let everybody it concerns be judged by it.

    :param version: of what the county had chosen when the user was shown the plan, and ``digest`` of the plan.
    :raises NotAllowed: only the county's coordination may choose.
    :raises EditConflict: somebody has chosen in between, or it would change others than was shown.
    :raises Invalid: there is no such reading or value, the day cannot be chosen, or no reason is given.
    """
    policies.may_choose_reading(actor=actor, county_id=county_id).require()
    kept.wait_for_readings(county_id=county_id)
    found = version_of(county_id=county_id, reading=choice.reading)
    reading = _reading(choice.reading)
    if found != version:
        raise EditConflict(
            _("Noen har valgt lesemåte mens du holdt på. Ingenting er lagret. Se hva som gjelder, og prøv igjen."),
            theirs=_told(reading, lines_of(county_id=county_id, reading=reading.id)[0]),
            yours=_told(reading, choice),
        )
    _check(county_id, choice)
    plan = _choose(actor, county_id, choice, version)
    if plan.digest != digest:
        changed = plan.rerun.changed if plan.rerun else 0
        raise EditConflict(
            _("Det er kommet nye opplysninger siden du så planen, og den gjelder andre nå. Ingenting er lagret."),
            theirs={_("Får annen målgruppe eller enhet"): formats.number(changed)},
            yours=_told(reading, choice),
        )
    return plan


def version_of(*, county_id: int, reading: str) -> int:
    """Return what tells whether somebody has chosen since."""
    return max((line.pk for line in lines_of(county_id=county_id, reading=reading)), default=0)


def _choose(actor: Actor, county_id: int, choice: Choice, version: int) -> ReadingPlan:
    today = clock.today()
    judges = choice.first_day <= today and choice.reading not in _JUDGES_NOBODY
    asked = {"asked_by": actor.user_id}
    before = {"why": "before_reading", **asked}
    anyway = rerun_county(county_id=county_id, on=today, details=before) if judges else None
    kept.add_reading(
        actor=actor,
        county_id=county_id,
        reading=choice.reading,
        value=choice.value,
        first_day=choice.first_day,
        reason=choice.reason,
    )
    details = {"reading": choice.reading, "value": choice.value, "from": choice.first_day.isoformat()}
    audit.record("reading.chosen", by=actor.user_id, county=county_id, details=details)
    if not judges:
        return ReadingPlan(choice, None, version)
    rerun = rerun_county(county_id=county_id, on=today, details={"reading": choice.reading, **asked})
    return ReadingPlan(choice, rerun, version, anyway)


def _check(county_id: int, choice: Choice) -> None:
    reading = _reading(choice.reading)
    if choice.value.partition(":")[0] not in reading.offered or not reading.accepts(choice.value):
        raise Invalid(_("Velg en av lesemåtene på listen."))
    days = choice.value.partition(":")[2]
    if days and int(days) > MOST_DAYS:
        raise Invalid(_("Velg høyst %(days)s dager.") % {"days": MOST_DAYS})
    if reading.is_fixed:
        raise Invalid(_("Denne lesemåten er fast."))
    if not choice.reason.strip():
        raise Invalid(_("Skriv hvorfor fylket velger dette."))
    if not reading.lines[0].first_day <= choice.first_day <= clock.today() + AHEAD:
        raise Invalid(_("Velg en dag fra 1. august 2010 og høyst et år fram i tid."))
    lines = [line for line in lines_of(county_id=county_id, reading=reading.id) if line.superseded_at is None]
    if lines and choice.first_day < lines[0].first_day:
        day = formats.short_day(lines[0].first_day)
        raise Invalid(_("Fylket har valgt fra {day}. Velg den dagen eller en senere.").format(day=day))
    in_force = lines[0].value if lines else reading.proposed_on(choice.first_day)
    if choice.value == in_force:
        raise Invalid(_("Fylket leser det slik allerede."))


def _reading(reading_id: str) -> Reading:
    found = all_readings().get(reading_id)
    if found is None:
        raise Invalid(_("Lesemåten finnes ikke."))
    return found


def _told(reading: Reading, line: "Choice | kept.CountyReading") -> dict[str, str]:
    return {
        _("Leses som"): reading_value(reading, line.value),
        _("Fra og med"): formats.short_day(line.first_day),
        _("Begrunnelse"): line.reason,
    }
