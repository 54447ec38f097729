"""The school year one looks at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.forms import Form
from fotfeste.law.school_year import SchoolYear


class YearForm(Form):
    """Which school year, among those the agreement covers and the next."""

    skolear = forms.TypedChoiceField(label=_("Skoleår"), coerce=int, required=False)

    def __init__(self, *args: Any, years: list[SchoolYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skolear"].choices = [(year.start_year, year.label) for year in years]  # type: ignore[attr-defined]
