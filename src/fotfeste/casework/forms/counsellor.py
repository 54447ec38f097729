"""Choosing the responsible person of one youth."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel import opaque
from fotfeste.kernel.forms import Form

#: Stands for "nobody is the responsible person".
NOBODY = "ingen"


def person_choices(people: Iterable[tuple[int, str]], *, me: int) -> list[tuple[str, str]]:
    """Return people as the choices of a field, oneself first, and nobody last."""
    mine_first = sorted(people, key=lambda person: person[0] != me)
    named = [
        (opaque.encode(pk), str(_("Meg (%(name)s)")) % {"name": name} if pk == me else name) for pk, name in mine_first
    ]
    return [*named, (NOBODY, str(_("Ingen")))]


def chosen_person(text: str) -> int | None:
    """Return the person a choice stands for; None for nobody."""
    return None if text == NOBODY else opaque.decode(text)


class CounsellorForm(Form):
    """Who is to be the responsible person, or nobody."""

    person = forms.ChoiceField(label=_("Ansvarlig person"), help_text=_("De som følger opp ungdommer ved enheten."))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, people: Iterable[tuple[int, str]], me: int, now_id: int | None, version: int
    ) -> None:
        super().__init__(data, initial={"version": version, "person": opaque.encode(now_id) if now_id else ""})
        self.offer("person", [("", _("Velg person")), *person_choices(people, me=me)])
