"""Readings of what the documents leave open, in the words of whoever looks."""

from django.utils.translation import gettext as _

from fotfeste.law.readings import Reading


def reading_value(reading: Reading, value: str) -> str:
    """Return what a value means; of a number of days also the number."""
    text = _(reading.text_of(value))
    days = value.partition(":")[2]
    return _("%(text)s: %(days)s dager") % {"text": text, "days": days} if days else text
