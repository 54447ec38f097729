"""Writing in the journal, and deciding by hand which unit answers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel import opaque
from fotfeste.kernel.forms import DateField, Form


class NoteForm(Form):
    """A note in the journal."""

    text = forms.CharField(label=_("Notat"), widget=forms.Textarea(attrs={"rows": 5}), max_length=20000)
    written_on = DateField(label=_("Gjelder dag"))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"written_on": today})


class CorrectNoteForm(Form):
    """The new text of a note."""

    text = forms.CharField(label=_("Rettet notat"), widget=forms.Textarea(attrs={"rows": 8}), max_length=20000)
    version = forms.IntegerField(widget=forms.HiddenInput)


class AssignForm(Form):
    """Which unit is to answer for the youth, and why."""

    holder = forms.TypedChoiceField(label=_("Enhet"), coerce=opaque.decode, empty_value=None)
    on = DateField(label=_("Fra og med"))
    reason = forms.CharField(
        label=_("Begrunnelse"),
        max_length=500,
        help_text=_("Vises sammen med ansvaret til alle som ser saken. Skriv ikke sensitive opplysninger."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, units: Iterable[tuple[str, list[tuple[str, str]]]], today: date, version: int
    ) -> None:
        super().__init__(data, initial={"on": today, "version": version})
        self.offer("holder", [("", _("Velg enhet")), *units])
