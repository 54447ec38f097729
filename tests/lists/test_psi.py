"""A washed list is compared with Nav's own register by file: each learns what it may, and nothing but what is whole is used."""

import argparse
import json
from pathlib import Path

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import Feedback
from fotfeste.casework.services import residence
from fotfeste.config.cli import main
from fotfeste.config.commands import wash as command
from fotfeste.kernel import opaque
from fotfeste.kernel.errors import Invalid, NotAllowed, Refused
from fotfeste.lists import matching
from fotfeste.lists.matching import files
from fotfeste.lists.matching.private import _MISSING
from fotfeste.lists.models import WashSession
from fotfeste.lists.services import wash as washing
from fotfeste.lists.services.wash_match import take_in_match
from fotfeste.people.models import Youth
from tests import factories as make
from tests.lists.otuk_world import ALNA

pytestmark = pytest.mark.django_db

STRANGERS = ("11111111111", "22222222222")

SECRET = "en hemmelighet som er trukket tilfeldig og er lang nok"
BOTH = pytest.mark.parametrize("method", matching.METHODS)


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


class Match:
    """The district's installation in one folder, and Nav's, which has no database, in another."""

    def __init__(self, world, folder: Path, capsys) -> None:
        self.world, self.capsys = world, capsys
        self.cases = [world.unknown(name) for name in ("Aas", "Bakke", "Dahl")]
        made = world.freeze()
        with acting_as(world.alna_contact):
            self.session = washing.open_wash(actor=world.alna_contact, made=made, district_id=world.alna.pk)
        self.here, self.nav = folder / "bydel", folder / "nav"
        self.here.mkdir()
        self.nav.mkdir()
        (folder / "hemmelig").write_text(SECRET)
        self.secret = ("--secret", str(folder / "hemmelig"))
        self.key, self.question, self.answer_file = self.here / "key", self.here / "question", self.nav / "answer"

    def number(self, at: int) -> str:
        return str(self.cases[at].youth.national_id)

    def run(self, *given) -> str:
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        assert command.run(parser.parse_args([str(each) for each in given])) == 0
        return self.capsys.readouterr().out

    def request(self, method="psi", *, by="Fatima Prøve", name="") -> str:
        at = ("--county", "03", "--district", ALNA, "--by", by)
        files_ = ("--key", f"{self.key}{name}", "--out", f"{self.question}{name}")
        return self.run("request", *at, "--method", method, *files_, *(self.secret if method != "psi" else ()))

    def answer(self, *numbers, name="", more=(), method="psi") -> str:
        (self.nav / "numre").write_text("\n".join(["Fødselsnummer", *numbers]))
        given = ("--request", f"{self.question}{name}", "--numbers", self.nav / "numre")
        more = (*more, *(self.secret if method != "psi" else ()))
        return self.run("answer", *given, "--out", f"{self.answer_file}{name}", *more)

    def finish(self, method="psi", *, by="Ingrid Prøve", answer="", key="") -> str:
        at = ("--county", "03", "--district", ALNA, "--by", by)
        given = ("--answer", f"{self.answer_file}{answer}", "--key", f"{self.key}{key}")
        return self.run("finish", *at, *given, *(self.secret if method != "psi" else ()))

    def said(self) -> list[tuple[str, str]]:
        with acting_as(self.world.admin):
            rows = Feedback.objects.filter(from_unit=self.world.nav_alna).values_list("youth__last_name", "category")
            return sorted(rows)

    def again(self) -> WashSession:
        with acting_as(self.world.alna_contact):
            return WashSession.objects.get(pk=self.session.pk)


@pytest.fixture
def match(world, tmp_path, capsys):
    return Match(world, tmp_path, capsys)


