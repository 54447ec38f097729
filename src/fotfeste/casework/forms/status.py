"""Setting, correcting and taking back a status."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste import codes
from fotfeste.casework.enums import Basis
from fotfeste.casework.selectors.labels import group_name, status_name
from fotfeste.kernel.forms import DateField, Form
from fotfeste.law.contact import MISTAKE, RegisterFact

#: The register facts in the words of the user who has looked one up.
REGISTER_FACTS = {
    RegisterFact.ENROLMENT: _("Elevregisteret: har skoleplass"),
    RegisterFact.CONTRACT: _("Lærlingregisteret: har løpende kontrakt"),
    RegisterFact.PRIVATE_SCHOOL_REPORT: _("Privat skole har meldt ungdommen som elev"),
    RegisterFact.MOVED_COUNTY: _("Folkeregisteret: flyttet til et annet fylke"),
    RegisterFact.MOVED_ABROAD: _("Folkeregisteret: flyttet til utlandet"),
    RegisterFact.PARTNER_REPORT: _("Bydelen eller Nav har meldt at ungdommen følges opp"),
}


def _facts(none: Any) -> list[tuple[str, Any]]:
    return [("", none), *((fact.value, text) for fact, text in REGISTER_FACTS.items())]


def activity_choices(*, is_member: bool) -> list[Any]:
    """
    Return the activities one can choose, in plain words by main group, each with the code that will be reported.

    Unknown activity is last: it is what one chooses when nothing is known any more. The twin codes are not choices:
    membership decides them. A registration by mistake has a button of its own.
    """
    grouped: list[Any] = []
    groups = codes.status_list(codes.CURRENT).groups
    for group in (*groups[1:], *groups[:1]):
        members = [
            (status.code, f"{status_name(status.code)} ({codes.derive_im_twin(status.code, is_member)})")
            for status in codes.codes_in_order(codes.CURRENT)
            if status.group == group.group and codes.base_of_twin(status.code) == status.code
        ]
        offered = [(code, text) for code, text in members if code != MISTAKE]
        if offered:
            grouped.append((group_name(group.group), offered))
    return grouped


class SetStatusForm(Form):
    """A new status from a day on, and how it is known."""

    code = forms.ChoiceField(label=_("Hva gjør ungdommen nå?"), widget=forms.RadioSelect)
    on = DateField(label=_("Fra og med"))
    basis = forms.ChoiceField(
        label=_("Hvordan vet du det?"),
        widget=forms.RadioSelect,
        choices=[
            (Basis.CONTACT.value, _("Ungdommen har fortalt det")),
            (Basis.REGISTER.value, _("Et register viser det")),
        ],
    )
    register_fact = forms.ChoiceField(label=_("Hvilket register"), required=False)
    text = forms.CharField(
        label=_("Hvordan ble det avklart"),
        required=False,
        max_length=200,
        help_text=_("Kilde og dato, ikke innholdet i samtalen."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, is_member: bool, today: date, version: int, has_contact: bool) -> None:
        basis = Basis.CONTACT if has_contact else ""
        super().__init__(data, initial={"on": today, "version": version, "basis": basis})
        self.offer("code", activity_choices(is_member=is_member))
        self.offer("register_fact", _facts(_("Velg")))

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way of knowing needs."""
        given = super().clean() or {}
        if given.get("basis") == Basis.REGISTER and not given.get("register_fact"):
            self.add_error("register_fact", _("Velg hva registeret viser."))
        if given.get("basis") != Basis.REGISTER:
            given["register_fact"] = ""
        return given


class CorrectStatusForm(Form):
    """What the status was in a period, when it was recorded wrongly."""

    code = forms.ChoiceField(label=_("Riktig status"))
    first_day = DateField(label=_("Fra og med"))
    last_day = DateField(label=_("Til og med"), required=False, help_text=_("Tomt betyr fram til nå."))
    reason = forms.CharField(
        label=_("Hva var galt"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    register_fact = forms.ChoiceField(label=_("Register som viser det"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, is_member: bool, first_day: date, version: int) -> None:
        super().__init__(data, initial={"first_day": first_day, "version": version})
        self.offer("code", [("", _("Velg")), *activity_choices(is_member=is_member)])
        self.offer("register_fact", _facts(_("Ikke et register")))


class MistakeForm(Form):
    """Why a registration should never have been."""

    reason = forms.CharField(
        label=_("Hvorfor er tilmeldingen feil?"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
