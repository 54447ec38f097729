"""What the youth asked to have corrected, and why it is not."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.casework.enums import AskedBy, RemarkAbout
from fotfeste.kernel.forms import DateField, Form


class RemarkForm(Form):
    """The youth's own words, and the answer with its reason."""

    about = forms.ChoiceField(label=_("Hva det gjelder"), choices=RemarkAbout.choices)
    asked = forms.CharField(
        label=_("Det ungdommen vil ha rettet"),
        help_text=_("Med ungdommens egne ord. Alle som ser status, ser det; gjengi ikke journalen."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    asked_by = forms.ChoiceField(label=_("Hvem ba om det"), choices=AskedBy.choices)
    asked_on = DateField(label=_("Når"))
    answer = forms.CharField(
        label=_("Hvorfor det ikke er rettet"),
        help_text=_("Ungdommen får dette som svar, og kan klage til Datatilsynet."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"asked_on": today})
