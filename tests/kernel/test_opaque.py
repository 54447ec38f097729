"""Ids in addresses."""

import pytest
from django.urls import reverse

from fotfeste.kernel import opaque


def test_addresses_of_many_are_those_the_router_gives():
    addresses = opaque.Addresses("casework:set_status", "youth_id")
    for number in (1, 2**40, 2**63 - 1):
        asked_alone = reverse("casework:set_status", kwargs={"youth_id": number})
        assert addresses.of(opaque.encode(number)) == asked_alone


@pytest.mark.parametrize("forged", ["", "a", "a" * 26, "a" * 32, "a" * 52, "a" * 154, "9" * 26, "é" * 26])
def test_what_was_never_made_here_is_no_id_whatever_its_length(forged):
    with pytest.raises(ValueError):
        opaque.decode(forged)
