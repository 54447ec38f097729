"""Reading something otherwise in Oslo, step by step: what is chosen, the plan, the choice, and how a case then stands."""

from datetime import timedelta

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import MembershipDecision
from fotfeste.casework.services import readings
from fotfeste.casework.services.readings import Choice
from fotfeste.casework.services.rerun import rerun_county
from fotfeste.people.models import Youth
from tests import factories as make

TODAY = make.TODAY
TOMORROW = TODAY + timedelta(days=1)


def chosen(reading="amb-08", value="work_is_outside", first_day=TODAY, reason="Vedtatt i fylket") -> Choice:
    return Choice(reading, value, first_day, reason)


def plan(actor, choice):
    with acting_as(actor):
        return readings.plan_reading(actor=actor, county_id=make.OSLO, choice=choice)


def choose(actor, choice):
    """Choose by a plan just made."""
    shown = plan(actor, choice)
    with acting_as(actor):
        return readings.choose_reading(
            actor=actor, county_id=make.OSLO, choice=choice, version=shown.version, digest=shown.digest
        )


def settle(on=TODAY) -> None:
    """Let everybody be judged by the readings as they are."""
    rerun_county(county_id=make.OSLO, on=on, details={})


def membership(case) -> str:
    with acting_as(make.system()):
        return MembershipDecision.objects.get(youth_id=case.youth_id, is_current=True).statutory


def unit_of(case) -> int:
    with acting_as(make.system()):
        return Youth.objects.get(pk=case.youth_id).unit_id
