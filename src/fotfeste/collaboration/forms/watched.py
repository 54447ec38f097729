"""Short texts that more people see than a journal: told once before they are saved when they look like more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration import watch_words
from fotfeste.kernel.forms import Form

LOOKS_LIKE = {
    watch_words.Watched.HEALTH: _("helse"),
    watch_words.Watched.SUBSTANCE: _("rus"),
    watch_words.Watched.CRIME: _("lovbrudd"),
    watch_words.Watched.OTHERS: _("andre personer"),
}


class WatchedForm(Form):
    """
    A form with a short text many see. A word that looks like health or another's life is told of before it is saved.

    :cvar watched: the field.
    """

    watched = "what"
    seen_warning = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Stop at such words, unless the user was told of just these and saves all the same."""
        given = super().clean() or {}
        was_told = given.pop("seen_warning", "")
        found = watch_words.looks_like({self.watched: given.get(self.watched) or ""})
        marks = " ".join(sorted(each.word for each in found))
        if marks and marks != was_told:
            sent: Any = self.data
            sent = sent.copy()
            sent["seen_warning"] = marks
            self.data = sent
            told = _("Dette kan handle om noe færre bør se: %(words)s. Ta det bort, eller lagre en gang til.")
            words = ", ".join(f"«{each.word}» ({LOOKS_LIKE[each.kind]})" for each in found)
            self.add_error(self.watched, told % {"words": words})
        return given
