"""Choosing how the county reads something the documents leave open."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.kernel.forms import DateField, Form
from fotfeste.law.readings import Reading

DAYS = "days"


class ReadingForm(Form):
    """Another reading from a day on, and why."""

    value = forms.ChoiceField(label=gettext_lazy("Leses som"), widget=forms.RadioSelect)
    days = forms.IntegerField(label=gettext_lazy("Antall dager"), required=False, min_value=1, max_value=1000)
    first_day = DateField(label=gettext_lazy("Fra og med"))
    reason = forms.CharField(
        label=gettext_lazy("Begrunnelse"),
        max_length=500,
        help_text=gettext_lazy("Vises for alle i fylket, sammen med navnet ditt."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, reading: Reading, now: str, today: date, **kwargs: Any) -> None:
        value, _colon, days = now.partition(":")
        super().__init__(*args, initial={"value": value, "days": days or None, "first_day": today}, **kwargs)
        proposed = reading.proposed_on(today).partition(":")[0]
        self.offer("value", [(offered, _words(reading, offered, proposed)) for offered in reading.offered])
        if DAYS not in reading.offered:
            del self.fields["days"]

    def clean(self) -> dict[str, Any]:
        """Put the number of days where the value takes one."""
        given = super().clean() or {}
        if given.get("value") == DAYS and "days" not in self.errors:
            if not given.get("days"):
                self.add_error("days", _("Skriv hvor mange dager."))
            else:
                given["value"] = f"{DAYS}:{given['days']}"
        given.pop("days", None)
        return given


def _words(reading: Reading, value: str, proposed: str) -> str:
    text = _(reading.text_of(value))
    return _("%(text)s (foreslått)") % {"text": text} if value == proposed else text
