"""Calling a meeting, changing it, and answering an invitation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.enums import CallChannel, Confirmed, GuestKind
from fotfeste.collaboration.forms.meeting_times import clock_field
from fotfeste.collaboration.services.invitations import Called
from fotfeste.collaboration.services.meetings import When
from fotfeste.collaboration.texting import texting
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.forms import DateField, Form

_LENGTHS = [(30, _("30 minutter")), (45, _("45 minutter")), (60, _("1 time")), (90, _("1 time og 30 minutter"))]
#: How those who do not use the product are called.
_CHANNELS = [
    (each.value, each.label) for each in (CallChannel.PHONE, CallChannel.SMS, CallChannel.LETTER, CallChannel.EMAIL)
]


class _Closed:
    """A widget some of whose choices cannot be made, though they are shown."""

    closed: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Make an option, closed where it is not to be chosen."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        if str(value) in self.closed:
            option["attrs"]["disabled"] = True
        return option


class _Ticks(_Closed, forms.CheckboxSelectMultiple):
    """Boxes, some of them closed."""


class _Choice(_Closed, forms.Select):
    """A list, some lines of it closed."""


@dataclass(frozen=True, slots=True)
class Offered:
    """
    Those who may be called, each by what they are called with what covers them, or what lacks.

    :ivar units: (id, words, whether something covers it).
    :ivar partners: (kind, words, whether something covers it).
    """

    units: tuple[tuple[int, str, bool], ...]
    partners: tuple[tuple[str, str, bool], ...]


class WhenForm(Form):
    """When and where a meeting is, and what it is to settle."""

    day = DateField(label=_("Dag"))
    time = clock_field(_("Klokken"))
    minutes_long = forms.TypedChoiceField(label=_("Varighet"), choices=_LENGTHS, coerce=int, initial=60)
    place = forms.CharField(label=_("Sted"), max_length=200, required=False)
    video_url = forms.URLField(label=_("Videolenke"), max_length=500, required=False, assume_scheme="https")
    purpose = forms.CharField(
        label=_("Hva skal avklares?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De som kalles inn, leser dette her. Det står ikke i kalenderen eller e-posten."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Say at the time that it cannot be."""
        given = super().clean() or {}
        if given.get("day") and given.get("time"):
            self.check_time(given)
        return given

    def check_time(self, given: dict[str, Any]) -> None:
        """Say of a time that is past, where the meeting is ahead."""
        if self._starts_at(given) <= clock.now():
            self.add_error("day" if given["day"] < clock.today() else "time", _("Velg en tid fram i tid."))

    @staticmethod
    def _starts_at(given: dict[str, Any]) -> datetime:
        return datetime.combine(given["day"], given["time"], tzinfo=clock.OSLO)

    def when(self) -> When:
        """Return what was filled in."""
        given = self.cleaned_data
        return When(
            starts_at=self._starts_at(given),
            minutes_long=given["minutes_long"],
            place=given["place"],
            video_url=given["video_url"],
            purpose=given["purpose"],
        )


class GuestFields(Form):
    """Somebody to be called who has no users here: a partner by name."""

    partner = forms.ChoiceField(label=_("En annen tjeneste rundt ungdommen"), required=False, widget=_Choice)
    partner_name = forms.CharField(label=_("Navn på den som kalles inn derfra"), max_length=120, required=False)
    partner_email = forms.EmailField(
        label=_("E-post dit"), required=False, help_text=_("E-posten sier bare når og hvor møtet er.")
    )

    def offer_partners(self, offered: Offered) -> None:
        """Set which services may be chosen, and which are shown to say what lacks."""
        self.offer("partner", [("", _("Ingen")), *((kind, words) for kind, words, _is_covered in offered.partners)])
        _close(self.fields["partner"], (kind for kind, _words, is_covered in offered.partners if not is_covered))

    def chosen(self) -> list[Called]:
        """Return who was chosen."""
        given, found = self.cleaned_data, []
        if given["partner"]:
            channel = CallChannel.EMAIL if given["partner_email"] else CallChannel.PHONE
            found.append(
                Called(
                    GuestKind.PARTNER,
                    partner=given["partner"],
                    name=given["partner_name"],
                    email=given["partner_email"],
                    channel=channel,
                )
            )
        return found


