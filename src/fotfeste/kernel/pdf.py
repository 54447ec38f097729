"""Tagged PDFs (PDF/UA-1) from a Typst template and data. What a user wrote is data, never part of the template."""

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import typst

from fotfeste.kernel import clock


def render_pdf(template: Path, data: dict[str, Any], *, language: str) -> bytes:
    """
    Return the document a template makes of the data.

    The template reads ``json(bytes(sys.inputs.data))``; it must set the document's title and language.

    :param language: nb, nn or en; screen readers are told it.
    """
    given = json.dumps({**data, "language": language}, ensure_ascii=False)
    made = typst.compile(
        str(template),
        root=str(template.parent),
        format="pdf",
        sys_inputs={"data": given},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=clock.now().astimezone(UTC).replace(microsecond=0),
    )
    return bytes(made)
