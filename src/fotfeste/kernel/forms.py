"""The form every screen's form starts from: plain words for what is wrong, dates as Norwegians write them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

#: kind of mistake -> what the user reads. The field's name stands beside it, so it is not repeated.
PLAIN_WORDS = {
    "required": _("Må fylles ut."),
    "invalid_choice": _("Velg noe fra listen."),
    "invalid_list": _("Velg noe fra listen."),
    "max_length": _("For langt: %(show_value)s tegn, og det er plass til %(limit_value)s."),
}
#: What is said of an address that is none, by the kind of field.
ADDRESS_WORDS: dict[type[forms.Field], Any] = {
    forms.EmailField: _("Skriv e-postadressen slik: navn@eksempel.no."),
    forms.URLField: _("Skriv hele adressen, slik: https://eksempel.no."),
}
DATE_WORDS = _("Vi forstår ikke datoen. Skriv den slik: 23.11.2026.")
DATE_INPUTS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y"]


class Form(forms.Form):
    """
    A form whose mistakes are told by the server, in the same words on every screen.

    The ``form`` element should carry ``novalidate``, so that the browser's own bubbles do not come first.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages = {**field.error_messages, **self._words_for(field)}

    def offer(self, name: str, choices: Iterable[Any]) -> None:
        """Set what may be chosen in a field, known only when the form is made."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(f"{name} has no choices")
        field.choices = list(choices)

    @staticmethod
    def _words_for(field: forms.Field) -> dict[str, Any]:
        own = getattr(field, "own_words", {})
        # How long a text may be is a validator's to say, so its mistake is not among the field's own.
        kinds = {*field.error_messages, "max_length"}
        words = {kind: text for kind, text in PLAIN_WORDS.items() if kind in kinds}
        for kind, text in ADDRESS_WORDS.items():
            if isinstance(field, kind):
                words["invalid"] = text
        return {**words, **own}


class DateField(forms.DateField):
    """A day, chosen from the browser's calendar or typed as day.month.year."""

    own_words = {"invalid": DATE_WORDS}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("input_formats", DATE_INPUTS)
        super().__init__(**kwargs)
