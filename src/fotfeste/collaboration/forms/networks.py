"""The minutes of a network meeting, with who was invited and what was decided as rows."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.enums import ActorBody
from fotfeste.collaboration.forms.plans import RowForm, sent_rows
from fotfeste.collaboration.services.networks import NetworkContent
from fotfeste.kernel.forms import DateField, Form

_MOST = 20
_EMPTY = 2


class InvitedRow(RowForm):
    """Somebody who was invited."""

    needed = ("body",)
    body = forms.CharField(label=_("Instans"), max_length=100, required=False)
    name = forms.CharField(label=_("Navn"), max_length=100, required=False)
    came = forms.BooleanField(label=_("Kom"), required=False)


class DecisionRow(RowForm):
    """Something that was decided."""

    needed = ("what", "who")
    what = forms.CharField(label=_("Hva"), max_length=300, required=False)
    who = forms.CharField(label=_("Ansvarlig"), max_length=100, required=False)
    due = DateField(label=_("Frist"), required=False)


_TABLES: Mapping[str, tuple[type[RowForm], Any]] = {
    "invited": (InvitedRow, _("Inviterte")),
    "decisions": (DecisionRow, _("Beslutninger")),
}


class NetworkForm(Form):
    """Source: form-network-minutes."""

    most_rows = _MOST
    held_on = DateField(label=_("Dato"))
    considered = forms.MultipleChoiceField(
        label=_("Samarbeidspartnere vurdert"),
        choices=ActorBody.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Hvem dere vurderte å invitere, også dem dere ikke inviterte."),
    )
    topics = forms.CharField(
        label=_("Saker"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Om hvordan tjenesten virker. Ingen ungdom skal nevnes."),
    )
    agreement_reviewed = forms.BooleanField(label=_("Avtalen er gjennomgått"), required=False)
    figures = forms.CharField(
        label=_("Tall for bydelen"),
        max_length=200,
        required=False,
        help_text=_("Hvor tallene dere så på, er å finne."),
    )

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self.tables: dict[str, list[RowForm]] = {}
        for name, (row_form, _label) in _TABLES.items():
            stands = list(initial.get(name, ()))
            count = min(max(len(stands) + _EMPTY, sent_rows(data, name)), _MOST)
            rows = [*stands, *({"key": ""} for _row in range(count - len(stands)))]
            self.tables[name] = [row_form(data, prefix=f"{name}-{at}", initial=row) for at, row in enumerate(rows)]

    def clean(self) -> dict[str, Any]:
        """Check the rows as well; what is wrong in one is told at its own field."""
        given = super().clean() or {}
        wrong = [str(_TABLES[name][1]) for name, rows in self.tables.items() if not all(row.is_valid() for row in rows)]
        if wrong:
            self.add_error(None, now_in("Rett radene under %(tables)s.") % {"tables": ", ".join(wrong)})
        return given

    @property
    def shown_tables(self) -> list[tuple[str, Any, list[RowForm]]]:
        """The tables with their names, as the template draws them."""
        return [(name, _TABLES[name][1], rows) for name, rows in self.tables.items()]

    def content(self) -> NetworkContent:
        """Return what was written, as the service takes it."""
        tables = {name: [each.row for each in rows if each.is_begun] for name, rows in self.tables.items()}
        said: dict[str, Any] = {**self.cleaned_data, **tables}
        return NetworkContent(**said)
