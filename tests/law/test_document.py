from pathlib import Path

from fotfeste.law.document import render

WRITTEN = Path(__file__).parents[2] / "docs" / "law.md"


def test_the_document_of_the_rules_is_what_the_code_says():
    assert WRITTEN.read_text(encoding="utf-8") == render(), "Kjør make docs."
