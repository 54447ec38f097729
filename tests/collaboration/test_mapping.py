"""Mapping a youth and who is around them: what is kept, who sees which part, and what it moves."""

from datetime import timedelta

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Ground, Topic
from fotfeste.collaboration import watch_words
from fotfeste.collaboration.enums import ActorBody, ActorPart, MapArea
from fotfeste.collaboration.models import EconomyNote, Mapping, SensitiveActorMark, SensitiveNote, StepRun
from fotfeste.collaboration.selectors import mapping as selectors
from fotfeste.collaboration.selectors.actors import standing_marks
from fotfeste.collaboration.selectors.staircase import stairs_of
from fotfeste.collaboration.services import routines
from fotfeste.collaboration.services.actors import Marked, mark_actors
from fotfeste.collaboration.services.mapping import write_mapping
from fotfeste.consent.enums import Answer, GivenHow, Purpose
from fotfeste.consent.services import releases
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from tests import factories as make

pytestmark = pytest.mark.django_db

SAID = {
    "held_on": make.TODAY,
    "situation": "Sluttet i høst.",
    "needs": "En voksen som ringer.",
    "goal": "Jeg vil bli tømrer.",
    "wants_school": "yes",
    "has_contact": True,
    "consent_asked": True,
    "next_step": "ask_consent",
}
AREAS = {
    MapArea.HOUSING: ("fine", "Bor hjemme"),
    MapArea.HEALTH: ("support", "Sover dårlig"),
    MapArea.ECONOMY: ("urgent", "Ingen inntekt"),
}


@pytest.fixture
def adviser(nav):
    return make.actor(Role.NAV_ADVISER, nav)


def write(actor, case, **said):
    with acting_as(actor):
        return write_mapping(actor=actor, youth_id=case.youth_id, **{**SAID, **said})


def mark(actor, case, marks, **more):
    with acting_as(actor):
        return mark_actors(actor=actor, youth_id=case.youth_id, marks=marks, **more)


def seen_by(actor, case):
    with acting_as(actor):
        row = selectors.mappings_of(youth_id=case.youth_id)[0]
        return {said.area: said.text for said in selectors.shown_mapping(row=row).areas}


@pytest.mark.proves("form-mapping", "map-date", "map-youth", "map-by", "map-place", "map-situation")
@pytest.mark.proves("map-needs", "map-goal", "map-housing", "map-economy", "map-health", "map-wants-school")
@pytest.mark.proves("map-has-contact", "map-consent-asked", "map-next-step", "map-substance", "map-family")
def test_who_is_let_know_the_mapping_sees_health_and_economy_only_when_let_know_those(counsellor, case, nav, adviser):
    write(counsellor, case, areas=AREAS, place="phone")
    make.grant(case.youth, nav, Topic.IDENTITY, Topic.MAPPING, ground=Ground.RELEASE)
    assert seen_by(adviser, case) == {MapArea.HOUSING: "Bor hjemme"}
    with acting_as(adviser):
        assert not SensitiveNote.objects.exists()
        assert not EconomyNote.objects.exists()
    make.grant(case.youth, nav, Topic.HEALTH)
    assert seen_by(adviser, case) == {MapArea.HOUSING: "Bor hjemme", MapArea.HEALTH: "Sover dårlig"}
    assert len(seen_by(counsellor, case)) == 3


def test_a_partner_with_a_release_writes_on_without_losing_what_it_does_not_see(counsellor, case, nav, adviser):
    first = write(counsellor, case, areas=AREAS)
    with pytest.raises(Invalid):
        write(adviser, case)
    make.grant(case.youth, nav, Topic.IDENTITY, Topic.MAPPING, ground=Ground.RELEASE)
    with pytest.raises(NotAllowed):
        write(adviser, case, areas={MapArea.HEALTH: ("", "Skal ikke gå")})
    write(adviser, case, goal="Jeg vil jobbe.", areas={MapArea.HOUSING: ("", "")}, version=first.pk)
    assert seen_by(counsellor, case) == {MapArea.HEALTH: "Sover dårlig", MapArea.ECONOMY: "Ingen inntekt"}
    with acting_as(counsellor):
        newest, oldest = selectors.mappings_of(youth_id=case.youth_id)
        before = selectors.shown_mapping(row=oldest)
    assert (newest.goal, before.row.goal) == ("Jeg vil jobbe.", "Jeg vil bli tømrer.")
    assert MapArea.HOUSING in {said.area for said in before.areas}


def test_nothing_is_saved_without_a_goal_or_over_somebody_else(counsellor, case, district_contact):
    with pytest.raises(Invalid):
        write(counsellor, case, goal="  ")
    with pytest.raises(Invalid):
        write(district_contact, case)
    write(counsellor, case, version=0)
    with pytest.raises(EditConflict) as conflict:
        write(counsellor, case, goal="Et annet mål", version=0)
    assert "Jeg vil bli tømrer." in conflict.value.theirs.values()
    assert "Et annet mål" in conflict.value.yours.values()
    with acting_as(counsellor):
        assert Mapping.objects.count() == 1


