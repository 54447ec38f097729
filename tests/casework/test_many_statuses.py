"""Several statuses confirmed or set at once: each as if it were alone."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration, StatusConfirmation
from fotfeste.casework.services import consistency, contacts, statuses
from fotfeste.casework.services.status_acts import Correction, Mistake, NewStatus, StillHolds
from fotfeste.casework.services.statuses import Ground
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed, Refused
from tests import factories as make
from tests.at_once.threads import at_once
from tests.casework.written import written_about

SAID = Ground(text="Ungdommen sa det på telefon")
EARLIER = date(2026, 11, 16)
#: status before, and what is wanted
KINDS = (
    ("OTOV", StillHolds()),
    ("OTUK", StillHolds()),
    ("OTOV", NewStatus("OTAR", make.TODAY, SAID)),
    ("OTOV", NewStatus("OTAP", EARLIER, SAID)),
    ("OTUK", NewStatus("OTOV", make.TODAY, Ground())),
    ("OTAR", NewStatus("OTAR", make.TODAY, SAID)),
    ("OTOV", NewStatus("OTAP", make.TODAY + timedelta(days=1), SAID)),
    ("OTOV", NewStatus("OTAP", make.TODAY, Ground())),
    ("OTOV", Correction("OTAR", date(2026, 10, 1), date(2026, 10, 31), "Jobbet i oktober")),
    ("OTOV", Mistake("Feil person")),
)


def _act(actor, wanted):
    with acting_as(actor):
        return statuses.act_on_cases(actor=actor, wanted=wanted)


@pytest.mark.django_db
def test_each_becomes_what_it_would_have_become_alone_with_the_same_rows_and_the_same_log(school, counsellor):
    # Given two of each kind, of which those with unknown activity have been reached
    with clock.frozen(EARLIER):
        pairs = [(make.case(school, status=before), make.case(school, status=before)) for before, _act in KINDS]
        told = {"channel": "call", "result": "answered", "answered_by": "youth"}
        with acting_as(counsellor):
            for case in pairs[4]:
                contacts.register_attempt(actor=counsellor, youth_id=case.youth_id, on=EARLIER, **told)
    # When one of each is done by itself, and the others together
    alone = []
    for (one, _other), (_before, act) in zip(pairs, KINDS, strict=True):
        try:
            _act(counsellor, {one.pk: act}).all_or_none()
        except Refused as refusal:
            alone.append(str(refusal))
    done = _act(counsellor, {other.pk: act for (_one, other), (_before, act) in zip(pairs, KINDS, strict=True)})
    # Then the same has been written, and the same are refused for the same reasons
    assert [written_about(other) for _one, other in pairs] == [written_about(one) for one, _other in pairs]
    assert [why for _pk, why in done.refused()] == alone
    assert len(alone) == 3
    with acting_as(make.system()):
        assert consistency.problems() == []


@pytest.mark.django_db
def test_one_refused_leaves_the_others_confirmed_and_nothing_of_its_own(school, other_school, counsellor, admin):
    # Given one somebody has changed since it was shown, one that has left, one of another school, and two
    changed, gone, first, last = (make.case(school, status="OTOV") for _each in range(4))
    elsewhere = make.case(other_school, status="OTOV")
    with acting_as(admin):
        statuses.confirm_status(actor=admin, registration_id=changed.pk, version=1)
    with acting_as(make.system()):
        Registration.objects.filter(pk=gone.pk).update(last_day=EARLIER)
    shown = dict.fromkeys((first.pk, changed.pk, gone.pk, elsewhere.pk, last.pk), 1)
    before = [written_about(each) for each in (changed, gone, elsewhere)]
    # When all of them are confirmed
    with acting_as(counsellor):
        done = statuses.confirm_statuses(actor=counsellor, versions=shown)
    # Then two are, and of the others it is told why
    assert done.done == [(first.pk, "OTOV"), (last.pk, "OTOV")]
    stops = {pk: type(stop) for pk, stop in done.stopped}
    assert stops == {changed.pk: EditConflict, gone.pk: IllegalTransition, elsewhere.pk: Invalid}
    assert [written_about(each) for each in (changed, gone, elsewhere)] == before
    # And what stands is named to the one who was late
    assert "Nå står det: Status: OTOV" in dict(done.refused())[changed.pk]


@pytest.mark.django_db
def test_each_is_authorised_by_itself(school, district, counsellor):
    case = make.case(school, status="OTOV")
    make.grant(case.youth, district, make.Topic.IDENTITY, make.Topic.STATUS)
    with acting_as(contact := make.actor(Role.DISTRICT_CONTACT, district)):
        [(_pk, stop)] = statuses.confirm_statuses(actor=contact, versions={case.pk: 1}).stopped
    assert isinstance(stop, NotAllowed)
    with acting_as(counsellor):
        assert statuses.confirm_statuses(actor=counsellor, versions={case.pk: 1}).done == [(case.pk, "OTOV")]


@pytest.mark.django_db
def test_ten_take_hardly_more_statements_than_one(school, counsellor):
    asked = []
    for number in (1, 10):
        cases = [make.case(school, status="OTOV") for _each in range(number)]
        with acting_as(counsellor), CaptureQueriesContext(connection) as queries:
            statuses.confirm_statuses(actor=counsellor, versions={each.pk: 1 for each in cases}).all_or_none()
        asked.append(len(queries))
    assert asked[0] <= 30
    assert asked[1] <= asked[0] + 5


@pytest.mark.usefixtures("committed_database")
def test_two_who_confirm_the_same_statuses_at_once_confirm_each_once(school, counsellor, admin):
    cases = [make.case(school, status="OTOV") for _each in range(10)]

    def confirming(actor, chosen):
        def act():
            with acting_as(actor):
                return statuses.confirm_statuses(actor=actor, versions={each.pk: 1 for each in chosen})

        return act

    one, two = at_once(confirming(counsellor, cases), confirming(admin, cases[::-1]))
    assert sorted(pk for pk, _code in [*one.done, *two.done]) == [each.pk for each in cases]
    assert {type(stop) for _pk, stop in [*one.stopped, *two.stopped]} == {EditConflict}
    with acting_as(make.system()):
        assert StatusConfirmation.objects.count() == 10
        assert consistency.problems() == []