@BOTH
@pytest.mark.proves("rut-wash-session-s02", "rule-wash-answer", "amb-37")
def test_nav_has_two_of_three_and_only_they_are_answered(match, method, log_in):
    # Given a question about those on the list, one of whom Nav has answered about before
    assert "gjelder 3 ungdommer" in match.request(method)
    with acting_as(match.world.nav):
        washing.record_answers(
            actor=match.world.nav, session_id=match.session.pk, answers={match.cases[2].youth_id: "moved"}
        )
    page = reverse("lists:wash", kwargs={"round_id": match.session.round_id, "unit_id": match.session.district_id})
    assert "Navs register er spurt om listen (Fatima Prøve" in text_of(log_in(match.world.alna_contact).get(page))
    # When Nav answers with its register, in which two of them are, and the answer is read
    told = match.answer(match.number(0), *STRANGERS, match.number(2), method=method)
    assert "Fatima Prøve spør om 3 ungdommer: " in told
    assert "Nav-loven" in told or "forvaltningsloven" in told
    assert "4 numre" in told
    told = match.finish(method)
    # Then one is taken care of, the answer that stood stands, and of the third nothing is said
    assert "Nav ivaretar 2 av 3 ungdommer" in told
    assert "1 ungdom var besvart fra før" in told
    assert match.said() == [("Aas", "followed_up"), ("Dahl", "moved")]
    shown = text_of(log_in(match.world.alna_contact).get(page))
    assert "Treff i Navs register: 2 (Ingrid Prøve" in shown
    assert "er spurt om listen" not in shown
    # It is kept who asked and who answered, when, how many, and on what ground
    after = match.again()
    assert (after.matched, after.match_ticket, after.missing) == (2, "", None)
    assert (after.match_asked_by_id, after.matched_by_id) == (
        match.world.alna_contact.user_id, match.world.nav.user_id,
    )  # fmt: skip
    assert after.matched_at is not None
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        asked, matched = AuditEntry.objects.filter(verb__in=("wash.match_asked", "wash.matched")).order_by("pk")
    assert set(asked.youth_ids) == {case.youth_id for case in match.cases}
    assert (asked.details["asked"], matched.details["found"], matched.details["new"]) == (3, 2, 1)
    assert asked.details["rule"] == matched.details["rule"] != ""
    assert not matched.youth_ids


@BOTH
@pytest.mark.proves("rule-nav-answers-only")
def test_no_number_and_no_key_stands_in_what_is_sent_or_said(match, method):
    said = match.request(method) + match.answer(match.number(0), *STRANGERS, method=method)
    sent = match.question.read_bytes() + match.answer_file.read_bytes()
    told = (match.question.read_bytes().splitlines()[1], match.answer_file.read_bytes().splitlines()[1])
    said += match.finish(method)
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        logged = json.dumps(list(AuditEntry.objects.values_list("details", flat=True)))
    for at, case in enumerate(match.cases):
        for hidden in (match.number(at), case.youth.last_name, opaque.encode(case.youth_id)):
            assert hidden.encode() not in sent
            assert hidden not in said + logged
    assert STRANGERS[0].encode() not in sent
    # What may be read of the answer is two facts; it does not say who, nor how many of those asked about
    assert set(json.loads(told[1])["told"]) == {"numbers", "whole_district"}
    assert {path.stat().st_mode & 0o077 for path in (match.question, match.answer_file)} == {0}
    assert not match.key.exists()


def test_two_questions_about_the_same_list_have_nothing_in_common(match):
    bodies = []
    for method in matching.METHODS:
        for name in ("1", "2"):
            match.request(method, name=name + method)
            question = files.read(Path(f"{match.question}{name}{method}"), files.FileKind.QUESTION)
            bodies.append(question.body)
    assert not {each[at : at + 16] for each in bodies[:1] for at in range(0, len(each), 35)} & {
        each[at : at + 16] for each in bodies[1:2] for at in range(0, len(each), 35)
    }
    hashes = [{each[at : at + 32] for at in range(0, len(each), 32)} for each in bodies[2:]]
    assert len(hashes[0]) == 3
    assert not hashes[0] & hashes[1]


@pytest.mark.proves("wash-missing-in-list")
def test_how_many_the_list_lacks_is_a_number_when_nav_answers_for_the_district(match):
    match.request()
    match.answer(match.number(0), *STRANGERS, more=("--whole-district",))
    assert "Nav kjenner 2 i bydelen som ikke står på listen" in match.finish()
    after = match.again()
    assert (after.missing, after.missing_by_id) == (2, match.world.nav.user_id)


