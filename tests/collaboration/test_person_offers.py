"""A youth or its plan is offered from one person to another, and is the giver's until the other has said yes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import CounsellorPeriod, Registration
from fotfeste.casework.services import counsellors, merging, registrations, responsibility
from fotfeste.casework.services.residence import set_protection
from fotfeste.collaboration.jobs import lapse_offers
from fotfeste.collaboration.models import Record
from fotfeste.collaboration.selectors import records as selectors
from fotfeste.collaboration.services import answering, person_offers
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.people.enums import Protection
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db

LATE = make.TODAY + timedelta(15)


@pytest.fixture
def hers(case, kari):
    """The case, which Kari answers for."""
    with acting_as(kari):
        counsellors.assign_counsellor(actor=kari, youth_id=case.youth_id, counsellor_id=kari.user_id, version=None)
    return case


@pytest.fixture
def offered(hers, kari, ola):
    return offer(kari, hers, ola, "Ring før klokka ti.")


def offer(actor, case, to, note=""):
    with acting_as(actor):
        return person_offers.offer_youth(actor=actor, youth_id=case.youth_id, to_user_id=to.user_id, note=note)


def answer(actor, row, given="accepted", text="", version=1):
    with acting_as(actor):
        return answering.answer_record(actor=actor, record_id=row.pk, answer=given, text=text, version=version)


def revoke(actor, row, version=1):
    with acting_as(actor):
        return answering.revoke_record(actor=actor, record_id=row.pk, version=version)


def who(case) -> int | None:
    with acting_as(make.system()):
        return Registration.objects.get(pk=case.pk).counsellor_id


def stands(row) -> tuple[str, str]:
    with acting_as(make.system()):
        found = Record.objects.get(pk=row.pk)
    return found.answer, found.answer_text


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").split())


class TestAYouth:
    def test_the_giver_answers_until_the_colleague_says_yes(self, hers, kari, ola, offered):
        assert who(hers) == kari.user_id
        answer(ola, offered)
        assert who(hers) == ola.user_id
        with acting_as(ola):
            period = CounsellorPeriod.objects.get(youth_id=hers.youth_id, last_day=None, superseded_at=None)
        assert (period.counsellor_id, period.ground) == (ola.user_id, "taken_on")

    def test_no_needs_a_reason_and_the_giver_is_told_it(self, hers, kari, ola, offered):
        with pytest.raises(Invalid, match="Skriv hvorfor du sier nei"):
            answer(ola, offered, "declined")
        answer(ola, offered, "declined", "Jeg har for mange nå")
        assert who(hers) == kari.user_id
        page = text_of(browser_of(kari).get(reverse("collaboration:notices")))
        assert "Svar på det du har tilbudt en kollega" in page
        assert "Jeg har for mange nå" in page
        # It says what was answered, and no longer what one may press
        assert "Sa nei" in page
        assert "Si nei" not in page
        offer(kari, hers, ola)

    def test_only_whoever_answers_and_the_leader_offer_and_only_to_one_who_follows_up_there(
        self, hers, kari, ola, leader, district_contact, admin
    ):
        with pytest.raises(NotAllowed):
            offer(ola, hers, ola)
        with pytest.raises(NotAllowed):
            offer(admin, hers, ola)
        for stranger in (district_contact, leader):
            with pytest.raises(Invalid, match="følger ikke opp ungdommer"):
                offer(kari, hers, stranger)
        with pytest.raises(Invalid, match="allerede ansvarlig"):
            offer(kari, hers, kari)
        assert offer(leader, hers, ola).from_user_id == kari.user_id

    def test_one_nobody_answers_for_is_shared_out_and_not_offered(self, case, ola, leader):
        with pytest.raises(Invalid, match="Ingen svarer"):
            offer(leader, case, ola)

    def test_there_is_one_offer_at_a_time(self, hers, kari, school, offered):
        with pytest.raises(IllegalTransition, match="venter alt"):
            offer(kari, hers, make.actor(Role.COUNSELLOR, school))

    def test_only_the_receiver_answers_and_only_the_giver_and_the_leader_take_it_back(
        self, hers, kari, ola, school, leader, offered
    ):
        for other in (kari, leader, make.actor(Role.COUNSELLOR, school)):
            with pytest.raises(NotAllowed, match="Bare den det er tilbudt"):
                answer(other, offered)
        for other in (ola, make.actor(Role.COUNSELLOR, school)):
            with pytest.raises(NotAllowed, match="Bare den som tilbød"):
                revoke(other, offered)
        revoke(leader, offered)
        assert stands(offered)[0] == "revoked"

    def test_the_receiver_is_told_that_an_offer_is_taken_back_or_has_lapsed_and_not_why(
        self, hers, kari, ola, school, offered
    ):
        told, page = "Tilbud til deg som ikke gjelder lenger", reverse("collaboration:notices")
        assert told not in text_of(browser_of(ola).get(page))
        revoke(kari, offered)
        shown = text_of(browser_of(ola).get(page))
        assert told in shown
        assert "Trukket tilbake" in shown
        assert "svar ventes" not in shown
        assert hers.youth.last_name in shown
        for other in (kari, make.actor(Role.COUNSELLOR, school)):
            assert told not in text_of(browser_of(other).get(page))
        # When the next one lapses, since somebody else takes the youth upon themselves
        offer(kari, hers, ola)
        third = make.actor(Role.COUNSELLOR, school)
        with acting_as(third):
            counsellors.assign_counsellor(
                actor=third, youth_id=hers.youth_id, counsellor_id=third.user_id, version=None
            )
        shown = text_of(browser_of(ola).get(page))
        assert "Bortfalt" in shown
        assert "har det ikke lenger" not in shown
        with clock.frozen(make.TODAY + timedelta(15)):
            assert told not in text_of(browser_of(ola).get(page))

    def test_what_is_taken_back_or_answered_cannot_be_accepted_too(self, hers, kari, ola, offered):
        revoke(kari, offered)
        with pytest.raises(EditConflict):
            answer(ola, offered)
        again = offer(kari, hers, ola)
        answer(ola, again)
        with pytest.raises(EditConflict):
            answer(ola, again, "declined", "Nei")
        with pytest.raises(EditConflict):
            revoke(kari, again)

    def test_the_log_tells_each_act(self, hers, ola, offered):
        answer(ola, offered)
        with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
            verbs = set(AuditEntry.objects.filter(youth_id=hers.youth_id).values_list("verb", flat=True))
        assert {"handover.offered_person", "handover.accepted_person", "counsellor.assigned"} <= verbs

    def test_many_are_offered_at_once_each_by_itself(self, hers, kari, ola, school):
        free = make.case(school)
        with acting_as(kari):
            items = [(hers.youth_id, None), (free.youth_id, None)]
            result = person_offers.offer_many(actor=kari, items=items, to_user_id=ola.user_id)
        assert [youth_id for youth_id, _pk in result.done] == [hers.youth_id]
        assert [youth_id for youth_id, _why in result.refused] == [free.youth_id]


class TestLapses:
    def test_when_somebody_takes_it_or_the_leader_moves_it(self, hers, ola, leader, school, offered):
        with acting_as(leader):
            counsellors.assign_counsellor(
                actor=leader,
                youth_id=hers.youth_id,
                counsellor_id=make.actor(Role.COUNSELLOR, school).user_id,
                version=None,
            )
        assert stands(offered) == ("lapsed", "Den som tilbød det, har det ikke lenger.")
        with pytest.raises(EditConflict):
            answer(ola, offered)

    def test_when_another_unit_gets_the_youth(self, hers, ola, admin, offered):
        other = make.unit(name="Andre videregående skole")
        with acting_as(admin):
            responsibility.assign(
                actor=admin, youth_id=hers.youth_id, holder_id=other.pk, reason="Flyttet", version=None
            )
        assert stands(offered) == ("lapsed", "En annen enhet har fått ansvaret.")

    def test_when_the_registration_is_closed(self, hers, admin, offered):
        with acting_as(admin):
            registrations.close_registration(
                actor=admin,
                registration_id=hers.pk,
                last_day=make.TODAY,
                end_reason="completed",
                version=None,
            )
        assert stands(offered) == ("lapsed", "Tilmeldingen er avsluttet.")

    def test_when_the_youth_is_protected_and_may_be_offered_anew(self, hers, kari, ola, offered):
        handler = make.actor(Role.PROTECTED_HANDLER, make.education_admin())
        with acting_as(handler):
            set_protection(actor=handler, youth_id=hers.youth_id, grade=Protection.CONFIDENTIAL)
        assert stands(offered) == ("lapsed", "Ungdommen har fått en gradering.")
        answer(ola, offer(kari, hers, ola))
        assert who(hers) == ola.user_id

    def test_when_the_youth_is_taken_up_in_another(self, hers, school, admin, offered):
        kept = make.case(school)
        with acting_as(admin):
            merging.merge_youths(actor=admin, kept_id=kept.youth_id, absorbed_id=hers.youth_id, reason="Samme person")
        assert stands(offered) == ("lapsed", "Ungdommen er slått sammen med en annen.")

    @pytest.mark.parametrize("who_left", ["kari", "ola"])
    def test_when_one_of_the_two_has_quit(self, request, who_left, hers, leader, offered):
        gone = request.getfixturevalue(who_left)
        RoleAssignment.objects.filter(user_id=gone.user_id).update(last_day=make.TODAY - timedelta(1))
        for _time in range(2):
            lapse_offers()
        assert stands(offered) == ("lapsed", "Den som tilbød det, eller fikk det, har ikke lenger en rolle der.")
        # Whoever quit has left the youth behind, and the leader is told so
        home = text_of(browser_of(leader).get(reverse("home")))
        assert ("har en ansvarlig person som ikke lenger har en rolle" in home) is (who_left == "kari")

    def test_not_while_both_are_there(self, hers, offered):
        lapse_offers()
        assert stands(offered) == ("", "")


class TestWhoIsTold:
    def test_the_receiver_answers_it_under_mine_and_nobody_else_is_asked(self, hers, kari, ola, school, offered):
        page = browser_of(ola).get(reverse("collaboration:tasks"))
        assert "Tilbudt deg" in text_of(page)
        assert "Ring før klokka ti." in text_of(page)
        sent = reverse("collaboration:answer_record", kwargs={"record_id": offered.pk})
        assert sent in page.content.decode()
        for other in (kari, make.actor(Role.COUNSELLOR, school)):
            for name in ("tasks", "notices"):
                assert sent not in browser_of(other).get(reverse(f"collaboration:{name}")).content.decode()
        browser_of(ola).post(sent, {"answer": "accepted", "text": "", "version": "1"})
        assert who(hers) == ola.user_id
        assert "Tilbudt deg" not in text_of(browser_of(ola).get(reverse("collaboration:tasks")))

    def test_it_counts_for_the_receiver_and_past_its_day_for_the_giver_and_the_leader(
        self, hers, kari, ola, leader, school, offered
    ):
        def counts(day):
            with clock.frozen(day):
                return [self.count(each, day) for each in (ola, kari, leader, make.actor(Role.COUNSELLOR, school))]

        assert counts(make.TODAY) == [1, 0, 0, 0]
        assert counts(LATE) == [1, 1, 1, 0]

    @staticmethod
    def count(actor, day):
        with acting_as(actor, on=day):
            return selectors.count_waiting(actor=actor, today=day)

    def test_past_its_day_it_goes_to_the_leader(self, hers, leader, offered):
        told = "1 tilbud om å overta en ungdom eller en plan er ikke besvart i tide."
        assert told not in text_of(browser_of(leader).get(reverse("home")))
        with clock.frozen(LATE):
            assert told in text_of(browser_of(leader).get(reverse("home")))
            page = browser_of(leader).get(reverse("collaboration:notices"))
        assert "Kari Berg → Ola Lie" in text_of(page)
        assert "Over fristen" in text_of(page)

    def test_whoever_answers_offers_from_the_page_of_the_youth(self, hers, kari, ola, school, leader):
        client = browser_of(kari)
        address = reverse("collaboration:offer_youth", kwargs={"youth_id": hers.youth_id})
        person = reverse("casework:person", kwargs={"youth_id": hers.youth_id})
        assert address in client.get(person).content.decode()
        assert address in browser_of(leader).get(person).content.decode()
        assert address not in browser_of(ola).get(person).content.decode()
        version = client.get(address).context["form"].initial["version"]
        given = {"to_user_id": opaque.encode(ola.user_id), "note": "Ring før klokka ti.", "version": version}
        assert "Tilbudet er sendt." in text_of(client.post(address, given, follow=True))
        assert "Et tilbud til Ola Lie venter på svar." in text_of(client.get(address))
        assert "Bare den som svarer for ungdommen" in text_of(browser_of(ola).get(address, follow=True))
