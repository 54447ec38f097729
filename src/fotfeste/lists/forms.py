"""What users choose about lists. Anything unreadable in an address counts as not chosen."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste import codes
from fotfeste.casework.enums import AttemptResult, Channel, NextOwner
from fotfeste.casework.forms.counsellor import NOBODY, chosen_person, person_choices
from fotfeste.casework.selectors.labels import group_name, reason_name, status_name
from fotfeste.casework.selectors.worklist import WorklistFilter
from fotfeste.collaboration.forms.watched import WatchedForm
from fotfeste.kernel import formats, opaque
from fotfeste.kernel.forms import DateField, Form
from fotfeste.kernel.ui import Sort
from fotfeste.lists.enums import ClosingReason
from fotfeste.lists.selectors.ready import READY
from fotfeste.lists.selectors.worklist import CONFIRM, QUICK_CHOICES
from fotfeste.lists.services.closing import REASONS

SORTS = ("promise", "name", "born", "status", "unknown", "contact", "attempts", "confirm", "unit", "reason", "district")
DEFAULT_SORT = "-unknown"
#: Columns that show how long it is since a day: the larger the number, the earlier the day.
_SINCE = frozenset({"unknown", "born"})
_AGES = range(15, 26)
_UNKNOWN_DAYS = (7, 14, 30, 60, 90, 180, 365)
_NO_CONTACT_DAYS = (7, 14, 30, 60, 90, 180)
_YES = "ja"


def _span(days: int) -> str:
    """Write a choice of days; 90 of them are called three months, though a few months have more."""
    return formats.span(days if days <= 60 else days + 3)


_GROUP = "gruppe-"
#: Columns of the worklist one can choose among; the name and the status always stand.
COLUMNS = ("age", "unknown", "contact", "responsible", "reason", "district", "promise", "confirm", "reminder")
USUAL_COLUMNS = frozenset(COLUMNS) - {"promise", "confirm", "reminder"}


class _Columns:
    """Every choice of columns an address may hold: names with full stops between."""

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and set(text.split(".")) <= set(COLUMNS)


@dataclass(frozen=True, slots=True)
class Places:
    """
    What one can choose among: units (id, name), districts (code, name), and people of one's own units (id, name).

    :ivar left: people chosen earlier who follow up nobody there any more; readable, never offered.
    :ivar me: the one who chooses.
    """

    units: tuple[tuple[int, str], ...] = ()
    districts: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[int, str], ...] = ()
    left: frozenset[int] = frozenset()
    me: int = 0

    @property
    def person_choices(self) -> list[tuple[str, str]]:
        """Return the people as the choices of a field, oneself first and nobody last."""
        return person_choices(self.people, me=self.me)


class Choices:
    """
    What is chosen of the worklist, as an address or a saved filter holds it.

    :ivar query: the choices that could be read, by their names in the address; none of them is free text.
    """

    def __init__(self, data: Mapping[str, Any], *, places: Places) -> None:
        self._units = {opaque.encode(pk): pk for pk, _name in places.units} if data.get("enhet") else {}
        people = {*dict(places.people), *places.left} if data.get("ansvarlig") else ()
        self._people = {opaque.encode(pk): pk for pk in people}
        allowed: dict[str, Container[str]] = {
            **_fixed(),
            "enhet": self._units,
            "bydel": dict(places.districts),
            "kolonner": _Columns(),
            "ansvarlig": {*self._people, NOBODY} if people else (),
        }
        given = {name: str(data.get(name) or "") for name in allowed}
        if hasattr(data, "getlist"):  # ticked one by one in the form of columns
            given["kolonner"] = ".".join(data.getlist("kolonner"))
        self.query = {name: value for name, value in given.items() if value and value in allowed[name]}

    @property
    def sort_now(self) -> Sort:
        """Return the order chosen, or the usual one."""
        return Sort.from_text(self.query.get("sort"), allowed=SORTS, default=DEFAULT_SORT)

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything but the order and the columns is chosen."""
        return bool(self.query.keys() - {"sort", "kolonner"})

    @property
    def columns(self) -> frozenset[str]:
        """Return the columns chosen, or the usual ones, and what is to be remembered where the list is about that."""
        text = self.query.get("kolonner", "")
        columns = frozenset(text.split(".")) if text else USUAL_COLUMNS
        return columns | {"reminder"} if self.query.get("utvalg") == "reminder_due" else columns

    @property
    def chosen(self) -> WorklistFilter:
        """Return the choices as the selectors take them."""
        given, sort = self.query, self.sort_now
        status = given.get("status", "")
        is_group = status.startswith(_GROUP)
        return WorklistFilter(
            statuses=(status,) if status and not is_group else (),
            group=int(status.removeprefix(_GROUP)) if is_group else None,
            unit_id=self._units.get(given.get("enhet", "")),
            counsellor_id=self._people.get(given.get("ansvarlig", "")),
            without_counsellor=given.get("ansvarlig") == NOBODY,
            district_code=given.get("bydel", ""),
            reasons=(given["arsak"],) if "arsak" in given else (),
            ages=(int(given["alder"]),) if "alder" in given else (),
            unknown_for_days=int(given["ukjent"]) if "ukjent" in given else None,
            no_contact_for_days=int(given["kontakt"]) if "kontakt" in given else None,
            must_be_confirmed="bekreft" in given,
            quick=given.get("hurtig", ""),
            ready=given.get("utvalg", ""),
            order=sort.name,
            descending=sort.descending != (sort.name in _SINCE),
        )

    def query_with(self, name: str) -> dict[str, str]:
        """Return the choices with one quick choice turned on, or off when it is on."""
        field, value = ("bekreft", _YES) if name == CONFIRM else ("hurtig", name)
        rest = {each: kept for each, kept in self.query.items() if each != field}
        return rest if self.is_on(name) else {**rest, field: value}

    def is_on(self, name: str) -> bool:
        """Say whether a quick choice is on."""
        return "bekreft" in self.query if name == CONFIRM else self.query.get("hurtig") == name


