"""What a youth agrees to opens just that, to just those, while it holds, and nothing a moment longer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.access.models import AccessGrant
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.services import grants
from fotfeste.access.topics import Ground, Topic
from fotfeste.casework.models import JournalNote, Registration
from fotfeste.consent import selectors as consents
from fotfeste.consent.enums import Answer, GivenHow, Guardians, PartnerKind, Purpose, ReleaseState
from fotfeste.consent.models import Release, ReleaseBody
from fotfeste.consent.services import releases
from fotfeste.consent.services.releases import Body, Given
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid, NotAllowed
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.models import ContactDetail, Youth
from tests import factories as make

pytestmark = pytest.mark.django_db
LAST = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def school():
    return make.unit()


@pytest.fixture
def nav():
    return make.unit(UnitKind.NAV_OFFICE)


@pytest.fixture
def case(school):
    return make.case(school, born=date(2009, 3, 1))


@pytest.fixture
def counsellor(school):
    return make.actor(Role.COUNSELLOR, school)


@pytest.fixture
def adviser(nav):
    return make.actor(Role.NAV_ADVISER, nav)


def chips_seen():
    """Return the chips of whoever's releases the actor sees."""
    releases = Release.objects.order_by("-first_day", "-pk")
    return consents.chips_of(tuple(releases), tuple(ReleaseBody.objects.order_by("pk")), on=make.TODAY)


def given(*units, topics=(Topic.STATUS,), **changes):
    bodies = tuple(Body(frozenset(topics), unit_id=unit.pk) for unit in units)
    said = Given(
        purpose=Purpose.COOPERATION, answer=Answer.YES, how=GivenHow.SPOKEN, bodies=bodies, first_day=make.TODAY,
        last_day=LAST, present="Ungdommen og rådgiver", language="nb",
    )  # fmt: skip
    return replace(said, **changes)


def record(actor, case, what, **more):
    with acting_as(actor, on=make.TODAY):
        return releases.record_release(actor=actor, youth_id=case.youth_id, given=what, **more)


def withdraw(actor, release):
    with acting_as(actor, on=make.TODAY):
        releases.withdraw_release(actor=actor, release_id=release.pk)


def sees(actor, model, on=make.TODAY):
    with acting_as(actor, on=on):
        return model.objects.exists()


@pytest.mark.proves("form-consent", "con-youth", "con-bodies", "con-information", "con-from", "con-to", "con-purpose")
def test_the_service_named_sees_what_was_named_until_the_last_day(case, counsellor, adviser, nav):
    assert not sees(adviser, Youth)
    record(counsellor, case, given(nav))
    assert sees(adviser, Youth)
    assert sees(adviser, Registration)
    assert not sees(adviser, ContactDetail)
    assert not sees(adviser, JournalNote)
    assert sees(adviser, Registration, on=LAST)
    assert not sees(adviser, Youth, on=LAST + timedelta(days=1))
    assert not sees(make.actor(Role.NAV_ADVISER, make.unit(UnitKind.NAV_OFFICE)), Youth)


@pytest.mark.proves("con-withdrawn", "amb-42")
def test_nav_stops_seeing_a_note_the_moment_the_youth_takes_it_back(case, counsellor, adviser, nav):
    # Given that Nav may read the journal
    with acting_as(make.system()):
        JournalNote.objects.create(
            youth=case.youth, text="x", written_on=make.TODAY, written_by_id=counsellor.user_id, recorded_at=clock.now()
        )
    release = record(counsellor, case, given(nav, topics=[Topic.JOURNAL]))
    with acting_as(adviser, on=make.TODAY):
        assert JournalNote.objects.exists()
        # When it is withdrawn while Nav's page is being made
        withdraw(counsellor, release)
        # Then the next statement of that page finds nothing
        assert not JournalNote.objects.exists()
        assert not Youth.objects.exists()
    # And nothing that was written is gone
    assert sees(counsellor, JournalNote)
    with acting_as(counsellor, on=make.TODAY):
        assert consents.state_of(Release.objects.get(), on=make.TODAY) is ReleaseState.WITHDRAWN


