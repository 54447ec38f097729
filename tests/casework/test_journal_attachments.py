"""A file is kept with a note in the journal when it is what its name says; then whoever reads the note can fetch it."""

import socket

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.urls import reverse

from fotfeste.access.attachments import MOST
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import JournalAttachment, JournalNote
from fotfeste.casework.services import journal
from fotfeste.kernel.checked_files import LARGEST, CheckedFile
from fotfeste.kernel.errors import EditConflict, Invalid
from tests import attached
from tests import factories as make

pytestmark = pytest.mark.django_db

WRITTEN = "Fikk vitnemålet i dag."


def page(case):
    return reverse("casework:journal", kwargs={"youth_id": case.youth_id})


def address(row):
    return reverse("casework:journal_attachment", kwargs={"youth_id": row.youth_id, "attachment_id": row.pk})


def send(client, case, *files):
    return client.post(page(case), {"text": WRITTEN, "written_on": "23.11.2026", "attachments": list(files)})


def kept(actor):
    with acting_as(actor):
        return list(JournalAttachment.objects.select_related("note").order_by("pk"))


def write(actor, case, *files):
    with acting_as(actor):
        return journal.write_note(actor=actor, youth_id=case.youth_id, text=WRITTEN, attachments=files)


def checked(content=attached.PDF, name="Vitnemål.pdf"):
    return CheckedFile(name, content, "application/pdf")


def test_files_are_kept_with_the_note_shown_with_it_and_handed_out_as_they_came(counsellor, case, browser_of, settings):
    client = browser_of(counsellor)
    with attached.scanner(settings) as heard:
        sent = attached.file(), attached.file("Bilde av tavla.PNG", attached.PNG), attached.file("igjen.pdf")
        assert send(client, case, *sent).status_code == 302
    rows = kept(counsellor)
    assert [(each.name, each.is_scanned, each.added_by_id) for each in rows] == [
        ("Vitnemål.pdf", True, counsellor.user_id),
        ("Bilde av tavla.PNG", True, counsellor.user_id),
    ]
    assert heard == [attached.PDF, attached.PNG]
    for path in (page(case), reverse("casework:person", kwargs={"youth_id": case.youth_id})):
        shown = client.get(path)
        text = shown.content.decode()
        assert shown.status_code == 200
        assert "Vitnemål.pdf" in text
        assert "PDF, 1\xa0kB" in text or "PDF, 1 kB" in text
        assert "ikke viruskontrollert" not in text
        assert address(rows[0]) in text
    answer = client.get(address(rows[0]))
    assert (answer.content, answer["Content-Type"]) == (attached.PDF, "application/pdf")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Vitnem%C3%A5l.pdf"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    found = client.post(
        reverse("casework:search_case", kwargs={"youth_id": case.youth_id}), {"words": "tavla"}
    ).content.decode()
    assert "Bilde av tavla.PNG" in found
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        read = AuditEntry.objects.filter(verb="read", screen="casework:journal_attachment").get()
        assert (read.youth_id, bool(read.ground)) == (case.youth_id, True)


WRONG = {
    "too large": (("stor.pdf", attached.PDF.ljust(LARGEST + 1)), "«stor.pdf» er for stor. Et vedlegg kan være på høyst 8 MB."),
    "a wrong kind": (("brev.docx", attached.BOMB), "«brev.docx» er verken en PDF eller et bilde"),
    "a page called a paper": (("brev.pdf", b"<html><script>x</script></html>"), "«brev.pdf» er noe annet enn navnet sier."),
    "a page that begins as a paper": (("brev.pdf", b"%PDF-1.4<html>x</html>"), "«brev.pdf» er ødelagt"),
    "a picture called a paper": (("brev.pdf", attached.JPEG), "«brev.pdf» er noe annet enn navnet sier."),
    "empty": (("tom.pdf", b""), "«tom.pdf» er tom."),
    "harmful": (("v.pdf", attached.PDF + attached.EICAR), "Viruskontrollen fant noe skadelig i «v.pdf»."),
}  # fmt: skip


