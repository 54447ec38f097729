"""The form of who is around a youth: one row for each that may be, with part, contact person and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.enums import ActorBody, ActorPart
from fotfeste.collaboration.selectors.actors import ShownActor
from fotfeste.collaboration.services.actors import Marked
from fotfeste.kernel import clock
from fotfeste.kernel.forms import DateField, Form


@dataclass(frozen=True, slots=True)
class ActorFields:
    """The three fields of one that may be around the youth."""

    actor: ShownActor
    part: BoundField
    contact: BoundField
    since: BoundField

    @property
    def label(self) -> str:
        """Return who it is."""
        return str(self.actor.body.label)


class ActorsForm(Form):
    """Who is around the youth."""

    rest_not_relevant = forms.BooleanField(
        label=_("Resten er ikke aktuelt"), required=False, help_text=_("Merker alle det ikke er svart på.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, actors: Sequence[ShownActor], version: int) -> None:
        self.actors = tuple(actors)
        initial: dict[str, Any] = {"version": version}
        for each in self.actors:
            initial |= {
                f"{each.body}_part": each.part,
                f"{each.body}_contact": each.contact,
                f"{each.body}_since": each.since,
            }
        super().__init__(data, initial=initial)
        for each in self.actors:
            label = str(each.body.label)
            parts = [("", _("Ikke svart")), *ActorPart.choices]
            self.fields[f"{each.body}_part"] = forms.ChoiceField(label=label, choices=parts, required=False)
            self.fields[f"{each.body}_contact"] = forms.CharField(
                label=_("Kontaktperson"), max_length=120, required=False
            )
            self.fields[f"{each.body}_since"] = DateField(label=_("Siden"), required=False)

    def clean(self) -> dict[str, Any]:
        """Say of a day ahead at which of them it stands."""
        given = super().clean() or {}
        for each in self.actors:
            since = given.get(f"{each.body}_since")
            if since and since > clock.today():
                self.add_error(f"{each.body}_since", _("«Siden» kan ikke være en dag fram i tid."))
        return given

    @property
    def rows(self) -> list[ActorFields]:
        """The rows in order: those something is known of first."""
        rows = [
            ActorFields(each, self[f"{each.body}_part"], self[f"{each.body}_contact"], self[f"{each.body}_since"])
            for each in self.actors
        ]
        return sorted(rows, key=lambda row: not (row.actor.is_drawn or row.actor.unit is not None))

    def marks(self) -> dict[ActorBody, Marked]:
        """Return the marks that were given."""
        values, found = self.cleaned_data, {}
        for each in self.actors:
            part = values[f"{each.body}_part"] or (ActorPart.NOT_RELEVANT if values["rest_not_relevant"] else "")
            if part:
                contact, since = values[f"{each.body}_contact"], values[f"{each.body}_since"]
                is_there = part != ActorPart.NOT_RELEVANT
                found[each.body] = Marked(ActorPart(part), contact if is_there else "", since if is_there else None)
        return found
