"""
The copy as files: JSON for machines, HTML and a tagged PDF for people, and the signed papers as they are.

In bokmål, as what stands in the fields is. No file has anything about the person in its name.
"""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from fotfeste.kernel import formats
from fotfeste.kernel.pdf import render_pdf
from fotfeste.oversight.access_exceptions import exceptions
from fotfeste.oversight.selectors.person_copy import CopiedPart, PersonCopy
from fotfeste.oversight.telling import Sentence

DOCUMENTS = Path(__file__).parent / "documents"
ARCHIVE = "innsyn.zip"

_TITLE = "Det som står om deg i Fotfeste"
_INTRODUCTION = (
    "Dette er en kopi av alt som er registrert om deg i oppfølgingstjenesten, og en liste over hvem som har sett på "
    "det og gjort noe med det. Du har rett til å få den etter personvernforordningen art. 15.",
    "Er noe feil, kan du kreve at det blir rettet (art. 16). Det som sto før, blir da merket og ikke slettet.",
    "Der noe ikke er med, står det hva det er, hvor mye, og hvilken bestemmelse som gir unntaket. Du kan klage til "
    "Datatilsynet.",
    "Andre fylker svarer for sin egen logg. Har du hørt til et annet fylke, kan du be om innsyn der også.",
)
_REVIEW = "Les før utlevering"
_LOG = "Hvem som har sett på og gjort noe med opplysningene"
_NOT_FOUND = "Det som ikke kan søkes opp"


def papers(made: PersonCopy) -> dict[str, bytes]:
    """Return every file of the copy by its name."""
    data = _readable(made)
    html = render_to_string("oversight/person_copy_document.html", data)
    return {
        "opplysninger.json": json.dumps(_as_data(made), ensure_ascii=False, indent=2).encode(),
        "opplysninger.html": html.encode(),
        "opplysninger.css": (DOCUMENTS / "person_copy.css").read_bytes(),
        "opplysninger.pdf": render_pdf(DOCUMENTS / "person_copy.typ", data, language="nb"),
        **made.files,
    }


def archive(made: PersonCopy) -> bytes:
    """Return the files in one zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in papers(made).items():
            file.writestr(name, content)
    return packed.getvalue()


def _readable(made: PersonCopy) -> dict[str, Any]:
    return {
        "title": _TITLE,
        "paragraphs": [*_INTRODUCTION, f"Laget {formats.moment(made.made_at)}."],
        "parts": [_part(part) for part in made.parts],
        "log_title": _LOG,
        "log": [[formats.moment(each.at), _sentence(each)] for each in made.log],
        "not_found_title": _NOT_FOUND,
        "not_found": list(exceptions().unfindable.values()),
        "review": _REVIEW,
    }


def _part(part: CopiedPart) -> dict[str, Any]:
    return {
        "name": part.name,
        "withheld": f"{part.count} ikke med. {part.withheld}" if part.withheld else "",
        "rows": [
            {"name": f"Nr. {number}", "told": [[each.name, each.value, each.review] for each in row]}
            for number, row in enumerate(part.rows, start=1)
        ],
    }


def _sentence(each: Sentence) -> str:
    words = [each.who, each.did, "deg", each.among, each.where, each.ordered]
    said = " ".join(str(word) for word in words if word)
    return f"{said}. {each.why}." if each.why else f"{said}."


def _as_data(made: PersonCopy) -> dict[str, Any]:
    return {
        "made_at": made.made_at.isoformat(),
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
        "not_found": exceptions().unfindable,
    }
