"""Correcting who a youth is, how to reach them, and where they live."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.casework.selectors.labels import end_names
from fotfeste.kernel.forms import DateField, Form
from fotfeste.kernel.whole_number import whole_number
from fotfeste.people.enums import AddressKind, ContactKind, CorrectionReason
from fotfeste.people.selectors.for_law import read_end


def _line(**more: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", **more})


class IdentityForm(Form):
    """Name, birth date and number. The number is never shown back; an empty field leaves it as it is."""

    first_name = forms.CharField(label=_("Fornavn"), max_length=100, widget=_line())
    last_name = forms.CharField(label=_("Etternavn"), max_length=100, widget=_line())
    born = DateField(label=_("Fødselsdato"))
    national_id = forms.CharField(
        label=_("Nytt identitetsnummer"),
        required=False,
        max_length=13,
        help_text=_("La stå tomt for å beholde nummeret som er registrert."),
        widget=_line(inputmode="numeric"),
    )
    is_fictive = forms.BooleanField(label=_("Fiktivt nummer fra inntaket"), required=False)
    reason = forms.ChoiceField(
        label=_("Hvorfor rettes det?"),
        choices=[("", _("Velg grunn")), *CorrectionReason.choices],
        help_text=_("Står i historikken sammen med det som sto før."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ContactDetailForm(Form):
    """A telephone number or an e-mail address."""

    kind = forms.ChoiceField(label=_("Type"), choices=ContactKind.choices)
    value = forms.CharField(label=_("Nummer eller adresse"), max_length=254, widget=_line())
    source = forms.CharField(
        label=_("Hvor kommer det fra"), max_length=80, help_text=_("For eksempel «ungdommen selv»."), widget=_line()
    )


class GuardianForm(Form):
    """A parent or other guardian."""

    name = forms.CharField(label=_("Navn"), max_length=200, widget=_line())
    relation = forms.CharField(label=_("Relasjon"), max_length=60, required=False, widget=_line())
    phone = forms.CharField(label=_("Telefon"), max_length=20, required=False, widget=_line(inputmode="tel"))
    email = forms.CharField(label=_("E-post"), max_length=254, required=False, widget=_line(inputmode="email"))
    source = forms.CharField(label=_("Hvor kommer det fra"), max_length=80, widget=_line())


class AddressForm(Form):
    """Where the youth is registered, stays or is placed."""

    kind = forms.ChoiceField(label=_("Type"), choices=AddressKind.choices)
    street = forms.CharField(label=_("Gateadresse"), max_length=120, widget=_line())
    postcode = forms.RegexField(
        label=_("Postnummer"),
        regex=r"^\d{4}$",
        widget=_line(inputmode="numeric"),
        error_messages={"invalid": _("Skriv fire sifre.")},
    )
    city = forms.CharField(label=_("Poststed"), max_length=60, widget=_line())
    district = forms.ChoiceField(label=_("Bydel"), required=False)
    first_day = DateField(label=_("Fra og med"))
    source = forms.CharField(label=_("Hvor kommer det fra"), max_length=80, widget=_line())
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, districts: Iterable[tuple[str, str]], today: date, version: str) -> None:
        super().__init__(data, initial={"first_day": today, "kind": AddressKind.STAY, "version": version})
        self.offer("district", [("", _("Ikke i en bydel, eller ukjent")), *districts])

    def seen_id(self) -> int | None:
        """Return the address of the chosen kind the user was shown, of a valid form; None when there was none."""
        seen = dict(each.partition(":")[::2] for each in self.cleaned_data["version"].split())
        return whole_number(seen.get(self.cleaned_data["kind"])) or None


class EnrolmentForm(Form):
    """A stretch of school as it should stand, or that it never was."""

    never_was = forms.BooleanField(
        label=_("Dette skoleløpet stemmer ikke i det hele tatt"),
        required=False,
        help_text=_("Det tas ut av skolehistorikken. Det som sto, kan fortsatt finnes igjen."),
    )
    first_day = DateField(label=_("Fra og med"), required=False)
    last_day = DateField(label=_("Til og med"), required=False)
    end_reason = forms.ChoiceField(label=_("Sluttet fordi"), required=False)
    programme = forms.CharField(label=_("Programområde"), max_length=20, required=False, widget=_line())
    level = forms.CharField(label=_("Trinn"), max_length=10, required=False, widget=_line())
    reason = forms.ChoiceField(
        label=_("Hvorfor rettes det?"), choices=[("", _("Velg grunn")), *CorrectionReason.choices]
    )

    def __init__(self, data: Any = None, *, row: Any) -> None:
        names = ("first_day", "last_day", "programme", "level")
        end = read_end(row.end_reason).value if row.end_reason else ""
        super().__init__(data, initial={**{name: getattr(row, name) for name in names}, "end_reason": end})
        self.offer("end_reason", [("", _("Har ikke sluttet, eller ukjent")), *end_names()])


class EndForm(Form):
    """The last day something held."""

    last_day = DateField(label=_("Siste dag"))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"last_day": today})
