"""Ids in addresses."""

from django.urls import reverse

from fotfeste.kernel import opaque


def test_addresses_of_many_are_those_the_router_gives():
    addresses = opaque.Addresses("casework:set_status", "youth_id")
    for number in (1, 2**40, 2**63 - 1):
        asked_alone = reverse("casework:set_status", kwargs={"youth_id": number})
        assert addresses.of(opaque.encode(number)) == asked_alone
