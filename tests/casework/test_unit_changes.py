"""A county's file of units changes where a school lies or whether it answers: those whose school it was follow."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.jobs import judge_counties
from fotfeste.casework.models import Responsibility
from fotfeste.casework.selectors.decisions import decisions_for
from fotfeste.casework.services import consistency, registrations, responsibility
from fotfeste.casework.services.rerun import rerun_county
from fotfeste.kernel import clock
from fotfeste.kernel.opaque import encode
from fotfeste.organisations.models import UnitFile
from fotfeste.organisations.unit_columns import COLUMNS
from fotfeste.people.models import Address, Enrolment, Youth
from fotfeste.people.services import addresses
from fotfeste.people.services.addresses import Place
from tests import factories as make

pytestmark = pytest.mark.django_db

DESK = "/enheter/fil/"


@pytest.fixture
def near():
    """The school nearest to the institution, at sea and so far from those the product brings."""
    return make.unit(
        name="Nær skole", latitude=58.02, longitude=7.0, org_number="", vigo_number="03901", takes_responsibility=True
    )


@pytest.fixture
def far():
    return make.unit(
        name="Fjern skole", latitude=58.09, longitude=7.0, org_number="", vigo_number="03902", takes_responsibility=True
    )


@pytest.fixture
def placed(admin, near, far):
    """One placed by child welfare, for whom the nearest school answers."""
    youth = make.youth(make.education_admin())
    with acting_as(make.system()):
        addresses.set_address(
            actor=make.system(), youth_id=youth.pk, kind="institution", first_day=date(2026, 9, 1), source="test",
            seen_id=None, place=Place(municipality="0301", latitude=58.01, longitude=7.0),
        )  # fmt: skip
    with acting_as(admin):
        registrations.open_registration(
            actor=admin, youth_id=youth.pk, reason="other", first_day=date(2026, 11, 1), source="test"
        )
    assert answering(youth) == near.pk
    return youth


def answering(youth) -> int:
    with acting_as(make.system()):
        return Responsibility.objects.get(youth_id=youth.pk, last_day=None).holder_id


@pytest.fixture
def desk(admin, browser_of):
    """Return a function that brings a file saying something else about one unit, and returns the page with its plan."""
    browser = browser_of(admin)

    def bring(unit, **said):
        text = browser.get(f"{DESK}last-ned/").content.decode("utf-8-sig")
        (row,) = [each for each in csv.DictReader(StringIO(text), delimiter=";") if each["navn"] == unit.name]
        made = StringIO(newline="")
        writer = csv.DictWriter(made, COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerow(row | said)
        file = BytesIO(made.getvalue().encode())
        file.name = "enheter.csv"
        return browser.post(DESK, {"file": file}, follow=True)

    bring.use = lambda page: browser.post(
        f"{DESK}{encode(UnitFile.objects.latest('pk').pk)}/ta-i-bruk/",
        {"version": page.context["plan"].digest},
        follow=True,
    )
    return bring


def shown(page) -> str:
    return page.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"breddegrad": "58,9"}, id="it lies elsewhere"),
        pytest.param({"tar_ansvar": "nei"}, id="it answers for nobody any more"),
        pytest.param({"stengt_fra": "23.11.2026"}, id="it has closed"),
    ],
)
def test_the_plan_tells_how_many_get_another_unit_and_use_moves_them(desk, placed, near, far, said):
    page = desk(near, **said)
    assert "1 ungdom av 1 i fylket får en annen enhet." in shown(page)
    assert page.context["followed"]["moves"] == [("Nær skole", "Fjern skole", 1)]
    assert answering(placed) == near.pk, "nothing is changed by looking at the plan"
    assert "1 ungdom fikk en annen enhet." in shown(desk.use(page))
    assert answering(placed) == far.pk
    assert consistency.problems() == []
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        logged = AuditEntry.objects.filter(youth_id=placed.pk, details__why="units")
        assert [entry.county_id for entry in logged] == [make.OSLO]
        assert AuditEntry.objects.get(verb="units.applied").details["moved"] == 1


def test_no_file_tries_out_where_a_shielded_youth_is_since_the_plan_says_the_same_wherever_it_is(
    desk, placed, near, far
):
    with acting_as(make.system()):
        Youth.objects.filter(pk=placed.pk).update(protection="shielded")
    moving, staying = desk(near, breddegrad="58,9"), desk(near, breddegrad="58,015")
    for page in (moving, staying):
        assert page.context["followed"]["moves"] == []
        assert "Ingen ungdommer får en annen enhet." in shown(page)
        assert "De som er skjermet, er ikke talt med her." in shown(page)
        assert "Fjern skole" not in shown(page)
    used = desk.use(desk(near, breddegrad="58,9"))
    # Where the youth lives decides nothing: a person places those who are protected
    assert answering(placed) == make.education_admin().pk
    assert "1 ungdom fikk" not in shown(used)


def test_nobody_is_judged_anew_whose_answer_rests_on_none_of_the_units(desk, placed, near, far):
    # Given two who have moved since they were judged, of whom one is placed by the unit that changes
    stranger = make.case(make.education_admin(), last_name="Utenforstående")
    rerun_county(county_id=make.OSLO, on=make.TODAY, details={})
    with acting_as(make.system()):
        Youth.objects.filter(pk=stranger.youth_id).update(born=date(1990, 1, 1))
    # When the school moves
    page = desk(near, breddegrad="58,9")
    # Then it is told of how many in the county, and only the one is judged
    assert "1 ungdom av 2 i fylket får en annen enhet." in shown(page)
    assert page.context["plan"].followed.anyway == 0
    desk.use(page)
    assert answering(placed) == far.pk
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        logged = AuditEntry.objects.filter(verb="rules.changed", details__has_key="why")
        assert {entry.youth_id for entry in logged} == {placed.pk}


def test_whoever_was_placed_by_hand_stays(desk, placed, near, admin):
    with acting_as(admin):
        responsibility.assign(actor=admin, youth_id=placed.pk, holder_id=near.pk, reason="Avtalt", version=None)
    page = desk(near, tar_ansvar="nei")
    assert "Ingen ungdommer får en annen enhet." in shown(page)
    desk.use(page)
    assert answering(placed) == near.pk


def test_those_a_unit_answered_for_leave_it_by_themselves_the_day_it_closes_by_hand_placed_too(
    desk, placed, near, far, admin
):
    # Given a file that says that the school closes tomorrow, and two who stay there: by its distance, and by hand
    tomorrow = make.TODAY + timedelta(days=1)
    kept = make.case(far, last_name="Håndplassert")
    with acting_as(admin):
        responsibility.assign(actor=admin, youth_id=kept.youth_id, holder_id=near.pk, reason="Avtalt", version=None)
    with acting_as(make.system()):
        Enrolment.objects.create(
            youth=kept.youth, school=near, county_id=make.OSLO, unit_id=near.pk, kind="pupil", source="test",
            first_day=date(2025, 8, 18), last_day=date(2026, 10, 20), recorded_at=clock.now(),
        )  # fmt: skip
    page = desk(near, stengt_fra=f"{tomorrow:%d.%m.%Y}")
    assert page.context["followed"] is None
    assert "blir de den svarte for, vurdert på nytt" in shown(page)
    desk.use(page)
    # When the nights come
    assert judge_counties(on=make.TODAY) == []
    assert (answering(placed), answering(kept.youth)) == (near.pk, near.pk)
    with clock.frozen(tomorrow):
        assert judge_counties(on=tomorrow) == [make.OSLO]
        # Then the nearest school that is open answers, and of one whose last school it was, the queue decides
        assert (answering(placed), answering(kept.youth)) == (far.pk, make.education_admin().pk)
        assert judge_counties(on=tomorrow) == []
        with acting_as(make.system(), on=tomorrow):
            ((_case, decided),) = decisions_for(youth_ids=[kept.youth_id], on=tomorrow).values()
            assert "er lagt ned" in decided.unit.reasons[-1].text
            before = Responsibility.objects.get(youth_id=placed.pk, holder=near)
    assert (before.last_day, consistency.problems()) == (make.TODAY, [])


def test_the_day_a_nearer_school_opens_it_answers_by_itself(placed, near):
    tomorrow = make.TODAY + timedelta(days=1)
    nearer = make.unit(
        name="Nyest skole", latitude=58.012, longitude=7.0, org_number="", vigo_number="03905",
        takes_responsibility=True, first_day=tomorrow,
    )  # fmt: skip
    assert judge_counties(on=make.TODAY) == []
    assert answering(placed) == near.pk
    with clock.frozen(tomorrow):
        assert judge_counties(on=tomorrow) == [make.OSLO]
        assert answering(placed) == nearer.pk


def test_another_name_judges_nobody(desk, placed, near):
    page = desk(near, navn="Nære skole")
    assert page.context["followed"] is None
    assert "får en annen enhet" not in shown(page)


def test_what_would_change_anyway_is_told_apart(desk, placed, near, far):
    with acting_as(make.system()):
        Address.objects.filter(youth_id=placed.pk).update(latitude=58.1)
    page = desk(near, breddegrad="58,03")
    assert "Ingen ungdommer får en annen enhet." in shown(page)
    assert "I tillegg får 1 ungdom en annen målgruppe eller enhet uansett hva filen sier" in shown(page)


def test_a_plan_that_would_move_others_by_now_is_not_used(desk, placed, near, admin):
    page = desk(near, tar_ansvar="nei")
    with acting_as(admin):
        responsibility.assign(actor=admin, youth_id=placed.pk, holder_id=near.pk, reason="Avtalt", version=None)
    answer = desk.use(page)
    assert answer.status_code == 409
    assert "Noe er endret siden du så planen" in shown(answer)
    near.refresh_from_db()
    assert near.takes_responsibility
