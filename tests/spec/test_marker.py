"""Code says which items it implements, and cannot say what is not in the specification."""

import pytest

from fotfeste.spec import implements


def test_a_marked_function_is_returned_unchanged():
    def rule():
        return "decided"

    assert implements("tg-age-frame", "amb-01")(rule) is rule


def test_a_marked_class_is_returned_unchanged():
    class Rule:
        pass

    assert implements("unit-vgs-former")(Rule) is Rule


def test_a_mistyped_id_is_refused_by_name():
    with pytest.raises(ValueError, match="unit-vgs-formr"):
        implements("unit-vgs-former", "unit-vgs-formr")


def test_a_mark_without_an_id_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        implements()
