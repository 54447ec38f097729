"""Telephone numbers, kept in international form."""

import re

from django.utils.translation import gettext_lazy as _

NOT_A_PHONE_NUMBER = _("Skriv telefonnummeret med åtte siffer, eller med + og landkode.")


def international(text: str) -> str | None:
    """Return the number with + and country code, Norwegian unless it says otherwise; None when it cannot be one."""
    digits = re.sub(r"[\s().-]", "", text)
    digits = re.sub(r"^00", "+", digits)
    if re.fullmatch(r"[2-9]\d{7}", digits):
        return f"+47{digits}"
    return digits if re.fullmatch(r"\+[1-9]\d{6,14}", digits) else None
