"""A letter on paper, as a tagged PDF in its own language."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from fotfeste.correspondence.carriers import PostalAddress
from fotfeste.correspondence.letter_language import blocks_of, filled
from fotfeste.kernel import formats
from fotfeste.kernel.pdf import render_pdf

TEMPLATE = Path(__file__).parent / "documents" / "letter.typ"


def letter_title(text: Mapping[str, str], said: Mapping[str, str]) -> str:
    """Return the letter's heading."""
    return " ".join(filled(text["subject"], said).split())


def letter_pdf(
    *,
    text: Mapping[str, str],
    said: Mapping[str, str],
    to: PostalAddress,
    sender: list[str],
    on: date,
    language: str,
    is_copy: bool = False,
) -> bytes:
    """
    Return the letter.

    :param text: its ``subject`` and ``body``. :param said: what its fields are filled in with.
    :param is_copy: for a guardian, who is told that the letter went to the youth.
    """
    with translation.override(language):
        blocks = [asdict(each) for each in blocks_of(text["body"], said)]
        if is_copy:
            told = _("Kopi til foresatt. Brevet er sendt til %(name)s.") % {"name": said.get("navn", "")}
            blocks.insert(0, {"kind": "paragraph", "lines": [told]})
        data = {
            "title": letter_title(text, said),
            "sender": sender,
            "date": formats.day(on),
            "to": [each for each in (to.name, to.street, f"{to.postcode} {to.city}".strip()) if each],
            "blocks": blocks,
            "footer": sender[0] if sender else "",
        }
        return render_pdf(TEMPLATE, data, language=language)