class WorklistFilterForm(Form):
    """The choices as fields above the list. Always filled in with what could be read, so never wrong."""

    status = forms.ChoiceField(label=_("Status"), required=False)
    ukjent = forms.ChoiceField(label=_("Ukjent minst"), required=False)
    kontakt = forms.ChoiceField(label=_("Uten kontakt i"), required=False)
    enhet = forms.ChoiceField(label=_("Ansvarlig enhet"), required=False)
    ansvarlig = forms.ChoiceField(label=_("Ansvarlig person"), required=False)
    bydel = forms.ChoiceField(label=_("Bydel"), required=False)
    arsak = forms.ChoiceField(label=_("Årsak"), required=False)
    alder = forms.ChoiceField(label=_("Fyller i år"), required=False)
    hurtig = forms.CharField(required=False, widget=forms.HiddenInput)
    bekreft = forms.CharField(required=False, widget=forms.HiddenInput)
    utvalg = forms.CharField(required=False, widget=forms.HiddenInput)
    kolonner = forms.CharField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, choices: Choices, *, places: Places) -> None:
        super().__init__(initial=choices.query)
        offered: dict[str, list[Any]] = {
            "status": [("", _("Alle statuser")), *_status_choices()],
            "ukjent": [("", _("Alle")), *((days, _span(days)) for days in _UNKNOWN_DAYS)],
            "kontakt": [("", _("Alle")), *((days, _span(days)) for days in _NO_CONTACT_DAYS)],
            "enhet": [("", _("Alle enheter")), *((opaque.encode(pk), name) for pk, name in places.units)],
            "ansvarlig": [("", _("Alle")), *places.person_choices, *_who_left(choices, places)],
            "bydel": [("", _("Alle bydeler")), *places.districts],
            "arsak": [("", _("Alle årsaker")), *_reason_choices()],
            "alder": [("", _("Alle")), *((age, _("%(age)s år") % {"age": age}) for age in _AGES)],
        }
        for name, given in offered.items():
            self.offer(name, given)
        for name in self.fields.keys() - offered.keys() - choices.query.keys():
            del self.fields[name]  # one that is hidden and not chosen would be drawn for nothing
        if len(places.units) < 2:
            del self.fields["enhet"]
        if not places.people and not choices.query.get("ansvarlig"):
            del self.fields["ansvarlig"]
        if not places.districts:
            del self.fields["bydel"]


def _who_left(choices: Choices, places: Places) -> list[tuple[str, str]]:
    """Return the one chosen, when it is somebody who no longer follows up youths at the unit."""
    chosen = choices.query.get("ansvarlig", "")
    gone = {opaque.encode(pk) for pk in places.left}
    return [(chosen, str(_("En som ikke er ved enheten nå")))] if chosen in gone else []


@cache
def _fixed() -> dict[str, frozenset[str]]:
    """Return what can be chosen whoever one is."""
    groups = {f"{_GROUP}{group.group}" for group in codes.status_list(codes.CURRENT).groups}
    return {
        "status": frozenset({status.code for status in codes.codes_in_order(codes.CURRENT)} | groups),
        "ukjent": frozenset(map(str, _UNKNOWN_DAYS)),
        "kontakt": frozenset(map(str, _NO_CONTACT_DAYS)),
        "arsak": frozenset(reason.value for reason in codes.reason_texts()),
        "alder": frozenset(map(str, _AGES)),
        "hurtig": frozenset(QUICK_CHOICES),
        "bekreft": frozenset({_YES}),
        "utvalg": frozenset(READY),
        "sort": frozenset({*SORTS, *(f"-{name}" for name in SORTS)}),
    }


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


