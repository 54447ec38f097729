"""Whom a copy is for."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.forms import Form


class PersonCopyForm(Form):
    """The number, and that somebody has made sure who asks."""

    national_id = forms.CharField(label=_("Fødselsnummer eller annet identitetsnummer"), max_length=20)
    language = forms.ChoiceField(label=_("Språk i kopien"), choices=settings.LANGUAGES, required=False)
    is_sure = forms.BooleanField(label=_("Jeg har forsikret meg om at det er personen selv som ber om kopien"))
