"""Who sets a status, from when, and what is kept of what it was."""

from datetime import date, datetime

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import Basis
from fotfeste.casework.models import MembershipDecision, Registration, StatusConfirmation, StatusEvent
from fotfeste.casework.services import statuses
from fotfeste.casework.services.statuses import Ground
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.organisations.enums import UnitKind
from tests import factories as make

pytestmark = pytest.mark.django_db
SAID = Ground(text="Ungdommen sa det på telefon")


def _set(actor, case, code, *, on=make.TODAY, version=None, ground=SAID):
    with acting_as(actor):
        return statuses.set_status(
            actor=actor, registration_id=case.pk, code=code, on=on, ground=ground, version=version
        )


def _known(case, *, at=None):
    """The statuses as (code, first day, last day), as known at a moment or now."""
    with acting_as(make.system()):
        rows = StatusEvent.objects.filter(registration=case).order_by("first_day")
        if at is None:
            rows = rows.filter(superseded_at=None)
        else:
            rows = rows.filter(recorded_at__lte=at).exclude(superseded_at__lte=at)
        return [(row.code, row.first_day, row.last_day) for row in rows]


@pytest.fixture
def followed(school):
    """A case under follow-up since 12 September."""
    return make.case(school, status="OTOV", recorded_at=datetime(2026, 9, 12, 9, tzinfo=clock.OSLO))


@pytest.mark.proves("rule-status-history")
def test_a_new_status_begins_where_the_old_one_ends_and_nothing_is_overwritten(counsellor, followed):
    # When a status is set from 1 November
    before = datetime(2026, 11, 22, tzinfo=clock.OSLO)
    _set(counsellor, followed, "OTAR", on=date(2026, 11, 1))
    # Then the days are shared without a gap
    assert _known(followed) == [
        ("OTOV", date(2026, 9, 12), date(2026, 10, 31)),
        ("OTAR", date(2026, 11, 1), None),
    ]
    # And what was known yesterday can still be asked for
    assert _known(followed, at=before) == [("OTOV", date(2026, 9, 12), None)]


def test_a_status_from_the_same_day_replaces_the_old_one_wholly(counsellor, followed):
    _set(counsellor, followed, "OTAR", on=date(2026, 9, 12))
    assert _known(followed) == [("OTAR", date(2026, 9, 12), None)]


def test_the_case_shows_the_new_status_and_since_when(counsellor, followed):
    _set(counsellor, followed, "OTAR", on=date(2026, 11, 1))
    with acting_as(counsellor):
        shown = Registration.objects.get(pk=followed.pk)
    assert (shown.status_code, shown.status_since, shown.unknown_since, shown.version) == (
        "OTAR",
        date(2026, 11, 1),
        None,
        2,
    )


@pytest.mark.proves("rule-school-registers", "amb-57")
def test_the_responsible_school_and_the_administration_set_status(counsellor, admin, followed):
    assert _set(counsellor, followed, "OTAR").code == "OTAR"
    assert _set(admin, followed, "OTAP").code == "OTAP"


@pytest.mark.proves("rule-district-reports-only", "amb-57")
def test_a_district_is_told_to_report_instead(district, followed):
    make.grant(followed.youth, district, Topic.IDENTITY, Topic.STATUS)
    with pytest.raises(NotAllowed, match=r"melder fra til utdanningsadministrasjonen.*Send tilbakemelding"):
        _set(make.actor(Role.DISTRICT_CONTACT, district), followed, "OTAR")


@pytest.mark.proves("rule-nav-answers-only")
def test_nav_sets_no_status_and_does_not_even_see_the_case(followed):
    office = make.unit(UnitKind.NAV_OFFICE, name="Nav Prøve")
    make.grant(followed.youth, office, Topic.IDENTITY, Topic.LIST_ROW)
    with pytest.raises(Invalid, match="har ikke tilgang"):
        _set(make.actor(Role.NAV_RESPONSIBLE, office), followed, "OTAR")


def test_a_counsellor_at_another_school_cannot_set_it(other_school, followed):
    with pytest.raises(Invalid, match="har ikke tilgang"):
        _set(make.actor(Role.COUNSELLOR, other_school), followed, "OTAR")


def test_the_schools_leader_cannot_set_it(school, followed):
    with pytest.raises(NotAllowed):
        _set(make.actor(Role.UNIT_LEADER, school), followed, "OTAR")


def test_the_loser_of_a_race_sees_both_versions(counsellor, admin, followed):
    _set(admin, followed, "OTAP", version=1)
    with pytest.raises(EditConflict) as conflict:
        _set(counsellor, followed, "OTAR", version=1)
    assert "OTAP" in conflict.value.theirs["Status"]
    assert "OTAR" in conflict.value.yours["Status"]
    assert _known(followed)[-1][0] == "OTAP"


@pytest.mark.parametrize(
    ("code", "on", "sentence"),
    [
        ("OTHL", make.TODAY, "finnes ikke i kodeverket"),
        ("XYZ", make.TODAY, "finnes ikke i kodeverket"),
        ("Feil", make.TODAY, "Registrert ved feil"),
        ("OTAR", date(2026, 11, 24), "fram i tid"),
        ("OTAR", date(2026, 9, 1), "ble tilmeldt"),
    ],
)
def test_an_impossible_status_is_refused_with_the_reason(counsellor, followed, code, on, sentence):
    with pytest.raises(Invalid, match=sentence):
        _set(counsellor, followed, code, on=on)


