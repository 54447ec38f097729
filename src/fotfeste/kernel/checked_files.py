"""Files kept in a case: what they are is read from their content, never from their name or what the browser says."""

from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.malware import require_clean

LARGEST = 8 * 1024 * 1024
_BEGINNINGS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def checked_type(content: bytes) -> str:
    """
    Return the media type of a file that may be kept.

    :raises Invalid: it is no PDF or picture, or too large, or the malware scanner does not let it through.
    """
    if len(content) > LARGEST:
        raise Invalid(_("Filen er for stor. Den kan være på høyst 8 MB."))
    media_type = next((kind for beginning, kind in _BEGINNINGS if content.startswith(beginning)), "")
    if not media_type:
        raise Invalid(_("Filen må være en PDF eller et bilde (JPEG eller PNG)."))
    require_clean(content)
    return media_type