@pytest.mark.proves("rut-at-risk-s01")
@pytest.mark.parametrize(
    ("next_step", "opened"), [("school_alone", "rut-at-risk-s08"), ("ask_consent", "rut-at-risk-s02")]
)
def test_a_mapping_does_the_step_and_says_whether_anybody_else_is_needed(counsellor, case, next_step, opened):
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-at-risk")
    row = write(counsellor, case, next_step=next_step)
    with acting_as(counsellor):
        states = dict(StepRun.objects.values_list("step", "state"))
        assert states["rut-at-risk-s01"] == "done"
        assert states[opened] in {"open", "waits"}
        assert StepRun.objects.get(step="rut-at-risk-s01").record == f"mapping:{row.pk}"
        assert ("rut-at-risk-s02" in states) == (next_step == "ask_consent")


@pytest.mark.proves(
    "cp-s1-needs-goals", "cp-s1-existing-contacts", "cp-s1-who-should-cooperate", "cp-s1-consent", "map-actors"
)
def test_the_first_step_of_the_staircase_is_in_place_piece_by_piece(counsellor, admin, case, nav):
    def in_place(reader=counsellor):
        with acting_as(reader):
            stair = stairs_of(youth_id=case.youth_id, on=make.TODAY)[0]
        return [is_there for _point, is_there in stair.points]

    assert in_place() == [False] * 4
    write(counsellor, case)
    assert in_place() == [True, False, False, False]
    mark(counsellor, case, {ActorBody.SCHOOL: Marked(ActorPart.INVOLVED, "Kari Berg", make.TODAY)})
    assert in_place() == [True, True, False, False]
    rest = {body: Marked(ActorPart.NOT_RELEVANT) for body in ActorBody if body is not ActorBody.SCHOOL}
    mark(counsellor, case, {**rest, ActorBody.NAV: Marked(ActorPart.INVITE), ActorBody.PPT: Marked(ActorPart.INVITE)})
    assert in_place() == [True, True, True, False]
    topics = frozenset({Topic.MEETINGS})
    release(counsellor, case, releases.Body(topics, unit_id=nav.pk))
    assert in_place() == [True, True, True, False]
    release(counsellor, case, releases.Body(topics, partner="ppt"))
    assert in_place() == [True] * 4
    # Who sees how the case stands is told the same, and not what it says.
    assert in_place(admin) == [True] * 4
    with acting_as(admin):
        assert not Mapping.objects.exists()


def test_somebody_whose_being_there_tells_of_health_is_named_only_to_who_may_know_that(counsellor, case, nav, adviser):
    marks = {ActorBody.CHILD_WELFARE: Marked(ActorPart.INVOLVED), ActorBody.PPT: Marked(ActorPart.INVITE)}
    first = mark(counsellor, case, marks, version=0)
    make.grant(case.youth, nav, Topic.IDENTITY, Topic.MAPPING, ground=Ground.RELEASE)
    with acting_as(adviser):
        assert set(standing_marks(person=[case.youth_id])) == {ActorBody.PPT}
        assert not SensitiveActorMark.objects.exists()
    with pytest.raises(NotAllowed):
        mark(adviser, case, {ActorBody.CORRECTIONAL: Marked(ActorPart.INVOLVED)})
    mark(adviser, case, {ActorBody.PPT: Marked(ActorPart.INVOLVED)}, version=first.pk)
    with pytest.raises(EditConflict):
        mark(counsellor, case, {ActorBody.PPT: Marked(ActorPart.NOT_RELEVANT)}, version=first.pk)
    with acting_as(counsellor):
        parts = {body: row.part for body, row in standing_marks(person=[case.youth_id]).items()}
    assert parts == {ActorBody.CHILD_WELFARE: "involved", ActorBody.PPT: "involved"}


def test_a_note_that_looks_like_health_crime_or_others_is_told_by_its_words_alone():
    texts = {
        "situation": "Sover lite, har angst. Ble arrestert i helgen; arrestert før også.",
        "needs": "Broren ble anmeldt",
        "goal": "Å ta fagbrev",
    }
    assert [(each.field, each.word, each.kind) for each in watch_words.looks_like(texts)] == [
        ("situation", "angst", "health"),
        ("situation", "arrestert", "crime"),
        ("needs", "broren", "others"),
        ("needs", "anmeldt", "crime"),
    ]
    for told in ("pågrepet", "varetekt", "sjuk", "diabetes", "søsteren", "bestemora", "narkotika", "tjuveri"):
        assert watch_words.looks_like({"situation": f"Om {told}."}), told
    quiet = "Morsom og sporty, ransel på ryggen, moro, vil stole på noen, fyller ut søknad, konsentrert og rastløs"
    assert watch_words.looks_like({"situation": quiet}) == ()


def release(actor, case, *bodies):
    given = releases.Given(
        purpose=Purpose.COOPERATION,
        answer=Answer.YES,
        how=GivenHow.PAPER,
        bodies=bodies,
        first_day=make.TODAY,
        last_day=make.TODAY + timedelta(90),
    )
    with acting_as(actor):
        return releases.record_release(actor=actor, youth_id=case.youth_id, given=given)
