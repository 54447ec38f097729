"""Starting a routine, going on without a step, and ending one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.forms import Form


class StartForm(Form):
    """Which routine to start."""

    routine = forms.ChoiceField(label=_("Rutine"))

    def __init__(self, data: Any = None, *, routines: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.offer("routine", [("", _("Velg rutine")), *routines])


class ReasonForm(Form):
    """Why a step is skipped, or a routine ended."""

    reason = forms.CharField(
        label=_("Begrunnelse"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Vises til alle som ser saken. Skriv ikke sensitive opplysninger."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
