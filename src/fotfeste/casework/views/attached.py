"""Files that belong to notes: the links to them, and handing them out."""

from collections import defaultdict
from collections.abc import Iterable

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from fotfeste.access.attachments import MOST, Attachment, contents_of
from fotfeste.access.screens import ActorRequest, log_shown
from fotfeste.access.topics import Topic
from fotfeste.kernel import opaque
from fotfeste.kernel.checked_files import LARGEST, size_words, type_words
from fotfeste.kernel.ui import FileLink
from fotfeste.people import selectors as people

#: How much a form with files may hold.
ALL_OF_THEM = MOST * LARGEST


def links_by_note(rows: Iterable[Attachment], *, name: str) -> dict[int, tuple[FileLink, ...]]:
    """
    Return the links to files, by the note they belong to.

    :param name: of the address that hands them out.
    """
    found: dict[int, tuple[FileLink, ...]] = defaultdict(tuple)
    for each in rows:
        url = reverse(name, kwargs={"youth_id": each.youth_id, "attachment_id": each.pk})
        found[each.note_id] += (FileLink(each.name, url, _what(each), each.is_scanned),)  # type: ignore[attr-defined]
    return found


def choices(rows: Iterable[Attachment]) -> list[tuple[str, str]]:
    """Return files as what may be chosen in a form."""
    return [(opaque.encode(each.pk), f"{each.name} ({_what(each)})") for each in rows]


def hand_out(request: ActorRequest, found: Attachment, *, youth_id: int, topic: Topic) -> HttpResponse:
    """
    Answer with a file to save under the name its sender gave it. Its kind was read from its content.

    :raises Http404: the youth is not one the actor may see, whatever else is open.
    """
    people.get_youth_or_404(youth_id=youth_id)
    response = HttpResponse(contents_of(found), content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    log_shown(request, about=youth_id, topic=topic)
    return response


def _what(row: Attachment) -> str:
    return f"{type_words(row.media_type)}, {size_words(row.size)}"
