"""Rounds of letters: the second notice that is ready by itself, a round with nobody to write to, and who is protected since."""

from datetime import date, timedelta

import pytest
from procrastinate.contrib.django import app

from fotfeste.access.scope import acting_as
from fotfeste.annualwheel.selectors.wheel import wheel_of
from fotfeste.casework.services.residence import set_protection
from fotfeste.correspondence.models import Mailing
from fotfeste.correspondence.reply_links import token_of
from fotfeste.correspondence.services import mailings
from fotfeste.correspondence.services.replies import answer_letter
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.law.school_year import SchoolYear
from tests import factories as make
from tests.at_once.race import browser_of
from tests.correspondence.letter_world import APRIL, Partner, folder, letters


def _prepare():
    app.tasks["correspondence.prepare_reminders"](timestamp=0)
    return list(Mailing.objects.filter(kind="reminder").order_by("pk"))


def test_a_second_notice_is_ready_a_week_later_and_spares_who_has_answered_since(world):
    world.non_applicant("Aas")
    world.non_applicant("Berg")
    mailing, _carrier = world.sent()
    with clock.frozen(APRIL + timedelta(6)):
        assert _prepare() == []
    with clock.frozen(APRIL + timedelta(8)):
        (draft,) = _prepare()
        assert _prepare() == [draft]
        assert (draft.state, len(letters(draft))) == ("prepared", 2)
        # One answers while it waits to be approved
        first = next(each for each in letters(mailing) if each.youth.last_name == "Aas")
        answer_letter(token=token_of(first.key), category="job")
        world.approve(draft)
        carrier = Partner()
        world.send(draft, carrier)
        assert {each.youth.last_name: each.state for each in letters(draft)} == {"Aas": "withdrawn", "Berg": "sent"}
        assert _prepare() == [draft]


@pytest.mark.proves("dl-nonapplicant-letter")
def test_a_round_with_nobody_to_write_to_is_written_down_and_closes_the_day(world):
    maker = browser_of(world.maker)
    sent = {"kind": "non_applicant", "letter_day": "20.04.2027", "school_year": "2027", "reply_by": "20.05.2027"}
    assert 'name="nobody"' not in maker.get("/brev/").content.decode()
    refused = maker.post("/brev/ny/", sent)
    assert (refused.status_code, 'name="nobody"' in refused.content.decode()) == (422, True)
    assert maker.post("/brev/ny/", {**sent, "nobody": "yes"}).status_code == 302
    assert Mailing.objects.get().state == "nobody"
    (shown,) = wheel_of(
        county_id=make.OSLO, year=SchoolYear(2026), today=clock.today(), only=("dl-nonapplicant-letter",)
    )
    assert [each.done_on for each in shown.times] == [date(2027, 4, 20)]
    # It cannot be said when there is somebody
    world.non_applicant("Aas")
    with acting_as(world.maker), pytest.raises(Invalid, match="noen å skrive til"):
        mailings.note_nobody(actor=world.maker, county_id=make.OSLO, kind="non_applicant", school_year=2027)


def test_the_letter_of_one_protected_since_is_taken_out_of_the_folder(world, settings):
    case = world.non_applicant("Aas")
    world.non_applicant("Berg")
    by = folder(settings.LETTERS["folder"])
    mailing, _carrier = world.sent(by)
    assert len(list(by.addresses(mailing.key))) == 2
    with acting_as(make.system()) as importer:
        set_protection(actor=importer, youth_id=case.youth_id, grade="confidential")
    for _time in range(2):
        app.tasks["correspondence.send_due"](timestamp=0)
    (left,) = by.addresses(mailing.key)
    assert left[1].name == "Amina Berg"
    lies = {each.name for each in (by.root / mailing.key).iterdir()}
    gone = next(each for each in letters(mailing) if each.youth.last_name == "Aas")
    assert not [name for name in lies if gone.key in name]
    assert "Aas" not in (by.root / mailing.key / "adresser.csv").read_text(encoding="utf-8-sig")
    assert gone.is_protected
