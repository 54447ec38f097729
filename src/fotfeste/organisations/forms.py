"""What users fill in about the directory."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.access.roles import Role
from fotfeste.access.selectors import UserFilter
from fotfeste.kernel import opaque
from fotfeste.kernel.forms import PLAIN_WORDS, DateField, Form
from fotfeste.organisations.enums import ContactRole, UnitKind
from fotfeste.organisations.phone import NOT_A_PHONE_NUMBER, international
from fotfeste.organisations.selectors.directory import DirectoryFilter


def _offer(form: Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    """Set what may be chosen in a field, known only when the form is made."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class DirectoryFilterForm(Form):
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
        _offer(self, "type", [("", _("Alle typer")), *UnitKind.choices])
        _offer(self, "bydel", [("", _("Alle bydeler")), *districts])
        _offer(self, "fylke", [(str(number), name) for number, name in counties.items()])

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


class NameContactForm(Form):
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
    first_day = DateField(label=_("Fra og med"))
    replaces = forms.TypedChoiceField(
        label=_("Erstatter"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Perioden til den som erstattes, avsluttes dagen før."),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now_named: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = list(now_named)
        _offer(self, "replaces", [("", _("Ingen – kommer i tillegg")), *named])
        if not named:
            del self.fields["replaces"]

    def clean_phone(self) -> str:
        """Take the number as people write it."""
        number = international(self.cleaned_data["phone"])
        if number is None:
            raise forms.ValidationError(NOT_A_PHONE_NUMBER)
        return number


class EndContactForm(Form):
    """The last day somebody is to be called at a unit."""

    last_day = DateField(label=_("Siste dag"))
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, version: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_day": today, "version": version}, **kwargs)


class CloseUnitForm(Form):
    """The day from which a unit is closed. Empty says that one that was to close does not."""

    closed_from = DateField(label=_("Stengt fra"), required=False)

    def __init__(self, *args: Any, last_day: date | None, **kwargs: Any) -> None:
        closes = last_day + timedelta(days=1) if last_day else None
        super().__init__(*args, initial={"closed_from": closes}, **kwargs)
        if closes is None:
            self.fields["closed_from"].required = True
        else:
            self.fields["closed_from"].help_text = _("La feltet stå tomt hvis enheten likevel ikke skal stenge.")


class RoleForm(Form):
    """A role at a unit for a period."""

    role = forms.TypedChoiceField(label=_("Rolle"), coerce=Role, choices=Role.choices)
    unit_id = forms.TypedChoiceField(label=_("Enhet"), coerce=int)
    first_day = DateField(label=_("Fra og med"))
    last_day = DateField(
        label=_("Til og med"), required=False, help_text=_("Kan stå tom. En vikar bør ha en siste dag.")
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit_id", [("", _("Velg enhet")), *units])


class NewUserForm(RoleForm):
    """Somebody who is to have access, with the first role."""

    version = None  # type: ignore[assignment]  # a new user has no roles that somebody could change

    name = forms.CharField(label=_("Navn"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-post på jobben"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    code = forms.CharField(
        label=_("Kode"),
        required=False,
        max_length=9,
        help_text=_("Koden personen fikk se ved innlogging. Uten den kan ingen logge inn som brukeren ennå."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "email", "role", "unit_id", "first_day", "last_day", "code")


class UserFilterForm(Form):
    """Which users to show. Anything unreadable in the address counts as not chosen."""

    rolle = forms.ChoiceField(label=_("Rolle"), required=False, choices=[("", _("Alle roller")), *Role.choices])
    enhet = forms.ChoiceField(label=_("Enhet"), required=False)
    vis = forms.ChoiceField(
        label=_("Vis"),
        required=False,
        choices=[("", _("Har tilgang")), ("tidligere", _("Har hatt tilgang"))],
    )

    def __init__(self, data: Any, *, units: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        self._units = {opaque.encode(number): number for number, _name in units}
        _offer(self, "enhet", [("", _("Alle enheter")), *((opaque.encode(key), name) for key, name in units)])

    def chosen(self) -> UserFilter:
        """Return the choice, with what could not be read left out."""
        self.is_valid()
        cleaned = self.cleaned_data
        role = Role(cleaned["rolle"]) if cleaned.get("rolle") else None
        return UserFilter(role=role, unit_id=self._units.get(cleaned.get("enhet", "")), past=bool(cleaned.get("vis")))


class UserSearchForm(Form):
    """Part of the name or the e-mail of a user. Posted, so that it stands in no address."""

    q = forms.CharField(
        label=_("Navn eller e-post"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        """Ask for something to look for, which is no duty to fill in before somebody searches."""
        if not self.cleaned_data["q"]:
            raise forms.ValidationError(PLAIN_WORDS["required"])
        return str(self.cleaned_data["q"])


class EndRoleForm(Form):
    """The last day somebody holds a role."""

    last_day = DateField(label=_("Siste dag"))
    version = forms.CharField(required=False, widget=forms.HiddenInput)


class EndRoleAtOnceForm(Form):
    """Why a role cannot stand the day out."""

    reason = forms.CharField(
        label=_("Hvorfor avsluttes rollen med en gang?"),
        max_length=300,
        help_text=_("Skriv bare om tilgangen, ikke om ungdom. Begrunnelsen blir stående hos rollen."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)


class LoginCodeForm(Form):
    """The code somebody was shown when they tried to log in."""

    code = forms.CharField(
        label=_("Kode"),
        max_length=9,
        help_text=_("Koden personen fikk se ved innlogging. Den gjelder i sju dager."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class UnitFileField(forms.FileField):
    """A file of units, with words of its own for what is missing."""

    own_words = {"required": _("Velg en fil."), "invalid": _("Velg en fil."), "empty": _("Filen er tom.")}


class UnitFileForm(Form):
    """A county's file of units."""

    file = UnitFileField(
        label=_("Fil"),
        help_text=_("CSV, høyst 2 MB, med de samme kolonnene som filen du laster ned."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )
