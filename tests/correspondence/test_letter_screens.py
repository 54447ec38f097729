"""The screens about letters: written, prepared, approved and followed by the administration, answered by the unit."""

import io
import zipfile

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.correspondence.jobs import send_all
from fotfeste.correspondence.models import Letter, LetterText, Mailing, Reply
from fotfeste.correspondence.reply_links import token_of
from fotfeste.kernel import opaque
from tests import factories as make
from tests.at_once.race import browser_of
from tests.correspondence.letter_world import folder, letters


def _text(answer):
    return answer.content.decode()


@pytest.mark.proves("std-nonapplicant-letter")
def test_a_mailing_from_the_form_to_the_bundle(world, settings):
    # Given two youths, one of whom is under protection
    world.non_applicant("Aas")
    world.non_applicant("Skjultås", protection="confidential", street="Hemmeligveien 3")
    maker, approver = browser_of(world.maker), browser_of(world.approver)
    # When one prepares letters, on the working day before the first of May unless told otherwise
    shown = maker.get("/brev/")
    assert 'value="2027-04-30"' in _text(shown)
    sent = {"kind": "non_applicant", "letter_day": "20.04.2027", "school_year": "2027", "reply_by": "20.05.2027"}
    assert maker.post("/brev/ny/", {**sent, "reply_by": ""}).status_code == 422
    page = maker.post("/brev/ny/", sent)["Location"]
    mailing = Mailing.objects.get()
    # Then there are samples without a working link, and the one who prepared cannot approve
    one = _text(maker.get(page))
    assert "godkjennes av en annen" in one
    assert "Aas" in one
    assert "Skjultås" not in one
    [visible] = [each for each in letters(mailing) if not each.is_protected]
    sample = maker.get(f"{page}prove/{opaque.encode(visible.pk)}/")
    assert (sample.status_code, sample["Content-Type"]) == (200, "application/pdf")
    assert maker.post(f"{page}godkjenn/", {"version": "1"}).status_code == 422
    # When another approves and it is sent
    assert approver.post(f"{page}godkjenn/", {"version": "1"}).status_code == 302
    send_all(mailing_id=mailing.pk, county_id=make.OSLO, by=folder(settings.LETTERS["folder"]))
    # Then the bundle has the one letter and its address
    with zipfile.ZipFile(io.BytesIO(b"".join(maker.get(f"{page}brev.zip").streaming_content))) as packed:
        assert packed.namelist() == [f"{visible.key}.pdf", "adresser.csv"]
        listed = packed.read("adresser.csv").decode("utf-8-sig")
    assert "Furuveien 1" in listed
    assert "Hemmeligveien" not in listed
    # And who handles those under protection prints the other, and says that it is sent
    handler = browser_of(world.handler)
    own = _text(handler.get(f"{page}skjermet/"))
    assert "Skjultås" in own
    with acting_as(world.handler):
        hidden = Letter.objects.get(is_protected=True)
    there = f"{page}skjermet/{opaque.encode(hidden.pk)}/"
    assert handler.get(there)["Content-Type"] == "application/pdf"
    assert handler.post(f"{there}sendt/").status_code == 302
    with acting_as(world.handler):
        hidden.refresh_from_db()
    assert hidden.state == "sent"
    assert maker.get(f"{page}skjermet/").status_code == 404


def test_the_unit_confirms_an_answer_and_records_what_came_back(world, settings):
    world.non_applicant("Aas")
    world.non_applicant("Berg")
    mailing, _carrier = world.sent(folder(settings.LETTERS["folder"]))
    first, second = letters(mailing)
    counsellor = browser_of(world.counsellor)
    counsellor.post(f"/svar/{token_of(first.key)}/", {"category": "job"})
    waiting = _text(counsellor.get("/brev/svar/"))
    assert "Jobber" in waiting
    with acting_as(make.system()):
        reply = Reply.objects.get()
    answer = counsellor.post(f"/brev/svar/{opaque.encode(reply.pk)}/", {"version": "1", "is_right": "yes"}, follow=True)
    assert "Svaret er bekreftet. Sett status" in _text(answer)
    back = f"/brev/retur/{opaque.encode(second.pk)}/"
    assert counsellor.post(back, {"reason": "moved", "on": "21.04.2027"}).status_code == 422
    done = counsellor.post(back, {"reason": "moved", "on": "20.04.2027"}, follow=True)
    assert "Flyttet" in _text(done)
    own = _text(counsellor.get(f"/ungdom/{opaque.encode(first.youth_id)}/brev/"))
    assert "Jobber (bekreftet)" in own
    assert browser_of(world.maker).get(f"/ungdom/{opaque.encode(second.youth_id)}/brev/").status_code == 200


def test_a_text_is_written_from_a_day_and_a_wrong_field_is_told_of(world):
    maker = browser_of(world.maker)
    assert "Standardteksten" in _text(maker.get("/brev/tekster/"))
    page = "/brev/tekster/rights/nn/"
    assert "Rettane dine" in _text(maker.get(page))
    given = {
        "subject": "Til {navn}",
        "body": "Spør {kontaktperson} om {alder}.",
        "first_day": "20.04.2027",
        "version": "0",
    }
    wrong = maker.post(page, given)
    assert wrong.status_code == 422
    assert "Feltet {alder} finnes ikke i dette brevet." in _text(wrong)
    assert maker.post(page, {**given, "body": "Spør {kontaktperson}."}).status_code == 302
    assert LetterText.objects.get().language == "nn"
    assert "Fylkets egen fra" in _text(maker.get("/brev/tekster/"))
    assert maker.get("/brev/tekster/rights/se/").status_code == 404
