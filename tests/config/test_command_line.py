"""What the command line says when it is asked wrongly: a Norwegian sentence and exit code 2, never a traceback."""

import argparse
import json
import os
import subprocess
import sys
from datetime import date

import pytest

from fotfeste.config import cli
from fotfeste.config.commands import import_
from tests import factories as make

BORN = date(2008, 5, 14)


def refused(capsys, *arguments: str) -> str:
    """Run a command that argparse turns away, and return what was said last."""
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == 2
    return capsys.readouterr().err.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "fotfeste: dette må være med: KOMMANDO"),
        (["tull"], "fotfeste: KOMMANDO: 'tull' er ikke et av valgene (choose"),
        (
            ["otuk", "--county", "03", "--on", "2026-02-31", "--out", "x"],
            "«2026-02-31» er ikke en dato. Skriv den slik",
        ),
        (["import", "leavers", "x.csv", "--county", "03", "--on", "i går"], "«i går» er ikke en dato"),
        (["synth", "--people", "10"], "dette må være med: --out"),
        (["synth", "--people", "10", "--table", "ot-2011", "--out", "x"], "kan ikke brukes sammen med"),
        (["demo", "--port", "åtte"], "--port: 'åtte' kan ikke leses"),
        (["check", "--finnes-ikke"], "ukjente argumenter: --finnes-ikke"),
        (["otuk", "--county"], "--county: mangler en verdi"),
    ],
)
def test_what_cannot_be_understood_is_said_in_norwegian(capsys, arguments, sentence):
    assert sentence.replace(" (choose", "") in refused(capsys, *arguments)


def test_help_is_norwegian_too(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["import", "--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert "bruk: fotfeste import" in said
    assert [word for word in ("usage", "options", "show this", "positional") if word in said] == []


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the product as a user does."""
    left_out = {"DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE"}
    ours = {name: value for name, value in os.environ.items() if name not in left_out}
    command = [sys.executable, "-m", "fotfeste.config.cli", *arguments]
    return subprocess.run(command, env={**ours, **environment}, capture_output=True, text=True, check=False, timeout=60)


def test_a_server_that_does_not_answer_is_not_taken_for_one_to_migrate():
    done = run("check", DATABASE_URL="postgresql://nobody:x@127.0.0.1:1/nothing")
    assert done.returncode == 2
    assert done.stderr.strip() == "Databasetjeneren i DATABASE_URL svarer ikke, eller avviser innloggingen."


def test_a_data_folder_that_cannot_be_used_is_refused_in_norwegian(tmp_path):
    (tmp_path / "fil").touch()
    done = run("check", "--data-dir", str(tmp_path / "fil"))
    assert done.returncode == 2
    assert "Det står" in done.stderr


@pytest.mark.django_db
def test_an_import_tells_in_norwegian_what_was_decided_and_fails_when_vigo_did(tmp_path, capsys):
    number = make.tenor_number(BORN, 7)
    person = {"fornavn": "Amina", "etternavn": "Prøvesen", "fdato": f"{BORN:%d.%m.%Y}", "fnr": number,
              "epost": "", "mobilnr": ""}  # fmt: skip
    element = {"person": person, "otData": {"tilknytningnr": "", "tilknytningnavn": "", "aktivitetskode": "OTUK"},
               "elevkurs": {"promrkode": "", "promrnavn": "", "start": "", "slutt": ""}}  # fmt: skip
    parser = argparse.ArgumentParser()
    import_.add_arguments(parser)

    def take(**beside: object) -> tuple[int, str]:
        path = tmp_path / "vigo.json"
        path.write_text(json.dumps({"antall": 1, "otungdommer": [element], **beside}))
        code = import_.run(parser.parse_args(["vigo-ot", str(path), "--county", "03"]))
        return code, capsys.readouterr().out

    code, said = take()
    assert code == 0
    assert "fylke 03: 1 rad\n" in said
    assert "Lovens målgruppe: ja." in said
    code, said = take(errorMessage="Delvis svar")
    assert code == 1
    assert "Delvis svar" in said
