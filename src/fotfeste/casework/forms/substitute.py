"""Who is away, who does the work meanwhile, and when."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel import opaque
from fotfeste.kernel.forms import DateField, Form


class SubstituteForm(Form):
    """A substitute at a unit for a period. Whoever may only speak for themselves is not asked who is away."""

    absent = forms.ChoiceField(label=_("Hvem blir borte?"))
    substitute = forms.ChoiceField(label=_("Vikar"), help_text=_("De som alt følger opp ungdommer ved enheten."))
    first_day = DateField(label=_("Fra og med"))
    last_day = DateField(label=_("Til og med"))

    def __init__(self, data: Any = None, *, people: Iterable[tuple[int, str]], me: int, for_others: bool) -> None:
        super().__init__(data)
        named = list(people)
        offered = [(opaque.encode(pk), name) for pk, name in named if for_others or pk != me]
        self.offer("substitute", [("", _("Velg person")), *offered])
        self._me = me
        if for_others:
            self.offer("absent", [("", _("Velg person")), *((opaque.encode(pk), name) for pk, name in named)])
        else:
            del self.fields["absent"]

    def given(self) -> dict[str, Any]:
        """Return what was filled in, of a valid form."""
        told = self.cleaned_data
        return {
            "absent_id": opaque.decode(told["absent"]) if "absent" in self.fields else self._me,
            "substitute_id": opaque.decode(told["substitute"]),
            "first_day": told["first_day"],
            "last_day": told["last_day"],
        }


class UnitForm(Form):
    """At which of one's units. Anything unreadable in the address counts as not chosen."""

    enhet = forms.ChoiceField(label=_("Enhet"), required=False)

    def __init__(self, data: Any, *, units: dict[int, str]) -> None:
        super().__init__(data)
        self._units = {opaque.encode(number): number for number in units}
        self.offer("enhet", [("", _("Velg enhet")), *((opaque.encode(number), name) for number, name in units.items())])

    def chosen(self) -> int | None:
        """Return the unit chosen; the only one there is without choosing."""
        self.is_valid()
        if len(self._units) == 1:
            return next(iter(self._units.values()))
        return self._units.get(self.cleaned_data.get("enhet", ""))
