"""Letters are written down set by set: as they are one by one, and one that is refused stops no other."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from fotfeste.access.scope import acting_as
from fotfeste.access.verdict import allow_if
from fotfeste.audit.models import AuditEntry
from fotfeste.casework import policies
from fotfeste.casework.models import ContactAttempt, Registration
from fotfeste.correspondence import jobs
from fotfeste.correspondence.models import Letter
from fotfeste.kernel.errors import NotAllowed
from fotfeste.people.models import Youth
from tests import factories as make
from tests.correspondence.letter_world import APRIL, Partner, letters

NAMES = ("Aas", "Berg", "Dahl")
#: What tells a letter or an attempt from another, and not what was written of it.
_OWN = {"id", "key", "mailing_id", "attempt_id", "reference", "reply_digest", "said"}


def _written() -> list:
    """Return what stands of all letters, attempts and registrations, and in the log, but for what is each one's own."""
    found = []
    with acting_as(make.system()):
        for model in (Letter, ContactAttempt, Registration):
            for row in model.objects.order_by("youth_id", "pk"):
                values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
                found.append((model.__name__, {name: value for name, value in values.items() if name not in _OWN}))
        said = Letter.objects.order_by("youth_id", "pk").values_list("said", "attempt__youth_id", "reply_digest")
        found += [(sorted(words), of, bool(digest)) for words, of, digest in said]
    with acting_as(make.actor("privacy_officer", make.education_admin())):
        rows = AuditEntry.objects.filter(verb__in=("letter.sent", "contact.registered")).order_by("youth_id", "pk")
        told = rows.values_list(
            "verb", "youth_id", "user_id", "county_id", "details__receiver", "details__channel", "at"
        )
        return [*found, *sorted(told, key=str)]


def _attempts() -> list[ContactAttempt]:
    return list(ContactAttempt.objects.select_related("youth"))


def test_a_set_is_written_down_as_its_letters_are_one_by_one(world, monkeypatch):
    # Given three registered, one of them under 18, whose guardian gets a copy
    for name, born in zip(NAMES, (date(2010, 1, 2), date(2007, 1, 2), date(2007, 1, 2)), strict=True):
        world.non_applicant(name, born=born, guardian=f"Kari {name}")
    with acting_as(make.system()):
        Registration.objects.filter(youth__last_name="Berg").update(first_day=date(2026, 9, 1))
    written = []
    # When a mailing is sent set by set, and, as if that had not been, letter by letter
    for is_one_by_one in (False, True):
        with transaction.atomic(), monkeypatch.context() as changed:
            if is_one_by_one:
                changed.setattr(jobs, "given_together", lambda ready, _carrier_of: [[each] for each in ready])
            world.sent(kind="rights", school_year=None, reply_by=None)
            written.append(_written())
            transaction.set_rollback(True)
    # Then the same is written: four letters, and three attempts, one of which counts with the registration's
    assert written[0] == written[1]
    assert [each[0] for each in written[0]].count("letter.sent") == 4
    cases = [each[1] for each in written[0] if each[0] == "Registration"]
    assert sorted((each["attempts"], each["last_attempt_on"]) for each in cases if each["attempts"]) == [(1, APRIL)]


@pytest.mark.parametrize("moves", NAMES)
def test_one_who_moves_to_another_county_while_the_carrier_has_the_set_leaves_the_others_done(world, moves):
    cases = {name: world.non_applicant(name) for name in NAMES}
    elsewhere = make.unit(name="Skole i Vestland", county_id=46)

    class Slow(Partner):
        def send(self, parcel):
            if not self.taken:
                with acting_as(make.system(make.OSLO, 46)):
                    Youth.objects.filter(pk=cases[moves].youth_id).update(county_id=46, unit_id=elsewhere.pk)
            return super().send(parcel)

    mailing, carrier = world.sent(Slow())
    others = {name: "sent" for name in NAMES if name != moves}
    assert {each.youth.last_name: each.state for each in letters(mailing)} == others
    with acting_as(make.system(make.OSLO, 46)):
        assert {each.youth.last_name for each in _attempts()} == set(others)
        assert Letter.objects.get(youth_id=cases[moves].youth_id).sent_at is None
    assert sorted(carrier.keys) == sorted(set(carrier.keys))


@pytest.mark.parametrize("refused", NAMES)
def test_one_that_is_refused_leaves_the_others_of_its_set_done_and_the_worker_says_why(world, monkeypatch, refused):
    # Given that nothing is to be registered at the school of one
    other = replace(world, school=make.unit())
    for name in NAMES:
        (other if name == refused else world).non_applicant(name)
    may = policies.may_register_contact

    def may_not(**asked):
        return allow_if(False, otherwise="Ikke her.") if asked["unit_id"] == other.school.pk else may(**asked)

    mailing, carrier = world.prepare(), Partner()
    world.approve(mailing)
    # When the mailing is sent
    monkeypatch.setattr(policies, "may_register_contact", may_not)
    with pytest.raises(NotAllowed, match="Ikke her"):
        world.send(mailing, carrier)
    # Then the others are noted, and nothing is of the one, until it is sent again
    made = {each.youth.last_name: (each.state, each.attempt_id is not None) for each in letters(mailing)}
    assert made == {name: ("handed", False) if name == refused else ("sent", True) for name in NAMES}
    monkeypatch.setattr(policies, "may_register_contact", may)
    world.send(mailing, carrier)
    assert {each.state for each in letters(mailing)} == {"sent"}
    with acting_as(make.system()):
        assert sorted(each.youth.last_name for each in _attempts()) == sorted(NAMES)
    assert sorted(carrier.keys) == sorted(set(carrier.keys))


def test_ten_more_letters_take_a_few_statements_more(world):
    def statements(names: range) -> int:
        for number in names:
            world.non_applicant(f"Navn{number}")
        mailing = world.prepare()
        world.approve(mailing)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            world.send(mailing, Partner())
        assert {each.state for each in letters(mailing)} == {"sent"}
        return len(asked)

    one, eleven = statements(range(1)), statements(range(1, 12))
    assert eleven - one <= 5
