"""The wheel on the screen: the picture, its table, and each event on a page of its own."""

import re
from datetime import date, datetime

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Feedback
from fotfeste.integrations.models import Import
from fotfeste.kernel import clock
from fotfeste.law.annual_wheel import events
from fotfeste.organisations.enums import ContactRole
from fotfeste.organisations.models import NamedContact
from tests import factories as make
from tests.lists.otuk_world import STOVNER, World

pytestmark = pytest.mark.django_db

PAGE = "/arshjul/"


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def enter(client):
    def log_in(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return log_in


def text_of(response) -> str:
    page = re.sub(
        r"<(style|script)\b.*?</\1>|<svg class=\"fot-icon.*?</svg>", " ", response.content.decode(), flags=re.S
    )
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\xa0", " ").split())


def test_the_wheel_has_a_mark_for_each_line_of_its_table_and_says_how_each_stands(enter, django_assert_max_num_queries):
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    with django_assert_max_num_queries(51):
        response = enter(admin).get(PAGE)
    page, text = response.content.decode(), text_of(response)
    assert response.status_code == 200
    numbers = re.findall(r'class="fot-w-number[^"]*"[^>]*>(\d+)<', page)
    lines = re.findall(r'data-label="Nr\.">(\d+)<', page)
    assert numbers == lines == [str(number) for number in range(1, len(lines) + 1)]
    assert len(lines) == 28
    assert 'role="img"' in page
    assert "skoleåret 2026–27" in text
    for each in events():
        assert each.label_nb in text
    assert "style=" not in page  # the content policy allows none


def test_another_year_is_chosen_by_address_and_one_that_is_not_offered_gives_this_one(enter):
    client = enter(make.actor(Role.COUNSELLOR, make.unit()))
    assert "skoleåret 2025–26" in text_of(client.get(f"{PAGE}?skolear=2025"))
    assert "skoleåret 2026–27" in text_of(client.get(f"{PAGE}?skolear=1999"))


@pytest.mark.proves("dl-list-review")
def test_who_leads_the_county_sees_each_district_and_a_district_only_itself(enter):
    world = World.made()
    listed = world.unknown("Bakke")
    world.unknown("Dahl", district=STOVNER)
    with clock.frozen(date(2026, 10, 9)):
        world.freeze(on=date(2026, 10, 9))
    with acting_as(make.system()):
        Feedback.objects.create(
            youth=listed.youth,
            from_unit=world.alna,
            category="still_unknown",
            on=date(2026, 10, 20),
            sent_by_id=world.alna_contact.user_id,
            sent_at=clock.now(),
        )
    seen = text_of(enter(world.admin).get(f"{PAGE}dl-list-review/"))
    assert "1 av 2" in seen
    assert world.alna.name in seen
    assert world.stovner.name in seen
    assert "Ingen er navngitt" in seen  # nobody stands at the district that is late
    NamedContact.objects.create(
        unit=world.stovner, role=ContactRole.DISTRICT_CONTACT, name="Ole Prøve", first_day=date(2026, 1, 1)
    )
    assert "Ole Prøve" in text_of(enter(world.admin).get(f"{PAGE}dl-list-review/"))
    own = text_of(enter(world.alna_contact).get(f"{PAGE}dl-list-review/"))
    assert world.alna.name in own
    assert world.stovner.name not in own
    assert "1 av 2" not in own
    assert "Bakke" not in seen


def test_an_event_tells_who_what_before_and_after_where_it_is_written_and_what_closes_it(enter):
    client = enter(make.actor(Role.UNIT_LEADER, make.unit()))
    text = text_of(client.get(f"{PAGE}dl-otuk-list-oct/"))
    for part in (
        "Utdanningsadministrasjonen",
        "Bydelen",
        "Oslostandarden 2025 §6.3.1",
        "Telledato 1. oktober",
        "Gjennomgang av OTUK-listen",
        "Virkedagen før når dagen er en fridag",
        "OTUK-runden er laget",
        "flyttet fra 10. okt. 2026",
    ):
        assert part in text
    letter = text_of(client.get(f"{PAGE}dl-nonapplicant-letter/"))
    assert "30. april 2027" in letter
    assert "Brevet til ikke-søkerne er sendt til alle." in letter
    assert client.get(f"{PAGE}dl-finnes-ikke/").status_code == 404


@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_event_opens_in_the_other_languages(enter, language):
    client = enter(make.actor(Role.COUNTY_LEADER, make.education_admin()))
    client.cookies["django_language"] = language
    for event_id in ("dl-weekly-leavers", "dl-contact-change", "dl-survey-wave", "dl-yearly-agreement-meeting"):
        assert client.get(f"{PAGE}{event_id}/").status_code == 200
    heading = {"nn": "Årshjulet", "en": "The annual wheel"}[language]
    assert heading in text_of(client.get(PAGE))


def test_a_unit_is_told_what_it_is_late_with_and_must_do_soon_and_by_whom(enter):
    # Given a list of October that Stovner has not gone through, and nobody named there
    world = World.made()
    world.unknown("Dahl", district=STOVNER)
    with clock.frozen(date(2026, 10, 9)):
        world.freeze(on=date(2026, 10, 9))
    NamedContact.objects.filter(unit__in=[world.stovner, world.alna]).delete()

    def own(actor, on: date = make.TODAY) -> str:
        with clock.frozen(on):
            return text_of(enter(actor).get(PAGE)).split("Året som hjul")[0]

    # Then it stands at Stovner, without a name until somebody is named; not at Alna, which had nobody on its list
    assert "Gjennomgang av OTUK-listen" in own(world.stovner_contact)
    assert "Ingen er navngitt" in own(world.stovner_contact)
    NamedContact.objects.create(
        unit=world.stovner, role=ContactRole.DISTRICT_CONTACT, name="Ole Prøve", first_day=date(2026, 1, 1)
    )
    assert "Ole Prøve" in own(world.stovner_contact)
    assert "Ingenting er over fristen" in own(world.alna_contact)
    # And before its day it stands there from two weeks ahead
    assert "Ingenting er over fristen" in own(world.stovner_contact, date(2026, 10, 26))
    assert "Gjennomgang av OTUK-listen" in own(world.stovner_contact, date(2026, 10, 27))
    # And the administration has what it does for the county, a missed week of loading not among it
    assert "OTUK-liste 2 (november)" in own(world.admin)
    assert own(world.admin).count("Sluttere lastes inn ukentlig") == 1


def test_the_days_a_role_must_keep_are_given_as_whole_days_to_a_calendar(enter):
    response = enter(make.actor(Role.COUNSELLOR, make.unit())).get(f"{PAGE}kalender.ics?skolear=2026")
    lines = response.content.decode().replace("\r\n ", "").split("\r\n")
    assert response["Content-Type"].startswith("text/calendar")
    days = [line.removeprefix("DTSTART;VALUE=DATE:") for line in lines if line.startswith("DTSTART")]
    assert days == ["20261001", "20261110", "20270210", "20270409", "20270610"]
    assert "DTEND;VALUE=DATE:20270410" in lines
    assert "UID:dl-registration-apr-2026-0-03@fotfeste" in lines  # which time it is: the same when it is moved
    assert "SUMMARY:Telledato 1. oktober" in lines
    leader = make.actor(Role.COUNTY_LEADER, make.education_admin())
    everybody = enter(leader).get(f"{PAGE}kalender.ics?skolear=2026").content.decode()
    assert everybody.count("BEGIN:VEVENT") == 28


@pytest.mark.proves("dl-weekly-leavers")
def test_what_goes_on_all_year_is_a_row_of_strokes_with_its_gaps_in_words(enter):
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    with clock.frozen(date(2026, 9, 27)):
        for day in (date(2026, 8, 3), date(2026, 8, 10), date(2026, 9, 7), date(2026, 9, 21)):
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=clock.OSLO)
            told = {"digest": "", "read_at": noon, "applied_at": noon, "run_by_id": make.system().user_id}
            Import.objects.create(source="leavers", county_id=make.OSLO, on=day, **told)
        response = enter(admin).get(PAGE)
    assert "gjort 4 ganger, 4 hull" in text_of(response)
    assert "Hull: uke 34–36, uke 38" in text_of(response)
    drawn = response.content.decode().split('class="fot-streak"')[1].split("</svg>")[0]
    assert drawn.count("fot-w-week fot-w-done") == 4