class CallForm(GuestFields, WhenForm):
    """A meeting that is called. Source: form-invitation."""

    kind = forms.ChoiceField(label=_("Møtetype"), widget=forms.RadioSelect)
    units = forms.TypedMultipleChoiceField(
        label=_("Enheter som kalles inn"), coerce=opaque.decode, required=False, widget=_Ticks
    )
    youth_channel = forms.ChoiceField(
        label=_("Ungdommen kalles inn på"),
        choices=[*_CHANNELS, ("", _("Ungdommen er ikke med"))],
        required=False,
        initial=CallChannel.PHONE,
    )
    youth_email = forms.EmailField(label=_("E-post til ungdommen"), required=False)
    guardian = forms.CharField(label=_("Foresatt som kalles inn"), max_length=120, required=False)
    field_order = [
        "kind", "day", "time", "minutes_long", "place", "video_url", "purpose", "youth_channel", "youth_email",
        "guardian", "units", "partner", "partner_name", "partner_email",
    ]  # fmt: skip

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[tuple[str, Any]],
        offered: Offered,
        release_url: str,
        is_minor: bool,
        phones: str = "",
        guardians: str = "",
        **kwargs: Any,
    ) -> None:
        """
        Make the form for one youth.

        :param release_url: where one takes down that the youth lets somebody in.
        :param phones: the youth's own numbers, for whoever calls.
        :param guardians: those of somebody under age, and how they are reached.
        """
        super().__init__(*args, **kwargs)
        self.offer("kind", kinds)
        self.offer("units", [(opaque.encode(pk), words) for pk, words, _is_covered in offered.units])
        _close(self.fields["units"], (opaque.encode(pk) for pk, _words, is_covered in offered.units if not is_covered))
        self.fields["units"].help_text = format_html(
            '{} {} <a class="ds-link" href="{}">{}</a>',
            _("De som står på kartet over hvem som er med eller bør inviteres, er krysset av."),
            _("De som ikke er dekket, kan ikke kalles inn før ungdommen har sagt ja."),
            release_url,
            _("Registrer samtykke"),
        )
        self.offer_partners(offered)
        if texting().is_ready:
            self.fields["youth_channel"].help_text = _(
                "SMS sendes til mobilnummeret som er registrert. Den sier bare når og hvor møtet er. "
                "Er ungdommen skjermet, sendes ingenting herfra."
            )
        else:
            self.fields["youth_channel"].help_text = _("SMS sendes ikke herfra. Du gir beskjed selv.")
        if phones:
            told = _("Registrert telefon: %(numbers)s.") % {"numbers": phones}
            self.fields["youth_channel"].help_text = f"{told} {self.fields['youth_channel'].help_text}"
        self.fields["guardian"].help_text = guardians
        if not is_minor:
            del self.fields["guardian"]
        if not self.fields["units"].choices:  # type: ignore[attr-defined]
            del self.fields["units"]

    def clean(self) -> dict[str, Any]:
        """Say at the field what is missing, before the service does."""
        given = super().clean() or {}
        if not given.get("place") and not given.get("video_url") and "video_url" not in self.errors:
            self.add_error("place", _("Skriv sted eller videolenke."))
        if given.get("youth_channel") == CallChannel.EMAIL and not given.get("youth_email", "wrong"):
            self.add_error("youth_email", _("Må fylles ut."))
        if given.get("partner") and not given.get("partner_name"):
            self.add_error("partner_name", _("Må fylles ut."))
        return given

    def called(self) -> list[Called]:
        """Return everybody who is to be called."""
        given = self.cleaned_data
        found = [Called(GuestKind.UNIT, unit_id=pk) for pk in given.get("units", ())]
        found += self.chosen()
        if given["youth_channel"]:
            channel = CallChannel(given["youth_channel"])
            found.append(Called(GuestKind.YOUTH, email=given["youth_email"], channel=channel))
        if given.get("guardian"):
            found.append(Called(GuestKind.GUARDIAN, name=given["guardian"], channel=CallChannel.PHONE))
        return found


