"""Writing in the journal, and deciding by hand which unit answers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.access.attachments import MOST
from fotfeste.casework.note_templates import left_open
from fotfeste.kernel import opaque
from fotfeste.kernel.attached import FilesField, WithFiles
from fotfeste.kernel.forms import DateField, Form


class Templated(Form):
    """
    A form with a text a template may be put into. What is left of its brackets is told of once before it is saved.

    :cvar templated: the field.
    """

    templated = "text"
    unfilled = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Stop at brackets still to be filled in, unless the user was told of just these and saves all the same."""
        given = super().clean() or {}
        was_told = given.pop("unfilled", "")
        lacks = ", ".join(left_open(given.get(self.templated) or ""))
        if lacks and lacks != was_told:
            sent: Any = self.data
            sent = sent.copy()
            sent["unfilled"] = lacks
            self.data = sent
            told = _("Dette er ikke fylt ut: %(lacks)s. Fyll ut, eller lagre en gang til hvis det skal stå slik.")
            self.add_error(self.templated, told % {"lacks": lacks})
        return given


_KINDS = _("PDF, JPEG eller PNG. Høyst %(most)s filer på 8 MB.")


class NoteForm(WithFiles, Templated):
    """A note in the journal."""

    text = forms.CharField(label=_("Notat"), widget=forms.Textarea(attrs={"rows": 5}), max_length=20000)
    written_on = DateField(label=_("Gjelder dag"))
    attachments = FilesField(label=_("Vedlegg"), most=MOST)

    def __init__(
        self, data: Any, files: Any = None, *, today: date, text: str = "", is_too_large: bool = False
    ) -> None:
        super().__init__(data, files, initial={"written_on": today, "text": text}, is_too_large=is_too_large)
        self.fields["attachments"].help_text = _KINDS % {"most": MOST}


class CorrectNoteForm(WithFiles):
    """
    The new text of a note, and which of its files it goes on with.

    :param attached: the files of the note, by the id a choice has and what it says.
    """

    text = forms.CharField(label=_("Rettet notat"), widget=forms.Textarea(attrs={"rows": 8}), max_length=20000)
    keeps = forms.TypedMultipleChoiceField(
        label=_("Vedlegg som fortsatt hører til"),
        required=False,
        coerce=opaque.decode,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Det opprinnelige notatet beholder alle sine."),
    )
    attachments = FilesField(label=_("Flere vedlegg"), most=MOST)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        files: Any = None,
        *,
        initial: dict[str, Any],
        attached: Iterable[tuple[str, str]] = (),
        is_too_large: bool = False,
    ) -> None:
        choices = list(attached)
        super().__init__(
            data, files, initial={"keeps": [key for key, _label in choices], **initial}, is_too_large=is_too_large
        )
        self.fields["attachments"].help_text = _KINDS % {"most": MOST}
        self.offer("keeps", choices)
        if not choices:
            del self.fields["keeps"]


class AssignForm(Form):
    """Which unit is to answer for the youth, and why."""

    holder = forms.TypedChoiceField(label=_("Enhet"), coerce=opaque.decode, empty_value=None)
    on = DateField(label=_("Fra og med"))
    reason = forms.CharField(
        label=_("Begrunnelse"),
        max_length=500,
        help_text=_("Vises sammen med ansvaret til alle som ser saken. Skriv ikke sensitive opplysninger."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, units: Iterable[tuple[str, list[tuple[str, str]]]], today: date, version: int
    ) -> None:
        super().__init__(data, initial={"on": today, "version": version})
        self.offer("holder", [("", _("Velg enhet")), *units])


class TemplateForm(Form):
    """A text for notes as the unit has it."""

    name = forms.CharField(label=_("Navn på malen"), max_length=80)
    text = forms.CharField(
        label=_("Mal"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Sett [klammer] rundt det som skal fylles ut. Er malen tom, tilbys den ikke."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
