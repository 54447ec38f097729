"""What the privacy officer writes about a flag."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.forms import Form


class LookedAtForm(Form):
    """A note on what came of it, if anything."""

    note = forms.CharField(label=_("Merknad"), max_length=500, required=False)