@pytest.mark.proves("con-given", "amb-44")
def test_a_no_is_kept_opens_nothing_and_is_not_the_status_of_declining(case, counsellor, adviser, nav):
    release = record(counsellor, case, given(nav, answer=Answer.NO))
    assert not sees(adviser, Youth)
    with acting_as(counsellor, on=make.TODAY):
        assert [chip.state for chip in chips_seen()] == [ReleaseState.REFUSED]
        assert Registration.objects.get().status_code == "OTUK"
    with pytest.raises(IllegalTransition, match="sa nei"):
        withdraw(counsellor, release)


def test_what_one_has_said_yes_to_for_one_is_not_open_to_another(case, counsellor, nav, adviser):
    district = make.unit(UnitKind.DISTRICT)
    bodies = (
        Body(frozenset({Topic.STATUS}), unit_id=nav.pk),
        Body(frozenset({Topic.CONTACT}), unit_id=district.pk),
    )
    with acting_as(make.system()):
        ContactDetail.objects.create(
            youth=case.youth, kind="phone", value="+4799999999", source="x", recorded_at=clock.now()
        )
    record(counsellor, case, replace(given(), bodies=bodies))
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    assert (sees(adviser, Registration), sees(adviser, ContactDetail)) == (True, False)
    assert (sees(contact, Registration), sees(contact, ContactDetail)) == (False, True)


def test_a_renewal_takes_the_place_of_the_old_one(case, counsellor, adviser, nav):
    old = record(counsellor, case, given(nav))
    new = record(counsellor, case, given(nav, topics=[Topic.CONTACT]), renews_id=old.pk)
    assert not sees(adviser, Registration)
    with acting_as(counsellor, on=make.TODAY):
        states = {each.release.pk: each.state for each in consents.releases_of(youth_id=case.youth_id, on=make.TODAY)}
    assert states == {old.pk: ReleaseState.WITHDRAWN, new.pk: ReleaseState.GIVEN}


@pytest.mark.proves("con-age", "con-guardian", "amb-41")
@pytest.mark.parametrize(
    ("born", "topic", "alone"),
    [
        (date(2011, 11, 23), Topic.STATUS, True),  # 15 today
        (date(2011, 11, 24), Topic.STATUS, False),  # 15 tomorrow
        (date(2010, 11, 23), Topic.HEALTH, True),  # 16 today
        (date(2010, 11, 24), Topic.HEALTH, False),
    ],
)
def test_below_the_age_the_guardians_must_agree_as_well(school, counsellor, nav, born, topic, alone):
    case = make.case(school, born=born)
    if not alone:
        with pytest.raises(Invalid, match="foreldreansvaret"):
            record(counsellor, case, given(nav, topics=[topic]))
    guardians = Guardians.TOLD if alone else Guardians.AGREED
    assert record(counsellor, case, given(nav, topics=[topic], guardians=guardians)).guardians == guardians


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"bodies": ()}, "minst én tjeneste"),
        ({"last_day": date(2026, 11, 1)}, "ikke slutte før"),
        ({"first_day": date(2026, 11, 24)}, "fra i dag"),
        ({"present": " "}, "til stede"),
        ({"last_day": date(2028, 1, 1)}, "fornyes"),
        ({"bodies": (Body(frozenset(), partner="ppt"),)}, "hva hver tjeneste"),
        ({"bodies": (Body(frozenset({Topic.AUDIT}), partner="ppt"),)}, "ikke deles"),
    ],
)
def test_what_cannot_be_right_is_told_and_nothing_is_kept(case, counsellor, nav, changes, says):
    with pytest.raises(Invalid, match=says):
        record(counsellor, case, given(nav, **changes))
    assert not sees(counsellor, Release)


