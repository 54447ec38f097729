"""The school year one looks at, and writing down that something of it is done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel import opaque
from fotfeste.kernel.forms import DateField, Form
from fotfeste.law.school_year import SchoolYear


class YearForm(Form):
    """Which school year, among those the agreement covers and the next."""

    skolear = forms.TypedChoiceField(label=_("Skoleår"), coerce=int, required=False)

    def __init__(self, *args: Any, years: list[SchoolYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skolear"].choices = [(year.start_year, year.label) for year in years]  # type: ignore[attr-defined]


class RecordForm(Form):
    """When an event was done, by whom, and where one can see it."""

    unit = forms.TypedChoiceField(label=_("Enhet"), coerce=opaque.decode)
    on = DateField(label=_("Dato"))
    who = forms.CharField(
        label=_("Hvem gjorde det"),
        max_length=120,
        help_text=_("Navn og enhet, eller hvem som var med. Ikke navn på ungdom."),
    )
    shown_by = forms.CharField(
        label=_("Hva viser det"),
        max_length=200,
        help_text=_("For eksempel hvor referatet ligger, eller et journalnummer. Ikke navn på ungdom."),
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units:
            self.offer("unit", units)
        else:
            del self.fields["unit"]


class WithdrawForm(Form):
    """Why something written down is taken back."""

    reason = forms.CharField(label=_("Begrunnelse"), max_length=300)