def test_whoever_is_protected_or_has_no_number_is_not_asked_about(match):
    with acting_as(make.system()):
        residence.set_protection(actor=make.system(), youth_id=match.cases[0].youth_id, grade="confidential")
        Youth.objects.filter(pk=match.cases[1].youth_id).update(national_id=None, id_kind="")
    told = match.request()
    assert "gjelder 1 ungdom:" in told
    assert "1 ungdom på listen har ikke et nummer" in told
    # Nor is one who becomes protected while the question is out told of
    with acting_as(make.system()):
        residence.set_protection(actor=make.system(), youth_id=match.cases[2].youth_id, grade="confidential")
    match.answer(match.number(0), match.number(2))
    match.finish()
    assert match.said() == []


def test_a_question_is_answered_once_and_by_its_own_answer(match):
    match.request()
    match.request(name="2")
    match.answer(match.number(0))
    match.answer(match.number(1), name="2")
    # The first question is answered no more, and nothing goes across
    for answer, key in (("", ""), ("", "2"), ("2", "")):
        with pytest.raises(Invalid, match="hører til en annen forespørsel"):
            match.finish(answer=answer, key=key)
    assert match.said() == []
    kept = Path(f"{match.key}2").read_bytes()
    match.finish(answer="2", key="2")
    assert match.said() == [("Bakke", "followed_up")]
    # Again, with a copy of the key that should have been gone
    Path(f"{match.key}2").write_bytes(kept)
    with pytest.raises(Invalid, match="ingen åpen forespørsel"):
        match.finish(answer="2", key="2")
    # Nor in another district's wash
    other = match.world.unknown("Annensted", district="030111")
    assert other
    with pytest.raises(Invalid, match="ikke koden til en bydel"):
        match.run(
            "request", "--county", "03", "--district", "999", "--by", "x", "--key", match.here / "k", "--out", "o"
        )
    with pytest.raises(Invalid, match="har ingen listevask"):
        match.run("request", "--county", "03", "--district", "030111", "--by", "x", "--key", "k", "--out", "o")