def test_a_partner_without_users_here_is_named_and_opens_nothing(case, counsellor):
    record(counsellor, case, given(bodies=(Body(frozenset({Topic.HEALTH}), partner=PartnerKind.CHILD_WELFARE),)))
    with acting_as(counsellor, on=make.TODAY):
        assert [chip.name for chip in chips_seen()] == ["Barneverntjenesten"]
        assert not AccessGrant.objects.exists()


@pytest.mark.proves("con-obtained-by")
def test_others_may_not_take_it_down_or_back(case, counsellor, adviser, nav):
    stranger = make.actor(Role.COUNSELLOR, make.unit())
    with pytest.raises(Invalid, match="ikke tilgang"):
        record(stranger, case, given(nav))
    release = record(counsellor, case, given(nav))
    with pytest.raises(Invalid, match="ikke tilgang"):
        withdraw(stranger, release)
    leader = make.actor(Role.UNIT_LEADER, make.unit())
    with pytest.raises((Invalid, NotAllowed)):
        withdraw(leader, release)


def test_a_service_sees_what_it_has_itself_taken_down_and_not_who_else_is_let_in(case, counsellor, adviser, nav):
    other = make.unit(UnitKind.DISTRICT)
    record(counsellor, case, given(nav))
    record(counsellor, case, given(other))
    assert not sees(adviser, Release)
    own = record(adviser, case, given(nav, topics=[Topic.CONTACT]))
    with acting_as(adviser, on=make.TODAY):
        assert list(Release.objects.values_list("pk", flat=True)) == [own.pk]
        assert ReleaseBody.objects.get().release_id == own.pk


def test_working_the_grants_out_again_from_the_releases_changes_nothing(case, counsellor, nav):
    record(counsellor, case, given(nav, topics=[Topic.STATUS, Topic.PLAN]))
    gone = record(counsellor, case, given(nav, topics=[Topic.CONTACT]))
    withdraw(counsellor, gone)
    with acting_as(make.system(), on=make.TODAY):
        assert grants.reconcile(on=make.TODAY) == (0, 0)
        held = AccessGrant.objects.filter(ground=Ground.RELEASE, closed_at=None).values_list("topic", flat=True)
        assert set(held) == {"identity", "consent", "status", "plan"}


@pytest.mark.proves("rut-rule-consent", "inv-consent")
def test_nobody_is_involved_without_a_release_that_covers_it_or_a_rule_that_opens_it(case, counsellor, nav):
    def cover(unit, topic):
        with acting_as(counsellor, on=make.TODAY):
            return consents.cover_for(
                youth_id=case.youth_id, unit_id=unit.pk, unit_kind=unit.kind, topic=topic, on=make.TODAY
            )

    assert cover(nav, Topic.MEETINGS) is None
    release = record(counsellor, case, given(nav, topics=[Topic.MEETINGS]))
    assert cover(nav, Topic.MEETINGS).release == release
    assert cover(nav, Topic.PLAN) is None
    withdraw(counsellor, release)
    assert cover(nav, Topic.MEETINGS) is None
    district = make.unit(UnitKind.DISTRICT)
    make.grant(case.youth, district, Topic.IDENTITY, ground=Ground.OTUK_LIST)
    assert cover(district, Topic.IDENTITY).rule.id == "share-list-district"


def test_those_that_end_soon_are_told_to_the_unit_that_answers_until_they_are_renewed(case, counsellor, nav, school):
    soon = record(counsellor, case, given(nav, last_day=make.TODAY + timedelta(days=20)))
    record(counsellor, case, given(make.unit(UnitKind.DISTRICT)))
    with acting_as(counsellor, on=make.TODAY):
        assert consents.ending(unit_ids=[school.pk], on=make.TODAY) == [soon]
        releases.record_release(actor=counsellor, youth_id=case.youth_id, given=given(nav), renews_id=soon.pk)
        assert consents.ending(unit_ids=[school.pk], on=make.TODAY) == []
