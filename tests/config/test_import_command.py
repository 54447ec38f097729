"""``fotfeste import`` on a file it has taken in before: nothing is read for nothing, and nothing is left unsaid."""

import argparse
import json
from pathlib import Path

import pytest

from fotfeste.config.commands import import_
from tests.integrations.reading.files import a_row, csv_of, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path, capsys):
    """Run the command on rows of leavers and return its exit code and what it printed."""
    parser = argparse.ArgumentParser()
    import_.add_arguments(parser)

    def run(*rows: dict[str, str], options: tuple[str, ...] = ()) -> tuple[int, str]:
        path = tmp_path / "sluttere.csv"
        path.write_bytes(csv_of(rows))
        code = import_.run(parser.parse_args(["leavers", str(path), "--county", "03", "--on", "2026-11-23", *options]))
        return code, capsys.readouterr().out

    return run


def test_the_same_file_again_is_said_to_be_so_and_changes_nothing(take):
    rows = people("leavers", 2)
    take(*rows, options=("--apply",))
    code, said = take(*rows, options=("--apply",))
    assert code == 0
    assert "Sluttere, fylke 03: 2 rader" in said
    assert "nye 0 · endret 0 · flyttet 0 · uendret 2" in said
    assert "Denne filen er tatt i bruk før. Ingenting er endret." in said
    code, said = take(*rows, options=("--apply", "--json"))
    told = json.loads(said)
    assert (code, told["new"], told["unchanged"], told["applied"]) == (0, 0, 2, True)


def test_what_was_planned_only_is_not_taken_for_known(take):
    rows = people("leavers", 2)
    take(*rows)
    code, said = take(*rows, options=("--apply", "--json"))
    assert (code, json.loads(said)["new"]) == (0, 2)


def test_the_rows_that_were_wrong_are_named_and_given_back_again(take, tmp_path: Path):
    # Given a file taken in but for one row
    rows = [*people("leavers", 1), a_row("leavers", fødselsnummer="", slutt="31.02.2026")]
    first_code, first_said = take(*rows, options=("--apply",))
    # When it comes again
    code, said = take(*rows, options=("--apply", "--rejects", str(tmp_path / "avvist.csv")))
    # Then the row is named with the same sentence, and given back
    (sentence,) = [line for line in first_said.splitlines() if "finnes ikke i kalenderen" in line]
    assert (first_code, code) == (1, 1)
    assert sentence in said
    assert "31.02.2026" in (tmp_path / "avvist.csv").read_text(encoding="utf-8-sig")
    code, said = take(*rows, options=("--apply", "--json"))
    assert (code, json.loads(said)["rejected"]) == (1, 1)


def test_a_file_of_one_county_is_not_known_in_another(take):
    rows = people("leavers", 1)
    take(*rows, options=("--apply",))
    code, said = take(*rows, options=("--apply", "--county", "11"))
    assert code == 0
    assert "tatt i bruk før" not in said


def test_what_the_rules_decide_is_told_in_the_words_of_the_rule_and_no_id_of_it(take):
    _code, said = take(*people("leavers", 2))
    assert "2 Bjerke videregående skole – Var sist elev ved denne videregående skolen. Lovens målgruppe: ja." in said
    assert "unit-" not in said
