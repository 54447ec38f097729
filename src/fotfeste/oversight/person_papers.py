"""
The copy as files: JSON for machines, HTML and a tagged PDF for people, and the signed papers as they are.

In the language the copy was told in. No file has anything about the person in its name.
"""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from fotfeste.kernel import formats
from fotfeste.kernel.pdf import render_pdf
from fotfeste.oversight.access_exceptions import exceptions
from fotfeste.oversight.selectors.person_copy import CopiedPart, PersonCopy
from fotfeste.oversight.telling import Sentence

DOCUMENTS = Path(__file__).parent / "documents"
ARCHIVE = "innsyn.zip"


def papers(made: PersonCopy) -> dict[str, bytes]:
    """Return every file of the copy by its name."""
    with translation.override(made.language):
        data = _readable(made)
        return {
            "opplysninger.json": json.dumps(_as_data(made), ensure_ascii=False, indent=2).encode(),
            "opplysninger.html": render_to_string("oversight/person_copy_document.html", data).encode(),
            "opplysninger.css": (DOCUMENTS / "person_copy.css").read_bytes(),
            "opplysninger.pdf": render_pdf(DOCUMENTS / "person_copy.typ", data, language=made.language),
            **made.files,
        }


def archive(made: PersonCopy) -> bytes:
    """Return the files in one zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in papers(made).items():
            file.writestr(name, content)
    return packed.getvalue()


def _introduction() -> list[str]:
    return [
        _(
            "Dette er en kopi av alt som er registrert om deg i oppfølgingstjenesten, og en liste over hvem som har "
            "sett på det og gjort noe med det. Du har rett til å få den etter personvernforordningen art. 15."
        ),
        _("Er noe feil, kan du kreve at det blir rettet (art. 16). Det som sto før, blir da merket og ikke slettet."),
        _(
            "Der noe ikke er med, står det hva det er, hvor mye, og hvilken bestemmelse som gir unntaket. Du kan klage "
            "til Datatilsynet."
        ),
        _("Andre fylker svarer for sin egen logg. Har du hørt til et annet fylke, kan du be om innsyn der også."),
    ]


def _readable(made: PersonCopy) -> dict[str, Any]:
    return {
        "language": made.language,
        "title": _("Det som står om deg i Fotfeste"),
        "paragraphs": [*_introduction(), _("Laget {moment}.").format(moment=formats.moment(made.made_at))],
        "parts": [_part(part) for part in made.parts],
        "log_title": _("Hvem som har sett på og gjort noe med opplysningene"),
        "log": [[formats.moment(each.at), _sentence(each)] for each in made.log],
        "not_found_title": _("Det som ikke kan søkes opp"),
        "not_found": [str(each) for each in exceptions().unfindable.values()],
        "review": _("Les før utlevering"),
    }


def _part(part: CopiedPart) -> dict[str, Any]:
    left_out = _("{count} ikke med. {why}").format(count=part.count, why=part.withheld)
    return {
        "name": part.name,
        "withheld": left_out if part.withheld else "",
        "rows": [
            {
                "name": _("Nr. {number}").format(number=number),
                "told": [[each.name, each.value, each.review] for each in row],
            }
            for number, row in enumerate(part.rows, start=1)
        ],
    }


def _sentence(each: Sentence) -> str:
    words = [each.who, each.did, _("deg"), each.among, each.where, each.ordered]
    told = " ".join(str(word) for word in words if word)
    return f"{told}. {each.why}." if each.why else f"{told}."


def _as_data(made: PersonCopy) -> dict[str, Any]:
    return {
        "made_at": made.made_at.isoformat(),
        "language": made.language,
        "source": "personvernforordningen art. 15",
        "parts": [
            {
                "model": part.key,
                "name": part.name,
                "count": part.count,
                "withheld": part.withheld,
                "rows": [
                    {each.key: {"name": each.name, "value": each.value, "review": each.review} for each in row}
                    for row in part.rows
                ],
            }
            for part in made.parts
        ],
        "log": [{"at": each.at.isoformat(), "who": each.who, "text": _sentence(each)} for each in made.log],
        "not_found": {model: str(each) for model, each in exceptions().unfindable.items()},
    }
