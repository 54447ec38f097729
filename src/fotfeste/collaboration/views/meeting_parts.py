"""What meetings hang on the person page."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.selectors.timeline import Entry, Happening
from fotfeste.casework.views.happenings import Told
from fotfeste.collaboration.enums import MeetingKind, MeetingState
from fotfeste.kernel import clock, formats
from fotfeste.kernel.ui import Tone

if TYPE_CHECKING:
    from fotfeste.casework.selectors.person_page import PersonPage
    from fotfeste.casework.views.header import Header


def happenings(actor: Actor, page: "PersonPage", header: "Header") -> Iterator[Entry]:
    """Return the meetings that were called, held and called off."""
    for each in page.besides["meetings"]:
        label = str(MeetingKind(each.kind).label)
        by = each.called_by.name if header.tells_unit else ""
        at: datetime = each.called_at
        text, tone = formats.moment(each.starts_at), Tone.INFO
        title = _("Kalt inn: %(meeting)s") % {"meeting": label}
        if each.state == MeetingState.HELD:
            at, title, tone = each.starts_at, _("Holdt: %(meeting)s") % {"meeting": label}, Tone.OK
        elif each.state == MeetingState.CANCELLED:
            title, tone = _("Avlyst: %(meeting)s") % {"meeting": label}, Tone.CLOSED
        day = at.astimezone(clock.OSLO).date()
        yield Entry(day, at, Happening.COOPERATION, Told(title, text, "calendar", tone, by=by))