class HeldForm(CallForm):
    """A talk that was held without anybody being called to it. Nothing is sent to anybody."""

    youth_there = forms.BooleanField(label=_("Ungdommen var med"), required=False, initial=True)
    field_order = [
        "kind", "day", "time", "minutes_long", "place", "video_url", "youth_there", "guardian", "units", "partner",
        "partner_name",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("purpose", "youth_channel", "youth_email", "partner_email"):
            del self.fields[name]
        self.fields["kind"].label = _("Hva slags samtale")
        labels = {
            "guardian": _("Foresatt som var med"),
            "units": _("Enheter som var med"),
            "partner": _("En annen tjeneste som var med"),
            "partner_name": _("Navn på den som var med derfra"),
        }
        for name in labels.keys() & self.fields.keys():
            self.fields[name].label = labels[name]
        if "guardian" in self.fields:
            self.initial.pop("guardian", None)

    def check_time(self, given: dict[str, Any]) -> None:
        """Say of a time ahead that nothing can have been held then."""
        if self._starts_at(given) > clock.now():
            self.add_error("day" if given["day"] > clock.today() else "time", _("Velg en tid som har vært."))

    def clean(self) -> dict[str, Any]:
        """Ask that somebody is said to have been there."""
        given = super().clean()
        who = ("youth_there", "guardian", "units", "partner")
        if not any(given.get(name) for name in who) and not self.errors:
            self.add_error("youth_there", _("Kryss av for hvem som var til stede."))
        return {"purpose": "", "youth_channel": "", "youth_email": "", "partner_email": "", **given}

    def called(self) -> list[Called]:
        """Return everybody who was there."""
        found = super().called()
        return [*found, Called(GuestKind.YOUTH)] if self.cleaned_data["youth_there"] else found


class HeldWhenForm(WhenForm):
    """When and where a talk was held, corrected."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["purpose"]

    def check_time(self, given: dict[str, Any]) -> None:
        """Say of a time ahead that nothing can have been held then."""
        if self._starts_at(given) > clock.now():
            self.add_error("day" if given["day"] > clock.today() else "time", _("Velg en tid som har vært."))

    def clean(self) -> dict[str, Any]:
        """Leave out what such a talk was not called to settle."""
        return {"purpose": "", **super().clean()}


class InviteForm(GuestFields):
    """One more who is called."""

    other_unit = forms.TypedChoiceField(
        label=_("Enhet"), coerce=opaque.decode, empty_value=None, required=False, widget=_Choice
    )
    field_order = ["other_unit", "partner", "partner_name", "partner_email"]

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = ((opaque.encode(pk), words) for pk, words, _is_covered in offered.units)
        self.offer("other_unit", [("", _("Ingen")), *choices])
        closed = (opaque.encode(pk) for pk, _words, is_covered in offered.units if not is_covered)
        _close(self.fields["other_unit"], closed)
        self.offer_partners(offered)

    def chosen(self) -> list[Called]:
        """Return who was chosen."""
        unit_id = self.cleaned_data["other_unit"]
        return [Called(GuestKind.UNIT, unit_id=unit_id)] if unit_id is not None else super().chosen()

    def clean(self) -> dict[str, Any]:
        """Ask for one, and one only."""
        given = super().clean() or {}
        if (given.get("other_unit") is not None) == bool(given.get("partner")):
            self.add_error("other_unit", _("Velg enten en enhet eller en annen tjeneste."))
        return given


def _close(field: forms.Field, values: Iterable[str]) -> None:
    """Let some choices of a field be shown and not made. The service has the last word."""
    assert isinstance(field.widget, _Closed)
    field.widget.closed = frozenset(values)


class ConfirmForm(Form):
    """What one who took part says of the signed minutes."""

    answer = forms.TypedChoiceField(
        label=_("Felles forståelse"), choices=Confirmed.choices, coerce=Confirmed, widget=forms.RadioSelect
    )
    remark = forms.CharField(
        label=_("Merknad"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    number = forms.IntegerField(widget=forms.HiddenInput)


class PreparationForm(Form):
    """What the bodies agreed on before a three-way conversation."""

    text = forms.CharField(label=_("Tema og form"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
