"""A mailing is prepared by one, approved by another and sent once to each, whatever becomes of the worker."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import ContactAttempt, Registration
from fotfeste.consent.models import Release
from fotfeste.correspondence.enums import LetterState, MailingState
from fotfeste.correspondence.models import Letter, LetterText, Mailing
from fotfeste.correspondence.selectors.mailings import samples_of
from fotfeste.correspondence.services import mailings, texts
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.people.models import Youth
from tests import factories as make
from tests.correspondence.letter_world import APRIL, Dies, Partner, folder, letters

BORN_UNDER_18 = date(2009, 9, 1)


def _states(mailing):
    return {(each.youth.last_name, each.receiver): each.state for each in letters(mailing)}


@pytest.mark.proves("form-nonapplicant-letter")
@pytest.mark.proves(
    "nal-recipient", "nal-sent", "nal-channel", "nal-contact", "nal-reply-deadline", "std-nonapplicant-letter"
)
def test_non_applicants_are_written_to_once_and_guardians_of_the_young_get_a_copy(world):
    # Given one under 18 with a guardian, one of age with a guardian, one without address, one protected, one who quit
    world.non_applicant("Aas", born=BORN_UNDER_18, guardian="Kari Aas")
    world.non_applicant("Berg", born=date(2008, 1, 2), guardian="Kari Berg")
    world.non_applicant("Dahl", street="")
    world.non_applicant("Eng", born=BORN_UNDER_18, guardian="Kari Eng", protection="confidential")
    make.case(world.school, last_name="Foss")
    # When the letters are prepared, approved by another and sent
    mailing, carrier = world.sent()
    # Then each has gone to whom it should, and the protected one's to nobody
    assert mailing.state == MailingState.SENT
    assert _states(mailing) == {
        ("Aas", "youth"): LetterState.SENT,
        ("Aas", "guardian"): LetterState.SENT,
        ("Berg", "youth"): LetterState.SENT,
        ("Dahl", "youth"): LetterState.NO_ADDRESS,
        ("Eng", "youth"): LetterState.OWN_CHANNEL,
    }
    assert sorted(each.to.name for each in carrier.taken) == ["Amina Aas", "Amina Berg", "Kari Aas"]
    assert {each.to.street for each in carrier.taken} == {"Furuveien 1"}
    assert all(each.document.startswith(b"%PDF") for each in carrier.taken)
    sent = next(each for each in letters(mailing) if each.youth.last_name == "Aas" and each.receiver == "youth")
    assert sent.said["svarfrist"] == "20.\xa0mai\xa02027"
    assert sent.said["enhet"] == world.school.name
    assert (sent.sent_at, sent.channel) == (clock.now(), "paper")
    # The link is in the youth's letter alone.
    assert {(each.receiver, bool(each.reply_digest)) for each in letters(mailing) if each.state == "sent"} == {
        ("youth", True),
        ("guardian", False),
    }
    # And nobody is written to again about the same year
    with pytest.raises(Invalid, match="Det er ingen å skrive til"):
        world.prepare()


def test_a_letter_is_an_attempt_and_never_contact(world):
    before = world.non_applicant("Aas")
    with acting_as(make.system()):
        Registration.objects.filter(pk=before.pk).update(first_day=date(2027, 3, 19))
    later = world.non_applicant("Berg")
    mailing, _carrier = world.sent()
    with acting_as(make.system()):
        attempts = {each.youth_id: each for each in ContactAttempt.objects.all()}
        cases = {each.pk: each for each in Registration.objects.filter(pk__in=[before.pk, later.pk])}
    assert {(each.channel, each.result, each.is_contact, each.on) for each in attempts.values()} == {
        ("letter", "sent", False, APRIL)
    }
    assert (cases[before.pk].attempts, cases[before.pk].first_contact_on) == (1, None)
    # A registration that has not begun is not counted on before it has.
    assert (cases[later.pk].attempts, attempts[later.youth_id].registration_id) == (0, None)
    assert {each.attempt_id for each in letters(mailing)} == {each.pk for each in attempts.values()}


def test_whoever_prepares_does_not_approve_and_what_was_changed_in_between_is_told(world):
    world.non_applicant("Aas")
    mailing = world.prepare()
    with acting_as(world.maker), pytest.raises(NotAllowed, match="en annen enn den som laget den"):
        mailings.approve_mailing(actor=world.maker, mailing_id=mailing.pk, version=1)
    with acting_as(world.counsellor), pytest.raises(NotAllowed, match="Bare Utdanningsadministrasjonen"):
        mailings.approve_mailing(actor=world.counsellor, mailing_id=mailing.pk, version=1)
    with acting_as(world.counsellor), pytest.raises(NotAllowed, match="skriver til ungdommene"):
        mailings.prepare_mailing(actor=world.counsellor, county_id=make.OSLO, kind="rights", letter_day=APRIL)
    # The database holds to it by itself.
    with pytest.raises(IntegrityError), transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(approved_by_id=world.maker.user_id)
    with acting_as(world.maker):
        mailings.withdraw_mailing(actor=world.maker, mailing_id=mailing.pk, version=1)
    with acting_as(world.approver), pytest.raises(EditConflict):
        mailings.approve_mailing(actor=world.approver, mailing_id=mailing.pk, version=1)
    with acting_as(world.approver), pytest.raises(IllegalTransition):
        mailings.approve_mailing(actor=world.approver, mailing_id=mailing.pk, version=None)
    # What was taken back reached nobody, and can be prepared anew.
    carrier = Partner()
    world.send(mailing, carrier)
    assert carrier.taken == []
    assert len(letters(world.prepare())) == 1


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("repeats", [True, False])
def test_a_worker_that_dies_around_the_carrier_loses_nothing_and_sends_nothing_twice(world, when, repeats):
    for name in ("Aas", "Berg", "Dahl"):
        world.non_applicant(name)
    mailing = world.prepare()
    world.approve(mailing)
    carrier = Partner(repeats=repeats)
    setattr(carrier, f"dies_{when}", True)
    with pytest.raises(Dies):
        world.send(mailing, carrier)
    setattr(carrier, f"dies_{when}", False)
    world.send(mailing, carrier)
    world.send(mailing, carrier)
    states = [each.state for each in letters(mailing)]
    assert len(carrier.keys) == len(set(carrier.keys))
    mailing.refresh_from_db()
    if repeats:
        assert (states, len(carrier.keys), mailing.state) == ([LetterState.SENT] * 3, 3, MailingState.SENT)
    else:
        # Nobody knows whether those went; they are told of, and not sent again.
        assert set(states) == {LetterState.HANDED}
        assert mailing.state == MailingState.SENDING
    with acting_as(make.system()):
        assert ContactAttempt.objects.count() == (3 if repeats else 0)


def test_what_the_carrier_did_not_take_is_tried_again_and_the_mailing_is_not_done_before(world):
    world.non_applicant("Aas")
    mailing, carrier = world.sent(Partner(is_down=True))
    assert ([each.state for each in letters(mailing)], mailing.state) == ([LetterState.FAILED], MailingState.SENDING)
    carrier.is_down = False
    world.send(mailing, carrier)
    mailing.refresh_from_db()
    assert (len(carrier.taken), mailing.state, carrier.finished) == (1, MailingState.SENT, 1)


def test_who_became_protected_or_left_after_it_was_prepared_gets_no_ordinary_letter(world):
    for name in ("Aas", "Berg", "Dahl"):
        world.non_applicant(name)
    mailing = world.prepare()
    with acting_as(make.system()):
        Youth.objects.filter(last_name="Aas").update(protection="shielded")
        Registration.objects.filter(youth__last_name="Berg").update(last_day=date(2027, 8, 2))
    world.approve(mailing)
    carrier = Partner()
    world.send(mailing, carrier)
    assert [each.to.name for each in carrier.taken] == ["Amina Dahl"]
    assert [each.state for each in letters(mailing)] == ["own_channel", "withdrawn", "sent"]
    # The letter of one under protection is seen by those who handle them, and not by the unit nor the administration.
    for actor, seen in ((world.maker, 2), (world.counsellor, 2), (world.handler, 3)):
        with acting_as(actor):
            assert Letter.objects.count() == seen


def test_letters_in_a_folder_are_whole_tagged_and_listed_with_their_addresses(world, tmp_path):
    world.non_applicant("Aas")
    mailing, carrier = world.sent(folder(tmp_path / "brev"))
    place = tmp_path / "brev" / mailing.key
    [letter] = letters(mailing)
    document = (place / f"{letter.key}.pdf").read_bytes()
    assert b"/StructTreeRoot" in document
    listed = (place / "adresser.csv").read_text(encoding="utf-8-sig").splitlines()
    assert listed == ["Fil;Navn;Adresse;Postnummer;Poststed", f"{letter.key}.pdf;Amina Aas;Furuveien 1;0668;Oslo"]
    assert {path.stat().st_mode & 0o077 for path in place.iterdir() if path.suffix == ".pdf"} == {0}
    # Given again, the letter that lies there is left as it is.
    first = (place / f"{letter.key}.pdf").stat().st_mtime_ns
    carrier.finish(mailing.key)
    assert (place / f"{letter.key}.pdf").stat().st_mtime_ns == first


def test_each_is_written_to_in_the_language_they_were_last_asked_in(world):
    case = world.non_applicant("Aas")
    world.non_applicant("Berg")
    with acting_as(make.system()):
        release = {
            "youth": case.youth, "purpose": "cooperation", "answer": "yes", "first_day": APRIL, "last_day": APRIL,
            "how": "spoken", "age_then": 18, "guardians": "none", "language": "en", "text_version": "2026-1",
            "recorded_by_id": world.maker.user_id, "recorded_at_unit": world.school, "recorded_at": clock.now(),
        }  # fmt: skip
        Release.objects.create(**release)
    _mailing, carrier = world.sent()
    titles = {each.to.name: each.title for each in carrier.taken}
    assert titles == {
        "Amina Aas": "You have not applied for upper secondary education for 2027–28",
        "Amina Berg": "Du har ikke søkt videregående opplæring for 2027–28",
    }


def test_a_county_writes_its_own_text_from_a_day_on_and_nothing_is_overwritten(world):
    world.non_applicant("Aas")
    given = {
        "actor": world.maker, "county_id": make.OSLO, "kind": "non_applicant", "language": "nb",
        "subject": "Hei fra {fylke}", "body": "{fornavn}: svar innen {svarfrist} på {lenke}. {kontaktperson}",
    }  # fmt: skip
    with acting_as(world.maker):
        first = texts.write_letter_text(**given, first_day=APRIL, version=0)
        texts.write_letter_text(**{**given, "subject": "Senere"}, first_day=date(2027, 5, 1), version=first.pk)
        with pytest.raises(EditConflict):
            texts.write_letter_text(**given, first_day=APRIL, version=first.pk)
        with pytest.raises(Invalid, match="kan ikke gjelde fra en dag som har vært"):
            texts.write_letter_text(**given, first_day=date(2027, 4, 19))
        with pytest.raises(Invalid, match=r"adresse. finnes ikke"):
            texts.write_letter_text(**{**given, "body": f"{given['body']} {{adresse}}"}, first_day=APRIL)
    with acting_as(world.counsellor), pytest.raises(NotAllowed):
        texts.write_letter_text(**{**given, "actor": world.counsellor}, first_day=APRIL)
    mailing, carrier = world.sent()
    assert [each.title for each in carrier.taken] == ["Hei fra Oslo"]
    assert mailing.texts["nb"]["version"] == str(first.pk)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        LetterText.objects.filter(pk=first.pk).update(body="x")


def test_samples_show_one_under_age_one_in_another_language_and_one_without_address(world):
    for number in range(5):
        world.non_applicant(f"Voksen{number}", born=date(2007, 1, 1))
    world.non_applicant("Ung", born=BORN_UNDER_18)
    world.non_applicant("Husløs", street="", born=date(2007, 1, 1))
    mailing = world.prepare()
    with acting_as(world.maker):
        other = Letter.objects.filter(mailing=mailing, youth__last_name="Voksen3")
        other.update(language="en")
        assert [each.youth.last_name for each in samples_of(mailing=mailing)] == ["Ung", "Voksen3", "Husløs"]


def test_rights_go_to_everyone_who_has_not_had_them_and_a_reminder_a_week_after(world):
    world.non_applicant("Aas")
    make.case(world.school, last_name="Berg")
    mailing, _ = world.sent(kind="rights", school_year=None, reply_by=None)
    assert {each.youth.last_name for each in letters(mailing)} == {"Aas", "Berg"}
    world.sent()
    with pytest.raises(Invalid, match="ingen å skrive til"):
        world.prepare("reminder")
    with clock.frozen(date(2027, 4, 27)):
        reminder = world.prepare("reminder")
    assert [each.youth.last_name for each in letters(reminder)] == ["Aas"]
