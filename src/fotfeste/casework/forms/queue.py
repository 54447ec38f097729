"""Assigning a waiting youth, or many, to the unit that is to answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel import opaque
from fotfeste.kernel.forms import Form

#: Stands for "each to the unit chosen on its own row".
EACH_ITS_OWN = "rad"
REASON = _("Hvorfor får enheten ansvaret?")


class AssignForm(Form):
    """One youth to one unit, and why."""

    unit = forms.ChoiceField(label=_("Enhet"))
    reason = forms.CharField(
        label=REASON,
        max_length=500,
        help_text=_("Vises overalt hvor ansvaret vises. Uten opplysninger om helse eller familie."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, units: list[Any], version: int, unit_id: int | None, why: str) -> None:
        chosen = opaque.encode(unit_id) if unit_id else ""
        super().__init__(data, initial={"version": version, "unit": chosen, "reason": why})
        self.offer("unit", [("", _("Velg enhet")), *units])

    @property
    def unit_id(self) -> int:
        """Return the unit chosen, of a valid form."""
        return opaque.decode(self.cleaned_data["unit"])


class AssignManyForm(Form):
    """Many youths, each to the unit on its row or all to one, and why."""

    til = forms.ChoiceField(label=_("Tildel de valgte til"), required=False)
    grunn = forms.CharField(
        label=REASON,
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Trengs når alle skal til samme enhet."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, units: list[Any]) -> None:
        super().__init__(data)
        self.offer("til", [(EACH_ITS_OWN, _("Enheten som er valgt på hver rad")), *units])

    def clean(self) -> dict[str, Any]:
        """Ask for a reason when one unit is to have them all; a suggestion brings its own."""
        given = super().clean() or {}
        given["til"] = given.get("til") or EACH_ITS_OWN
        if given["til"] != EACH_ITS_OWN and not given.get("grunn", "").strip():
            self.add_error("grunn", _("Skriv hvorfor enheten skal ha ansvaret."))
        return given
