"""The one form of the small records, made from what ``record_kinds.yaml`` says of the kind."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.collaboration.record_kinds import KindField, RecordKind
from fotfeste.collaboration.services.correcting import Right
from fotfeste.collaboration.services.records import Sent
from fotfeste.kernel import opaque
from fotfeste.kernel.forms import DateField, Form
from fotfeste.spec import implements

#: (opaque id, name) of the units one may choose among, by the name of the field.
Units = Mapping[str, Iterable[tuple[str, str]]]

TO, TOLD, NAMED, ON = "to_unit", "told_on", "named", "on"
ACT, WHY = "act", "why_wrong"


@implements(
    "gn-reason",
    "gn-informed",
    "gn-helped-register",
    "gn-office",
    "gn-date",
    "nc-question",
    "nc-asked",
    "an-kind",
    "an-person",
    "an-without-offer",
    "an-date",
    "an-informed",
    "an-received",
    "form-apprentice-notice",
    "form-guide-to-nav",
    "form-more-training-enrolment",
    "form-more-training-intake",
    "an-district",
    "ho-from",
    "ho-to",
    "ho-what",
    "mte-person",
    "mte-basis",
    "mte-subjects",
    "mte-last-school",
    "mte-enrolled-by",
    "mte-date",
    "mte-contact",
    "mti-enrolment",
    "mti-called",
    "mti-attended",
    "mti-level",
    "mti-need",
    "mti-format",
    "mti-start",
    "mti-ot",
    "mti-outcome",
    "ho-date",
)
class RecordForm(Form):
    """What a kind of record holds, filled in with what is known."""

    on = DateField(label=gettext_lazy("Dato"))

    def __init__(
        self,
        data: Any = None,
        *,
        kind: RecordKind,
        units: Units,
        initial: Mapping[str, Any],
        today: date,
        so: Iterable[str] = (),
    ) -> None:
        super().__init__(data, initial={ON: today, **initial})
        self.kind, self.asked = kind, kind.fields_for(so)
        if TO in units:
            self.fields[TO] = _unit(_("Sendes til"), units[TO], required=True)
        if kind.may_be_anonymous:
            self.fields[NAMED] = forms.ChoiceField(
                label=_("Hvordan spørres det"),
                choices=[("without", _("Uten navn")), ("named", _("Med navn, ungdommen har samtykket"))],
                widget=forms.RadioSelect,
                initial="without",
            )
        for each in self.asked:
            self.fields[each.id] = _field(each, units)
        if kind.told_first:
            self.fields[TOLD] = DateField(
                label=_("Ungdommen fikk vite det"), help_text=_("Personen får vite om meldingen før den sendes.")
            )
        for field in self.fields.values():
            field.error_messages = {**field.error_messages, **self._words_for(field)}

    def clean(self) -> dict[str, Any]:
        """Say at the field what another answer makes needed."""
        given = super().clean() or {}
        for each in self.asked:
            asked = each.needed_when and each.id in given and given[each.id] in ("", None, [])
            if asked and each.is_needed(given):
                self.add_error(each.id, self.fields[each.id].error_messages["required"])
        return given

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the service takes it."""
        if not (self.is_bound and self.is_valid()):
            return {}
        given = self.cleaned_data
        filled = [each.id for each in self.asked if given[each.id] not in ("", None, [])]
        return {
            "on": given[ON],
            "said": {name: _kept(given[name]) for name in filled},
            "sent": Sent(given.get(TO), given.get(NAMED) == "without", given.get(TOLD)),
        }


class CorrectRecordForm(RecordForm):
    """What is right instead of what was written down, or that nothing should have been."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        kind: RecordKind,
        units: Units,
        initial: Mapping[str, Any],
        today: date,
        so: Iterable[str] = (),
    ) -> None:
        super().__init__(data, kind=kind, units=units, initial=initial, today=today, so=so)
        for name in (TOLD, NAMED, TO):
            self.fields.pop(name, None)
        self.fields[ACT] = forms.ChoiceField(
            label=_("Hva skal gjøres"),
            choices=[("correct", _("Rette det som er skrevet")), ("withdraw", _("Trekke tilbake hele registreringen"))],
            widget=forms.RadioSelect,
        )
        self.fields[WHY] = forms.CharField(label=_("Hva var feil"), max_length=300)
        for field in (self.fields[ACT], self.fields[WHY]):
            field.error_messages = {**field.error_messages, **self._words_for(field)}

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the service takes it."""
        given = super().given()
        if not given:
            return {}
        right = Right(given["on"], given["said"]) if self.cleaned_data[ACT] == "correct" else None
        return {"right": right, "reason": self.cleaned_data[WHY], "version": self.cleaned_data["version"]}


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _field(known: KindField, units: Units) -> forms.Field:
    plain: dict[str, Any] = {"label": _(known.label), "required": known.required}
    if known.help:
        plain["help_text"] = _(known.help)
    options = [(value, _(label)) for value, label in known.options.items()]
    match known.type:
        case "choice" if len(options) <= 4:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **plain)
        case "choice":
            return forms.ChoiceField(choices=[("", _("Velg")), *options], **plain)
        case "choices":
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **plain)
        case "day":
            return DateField(**plain)
        case "confirm":
            return forms.BooleanField(**plain)
        case "record":
            # Nobody can refer to what was never written down here; where it was, it is to be named.
            return _unit(_(known.label), units[known.id], required=bool(units[known.id]), none=_("Ingen"))
        case "unit":
            return _unit(_(known.label), units[known.id], required=known.required)
    help_text = _("Kort. Skriv ikke noe om helse eller andre i saken.")
    return forms.CharField(
        max_length=500, widget=forms.Textarea(attrs={"rows": 3}), **{"help_text": help_text, **plain}
    )


def _unit(label: str, choices: Iterable[tuple[str, str]], *, required: bool, none: str = "") -> forms.Field:
    offered = [("", none or _("Velg enhet")), *choices]
    return forms.TypedChoiceField(
        label=label, choices=offered, coerce=opaque.decode, empty_value=None, required=required
    )
