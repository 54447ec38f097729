"""The forms about letters."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.correspondence.enums import LetterKind, ReplyCategory, ReturnReason
from fotfeste.correspondence.letter_language import shown_fields
from fotfeste.correspondence.services.mailings import TO_MANY
from fotfeste.correspondence.texts import FIELDS, NEEDED
from fotfeste.kernel.forms import DateField, Form
from fotfeste.law.school_year import SchoolYear


class MailingForm(Form):
    """What is to be sent, and when."""

    kind = forms.ChoiceField(label=_("Hvilket brev"), widget=forms.RadioSelect)
    letter_day = DateField(
        label=_("Dato på brevet"), help_text=_("Brevene sendes denne dagen, eller når de er godkjent.")
    )
    school_year = forms.TypedChoiceField(
        label=_("Skoleår"), coerce=int, required=False, empty_value=None, help_text=_("For brev som ber om svar.")
    )
    reply_by = DateField(
        label=_("Svarfrist"),
        required=False,
        help_text=_("For brev som ber om svar. Svarlenken virker til og med denne dagen."),
    )

    def __init__(self, data: Any = None, *, years: tuple[SchoolYear, ...], letter_day: date, reply_by: date) -> None:
        initial = {
            "kind": LetterKind.NON_APPLICANT,
            "letter_day": letter_day,
            "school_year": years[-1].start_year,
            "reply_by": reply_by,
        }
        super().__init__(data, initial=initial)
        self.offer("kind", [(kind.value, kind.label) for kind in TO_MANY])
        self.offer("school_year", [("", _("Gjelder ikke")), *((year.start_year, year.label) for year in years)])


class TextForm(Form):
    """What a kind of letter says in a language."""

    subject = forms.CharField(label=_("Overskrift"), required=False, max_length=150)
    body = forms.CharField(label=_("Tekst"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 22}))
    first_day = DateField(label=_("Gjelder fra"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, kind: LetterKind, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        told = _("Felt du kan bruke: %(fields)s. Linjer med # er overskrifter, linjer med - en liste.")
        needs = _("Må være med: %(fields)s.") % {"fields": shown_fields(NEEDED[kind])} if NEEDED[kind] else ""
        self.fields["body"].help_text = f"{told % {'fields': shown_fields(FIELDS[kind])}} {needs}".strip()


class ReturnForm(Form):
    """A letter that came back."""

    reason = forms.ChoiceField(label=_("Hvorfor kom det i retur?"), choices=ReturnReason.choices)
    on = DateField(label=_("Kom i retur"))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})


class ReplyForm(Form):
    """What the youth does now: one of these, and no words."""

    category = forms.ChoiceField(
        label=_("Hva gjør du nå?"),
        widget=forms.RadioSelect,
        choices=[
            (ReplyCategory.JOB, _("Jeg jobber")),
            (ReplyCategory.EDUCATION, _("Jeg går på skole eller en annen utdanning")),
            (ReplyCategory.APPLIES, _("Jeg søker likevel")),
            (ReplyCategory.MILITARY, _("Jeg er i militæret")),
            (ReplyCategory.ABROAD, _("Jeg er i utlandet")),
            (ReplyCategory.WANTS_HELP, _("Jeg vil ha hjelp")),
            (ReplyCategory.WANTS_NO_HELP, _("Jeg vil ikke ha hjelp")),
            (ReplyCategory.OTHER, _("Jeg gjør noe annet")),
        ],
    )


class CodeForm(ReplyForm):
    """The same, for somebody who types the code from the letter."""

    code = forms.CharField(
        label=_("Koden i brevet"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    field_order = ("code", "category")
