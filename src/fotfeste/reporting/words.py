"""The parties to the agreement in words, as its duties name them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from fotfeste.collaboration.words import PARTIES
from fotfeste.reporting.enums import AgreementParty

_PARTIES: Mapping[str, Any] = {
    **PARTIES,
    "all": lazy("Alle partene"),
    "ude": AgreementParty.UDE.label,
    "nav-oslo": AgreementParty.NAV.label,
    "set": AgreementParty.SET.label,
}


def party(name: str) -> str:
    """Return whose a duty is."""
    return str(_PARTIES[name])
