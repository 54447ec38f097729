"""Calling a meeting, changing it, and answering an invitation."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.enums import CallChannel, Confirmed, GuestKind, Reply
from fotfeste.collaboration.services.invitations import Called
from fotfeste.collaboration.services.meetings import When
from fotfeste.collaboration.texting import texting
from fotfeste.consent.enums import PartnerKind
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.forms import DateField, Form

_LENGTHS = [(30, _("30 minutter")), (45, _("45 minutter")), (60, _("1 time")), (90, _("1 time og 30 minutter"))]
#: How those who do not use the product are called.
_CHANNELS = [
    (each.value, each.label) for each in (CallChannel.PHONE, CallChannel.SMS, CallChannel.LETTER, CallChannel.EMAIL)
]


class WhenForm(Form):
    """When and where a meeting is, and what it is to settle."""

    day = DateField(label=_("Dag"))
    time = forms.TimeField(
        label=_("Klokken"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Skriv klokkeslettet slik: 10:30.")},
    )
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

    def when(self) -> When:
        """Return what was filled in."""
        given = self.cleaned_data
        return When(
            starts_at=datetime.combine(given["day"], given["time"], tzinfo=clock.OSLO),
            minutes_long=given["minutes_long"],
            place=given["place"],
            video_url=given["video_url"],
            purpose=given["purpose"],
        )


class GuestFields(Form):
    """Somebody to be called: a unit that works here, or a partner by name."""

    other_unit = forms.TypedChoiceField(
        label=_("En annen enhet"), coerce=opaque.decode, empty_value=None, required=False
    )
    partner = forms.ChoiceField(label=_("En annen tjeneste rundt ungdommen"), required=False)
    partner_name = forms.CharField(label=_("Navn på den som kalles inn derfra"), max_length=120, required=False)
    partner_email = forms.EmailField(
        label=_("E-post dit"), required=False, help_text=_("E-posten sier bare når og hvor møtet er.")
    )

    def offer_guests(self, others: Iterable[tuple[int, str]]) -> None:
        """Set which units and services may be chosen."""
        self.offer("other_unit", [("", _("Ingen")), *((opaque.encode(pk), name) for pk, name in others)])
        self.offer("partner", [("", _("Ingen")), *PartnerKind.choices])

    def chosen(self) -> list[Called]:
        """Return who was chosen."""
        given, found = self.cleaned_data, []
        if given["other_unit"]:
            found.append(Called(GuestKind.UNIT, unit_id=given["other_unit"]))
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
        label=_("Enheter som kalles inn"), coerce=opaque.decode, required=False, widget=forms.CheckboxSelectMultiple
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
        "guardian", "units", "other_unit", "partner", "partner_name", "partner_email",
    ]  # fmt: skip

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[tuple[str, Any]],
        near: Iterable[tuple[int, str]],
        others: Iterable[tuple[int, str]],
        is_minor: bool,
        **kwargs: Any,
    ) -> None:
        """
        Make the form for one youth.

        :param near: the units most often called, offered as boxes; ``others``: the rest of the county's.
        """
        super().__init__(*args, **kwargs)
        self.offer("kind", kinds)
        self.offer("units", [(opaque.encode(pk), name) for pk, name in near])
        self.offer_guests(others)
        if texting().is_ready:
            self.fields["youth_channel"].help_text = _(
                "SMS sendes til mobilnummeret som er registrert. Den sier bare når og hvor møtet er. "
                "Er ungdommen skjermet, sendes ingenting herfra."
            )
        else:
            self.fields["youth_channel"].help_text = _("SMS sendes ikke herfra. Du gir beskjed selv.")
        if not is_minor:
            del self.fields["guardian"]
        if not self.fields["units"].choices:  # type: ignore[attr-defined]
            del self.fields["units"]

    def clean(self) -> dict[str, Any]:
        """Say at the field what is missing, before the service does."""
        given = super().clean() or {}
        if not given.get("place") and not given.get("video_url") and "video_url" not in self.errors:
            self.add_error("place", _("Skriv sted eller videolenke."))
        if given.get("youth_channel") == CallChannel.EMAIL and not given.get("youth_email"):
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


class InviteForm(GuestFields):
    """One more who is called."""

    def __init__(self, *args: Any, others: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_guests(others)

    def clean(self) -> dict[str, Any]:
        """Ask for one, and one only."""
        given = super().clean() or {}
        if bool(given.get("other_unit")) == bool(given.get("partner")):
            self.add_error("other_unit", _("Velg enten en enhet eller en annen tjeneste."))
        return given


class ReplyForm(Form):
    """Whether somebody comes."""

    answer = forms.TypedChoiceField(
        label=_("Svar"), choices=[(each.value, each.label) for each in Reply if each is not Reply.NONE], coerce=Reply
    )
    substitute = forms.CharField(label=_("Stedfortreder"), max_length=120, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


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
