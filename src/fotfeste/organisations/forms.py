"""What users fill in about the directory."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.organisations.enums import ContactRole, UnitKind
from fotfeste.organisations.selectors.directory import DirectoryFilter


def _day(**attrs: Any) -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


class DirectoryFilterForm(forms.Form):
    """What to show of the directory. Anything unreadable in the address counts as not chosen."""

    q = forms.CharField(
        label=_("Søk"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    type = forms.ChoiceField(label=_("Type"), required=False)
    bydel = forms.ChoiceField(label=_("Bydel"), required=False)
    fylke = forms.ChoiceField(label=_("Fylke"), required=False)

    def __init__(
        self, data: Any, *, counties: dict[int, str], districts: Iterable[tuple[str, str]], county_id: int
    ) -> None:
        super().__init__({"fylke": str(county_id), **{name: data[name] for name in data}})
        self.county_id = county_id
        self.fields["type"].choices = [("", _("Alle typer")), *UnitKind.choices]
        self.fields["bydel"].choices = [("", _("Alle bydeler")), *districts]
        self.fields["fylke"].choices = [(str(number), name) for number, name in counties.items()]

    def chosen(self, *, only_without_contact: bool) -> DirectoryFilter:
        """Return the choice, with what could not be read left out."""
        self.is_valid()
        cleaned = self.cleaned_data
        return DirectoryFilter(
            county_id=self.county_id,
            text=cleaned.get("q", ""),
            kind=UnitKind(cleaned["type"]) if cleaned.get("type") else None,
            district_code=cleaned.get("bydel", ""),
            only_without_contact=only_without_contact,
        )


class NameContactForm(forms.Form):
    """A person to be called at a unit."""

    role = forms.ChoiceField(label=_("Ansvar"), choices=ContactRole.choices)
    name = forms.CharField(label=_("Navn"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-post"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    phone = forms.CharField(label=_("Telefon"), max_length=20, widget=forms.TelInput(attrs={"autocomplete": "off"}))
    deputy = forms.CharField(
        label=_("Stedfortreder"),
        required=False,
        max_length=200,
        help_text=_("Hvem man kan spørre når kontaktpersonen er borte."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    first_day = forms.DateField(label=_("Fra og med"), widget=_day())
    replaces = forms.TypedChoiceField(
        label=_("Erstatter"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Perioden til den som erstattes, avsluttes dagen før."),
    )

    def __init__(self, *args: Any, now_named: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = list(now_named)
        self.fields["replaces"].choices = [("", _("Ingen – kommer i tillegg")), *named]
        if not named:
            del self.fields["replaces"]


class EndContactForm(forms.Form):
    """The last day somebody is to be called at a unit."""

    last_day = forms.DateField(label=_("Siste dag"), widget=_day())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_day": today}, **kwargs)
