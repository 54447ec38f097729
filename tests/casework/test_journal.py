"""Notes are written and corrected, never changed, and read by those who answer for the youth."""

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import JournalNote
from fotfeste.casework.services import journal
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from tests import factories as make

pytestmark = pytest.mark.django_db


def _write(actor, case, text="Ringt, avtalt møte."):
    with acting_as(actor):
        return journal.write_note(actor=actor, youth_id=case.youth_id, text=text)


def test_a_correction_is_a_note_of_its_own_and_the_old_one_stays(counsellor, case):
    old = _write(counsellor, case)
    with acting_as(counsellor):
        new = journal.correct_note(actor=counsellor, note_id=old.pk, text="Ringt, avtalt møte fredag.")
        kept = JournalNote.objects.get(pk=old.pk)
    assert (kept.text, kept.superseded_at is not None, new.corrects_id) == ("Ringt, avtalt møte.", True, old.pk)


def test_two_who_correct_the_same_note_see_both_texts(counsellor, case):
    old = _write(counsellor, case)
    with acting_as(counsellor):
        journal.correct_note(actor=counsellor, note_id=old.pk, text="Først")
        with pytest.raises(EditConflict) as conflict:
            journal.correct_note(actor=counsellor, note_id=old.pk, text="Sist")
    assert (conflict.value.theirs["Notat"], conflict.value.yours["Notat"]) == ("Først", "Sist")


def test_an_empty_note_is_refused(counsellor, case):
    with pytest.raises(Invalid):
        _write(counsellor, case, "   ")


def test_the_administration_neither_reads_nor_writes_a_schools_journal(admin, counsellor, case):
    _write(counsellor, case)
    with pytest.raises(NotAllowed, match="Journalen føres av enheten"):
        _write(admin, case)
    with acting_as(admin):
        assert not JournalNote.objects.exists()


def test_the_administration_keeps_the_journal_of_its_own_youths(admin):
    case = make.case(make.education_admin())
    assert _write(admin, case).written_by_id == admin.user_id


def test_another_schools_counsellor_writes_nothing(case, other_school):
    with pytest.raises(Invalid, match="har ikke tilgang"):
        _write(make.actor(Role.COUNSELLOR, other_school), case)
