"""Links to answer letters by, attacked: another county's, another kind of letter's, one looked at, and one that is void."""

from datetime import timedelta

import pytest
from django.test import Client

from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.correspondence.models import Reply
from fotfeste.correspondence.reply_links import digest_of, token_of
from fotfeste.correspondence.selectors.replies import waiting_replies
from fotfeste.correspondence.services import mailings
from fotfeste.kernel import clock
from fotfeste.people.models import Youth
from tests import factories as make
from tests.correspondence.letter_world import APRIL, Dies, Letters, Partner, letters


@pytest.fixture
def world(db, settings, tmp_path):
    settings.LETTERS = {**settings.LETTERS, "folder": str(tmp_path / "brev")}
    with clock.frozen(APRIL):
        yield Letters.made()


@pytest.fixture
def letter(world):
    world.non_applicant("Aas")
    mailing, _carrier = world.sent(Partner())
    return letters(mailing)[0]


def answer(token, category="job", **extra):
    return Client().post(f"/svar/{token}/", {"category": category, **extra})


def replies() -> list[tuple[int, str]]:
    with acting_as(make.system(3, 46)):
        return list(Reply.objects.values_list("letter_id", "category"))


def page_of(response) -> str:
    return "\n".join(line for line in response.content.decode().splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_look_by_whatever_method_answers_nothing_and_leaves_no_trace(world, letter):
    token, client = token_of(letter.key), Client()
    officer = make.actor("privacy_officer", make.education_admin())
    with acting_as(officer):
        before = AuditEntry.objects.count()
    for path in (f"/svar/{token}/", f"/svar/{token}/?category=job", "/svar/", f"/svar/?code={token}&category=job"):
        assert client.get(path).status_code == 200
        # What a mail filter does to see where a link goes
        assert client.head(path).status_code in {200, 405}
        for method in ("put", "delete", "patch", "options"):
            assert getattr(client, method)(path).status_code == 405
    # An answer in the address is none: the form is shown as if nothing was said
    assert b"Hva gj" in client.post(f"/svar/{token}/?category=job").content
    assert replies() == []
    assert not client.cookies.get("sessionid")
    with acting_as(officer):
        assert AuditEntry.objects.count() == before
    assert answer(token).status_code == 302
    assert replies() == [(letter.pk, "job")]


def test_a_link_reaches_its_own_letter_alone_wherever_the_youth_has_moved(world, letter):
    # Given that the youth has moved to another county, which knows nothing of the letter
    make.county(46, "Vestland")
    there = make.unit(county_id=46, name="Skole i Bergen")
    with acting_as(make.system(3, 46)):
        Youth.objects.filter(pk=letter.youth_id).update(county_id=46, unit_id=there.pk)
    assert answer(token_of(letter.key)).status_code == 302
    assert replies() == [(letter.pk, "job")]
    # Then those who answer for the youth now see it, and those who did see it no more
    with acting_as(world.counsellor):
        assert waiting_replies(unit_ids=[world.school.pk]) == []
        assert not Reply.objects.exists()
    counsellor = make.actor("counsellor", there)
    with acting_as(counsellor):
        assert [each.letter_id for each in waiting_replies(unit_ids=[there.pk])] == [letter.pk]


def test_no_other_kind_of_letter_and_no_copy_has_a_link_that_works(world):
    world.non_applicant("Ung", born=APRIL - timedelta(16 * 365), guardian="Mor Ung")
    asked, _carrier = world.sent(Partner())
    rights, _other = world.sent(Partner(), kind="rights", school_year=None, reply_by=None)
    own, *copies = sorted(letters(asked), key=lambda each: each.receiver, reverse=True)
    assert (own.receiver, [each.receiver for each in copies]) == ("youth", ["guardian"])
    told = {page_of(answer(token_of(each.key))) for each in (*copies, *letters(rights))}
    told |= {page_of(answer("0" * 16))}
    assert len(told) == 1
    assert replies() == []
    # A digest, a key or a number of a letter is no link either
    for wrong in (own.key, own.reply_digest, digest_of(own.reply_digest)[:16], str(own.pk), asked.key):
        assert answer(wrong).status_code == 422
    assert replies() == []


@pytest.mark.parametrize("how", ["prepared", "approved", "handed", "withdrawn"])
def test_a_letter_that_has_not_gone_is_not_answered(world, how):
    world.non_applicant("Aas")
    mailing = world.prepare()
    if how == "withdrawn":
        with acting_as(world.maker):
            mailings.withdraw_mailing(actor=world.maker, mailing_id=mailing.pk, version=1)
    elif how != "prepared":
        world.approve(mailing)
    if how == "handed":
        with pytest.raises(Dies):
            world.send(mailing, Partner(dies_before=True))
    (letter,) = letters(mailing)
    assert page_of(answer(token_of(letter.key))) == page_of(answer("0" * 16))
    assert replies() == []


def test_who_has_moved_or_is_protected_since_is_told_no_other_than_somebody_else(world):
    elsewhere = make.unit(name="Annen skole")
    gone, hidden, plain = (world.non_applicant(name) for name in ("Borte", "Skjult", "Vanlig"))
    mailing, _carrier = world.sent(Partner())
    tokens = {each.youth_id: token_of(each.key) for each in letters(mailing)}
    with acting_as(make.system()):
        Youth.objects.filter(pk=gone.youth_id).update(unit_id=elsewhere.pk)
        Youth.objects.filter(pk=hidden.youth_id).update(protection="strictly_confidential")
    shown = {page_of(Client().get(f"/svar/{token}/")) for token in (*tokens.values(), "0" * 16)}
    assert len(shown) == 1
    given = {(each.status_code, each["Location"]) for each in map(answer, tokens.values())}
    assert given == {(302, "/svar/takk/?sprak=nb")}
    assert {plain.youth_id, hidden.youth_id, gone.youth_id} == set(tokens)
    # And each school reads the answers of those it answers for now
    with acting_as(make.actor("counsellor", elsewhere)):
        assert list(Reply.objects.values_list("youth_id", flat=True)) == [gone.youth_id]
