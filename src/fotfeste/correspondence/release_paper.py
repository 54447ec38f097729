"""The paper that lies with the copy of a release: the release itself, in the language the youth was asked in."""

from fotfeste.consent import printing
from fotfeste.consent import selectors as consents


def release_paper(youth_id: int, release_id: int, _language: str) -> bytes | None:
    """Return the release on paper; None when it is there no more."""
    found = consents.release_or_none(youth_id=youth_id, release_id=release_id)
    return printing.release_pdf(found, recorded_by=found.recorded_by.name) if found is not None else None
