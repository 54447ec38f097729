"""Nav answers a washed list in a file: taken out, filled in, read whole, and used whole or not at all."""

import contextlib
import csv
import io
from collections.abc import Iterator

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse
from python_calamine import load_workbook

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import Feedback
from fotfeste.casework.services import residence
from fotfeste.integrations.services import wash_answers
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.kernel.opaque import encode
from fotfeste.lists.services.wash import close_wash, open_wash
from tests import factories as make
from tests.attack import bombs
from tests.lists.otuk_world import World

HEADERS = ["Navn", "Fødselsdato", "Svar fra Nav", "Nøkkel", "Tatt ut"]
TAKEN, NOT_TAKEN, MOVED = "followed_up", "still_unknown", "moved"


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


class Wash:
    """A washed list of three, and a browser at it."""

    def __init__(self, client) -> None:
        self.client, self.world = client, World.made()
        self.cases = [self.world.unknown(name) for name in ("Aas", "Bakke", "=Dahl")]
        made = self.world.freeze()
        with acting_as(self.world.alna_contact):
            self.session = open_wash(actor=self.world.alna_contact, made=made, district_id=self.world.alna.pk)
        at = {"round_id": made.pk, "unit_id": self.world.alna.pk}
        self.page = reverse("integrations:wash_answers", kwargs=at)
        self.csv, self.xlsx = (reverse("lists:wash_file", kwargs={**at, "kind": kind}) for kind in ("csv", "xlsx"))

    def get(self, path: str, actor=None):
        self.client.cookies.clear()
        session = self.client.session
        session["user_id"] = (actor or self.world.nav).user_id
        session.save()
        return self.client.get(path)

    def rows(self) -> list[list[str]]:
        """Return the file as it is taken out, its headings first and then Aas, Bakke and =Dahl."""
        text = b"".join(self.get(self.csv)).decode("utf-8-sig")
        headings, *rows = csv.reader(io.StringIO(text), delimiter=";")
        return [headings, *sorted(rows, key=lambda row: row[0].lstrip("'="))]

    def send(self, content: bytes, name: str = "svar.csv", actor=None):
        self.get(self.page, actor)
        return self.client.post(self.page, {"file": SimpleUploadedFile(name, content)}, follow=True)

    def said(self) -> list[tuple[str, str]]:
        """Return what the administration has been told, by name."""
        with acting_as(self.world.admin):
            return sorted((row.youth.last_name, row.category) for row in Feedback.objects.select_related("youth"))


def log_of(verb: str) -> list[AuditEntry]:
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        return list(AuditEntry.objects.filter(verb=verb).order_by("pk"))


