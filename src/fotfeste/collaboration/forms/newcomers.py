"""Telling of somebody the register may not know: who it is, how they are reached, and what the kind of notice asks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.forms.records import ON, TO, TOLD, RecordForm
from fotfeste.collaboration.record_kinds import RecordKind
from fotfeste.collaboration.selectors.newcomers import AGREED_FIRST
from fotfeste.collaboration.services.newcomers import Person
from fotfeste.kernel.forms import DateField

AGREED = "agreed_on"


class NewcomerForm(RecordForm):
    """A notice about somebody the sender cannot look up. No number is asked for: a name and a birth date will do."""

    first_name = forms.CharField(label=_("Fornavn"), max_length=100)
    last_name = forms.CharField(label=_("Etternavn"), max_length=100)
    born = DateField(label=_("Fødselsdato"))
    phone = forms.CharField(label=_("Telefon"), max_length=20, required=False)

    def __init__(
        self, data: Any = None, *, kind: RecordKind, receivers: Iterable[tuple[str, str]], today: date
    ) -> None:
        super().__init__(data, kind=kind, units={TO: receivers}, initial={}, today=today)
        if kind.id in AGREED_FIRST:
            self.fields[AGREED] = DateField(
                label=_("Ungdommen sa ja til at dere sier fra"), help_text=_("Nav har taushetsplikt og må ha samtykke.")
            )
        for field in self.fields.values():
            field.error_messages = {**field.error_messages, **self._words_for(field)}
        self.order_fields(["first_name", "last_name", "born", "phone", TO, ON])

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the service takes it."""
        given = super().given()
        if not given:
            return {}
        sent, filled = given.pop("sent"), self.cleaned_data
        person = Person(**{name: filled[name] for name in ("first_name", "last_name", "born", "phone")})
        return {**given, "person": person, "to_unit_id": sent.unit_id, TOLD: sent.told_on, AGREED: filled.get(AGREED)}