def _with_load(person: tuple[int, str], loads: Mapping[int, int]) -> tuple[int, str]:
    """Return a person with how many youths they answer for, for whoever shares them out."""
    user_id, name = person
    return user_id, _("%(name)s – har %(count)s") % {"name": name, "count": formats.number(loads.get(user_id, 0))}


class CounsellorForm(Form):
    """Who is to be the responsible person of the youths chosen in the list, or nobody."""

    person = forms.ChoiceField(label=_("Ansvarlig person for de valgte"), required=False)

    def __init__(self, data: Any = None, *, places: Places, loads: Mapping[int, int] | None = None) -> None:
        super().__init__(data)
        people = places.people if loads is None else tuple(_with_load(each, loads) for each in places.people)
        self.offer("person", [("", _("Velg person")), *person_choices(people, me=places.me)])

    def clean_person(self) -> str:
        """Ask for a choice: nobody is one, nothing is none."""
        text = str(self.cleaned_data["person"])
        if not text:
            raise forms.ValidationError(_("Velg hvem som skal være ansvarlig person, eller «Ingen»."))
        return text

    @property
    def counsellor_id(self) -> int | None:
        """Return who was chosen, of a valid form."""
        return chosen_person(self.cleaned_data["person"])


#: What can be registered for many at once: sent, and not answered. Whoever was talked to is registered one by one.
SENT_TO_MANY: dict[str, dict[str, str]] = {
    name: {"channel": channel, "result": AttemptResult.SENT}
    for name, channel in (("sms", Channel.SMS), ("epost", Channel.EMAIL), ("brev", Channel.LETTER))
}


class SentForm(Form):
    """What was sent today to the youths chosen in the list."""

    sent = forms.ChoiceField(label=_("Sendt i dag til de valgte"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        given = [(name, Channel(step["channel"]).label) for name, step in SENT_TO_MANY.items()]
        self.offer("sent", [("", _("Velg hva")), *given])

    def clean_sent(self) -> str:
        """Ask for a choice; the list has other buttons, so the field itself needs none."""
        text = str(self.cleaned_data["sent"])
        if not text:
            raise forms.ValidationError(_("Velg hva som er sendt."))
        return text


class ReminderForm(WatchedForm):
    """What to be reminded of about each youth chosen in the list, on which day, and who."""

    what = forms.CharField(
        label=_("Hva skal huskes?"),
        max_length=200,
        help_text=_("Høyst 200 tegn. Skriv ikke noe om helse eller andre i saken."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = DateField(label=_("Minn om det"))
    to = forms.ChoiceField(
        label=_("Til"),
        choices=[
            ("me", _("Meg")),
            ("counsellor", _("Den som er ansvarlig person, ellers alle ved enheten")),
            ("unit", _("Alle ved enheten")),
        ],
        widget=forms.RadioSelect(attrs={"class": "fot-picks"}),
        initial="me",
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

    on = DateField(label=_("Listedato"), help_text=_("I dag eller før. Listene fryses slik registeret er kjent nå."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)


class ClosingForm(Form):
    """Why somebody on a list is not answered about, when it is closed all the same."""

    reason = forms.ChoiceField(label=_("Hvorfor noen ikke er besvart"))

    def __init__(self, data: Any = None, *, has_left: bool, is_theirs: bool) -> None:
        super().__init__(data)
        if has_left:
            said = [each for each in REASONS if is_theirs or each is not ClosingReason.SILENT]
            self.offer("reason", [("", _("Velg hvorfor")), *((each.value, each.label) for each in said)])
        else:
            del self.fields["reason"]


class AgreeForm(Form):
    """Who takes the next step with a youth on a washed list, and by when."""

    owner = forms.ChoiceField(label=_("Hvem tar neste steg"), choices=NextOwner.choices)
    due_on = DateField(label=_("Frist"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class MissingForm(Form):
    """How many Nav knows of who are not on the list."""

    missing = forms.IntegerField(
        label=_("Kjent i Nav, men ikke på listen"),
        min_value=0,
        max_value=999,
        help_text=_("Bare antallet. Skriv 0 når dere har sett etter og ingen mangler."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, missing: int | None = None, version: int | None = None) -> None:
        super().__init__(data, initial={"missing": missing, "version": version})


class HandOverForm(Form):
    """Who is to answer for the youths ticked from today on."""

    person = forms.ChoiceField(label=_("Ny ansvarlig person"), help_text=_("De som følger opp ungdommer ved enheten."))
    note = forms.CharField(
        label=_("Det viktigste å vite"),
        max_length=500,
        required=False,
        help_text=_("Følger med når du tilbyr dem. Gjelder alle du har valgt."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, people: Iterable[tuple[int, str]], me: int) -> None:
        super().__init__(data)
        named = [each for each in person_choices(people, me=me) if each[0] != NOBODY]
        self.offer("person", [("", _("Velg person")), *named])

    @property
    def counsellor_id(self) -> int | None:
        """The person chosen."""
        return chosen_person(self.cleaned_data["person"])
