"""Several messages used at once: each as if it were alone, and what it takes does not grow with how many they are."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import Feedback, Registration, StatusEvent
from fotfeste.casework.services import consistency, feedback, handling, statuses
from fotfeste.casework.services.handling import Chosen
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.organisations.enums import UnitKind
from tests import factories as make
from tests.at_once.threads import at_once
from tests.casework.written import written_about

OPENED = (Topic.IDENTITY, Topic.STATUS, Topic.LIST_ROW, Topic.FEEDBACK)
#: status before, category, activity, and how it is used
KINDS = (
    ("OTUK", "reached", "", {}),
    ("OTUK", "followed_up", "", {"code": "OTAP"}),
    ("OTUK", "in_activity", "OTAR", {}),
    ("OTAR", "in_activity", "OTAR", {}),
    ("OTAR", "in_activity", "OTLL", {}),
    ("OTUK", "still_unknown", "", {}),
    ("OTOV", "still_unknown", "", {}),
    ("OTUK", "moved", "", {"address_checked": True}),
    ("OTUK", "moved", "", {}),
    ("OTUK", "in_activity", "", {}),
    ("OTOV", "wrong", "", {}),
)


@pytest.fixture
def contact(district):
    return make.actor(Role.DISTRICT_CONTACT, district)


@pytest.fixture
def report(district, contact):
    """Let the district report of a case."""

    def send(case: Registration, category: str = "reached", activity: str = "", *, by=contact, at=district) -> Feedback:
        make.grant(case.youth, at, *OPENED)
        told = {"category": category, "activity_code": activity, "on": date(2026, 11, 15)}
        with acting_as(by):
            return feedback.send_feedback(actor=by, youth_id=case.youth_id, **told)

    return send


def _use(actor, chosen):
    with acting_as(actor):
        return handling.accept_all(actor=actor, chosen=chosen)


def _seen(*messages: Feedback) -> dict[int, Chosen]:
    return {each.pk: Chosen(each.version) for each in messages}


@pytest.mark.django_db
def test_each_becomes_what_it_would_have_become_alone_with_the_same_rows_and_the_same_log(school, admin, report):
    # Given two of each kind
    cases = [(make.case(school, status=before), make.case(school, status=before)) for before, *_rest in KINDS]
    sent = [
        [report(case, category, activity) for case in pair]
        for pair, (_before, category, activity, _how) in zip(cases, KINDS, strict=True)
    ]
    how = [each[-1] for each in KINDS]
    # When one of each is used by itself, and the others together
    alone = {}
    for (one, _other), given in zip(sent, how, strict=True):
        with acting_as(admin):
            try:
                handling.accept_feedback(actor=admin, feedback_id=one.pk, version=one.version, **given)
            except Invalid as refusal:
                alone[one.youth_id] = str(refusal)
    used = _use(
        admin, {other.pk: Chosen(other.version, **given) for (_one, other), given in zip(sent, how, strict=True)}
    )
    # Then the same has been written, and the same two are refused for the same reason
    assert [written_about(other) for _one, other in cases] == [written_about(one) for one, _other in cases]
    assert [why for _pk, why in used.refused()] == list(alone.values())
    assert [verb for verb, *_rest in written_about(cases[0][1])["log"]][-2:] == ["status.set", "feedback.accepted"]
    assert len(alone) == 2
    with acting_as(make.system()):
        assert consistency.problems() == []


@pytest.mark.django_db
def test_one_refused_leaves_the_others_done_and_nothing_of_its_own(school, admin, report):
    # Given one that somebody has handled since it was shown, one that names no activity, one whose youth has left, and two
    cases = [make.case(school) for _each in range(5)]
    handled, unclear, gone, first, last = [
        report(case, *(("in_activity", "") if number == 1 else ("reached", ""))) for number, case in enumerate(cases)
    ]
    with acting_as(admin):
        handling.return_feedback(actor=admin, feedback_id=handled.pk, question="Når?", version=handled.version)
    with acting_as(make.system()):
        Registration.objects.filter(pk=cases[2].pk).update(last_day=date(2026, 11, 20))
    before = [written_about(case) for case in cases[:3]]
    # When all of them are chosen, and one that is not there
    used = _use(admin, _seen(first, handled, unclear, gone, last) | {999_999: Chosen(1)})
    # Then two are used
    assert [pk for pk, _message in used.done] == [first.pk, last.pk]
    assert {each.state for _pk, each in used.done} == {"accepted"}
    assert [written_about(case)["case"][0] for case in cases[3:]] == ["OTOV", "OTOV"]
    # And of the others it is told why, and nothing is written
    stops = {pk: type(stop) for pk, stop in used.stopped}
    assert stops == {handled.pk: EditConflict, unclear.pk: Invalid, gone.pk: IllegalTransition, 999_999: Invalid}
    assert [written_about(case) for case in cases[:3]] == before
    assert "Nå står det: Tilstand: Sendt tilbake" in dict(used.refused())[handled.pk]


@pytest.mark.django_db
def test_each_is_authorised_by_itself(school, counsellor, admin, report):
    """A counsellor handles none, and neither does the administration of another county."""
    message = report(make.case(school))
    make.county(46, "Vestland")
    elsewhere = make.actor(Role.EDUCATION_ADMIN, make.education_admin(46))
    [(_pk, refused)] = _use(counsellor, _seen(message)).stopped
    [(_pk, not_there)] = _use(elsewhere, _seen(message)).stopped
    assert (type(refused), type(not_there)) == (NotAllowed, Invalid)
    assert [pk for pk, _message in _use(admin, _seen(message)).done] == [message.pk]


@pytest.mark.django_db
def test_of_two_about_one_youth_the_later_sees_what_the_earlier_led_to(school, admin, report):
    # Given a youth whom two bodies have reported of, and another
    case, other = make.case(school), make.case(school)
    second = make.unit(UnitKind.DISTRICT, name="Bydel To", code="039902")
    by = make.actor(Role.DISTRICT_CONTACT, second)
    first, between, later = report(case), report(other), report(case, "in_activity", "OTAP", by=by, at=second)
    # When all three are used together
    used = _use(admin, _seen(first, between, later))
    # Then the later one takes the place of the earlier one's status, and all are used
    assert {pk for pk, _message in used.done} == {first.pk, between.pk, later.pk}
    with acting_as(admin):
        rows = StatusEvent.objects.filter(youth_id=case.youth_id).order_by("pk")
        assert [(each.code, each.feedback_id, each.superseded_at is None) for each in rows] == [
            ("OTUK", None, False),
            ("OTUK", None, True),
            ("OTOV", first.pk, False),
            ("OTAP", later.pk, True),
        ]
        assert Registration.objects.get(pk=case.pk).version == case.version + 2


@pytest.mark.django_db
def test_ten_take_hardly_more_statements_than_one(school, admin, report):
    asked = []
    for number in (1, 10):
        messages = [
            report(make.case(school), *(("in_activity", "OTAR"), ("reached", ""))[n % 2]) for n in range(number)
        ]
        with acting_as(admin), CaptureQueriesContext(connection) as queries:
            assert len(handling.accept_all(actor=admin, chosen=_seen(*messages)).done) == number
        asked.append(len(queries))
    assert asked[0] <= 55
    assert asked[1] <= asked[0] + 10


@pytest.mark.usefixtures("committed_database")
def test_two_who_use_the_same_messages_at_once_use_each_once_and_wait_for_nobody_for_ever(school, admin, report):
    # Given ten messages
    second = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    messages = [report(make.case(school)) for _each in range(10)]

    # When two use them at the same moment, from either end, while a school confirms the statuses
    def using(actor, chosen):
        return lambda: _use(actor, chosen)

    def confirming():
        with acting_as(admin):
            versions = dict.fromkeys(Registration.objects.order_by("-pk").values_list("pk", flat=True))
            return statuses.confirm_statuses(actor=admin, versions=versions)

    one, two, three = at_once(using(admin, _seen(*messages)), using(second, _seen(*reversed(messages))), confirming)
    # Then each is used once, and the other is told
    assert sorted(pk for pk, _message in [*one.done, *two.done]) == sorted(each.pk for each in messages)
    assert {type(stop) for _pk, stop in [*one.stopped, *two.stopped]} == {EditConflict}
    assert len(three.done) == 10
    with acting_as(make.system()):
        assert StatusEvent.objects.filter(superseded_at=None, last_day=None, code="OTOV").count() == 10
        assert consistency.problems() == []
