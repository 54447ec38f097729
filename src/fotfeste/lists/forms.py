"""What users choose about lists. Anything unreadable in an address counts as not chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste import codes
from fotfeste.casework.selectors.labels import group_name, reason_name, status_name
from fotfeste.casework.selectors.worklist import WorklistFilter
from fotfeste.kernel import formats, opaque
from fotfeste.kernel.forms import DateField, Form
from fotfeste.kernel.ui import Sort
from fotfeste.lists.selectors.worklist import CONFIRM, QUICK_CHOICES

SORTS = ("promise", "name", "born", "status", "unknown", "contact", "attempts", "confirm", "unit", "reason", "district")
DEFAULT_SORT = "-unknown"
#: Columns that show how long it is since a day: the larger the number, the earlier the day.
_SINCE = frozenset({"unknown", "born"})
_AGES = range(15, 26)
_UNKNOWN_DAYS = (7, 14, 30, 60, 90, 180, 365)
_NO_CONTACT_DAYS = (7, 14, 30, 60, 90, 180)
_YES = "ja"


@dataclass(frozen=True, slots=True)
class Places:
    """The units and districts one can choose among: (id, name) and (code, name)."""

    units: tuple[tuple[int, str], ...] = ()
    districts: tuple[tuple[str, str], ...] = ()


class WorklistFilterForm(Form):
    """What to show of the worklist. The names are those of the address; none of them takes free text."""

    status = forms.ChoiceField(label=_("Status"), required=False)
    ukjent = forms.TypedChoiceField(label=_("Ukjent minst"), required=False, coerce=int, empty_value=None)
    kontakt = forms.TypedChoiceField(label=_("Uten kontakt i"), required=False, coerce=int, empty_value=None)
    enhet = forms.ChoiceField(label=_("Ansvarlig enhet"), required=False)
    bydel = forms.ChoiceField(label=_("Bydel"), required=False)
    arsak = forms.ChoiceField(label=_("Årsak"), required=False)
    alder = forms.TypedChoiceField(label=_("Fyller i år"), required=False, coerce=int, empty_value=None)
    hurtig = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    bekreft = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=[("", ""), (_YES, _YES)])
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], *, places: Places) -> None:
        super().__init__({name: data[name] for name in self.base_fields if data.get(name)})
        self._unit_ids = {opaque.encode(pk): pk for pk, _name in places.units}
        names = dict(places.units)
        choices: dict[str, list[Any]] = {
            "status": [("", _("Alle statuser")), *_status_choices()],
            "ukjent": [("", _("Alle")), *((days, formats.span(days)) for days in _UNKNOWN_DAYS)],
            "kontakt": [("", _("Alle")), *((days, formats.span(days)) for days in _NO_CONTACT_DAYS)],
            "enhet": [("", _("Alle enheter")), *((text, names[pk]) for text, pk in self._unit_ids.items())],
            "bydel": [("", _("Alle bydeler")), *places.districts],
            "arsak": [("", _("Alle årsaker")), *_reason_choices()],
            "alder": [("", _("Alle")), *((age, _("%(age)s år") % {"age": age}) for age in _AGES)],
            "hurtig": [("", ""), *((name, name) for name in QUICK_CHOICES)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered
        if len(places.units) < 2:
            self.fields["enhet"].widget = forms.HiddenInput()
        if not places.districts:
            self.fields["bydel"].widget = forms.HiddenInput()
        self.is_valid()

    @property
    def sort_now(self) -> Sort:
        """Return the order chosen, or the usual one."""
        return Sort.from_text(self.cleaned_data.get("sort"), allowed=SORTS, default=DEFAULT_SORT)

    @property
    def query(self) -> dict[str, str]:
        """Return the choices as the address and a saved filter hold them; what could not be read is left out."""
        chosen = {name: str(value) for name, value in self.cleaned_data.items() if value not in ("", None)}
        if chosen.get("sort") and self.sort_now.text != chosen["sort"]:
            del chosen["sort"]
        return chosen

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything but the order is chosen."""
        return bool(self.query.keys() - {"sort"})

    @property
    def chosen(self) -> WorklistFilter:
        """Return the choices as the selectors take them."""
        given = self.cleaned_data
        status = given.get("status", "")
        is_group = status.startswith(_GROUP)
        return WorklistFilter(
            statuses=(status,) if status and not is_group else (),
            group=int(status.removeprefix(_GROUP)) if is_group else None,
            unit_id=self._unit_ids.get(given.get("enhet", "")),
            district_code=given.get("bydel", ""),
            reasons=(given["arsak"],) if given.get("arsak") else (),
            ages=(given["alder"],) if given.get("alder") else (),
            unknown_for_days=given.get("ukjent"),
            no_contact_for_days=given.get("kontakt"),
            must_be_confirmed=given.get("bekreft") == _YES,
            quick=given.get("hurtig", ""),
            order=self.sort_now.name,
            descending=self.sort_now.descending != (self.sort_now.name in _SINCE),
        )

    def query_with(self, name: str) -> dict[str, str]:
        """Return the choices with one quick choice turned on, or off when it is on."""
        wanted = dict(self.query)
        field, value = ("bekreft", _YES) if name == CONFIRM else ("hurtig", name)
        if wanted.get(field) == value:
            del wanted[field]
        else:
            wanted[field] = value
        return wanted

    def is_on(self, name: str) -> bool:
        """Say whether a quick choice is on."""
        return self.query.get("bekreft" if name == CONFIRM else "hurtig") == (_YES if name == CONFIRM else name)


_GROUP = "gruppe-"


def _status_choices() -> Iterable[Any]:
    in_list = codes.codes_in_order(codes.CURRENT)
    for group in codes.status_list(codes.CURRENT).groups:
        name = group_name(group.group)
        members = [(status.code, status_name(status.code)) for status in in_list if status.group == group.group]
        if len(members) == 1:
            yield members[0]
        else:
            yield name, [(f"{_GROUP}{group.group}", _("Alle: %(group)s") % {"group": name}), *members]


def _reason_choices() -> Iterable[tuple[str, str]]:
    return [(reason.value, reason_name(reason.value)) for reason in codes.reason_texts()]


class SaveFilterForm(Form):
    """A name for the choices in the address."""

    name = forms.CharField(
        label=_("Navn på filteret"),
        max_length=60,
        help_text=_("For eksempel «Ukjent over en måned». Skriv aldri navn på ungdommer her."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SearchForm(Form):
    """Who to look for. Always posted: a name or a number never stands in an address."""

    q = forms.CharField(
        label=_("Navn, fødselsdato eller identitetsnummer"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )


class RoundForm(Form):
    """The day to make OTUK lists for."""

    on = DateField(
        label=_("Listedato"), help_text=_("I dag eller tidligere. Listene fryses slik registeret kjennes nå.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
