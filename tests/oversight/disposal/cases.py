"""Youths whose records are due, and what is done with them."""

from datetime import date

from django.db.models import Q

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.casework.models import Registration
from fotfeste.kernel import clock
from fotfeste.organisations.services.readings import add_reading
from fotfeste.oversight.about_person import models_about_person, ways_to_youth
from fotfeste.oversight.models import LegalHold
from fotfeste.oversight.services import disposals as services
from fotfeste.people.models import ContactDetail, Youth
from tests import factories as make

LEFT = date(2019, 6, 30)


def choose(reading, value, county_id=make.OSLO):
    make.county(county_id)
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin(county_id))
    with acting_as(admin):
        add_reading(
            actor=admin, county_id=county_id, reading=reading, value=value, first_day=date(2020, 1, 1), reason="vedtak"
        )


def former(school, *, born=date(1994, 3, 4), **youth_fields):
    """Make somebody whose service ended by age, with a registration that ended long ago."""
    registration = make.case(school, born=born, since=date(2018, 9, 1), **youth_fields)
    with acting_as(make.system(school.county_id)):
        Registration.objects.filter(pk=registration.pk).update(last_day=LEFT, end_reason="moved")
    return registration.youth


def plan_now(on=make.TODAY):
    return {each.kind.id: each for each in services.plan_disposal(county_id=make.OSLO, on=on)}


def make_proposal(actor, kind="case"):
    digest = plan_now()[kind].digest
    with acting_as(actor):
        return services.propose_disposal(actor=actor, county_id=make.OSLO, kind=kind, digest=digest)


def approve(actor, proposal):
    with acting_as(actor):
        return services.approve_disposal(actor=actor, disposal_id=proposal.pk)


def rows_about(*youth_ids) -> dict[str, int]:
    """Return how many rows there are about the youths, of each model that has some."""
    counted = {}
    with acting_as(system_actor("overseer", county_ids=(make.OSLO,))):
        for model in models_about_person():
            condition = Q()
            for way in ways_to_youth(model):
                condition |= Q(**{way: list(youth_ids)})
            if count := model._default_manager.filter(condition).count():
                counted[model._meta.label] = count
    return counted


def told_to_go(youth):
    with acting_as(make.system()):
        ContactDetail.objects.create(
            youth=youth, kind="phone", value="99887766", source="prøve", recorded_at=clock.now()
        )


def ids_of_twin():
    with acting_as(make.system()):
        return list(Youth.objects.filter(first_name="Kanarifugl").order_by("-pk").values_list("pk", flat=True)[:1])


def hold(youth, last_day=None):
    with acting_as(system_actor("overseer", county_ids=(make.OSLO,))) as overseer:
        return LegalHold.objects.create(
            youth=youth,
            reason="Klagen er ikke avgjort",
            first_day=make.TODAY,
            last_day=last_day,
            placed_by_id=overseer.user_id,
            placed_at=clock.now(),
        )
