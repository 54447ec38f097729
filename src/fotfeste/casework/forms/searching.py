"""Looking for words within one case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.forms import Form


class SearchCaseForm(Form):
    """The words to look for."""

    words = forms.CharField(label=_("Søk i saken"), max_length=100)