@BOTH
def test_a_file_that_is_not_whole_or_not_what_is_needed_is_told_of_and_nothing_recorded(match, method):
    match.request(method)
    match.answer(match.number(0), method=method)
    whole = match.answer_file.read_bytes()
    read = files.unpack(whole, files.FileKind.ANSWER)

    def forged(body=read.body, **told):
        said = {"numbers": 1, "whole_district": True, **told}
        return files.pack(files.MatchFile(files.FileKind.ANSWER, read.method, read.ticket, said, body))

    other = matching.METHODS[1 - matching.METHODS.index(method)]
    wrong = {
        b"": "ikke en fil fra",
        b"PK\x03\x04 noe annet": "ikke en fil fra",
        b"Fotfeste listevask 1\n": "ikke hel",
        whole[:-1]: "ikke hel",
        whole[: len(whole) // 2]: "ikke hel",
        whole.replace(b'"numbers": 1', b'"numbers": 7'): "ikke hel",
        match.question.read_bytes(): "Filen er en forespørsel. Her trengs et svar",
        match.key.read_bytes(): "Filen er en nøkkelfil. Her trengs et svar",
        forged(b""): "kan ikke leses",
        forged(b"\xff" * 200): "kan ikke leses",
        forged(read.body[:-1] if method == "psi" else read.body + b"\x01"): "kan ikke leses",
        forged(b"\x01" * 3 if method == "psi" else b"\x02" * 3): "kan ikke leses",
        forged(numbers="mange"): "ikke en fil fra",
        forged(numbers=-1): "ikke en fil fra",
        forged(numbers=0): "flere treff enn Nav hadde numre",
        whole.replace(f'"{method}"'.encode(), f'"{other}"'.encode()): "ikke hel",
    }
    for content, sentence in wrong.items():
        match.answer_file.write_bytes(content)
        with pytest.raises(Invalid, match=sentence):
            match.finish(method)
        assert (match.said(), match.again().matched) == ([], None)
    # Nor is a key file used that is not whole, and the question can still be answered as it should
    kept = match.key.read_bytes()
    match.answer_file.write_bytes(whole)
    key = files.unpack(kept, files.FileKind.KEY)
    for body in (b"{}", b"[1]", b'{"key": "zz", "youths": []}', b'{"key": "", "youths": ["abc"]}', b"\xff"):
        match.key.write_bytes(files.pack(files.MatchFile(key.kind, key.method, key.ticket, key.told, body)))
        with pytest.raises(Invalid, match="Nøkkelfilen kan ikke leses"):
            match.finish(method)
    match.key.write_bytes(kept)
    match.finish(method)
    assert match.said() == [("Aas", "followed_up")]


def test_nav_s_side_refuses_what_it_cannot_read_without_repeating_it(match, monkeypatch):
    match.request()
    numbers = match.nav / "numre"
    given = ("answer", "--request", match.question, "--numbers", numbers, "--out", match.answer_file)
    for content, sentence in (
        (b"", "ingen numre"),
        (b"Navn\n", "ingen numre"),
        (b"01010112345\n0101011234\n", "Linje 2 .* ikke ett identitetsnummer"),
        (b"01010112345;Aas\n", "Linje 1"),
        (b"\xff\xfe\x00", "ikke en tekstfil"),
    ):
        numbers.write_bytes(content)
        with pytest.raises(Invalid, match=sentence) as told:
            match.run(*given)
        assert "0101011" not in str(told.value)
    numbers.write_text("\ufeff010101 12345\r\n\r\n01010112345;\r\n")
    assert "1 nummer" in match.run(*given)
    # What stands there is not written over, and a file too large is not read
    with pytest.raises(Invalid, match="Det står noe annet der"):
        match.run(*given)
    monkeypatch.setattr(files, "LARGEST", 100)
    with pytest.raises(Invalid, match="og leses ikke"):
        match.run(*given)


def test_another_secret_finds_nobody_and_a_short_one_is_refused(match, tmp_path):
    with pytest.raises(Invalid, match="krever en felles hemmelighet"):
        matching.matching("keyed-hash")
    with pytest.raises(Invalid, match="for kort"):
        matching.matching("keyed-hash", secret=b"kort")
    match.request("keyed-hash")
    (tmp_path / "hemmelig").write_text(SECRET + "!")
    match.answer(match.number(0), method="keyed-hash")
    assert "Nav ivaretar 0 av 3" in match.finish("keyed-hash")
    assert match.said() == []


def test_only_the_parties_act_and_only_while_the_wash_is_open(match):
    for stranger in ("Ingrid Prøve", "Ukjent Prøve", ""):
        with pytest.raises(Invalid, match="Ingen eller flere"):
            match.request(by=stranger)
    match.request(by="Marit Prøve")
    match.answer(match.number(0))
    with pytest.raises(Invalid, match="Ingen eller flere"):
        match.finish(by="Fatima Prøve")
    key, answer = files.read(match.key, files.FileKind.KEY), files.read(match.answer_file, files.FileKind.ANSWER)
    psi = matching.matching("psi")
    for actor in (match.world.alna_contact, match.world.admin):
        with acting_as(actor), pytest.raises(NotAllowed):
            take_in_match(actor=actor, session_id=match.session.pk, key=key, answer=answer, by=psi)
    with acting_as(match.world.stovner_contact), pytest.raises(Refused):
        take_in_match(actor=match.world.stovner_contact, session_id=match.session.pk, key=key, answer=answer, by=psi)
    with acting_as(match.world.alna_contact):
        washing.close_wash(actor=match.world.alna_contact, session_id=match.session.pk)
    with pytest.raises(Invalid, match="avsluttet"):
        match.finish()
    assert match.said() == []


def test_without_the_library_it_says_what_is_missing_and_the_rest_runs(match, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "private_set_intersection.python", None)
    with pytest.raises(Invalid, match="krever tillegget «linkage»") as told:
        match.request()
    assert str(told.value) == _MISSING
    match.request("keyed-hash")


def test_nav_s_side_needs_neither_database_nor_settings(match, monkeypatch):
    match.request()
    (match.nav / "numre").write_text(match.number(1))
    monkeypatch.setattr("fotfeste.config.cli.prepare_database", lambda *a, **k: pytest.fail("asked for a database"))
    given = ("--request", str(match.question), "--numbers", str(match.nav / "numre"), "--out", str(match.answer_file))
    assert main(["wash", "answer", *given]) == 0
    assert "Svaret er laget med 1 nummer" in match.capsys.readouterr().out
    assert main(["wash", "answer", *given]) == 2