def as_csv(rows: list[list[str]], encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return out.getvalue()


def answered(rows: list[list[str]], *answers: str) -> list[list[str]]:
    """Return the file with the answers filled in, from the first row on."""
    filled = [list(row) for row in rows]
    for row, answer in zip(filled[1:], answers, strict=False):
        row[2] = answer
    return filled


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


@pytest.fixture
def wash(client, db):
    return Wash(client)


@pytest.mark.proves("rut-wash-session-s02", "rule-wash-answer", "rule-nav-answers-only", "wash-youth", "wash-answer")
def test_the_list_goes_out_and_comes_back_answered_and_again_changes_nothing(wash):
    # Given somebody who has become protected since the list was made
    later = wash.cases[1]
    with acting_as(make.system()):
        residence.set_protection(actor=make.system(), youth_id=later.youth_id, grade="strictly_confidential")
    # Then those who wash the list may take it out, and it says who they are, who took it out, and nothing more
    for actor in (wash.world.alna_contact, wash.world.admin, wash.world.nav):
        text = b"".join(wash.get(wash.csv, actor)).decode("utf-8-sig")
        assert text.splitlines()[0] == ";".join(HEADERS)
        assert ("Aas, Amina" in text, "'=Dahl, Amina" in text, "Bakke" in text) == (True, True, False)
        assert text.count(f"Tatt ut av {actor.name}") == 2
        for hidden in ("Furuveien", "Prøve videregående", wash.cases[0].youth.national_id):
            assert hidden not in text
    there = {wash.cases[0].youth_id, wash.cases[2].youth_id}
    assert [(row.details["format"], set(row.youth_ids)) for row in log_of("wash.downloaded")] == [("csv", there)] * 3
    # and the workbook lets nothing be chosen but the three, and says without a number who is left out
    book = b"".join(wash.get(wash.xlsx))
    cover, sheet = load_workbook(io.BytesIO(book)).get_sheet_by_index(0), "xl/worksheets/sheet2.xml"
    assert "Ungdom med beskyttet adresse står ikke her" in str(cover.to_python())
    assert "Ivaretatt,Ikke ivaretatt,Har flyttet" in bombs.part_of(book, sheet)
    # When Nav sends it back, one answered and one left empty
    rows = wash.rows()
    answer = wash.send(as_csv(answered(rows, "ivaretatt")))
    assert "1 nytt svar er ført. Slett filen nå." in text_of(answer)
    assert wash.said() == [("Aas", TAKEN)]
    # Then the same again changes nothing, a fuller one adds, as a workbook too, and an empty one is no answer
    for rows_sent, told in (
        (answered(rows, "Ivaretatt"), "ført fra før"),
        (answered(rows, "", " Har  flyttet "), "1 nytt svar"),
        (rows, "Filen har ingen svar"),
    ):
        assert told in text_of(wash.send(as_xlsx(rows_sent), "svar.xlsx"))
    assert wash.said() == [("=Dahl", MOVED), ("Aas", TAKEN)]
    told = [row.details for row in log_of("wash.answered")]
    assert [(each["answers"], each["how"]) for each in told] == [(1, "file"), (1, "file")]


@pytest.mark.proves("rule-wash-answer")
def test_one_wrong_row_and_nothing_is_used_and_each_row_is_told_of(wash):
    rows = wash.rows()
    elsewhere = wash.world.unknown("Utenfor")
    made_up, real = [list(rows[1]) for _ in range(2)]
    made_up[3] = "a" * 26
    real[0], real[3] = "Utenfor, Amina", encode(elsewhere.youth_id)
    moved = answered(rows, "Ivaretatt")
    moved[1][0], moved[2][0] = moved[2][0], moved[1][0]
    not_this = "Raden er ikke fra denne listen"
    wrong = {
        "another word": (answered(rows, "Ivaretatt", "kanskje"), ["Rad 3", "«kanskje» er ikke et av de tre svarene"]),
        "a formula": (answered(rows, '=HYPERLINK("x")', "Ivaretatt"), ["Rad 2", "er ikke et av de tre svarene"]),
        "two that disagree": (
            [*answered(rows, "Ivaretatt"), answered(rows, "Har flyttet")[1]],
            ["Rad 2 og rad 5 gjelder samme person og svarer ulikt."],
        ),
        "names that have slipped": (moved, ["Rad 2", "Rad 3", not_this]),
        "nobody": ([*answered(rows, "Ivaretatt"), made_up], ["Rad 5", not_this]),
        "somebody on no list": ([*answered(rows, "Ivaretatt"), real], ["Rad 5", not_this]),
        "a number too few": ([*answered(rows, "Ivaretatt"), ["Aas", "x"]], ["Rad 5", "har 2 celler"]),
        "no answers": ([row[:2] + row[3:] for row in rows], ["mangler «Svar fra Nav» i overskriften"]),
        "a remark": (
            [[*row, "Merknad" if at == 0 else "Har fått AAP"] for at, row in enumerate(rows)],
            ["har fått «Merknad» i overskriften"],
        ),
        "twice": ([[*row, row[2]] for row in rows], ["«Svar fra Nav» står flere ganger"]),
    }
    told = {}
    for name, (sent, sentences) in wrong.items():
        answer = wash.send(as_csv(sent))
        told[name] = text_of(answer)
        assert answer.status_code == 422, name
        assert [each for each in sentences if each not in told[name]] == [], name
    assert "AAP" not in told["a remark"]
    assert told["nobody"].count(not_this) == told["somebody on no list"].count(not_this) == 1
    assert "Utenfor" not in told["somebody on no list"]
    # What is no such file is refused in a sentence
    for content, sentence in (
        (b"", "Filen er tom."),
        (bombs.zip_in_zip(), "er en zip-fil, ikke et Excel-regneark"),
        ("Navn;Fødselsdato;".encode("utf-16"), "UTF-16"),
        (b"x" * (wash_answers.LARGEST + 1), "større enn 5 MB"),
        (as_csv([rows[0], *[rows[1]] * 5_001]), "flere enn 5000 rader"),
    ):
        answer = wash.send(content, "svar.xlsx")
        assert (answer.status_code, sentence in text_of(answer)) == (422, True), sentence
    assert wash.said() == []
    # One that stands is changed on the screen, by whoever gave it
    wash.send(as_csv(answered(rows, "Ivaretatt")))
    answer = text_of(wash.send(as_csv(answered(rows, "Har flyttet", "Ivaretatt"))))
    assert "alt besvart på en annen måte" in answer
    assert wash.said() == [("Aas", TAKEN)]
    # A spreadsheet that saves in the old characters is read as well
    wash.send(as_csv(answered(rows, "", "Ikke ivaretatt"), "cp1252"))
    assert wash.said() == [("Aas", TAKEN), ("Bakke", NOT_TAKEN)]


def test_only_who_answers_for_the_office_reads_it_in_and_only_those_of_the_wash_take_it_out(wash):
    filled = as_csv(answered(wash.rows(), "Ivaretatt"))
    stranger = make.actor(Role.NAV_RESPONSIBLE, wash.world.stovner.nav_office)
    counsellor = make.actor(Role.COUNSELLOR, wash.world.school)
    for actor in (stranger, counsellor, wash.world.stovner_contact, wash.world.alna_contact, wash.world.admin):
        assert wash.get(wash.page, actor).status_code in {403, 404}
        assert wash.send(filled, actor=actor).status_code in {403, 404}
        with acting_as(actor), pytest.raises((Invalid, NotAllowed)):
            wash_answers.take_in_answers(actor=actor, session_id=wash.session.pk, file=io.BytesIO(filled))
    for actor in (stranger, counsellor, wash.world.stovner_contact):
        assert {wash.get(path, actor).status_code for path in (wash.csv, wash.xlsx)} <= {403, 404}
    assert wash.get(wash.csv.replace(".csv", ".pdf")).status_code == 404
    # What is over is neither taken out nor answered
    with acting_as(wash.world.alna_contact):
        close_wash(actor=wash.world.alna_contact, session_id=wash.session.pk)
    assert wash.get(wash.csv).status_code == 404
    assert "Gjennomgangen er avsluttet" in text_of(wash.send(filled))
    assert wash.said() == []


@contextlib.contextmanager
def another_connection() -> Iterator[None]:
    mine = connections["default"]
    other = mine.copy()
    connections["default"] = other
    try:
        yield
    finally:
        connections["default"] = mine
        other.close()


def test_of_two_who_send_at_once_the_last_changes_nothing_of_the_first(client, committed_database, monkeypatch):
    wash = Wash(client)
    rows = wash.rows()
    colleague = make.actor(Role.NAV_RESPONSIBLE, wash.world.nav_alna, name="Ola Prøve")
    record = wash_answers.record_answers

    def send(actor, *answers):
        with acting_as(actor):
            return wash_answers.take_in_answers(
                actor=actor, session_id=wash.session.pk, file=io.BytesIO(as_csv(answered(rows, *answers)))
            )

    def overtaken_by(*answers):
        def first(**given):
            monkeypatch.setattr(wash_answers, "record_answers", record)
            with another_connection():
                assert send(colleague, *answers).new == 1
            return record(**given)

        monkeypatch.setattr(wash_answers, "record_answers", first)

    # Given a colleague whose file is used after this one was judged
    overtaken_by("Ivaretatt")
    # Then what both say is said once, and the rest is added
    assert send(wash.world.nav, "Ivaretatt", "Har flyttet").new == 1
    assert wash.said() == [("Aas", TAKEN), ("Bakke", MOVED)]
    # and where they disagree, nothing of the last is used
    overtaken_by("", "", "Ikke ivaretatt")
    with pytest.raises(Invalid, match="besvart på en annen måte"):
        send(wash.world.nav, "Ivaretatt", "Har flyttet", "Ivaretatt")
    assert wash.said() == [("=Dahl", NOT_TAKEN), ("Aas", TAKEN), ("Bakke", MOVED)]
