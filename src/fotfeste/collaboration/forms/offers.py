"""Offering another person to answer for a youth, or to coordinate its plan."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.forms.watched import WatchedForm
from fotfeste.kernel import opaque


class _ToAPerson(WatchedForm):
    to_user_id = forms.TypedChoiceField(label=_("Tilby til"), coerce=opaque.decode)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, people: Iterable[tuple[int, str]], version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.offer("to_user_id", [("", _("Velg person")), *((opaque.encode(pk), name) for pk, name in people)])


class PlanOfferForForm(_ToAPerson):
    """To whom a leader offers the plan of a coordinator who is away, and why."""

    watched = "reason"
    reason = forms.CharField(
        label=_("Hvorfor du tilbyr planen for koordinatoren"),
        max_length=300,
        help_text=_("Koordinatoren og den du tilbyr planen til, leser det. Skriv ikke hvorfor noen er syk."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OfferForm(_ToAPerson):
    """Whom it is offered to, and what they should know first."""

    watched = "note"
    note = forms.CharField(
        label=_("Det viktigste å vite"),
        max_length=500,
        help_text=_("Hva som er avtalt, og hva som haster. Skriv ikke noe om helse eller andre i saken."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
