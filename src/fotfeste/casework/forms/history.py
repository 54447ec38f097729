"""Asking how a case stood as it was known on a day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.forms import DateField, Form


class KnownAtForm(Form):
    """A day; the case is shown as it was known when that day ended."""

    kjent = DateField(label=_("Vis saken slik den var kjent ved slutten av"), required=False)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self._today = today

    def clean_kjent(self) -> date | None:
        """Refuse a day ahead: nothing is known of it."""
        day: date | None = self.cleaned_data["kjent"]
        if day and day > self._today:
            raise forms.ValidationError(_("Velg en dag som har vært."))
        return day
