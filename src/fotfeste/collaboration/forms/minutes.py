"""The minutes of a meeting: its fields, and what each who was called said. A draft may be saved with anything in it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from fotfeste.collaboration.enums import Contributes
from fotfeste.collaboration.minutes_fields import YES_NO, MinutesField, fields_of
from fotfeste.collaboration.services.minutes import Part
from fotfeste.kernel.forms import DateField, Form

_OF_GUEST = ("was_there", "contributes", "contribution", "due_on")


class MinutesForm(Form):
    """Made from the kind of meeting and those who were called."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        guests: Mapping[int, str],
        bodies: frozenset[int],
        initial: Mapping[str, Any],
    ) -> None:
        """
        :param guests: what each who was called is called, by id.
        :param bodies: those of them who are services, and say what they can do.
        """
        super().__init__(data, initial=dict(initial))
        self.kind, self.guests = kind, guests
        for each in fields_of(kind):
            self.fields[each.name] = _field(each)
        for pk in guests:
            for name, field in _guest_fields(is_body=pk in bodies).items():
                self.fields[f"{name}_{pk}"] = field
        for field in self.fields.values():
            field.error_messages = {**field.error_messages, **self._words_for(field)}

    def clean(self) -> dict[str, Any]:
        """Take who has said what it does to have said that it does something."""
        given = super().clean() or {}
        for pk in self.guests:
            if given.get(f"contribution_{pk}") and not given.get(f"contributes_{pk}"):
                given[f"contributes_{pk}"] = Contributes.YES.value
        return given

    def own_fields(self) -> list[BoundField]:
        """Return the fields of the minutes themselves."""
        return [self["version"], *(self[each.name] for each in fields_of(self.kind))]

    def of_guests(self) -> list[tuple[str, list[BoundField]]]:
        """Return each who was called, with the fields about them."""
        return [
            (name, [self[f"{field}_{pk}"] for field in _OF_GUEST if f"{field}_{pk}" in self.fields])
            for pk, name in self.guests.items()
        ]

    def texts(self) -> dict[str, str]:
        """Return by field what is written with one's own words, and read by all who get the minutes."""
        said = self.cleaned_data
        written = [each.name for each in fields_of(self.kind) if each.kind not in {"choice", "choices", "day"}]
        names = [*written, *(f"contribution_{pk}" for pk in self.guests)]
        return {name: said[name] for name in names if isinstance(said.get(name), str)}

    def name_of(self, field: str) -> str:
        """Return what a text is called on the page, with whom it is about."""
        who = next((name for pk, name in self.guests.items() if field == f"contribution_{pk}"), "")
        return f"{who}: {self[field].label}" if who else str(self[field].label)

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the service takes it."""
        said = self.cleaned_data
        return {
            "answers": {each.name: said.get(each.name) for each in fields_of(self.kind)},
            "parts": {
                pk: Part(**{name: said[f"{name}_{pk}"] for name in _OF_GUEST if f"{name}_{pk}" in said})
                for pk in self.guests
            },
            "version": said["version"],
        }


def _field(known: MinutesField) -> forms.Field:
    plain: dict[str, Any] = {"label": known.label, "required": False}
    options = list(known.options)
    match known.kind:
        case "choice" if known.needed and known.options == YES_NO:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **plain)
        case "choice":
            return forms.ChoiceField(choices=[("", _("Ikke svart")), *options], **plain)
        case "choices":
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **plain)
        case "day":
            return DateField(**plain)
        case "line":
            return forms.CharField(max_length=200, **plain)
    return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **plain)


def _guest_fields(*, is_body: bool) -> dict[str, forms.Field]:
    asked: dict[str, forms.Field] = {
        "was_there": forms.BooleanField(label=_("Var til stede"), required=False),
    }
    if is_body:
        asked["contributes"] = forms.ChoiceField(
            label=_("Bidrag"), required=False, choices=[("", _("Ikke svart")), *Contributes.choices]
        )
        asked["contribution"] = forms.CharField(label=_("Hva"), required=False, max_length=500)
        asked["due_on"] = DateField(label=_("Frist"), required=False)
    return asked
