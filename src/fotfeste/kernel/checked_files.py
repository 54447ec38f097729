"""Files kept in a case: what they are is read from their content, never from their name or what the browser says."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from fotfeste.kernel import formats
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.malware import Found, look_through, require_clean, takes_unscanned

LARGEST = 8 * 1024 * 1024
_BEGINNINGS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def checked_type(content: bytes) -> str:
    """
    Return the media type of a file that may be kept.

    :raises Invalid: it is no PDF or picture, or too large, or the malware scanner does not let it through.
    """
    if len(content) > LARGEST:
        raise Invalid(_("Filen er for stor. Den kan være på høyst 8 MB."))
    media_type = _type_of(content)
    if not media_type:
        raise Invalid(_("Filen må være en PDF eller et bilde (JPEG eller PNG)."))
    require_clean(content)
    return media_type


#: Media type -> how the name of such a file may end; the first is what a name without an ending gets.
ENDINGS = {"application/pdf": ("pdf",), "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"), "image/png": ("png",)}
#: Media type -> what stands at the end of a file that is whole.
_ENDS = {"application/pdf": b"%%EOF", "image/jpeg": b"\xff\xd9", "image/png": b"IEND"}
_LONGEST_NAME = 120
_ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{1,4})$")


@dataclass(frozen=True)
class CheckedFile:
    """
    A file that may be kept.

    :ivar name: as whoever sent it calls it, without paths and signs that cannot be seen.
    :ivar is_scanned: whether a malware scanner has looked through it.
    """

    name: str
    content: bytes
    media_type: str
    is_scanned: bool = False

    @property
    def size(self) -> int:
        """Return how many bytes it is."""
        return len(self.content)

    @cached_property
    def digest(self) -> str:
        """Return what tells it from every other file."""
        return hashlib.sha256(self.content).hexdigest()


def checked_file(*, name: str, content: bytes) -> CheckedFile:
    """
    Return a file that is what its name says, and of a kind and size that is kept. No scanner has seen it yet.

    :param content: read to one byte more than the largest, so that a larger one is known.
    :raises Invalid: it is not so; the sentence names the file.
    """
    name = clean_name(name)
    told = {"name": name}
    if not content:
        raise Invalid(_("«%(name)s» er tom.") % told)
    if len(content) > LARGEST:
        raise Invalid(_("«%(name)s» er for stor. Et vedlegg kan være på høyst 8 MB.") % told)
    media_type, ending = _type_of(content), _ending_of(name)
    if not media_type and not any(ending in known for known in ENDINGS.values()):
        raise Invalid(_("«%(name)s» er verken en PDF eller et bilde (JPEG eller PNG). Lagre den som PDF først.") % told)
    if not media_type or (ending and ending not in ENDINGS[media_type]):
        raise Invalid(_("«%(name)s» er noe annet enn navnet sier.") % told)
    if _ENDS[media_type] not in content:
        raise Invalid(_("«%(name)s» er ødelagt: slutten av den mangler.") % told)
    return CheckedFile(name if ending else f"{name}.{ENDINGS[media_type][0]}", content, media_type)


def scanned_file(file: CheckedFile) -> CheckedFile:
    """
    Return the file when the malware scanner lets it through, with whether there was one to ask.

    :raises Invalid: it does not, or does not answer, or there is none and none is done without; names the file.
    """
    told = {"name": file.name}
    found = look_through(file.content)
    if found is Found.HARMFUL:
        raise Invalid(_("Viruskontrollen fant noe skadelig i «%(name)s».") % told)
    if found is Found.NO_ANSWER:
        raise Invalid(_("Viruskontrollen svarer ikke, så «%(name)s» er ikke lagret. Prøv igjen om litt.") % told)
    if not takes_unscanned():
        raise Invalid(_("«%(name)s» tas ikke imot, fordi ingen viruskontroll er satt opp.") % told)
    return replace(file, is_scanned=found is Found.NOTHING)


def clean_name(name: str) -> str:
    """Return the name of a file without its folder, signs that cannot be seen, and what is too long."""
    shown = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in name)
    last = " ".join(re.split(r"[/\\]", shown)[-1].split()).strip(". ")
    stem, dot, ending = last.rpartition(".")
    if len(last) <= _LONGEST_NAME:
        return last or _("vedlegg")
    tail = f"{dot}{ending}" if dot and len(ending) < 6 else ""
    return (stem if tail else last)[: _LONGEST_NAME - len(tail)] + tail


def type_words(media_type: str) -> str:
    """Return what kind of file it is, as people say it."""
    return {"application/pdf": _("PDF"), "image/jpeg": _("bilde (JPEG)"), "image/png": _("bilde (PNG)")}[media_type]


def size_words(size: int) -> str:
    """Return how large a file is."""
    if size >= 1_000_000:
        return _("%(count)s MB") % {"count": formats.number(size / 1_000_000, 1)}
    return _("%(count)s kB") % {"count": formats.number(max(round(size / 1000), 1))}


def _type_of(content: bytes) -> str:
    return next((kind for beginning, kind in _BEGINNINGS if content.startswith(beginning)), "")


def _ending_of(name: str) -> str:
    found = _ENDING.search(name)
    return found[1].lower() if found else ""
