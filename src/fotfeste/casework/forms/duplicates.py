"""Deciding that two registrations are one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel import opaque
from fotfeste.kernel.forms import Form


class SamePersonForm(Form):
    """Which of the two is kept, and anything worth remembering about why."""

    keep = forms.ChoiceField(label=_("Hvilken skal stå?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Hvordan vet du det?"),
        required=False,
        max_length=300,
        help_text=_("For eksempel «Bekreftet av ungdommen 12. november»."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, offered: list[tuple[int, str]], proposed: int) -> None:
        super().__init__(data, initial={"keep": opaque.encode(proposed)})
        self.offer("keep", [(opaque.encode(youth_id), text) for youth_id, text in offered])

    @property
    def kept_id(self) -> int:
        """Return the youth that is kept, of a valid form."""
        return opaque.decode(self.cleaned_data["keep"])
