"""Letters and calendars attacked: what a county writes, what a name holds, links used twice, and ids of another county."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.annualwheel.models import CalendarFeed
from fotfeste.annualwheel.services.feeds import make_feed, revoke_feed
from fotfeste.casework.models import Registration
from fotfeste.correspondence.carriers import PostalAddress
from fotfeste.correspondence.letter_language import check_text
from fotfeste.correspondence.letter_printing import letter_pdf
from fotfeste.correspondence.models import Letter, Reply
from fotfeste.correspondence.reply_links import token_of
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from tests import factories as make
from tests.at_once.race import browser_of
from tests.correspondence.letter_world import APRIL, Letters, Partner, letters

HOSTILE = '#read("/etc/passwd") #import "x.typ" $x$ @ref *b* _i_ `r` <l> \\ // /* {navn} {{ 7*7 }} {% debug %}'


@pytest.fixture
def world(db, settings, tmp_path):
    settings.LETTERS = {**settings.LETTERS, "folder": str(tmp_path / "brev")}
    with clock.frozen(APRIL):
        yield Letters.made()


@pytest.mark.parametrize(
    "text", ["{{ navn }}", "{% load x %}", "{navn.__class__}", "{0}", "{navn!r}", "{navn:>99999999}", "{", "}{"]
)
def test_a_county_text_names_fields_and_reaches_nothing_else(text):
    with pytest.raises(Invalid):
        check_text(text, known=("navn",))


def test_markup_in_a_name_an_address_or_a_text_is_never_run():
    # Given what would stop the printing, or read a file, were it run
    document = letter_pdf(
        text={"subject": "#panic() $", "body": f"Hei {{navn}}\n\n# {HOSTILE}\n\n- #panic()\n- $ x\n\n= {HOSTILE}"},
        said={"navn": HOSTILE},
        to=PostalAddress(name=HOSTILE, street='#read("x")', postcode="0668", city="@Oslo"),
        sender=["#panic()"],
        on=APRIL,
        language="nb",
    )
    # Then it is printed
    assert document.startswith(b"%PDF-")


def _answer(token, category="job"):
    return Client().post(f"/svar/{token}/", {"category": category})


def test_a_reply_link_is_used_once_is_bound_to_its_letter_and_sets_no_status(world):
    first, second = world.non_applicant("Aas"), world.non_applicant("Bakke")
    mailing, _carrier = world.sent(Partner())
    mine, other = sorted(letters(mailing), key=lambda each: each.youth_id)
    with acting_as(make.system()):
        before = list(Registration.objects.order_by("pk").values("status_code", "version", "first_contact_on"))
    token = token_of(mine.key)
    for wrong in ("x" * 16, token[:-1], token + "0", "%00", "' OR 1=1 --", str(mine.pk), mine.key, mine.reply_digest):
        assert _answer(wrong.replace("/", "")).status_code in {404, 422}
    assert _answer(token, "OTAR").status_code == 422
    assert _answer(token).status_code == 302
    assert _answer(token, "school").status_code == 422
    with acting_as(make.system()):
        [reply] = Reply.objects.all()
        assert (reply.youth_id, reply.letter_id) == (mine.youth_id, mine.pk)
        assert before == list(Registration.objects.order_by("pk").values("status_code", "version", "first_contact_on"))
    with clock.frozen(other.reply_until + timedelta(1)):
        assert _answer(token_of(other.key)).status_code == 422
    assert {first.youth_id, second.youth_id} == {mine.youth_id, other.youth_id}


def test_nobody_of_another_unit_or_county_reaches_a_letter_by_its_id(world):
    world.non_applicant("Aas")
    mailing, _carrier = world.sent(Partner())
    [letter] = letters(mailing)
    _answer(token_of(letter.key))
    with acting_as(make.system()):
        reply = Reply.objects.get()
    make.county(46, "Vestland")
    strangers = [
        make.actor(Role.COUNSELLOR, make.unit(name="Annen skole")),
        make.actor(Role.EDUCATION_ADMIN, make.education_admin(46)),
        make.actor(Role.UNIT_LEADER, world.school),
        make.actor(Role.NAV_RESPONSIBLE, make.unit(name="Nav", kind="nav_office")),
    ]
    for actor in strangers:
        browser = browser_of(actor)
        for name, more in (
            ("return_letter", {"letter_id": letter.pk}),
            ("handle_reply", {"reply_id": reply.pk}),
            ("own_channel", {"mailing_id": mailing.pk}),
            ("own_paper", {"mailing_id": mailing.pk, "letter_id": letter.pk}),
            ("own_sent", {"mailing_id": mailing.pk, "letter_id": letter.pk}),
        ):
            address = reverse(f"correspondence:{name}", kwargs=more)
            given = {"on": str(clock.today()), "reason": "unknown_address", "is_right": "yes", "version": "1"}
            for answer in (browser.get(address), browser.post(address, given, follow=True)):
                assert b"Aas" not in answer.content, (actor.unit_name, name)
    with acting_as(make.system()):
        assert (Letter.objects.get().state, Reply.objects.get().state) == ("sent", "waiting")


def test_the_own_channel_is_no_page_for_who_does_not_handle_those_protected(world):
    hidden = world.non_applicant("Skjult", protection="confidential")
    mailing, _carrier = world.sent(Partner())
    with acting_as(world.handler):
        letter = Letter.objects.get(youth_id=hidden.youth_id)
    with acting_as(world.maker):
        assert not Letter.objects.filter(pk=letter.pk).exists()
    more = {"mailing_id": mailing.pk, "letter_id": letter.pk}
    for actor in (world.maker, world.approver, world.counsellor):
        browser = browser_of(actor)
        for address in (
            reverse("correspondence:own_channel", kwargs={"mailing_id": mailing.pk}),
            reverse("correspondence:own_paper", kwargs=more),
            reverse("correspondence:mailing", kwargs={"mailing_id": mailing.pk}),
            reverse("correspondence:follow_up"),
        ):
            assert b"Skjult" not in browser.get(address).content, address
        assert browser.post(reverse("correspondence:own_sent", kwargs=more)).status_code in {403, 404}


def test_a_calendar_address_is_its_owners_alone_tells_of_nobody_and_ends(world):
    world.non_applicant("Aas")
    with acting_as(world.counsellor):
        secret = make_feed(actor=world.counsellor, role=Role.COUNSELLOR)
        with pytest.raises(Invalid):
            make_feed(actor=world.counsellor, role=Role.EDUCATION_ADMIN)
    row = CalendarFeed.objects.get()
    assert secret not in str(CalendarFeed.objects.values().get())
    told = Client().get(f"/kalender/{secret}.ics")
    assert told.status_code == 200
    body = told.content.decode()
    for hidden in ("Aas", "Amina", world.counsellor.name, world.school.name, "ATTENDEE", "mailto:"):
        assert hidden not in body, hidden
    for wrong in (row.digest, str(row.pk), secret[:-1], secret.swapcase(), "%", "x" * 500):
        assert Client().get(f"/kalender/{wrong}.ics").status_code == 404
    assert Client().post(f"/kalender/{secret}.ics").status_code in {403, 405}
    # Nor does another end it, nor is it read once it is taken away
    with acting_as(world.maker):
        assert not revoke_feed(actor=world.maker, role=Role.COUNSELLOR)
    with acting_as(world.counsellor):
        assert revoke_feed(actor=world.counsellor, role=Role.COUNSELLOR)
    assert Client().get(f"/kalender/{secret}.ics").status_code == 404
