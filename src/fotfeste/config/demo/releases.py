"""What some of the made-up youths have agreed to, so that the demo shows it: given, ending, withdrawn and refused."""

from datetime import date, timedelta

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.consent.enums import Answer, GivenHow, Guardians, PartnerKind, Purpose
from fotfeste.consent.services import releases
from fotfeste.consent.services.releases import Body, Given
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.people.selectors import age_on

# (last day from today, answer, whether it is taken back again)
_STORIES = ((150, Answer.YES, False), (12, Answer.YES, False), (90, Answer.YES, True), (200, Answer.NO, False))
_WHAT = frozenset({Topic.STATUS, Topic.EDUCATION, Topic.PLAN, Topic.MEETINGS})


def ask_youths(*, actor: Actor, on: date, count: int = 8) -> int:
    """Take down what some of the youths of the actor's unit answer; return how many were asked."""
    with acting_as(actor, on=on):
        cases = open_registrations().filter(unit_id=actor.unit_id, district_code__gt="", youth__protection="none")
        ppt = units.unit_with_code(kind=UnitKind.OTHER, code="ppt-oslo")
        partner = Body(_WHAT, unit_id=ppt.pk) if ppt else Body(_WHAT, partner=PartnerKind.PPT)
        asked = list(cases.select_related("youth").order_by("pk")[:count])
        for number, case in enumerate(asked):
            days, answer, is_withdrawn = _STORIES[number % len(_STORIES)]
            age = age_on(born=case.youth.born, day=on)
            office = {d.code: d for d in units.districts(county_id=case.county_id, on=on)}.get(case.district_code)
            bodies = [partner] if number % 3 == 1 else []
            near = (office.unit_id, office.nav_office_id) if office else ()
            bodies += [Body(_WHAT, unit_id=pk) for pk in near if pk]
            given = Given(
                purpose=Purpose.COOPERATION,
                answer=answer,
                how=GivenHow.SPOKEN,
                bodies=tuple(bodies) or (partner,),
                first_day=on - timedelta(days=40),
                last_day=on + timedelta(days=days),
                present="Ungdommen og rådgiver",
                guardians=Guardians.TOLD if 15 < age < 18 else Guardians.AGREED if age < 18 else Guardians.NONE,
                language="nb",
            )
            release = releases.record_release(actor=actor, youth_id=case.youth_id, given=given)
            if is_withdrawn:
                releases.withdraw_release(actor=actor, release_id=release.pk)
    return len(asked)
