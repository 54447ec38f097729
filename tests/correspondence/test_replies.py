"""A youth answers a letter without logging in; the page tells nothing, and the answer is a claim to look into."""

from datetime import date

import pytest
from django.test import Client

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration
from fotfeste.collaboration.models import Task
from fotfeste.correspondence.models import Letter, Reply
from fotfeste.correspondence.reply_links import digest_of, link_of, token_of
from fotfeste.correspondence.services import replies
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, NotAllowed
from tests import factories as make
from tests.correspondence.letter_world import Partner, letters


@pytest.fixture
def letter(world):
    world.non_applicant("Aas")
    mailing, _carrier = world.sent(Partner())
    return letters(mailing)[0]


def _all_replies():
    with acting_as(make.system()):
        return list(Reply.objects.values_list("category", "state"))


def _post(token, category="job", **extra):
    return Client().post(f"/svar/{token}/", {"category": category, **extra})


@pytest.mark.proves("nal-reply-choice")
def test_an_answer_is_taken_once_and_goes_to_the_unit_as_a_claim_and_never_as_a_status(world, letter):
    link = link_of(letter.key)
    assert link.startswith("http://localhost:8000/svar/")
    token = link.rstrip("/").rpartition("/")[2]
    answer = _post(token.upper(), "military")
    assert (answer.status_code, answer["Location"]) == (302, "/svar/takk/?sprak=nb")
    assert _all_replies() == [("military", "waiting")]
    with acting_as(world.counsellor):
        case = Registration.objects.get(youth_id=letter.youth_id)
        [task] = Task.objects.all()
    assert (case.status_code, case.first_contact_on) == ("OTUK", None)
    assert (task.what, task.for_unit_id, task.state) == ("letter-answered", world.school.pk, "open")
    # When the unit has looked into it
    [reply] = _waiting(world)
    stranger = make.actor("counsellor", make.unit(name="En annen skole"))
    with acting_as(make.system()), pytest.raises(NotAllowed):
        replies.handle_reply(actor=stranger, reply_id=reply.pk, is_right=True, version=1)
    with acting_as(world.counsellor):
        replies.handle_reply(actor=world.counsellor, reply_id=reply.pk, is_right=True, version=1)
        with pytest.raises(EditConflict):
            replies.handle_reply(actor=world.counsellor, reply_id=reply.pk, is_right=False, version=1)
        with pytest.raises(IllegalTransition):
            replies.handle_reply(actor=world.counsellor, reply_id=reply.pk, is_right=False, version=None)
        task.refresh_from_db()
        case.refresh_from_db()
    # Then the task is done, and the status is as it was
    assert (task.state, case.status_code) == ("done", "OTUK")


def _waiting(world):
    with acting_as(world.counsellor):
        return list(Reply.objects.all())


def test_unknown_used_and_expired_links_are_answered_in_the_same_words(world, letter):
    token = token_of(letter.key)
    with clock.frozen(date(2027, 5, 21)):
        expired = _post(token)
    assert _all_replies() == []
    _post(token)
    used = _post(token)
    unknown, strange = _post("0" * 16), _post("a")
    pages = [answer.content.decode() for answer in (expired, used, unknown, strange)]
    assert {answer.status_code for answer in (expired, used, unknown, strange)} == {422}
    assert len({_without_form_token(page) for page in pages}) == 1
    assert "kan være skrevet feil, for gammel eller brukt" in pages[0]
    # Asked for, each looks the same too, and nothing is looked up.
    shown = [Client().get(f"/svar/{each}/").content.decode() for each in (token, "0" * 16)]
    assert len({_without_form_token(page) for page in shown}) == 1


def test_the_page_tells_nothing_of_anybody_or_of_the_service(world, letter):
    page = Client().get(f"/svar/{token_of(letter.key)}/")
    said = page.content.decode().replace("/static/fotfeste/", "")
    for hidden in (
        "Aas",
        "Amina",
        "Oppfølging",
        "Fotfeste",
        "fotfeste",
        "OTUK",
        world.school.name,
        token_of(letter.key),
    ):
        assert hidden not in said, hidden
    assert "<title>Svar</title>" in said
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store"
    assert "<script" not in said
    for code, words in (("nn", "Kva gjer du no?"), ("en", "What do you do now?")):
        assert words in Client().get(f"/svar/?sprak={code}").content.decode()


def test_the_link_is_kept_nowhere_and_the_code_may_be_typed_as_it_is_read(world, letter):
    token = token_of(letter.key)
    with acting_as(make.system()):
        stored = Letter.objects.filter(pk=letter.pk).values().get()
    assert token not in str(stored)
    assert stored["reply_digest"] == digest_of(f" {token[:4]}-{token[4:].upper()} ")
    answer = Client().post("/svar/", {"code": token.upper(), "category": "wants_help"})
    assert answer.status_code == 302
    assert _all_replies() == [("wants_help", "waiting")]


def test_who_tries_many_codes_is_stopped(world, letter):
    client = Client()
    codes = [client.post(f"/svar/{number:016}/", {"category": "job"}).status_code for number in range(21)]
    assert codes == [422] * 20 + [429]


def _without_form_token(page):
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
