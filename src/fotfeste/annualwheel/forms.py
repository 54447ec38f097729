"""The school year one looks at, writing down that something of it is done, and a county's changes of its wheel."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fotfeste.annualwheel.enums import DigestOften
from fotfeste.kernel import opaque
from fotfeste.kernel.forms import DateField, Form
from fotfeste.law.school_year import SchoolYear
from fotfeste.law.wheel_tasks import MOST_LEAD
from fotfeste.law.working_days import WeekendRule

_DAY_WORDS = _("Den dagen finnes ikke. Skriv dag og måned, som 10.10.")


class YearForm(Form):
    """Which school year, among those the agreement covers and the next."""

    skolear = forms.TypedChoiceField(label=_("Skoleår"), coerce=int, required=False)

    def __init__(self, *args: Any, years: list[SchoolYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skolear"].choices = [(year.start_year, year.label) for year in years]  # type: ignore[attr-defined]


class RecordForm(Form):
    """When an event was done, by whom, and where one can see it."""

    unit = forms.TypedChoiceField(label=_("Enhet"), coerce=opaque.decode)
    on = DateField(label=_("Dato"))
    who = forms.CharField(
        label=_("Hvem gjorde det"),
        max_length=120,
        help_text=_("Navn og enhet, eller hvem som var med. Ikke navn på ungdom."),
    )
    shown_by = forms.CharField(
        label=_("Hva viser det"),
        max_length=200,
        help_text=_("For eksempel hvor referatet ligger, eller et journalnummer. Ikke navn på ungdom."),
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units:
            self.offer("unit", units)
        else:
            del self.fields["unit"]


class WithdrawForm(Form):
    """Why something written down is taken back."""

    reason = forms.CharField(label=_("Begrunnelse"), max_length=300)


class DayOfYearField(forms.CharField):
    """A day that comes every year, typed as day.month; 29 February is the 28th when there is none."""

    def clean(self, value: Any) -> tuple[int, int] | None:
        """Return month and day, or None when nothing is written."""
        text = super().clean(value).strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})[./ ]+(\d{1,2})\.?", text)
        if found is None:
            raise ValidationError(_DAY_WORDS)
        try:
            day = date(2000, int(found[2]), int(found[1]))
        except ValueError:
            raise ValidationError(_DAY_WORDS) from None
        return day.month, day.day


class EventForm(Form):
    """How a county keeps an event of its wheel from a day on; the words are those of an event of its own."""

    label = forms.CharField(label=_("Hva"), max_length=120)
    text = forms.CharField(
        label=_("Hva som skal gjøres"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    party = forms.ChoiceField(label=_("Hvem"))
    is_on = forms.BooleanField(label=_("Er i bruk i fylket"), required=False)
    day = DayOfYearField(label=_("Dag hvert år"), required=False, help_text=_("Dag og måned, som 10.10."))
    weekend = forms.ChoiceField(label=_("Når dagen er en fridag"), required=False)
    lead = forms.IntegerField(
        label=_("Dager før fristen oppgaven lages"),
        min_value=0,
        max_value=MOST_LEAD,
        error_messages={
            "invalid": _("Skriv et helt tall."),
            "min_value": _("Kan ikke være under %(limit_value)s."),
            "max_value": _("Kan ikke være over %(limit_value)s."),
        },
    )
    recipients = forms.MultipleChoiceField(label=_("Mottakere"), required=False, widget=forms.CheckboxSelectMultiple)
    first_day = DateField(label=_("Gjelder fra og med"))
    reason = forms.CharField(
        label=_("Begrunnelse"),
        max_length=500,
        help_text=_("Vises for alle i fylket, sammen med navnet ditt."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        leave_out: set[str],
        parties: list[tuple[str, str]],
        rules: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("party", parties)
        self.offer("recipients", parties)
        self.offer("weekend", rules)
        for name in leave_out:
            del self.fields[name]

    def clean_weekend(self) -> WeekendRule | None:
        """Return the rule; None for that of other events."""
        value = self.cleaned_data["weekend"]
        return WeekendRule(value) if value else None

    def clean_recipients(self) -> tuple[str, ...]:
        """Return the parties as the wheel has them."""
        return tuple(self.cleaned_data["recipients"])


class DigestForm(Form):
    """How often one is reminded by e-mail, among what the county lets one choose."""

    often = forms.ChoiceField(label=_("E-post om oppgaver i årshjulet"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, allowed: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("often", [(each.value, each.label) for each in DigestOften if each.value in allowed])