def test_the_same_status_again_is_to_be_confirmed_instead(counsellor, followed):
    with pytest.raises(IllegalTransition, match="Bekreft den"):
        _set(counsellor, followed, "OTOV")


def test_a_status_before_the_present_one_is_a_correction(counsellor, followed):
    _set(counsellor, followed, "OTAR", on=date(2026, 11, 1))
    with pytest.raises(Invalid, match="rett historikken"):
        _set(counsellor, followed, "OTAP", on=date(2026, 10, 1))


@pytest.mark.proves("rule-school-registers")
def test_how_it_was_clarified_must_be_said(counsellor, followed):
    with pytest.raises(Invalid, match="hvordan det ble avklart"):
        _set(counsellor, followed, "OTAR", ground=Ground())


@pytest.mark.proves("rule-count-group-4-5-6-out")
def test_the_twin_follows_from_membership_and_not_from_the_user(counsellor, school):
    # Given one the Act covers and one who has completed and is covered no more
    member = make.case(school, status="OTOV")
    completed = make.case(school, status="OTOV", has_completed=True)
    # When the counsellor says of both that they work
    # Then the reported codes differ, whichever twin was picked
    assert _set(counsellor, member, "OTAR").code == "OTAR"
    assert _set(counsellor, completed, "OTAR").code == "OTAR_IM"


def test_what_the_law_says_of_membership_is_kept_with_its_reasons(counsellor, followed):
    _set(counsellor, followed, "OTAR")
    with acting_as(counsellor):
        decision = MembershipDecision.objects.get(is_current=True)
    assert decision.statutory == "in_ot"
    assert decision.explanation.body["statutory"]["reasons"]
    said = str(decision.explanation.body)
    assert not [personal for personal in ("05-14", "14.5", followed.youth.last_name) if personal in said]


@pytest.mark.proves("rule-status-history")
def test_a_correction_changes_the_period_and_leaves_the_rest(counsellor, followed):
    _set(counsellor, followed, "OTAR", on=date(2026, 11, 1))
    with acting_as(counsellor):
        statuses.correct_status(
            actor=counsellor, registration_id=followed.pk, code="OTBA", first_day=date(2026, 10, 10),
            last_day=date(2026, 10, 20), reason="Var hjemme med barn", version=2,
        )  # fmt: skip
    assert _known(followed) == [
        ("OTOV", date(2026, 9, 12), date(2026, 10, 9)),
        ("OTBA", date(2026, 10, 10), date(2026, 10, 20)),
        ("OTOV", date(2026, 10, 21), date(2026, 10, 31)),
        ("OTAR", date(2026, 11, 1), None),
    ]


def test_a_correction_says_why(counsellor, followed):
    with acting_as(counsellor), pytest.raises(Invalid, match="hva som var galt"):
        statuses.correct_status(
            actor=counsellor, registration_id=followed.pk, code="OTBA", first_day=date(2026, 10, 10), last_day=None,
            reason=" ", version=None,
        )  # fmt: skip


@pytest.mark.proves("rule-reconfirm")
def test_a_confirmed_status_stands_until_the_deadline_after_the_next(counsellor, followed):
    # Given a status from September, not confirmed since
    with acting_as(counsellor):
        before = Registration.objects.get(pk=followed.pk)
        # When it is confirmed on 23 November
        statuses.confirm_status(actor=counsellor, registration_id=followed.pk, version=1)
        after = Registration.objects.get(pk=followed.pk)
    # Then it holds through 10 February and must be confirmed by 9 April
    assert (before.status_confirmed_on, after.status_confirmed_on) == (date(2026, 9, 12), make.TODAY)
    assert after.status_confirm_by == date(2027, 4, 9)
    assert after.status_since == date(2026, 9, 12)


def test_setting_a_status_from_an_earlier_day_confirms_it_today(counsellor, followed):
    _set(counsellor, followed, "OTAR", on=date(2026, 10, 1))
    with acting_as(counsellor):
        assert StatusConfirmation.objects.get().confirmed_on == make.TODAY
        assert Registration.objects.get(pk=followed.pk).status_confirmed_on == make.TODAY


def test_a_status_confirmed_by_somebody_else_meanwhile_is_a_conflict(counsellor, admin, followed):
    with acting_as(admin):
        statuses.confirm_status(actor=admin, registration_id=followed.pk, version=1)
    with acting_as(counsellor), pytest.raises(EditConflict):
        statuses.confirm_status(actor=counsellor, registration_id=followed.pk, version=1)


def test_a_status_in_the_old_list_is_taken_from_the_list_of_its_day(school):
    with clock.frozen(date(2011, 6, 1)):
        old = make.case(school, status="OTOV", since=date(2011, 1, 10), born=date(1994, 5, 14))
        event = _set(make.system(), old, "OTHL", on=date(2011, 5, 1))
    assert (event.code, event.code_list) == ("OTHL", "2011")


def test_the_basis_says_what_the_status_rests_on(admin, followed):
    ground = Ground(basis=Basis.REGISTER, register_fact="contract")
    assert _set(admin, followed, "OTLL", ground=ground).basis == Basis.REGISTER