def test_one_file_that_may_not_be_kept_stops_all_and_what_was_written_stands(counsellor, case, browser_of, settings):
    client = browser_of(counsellor)
    with attached.scanner(settings) as heard:
        for kind, (wrong, sentence) in WRONG.items():
            answer = send(client, case, attached.file(), attached.file(*wrong))
            text = answer.content.decode()
            assert answer.status_code == 422, kind
            assert sentence in text, kind
            assert WRITTEN in text, kind
            assert "filene må velges på nytt" in text, kind
        assert len(heard) == 2  # the harmful one, and the one beside it
        many = send(client, case, *(attached.file(f"{n}.pdf", attached.PDF + b"%d" % n) for n in range(MOST + 1)))
    assert "Høyst 5 filer" in many.content.decode()
    with socket.create_server(("127.0.0.1", 0)) as gone:
        settings.CLAMAV = f"127.0.0.1:{gone.getsockname()[1]}"
    assert "Viruskontrollen svarer ikke, så «Vitnemål.pdf»" in send(client, case, attached.file()).content.decode()
    settings.CLAMAV, settings.UNSCANNED_FILES = "", "refuse"
    assert "ingen viruskontroll er satt opp" in send(client, case, attached.file()).content.decode()
    with acting_as(counsellor):
        assert (JournalNote.objects.count(), JournalAttachment.objects.count()) == (0, 0)


def test_without_a_scanner_a_file_is_kept_and_marked_and_an_unfilled_template_keeps_the_writing(
    counsellor, case, browser_of
):
    client = browser_of(counsellor)
    form = {"text": "Møtte [hvem].", "written_on": "23.11.2026"}
    told = client.post(page(case), {**form, "attachments": attached.file()}).content.decode()
    assert ("Møtte [hvem]." in told, "filene må velges på nytt" in told) == (True, True)
    assert send(client, case, attached.file()).status_code == 302
    assert "ikke viruskontrollert" in client.get(page(case)).content.decode()


def test_a_correction_goes_on_with_the_files_chosen_and_the_old_note_keeps_its_own(counsellor, case, browser_of):
    old = write(counsellor, case, checked(), checked(attached.PDF + b"2", "Feil person.pdf"))
    first, second = kept(counsellor)
    client = browser_of(counsellor)
    form = reverse("casework:correct_note", kwargs={"youth_id": case.youth_id, "note_id": old.pk})
    shown = client.get(form)
    choice = shown.context["form"]["keeps"].value()[0]
    text = {
        "text": "Rettet.",
        "version": old.pk,
        "keeps": [choice],
        "attachments": attached.file("ny.png", attached.PNG),
    }
    assert client.post(form, text).status_code == 302
    carried, new = kept(counsellor)[2:]
    assert (carried.kept_from_id, carried.content, carried.recorded_at) == (first.pk, None, first.recorded_at)
    assert (carried.note.corrects_id, new.name) == (old.pk, "ny.png")
    assert client.get(address(carried)).content == attached.PDF
    assert client.get(address(second)).status_code == 200  # what was wrong is struck, not hidden
    again = client.get(
        reverse("casework:correct_note", kwargs={"youth_id": case.youth_id, "note_id": carried.note_id})
    ).content.decode()
    assert ("Vitnemål.pdf" in again, "Feil person.pdf" in again) == (True, False)


def test_of_two_who_correct_at_once_the_late_one_leaves_no_file(counsellor, case):
    old = write(counsellor, case, checked())
    with acting_as(counsellor):
        journal.correct_note(actor=counsellor, note_id=old.pk, text="Først")
        with pytest.raises(EditConflict):
            journal.correct_note(
                actor=counsellor, note_id=old.pk, text="Sist", attachments=[checked(attached.PDF + b"2", "sist.pdf")]
            )
        many = [checked(attached.PDF + b"%d" % n, f"{n}.pdf") for n in range(MOST)]
        with pytest.raises(Invalid, match="høyst 5 vedlegg"):
            journal.correct_note(
                actor=counsellor, note_id=old.pk, version=kept(counsellor)[1].note_id, text="x", attachments=many
            )
    assert [each.name for each in kept(counsellor)] == ["Vitnemål.pdf"] * 2


def test_nobody_else_fetches_a_file_whoever_guesses_its_address(counsellor, case, other_school, admin, browser_of):
    write(counsellor, case, checked())
    (row,) = kept(counsellor)
    district = make.unit(name="Nav Prøve")
    others = (make.actor(Role.COUNSELLOR, other_school), admin, make.actor(Role.COUNSELLOR, district))
    assert {browser_of(each).get(address(row)).status_code for each in others} == {404}
    elsewhere = make.case(other_school)
    theirs = {"youth_id": elsewhere.youth_id, "attachment_id": row.pk}
    for each in (others[0], counsellor):  # by way of a youth of one's own
        assert browser_of(each).get(reverse("casework:journal_attachment", kwargs=theirs)).status_code == 404
    own = {"youth_id": case.youth_id, "attachment_id": row.pk + 1}
    assert browser_of(counsellor).get(reverse("casework:journal_attachment", kwargs=own)).status_code == 404


def test_what_is_kept_is_never_changed(counsellor, case):
    write(counsellor, case, checked())
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting_as(counsellor),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE casework_journal_attachment SET name = 'x'")
