"""Signed minutes as a reader is shown them, and what those who took part say of them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.collaboration.enums import Confirmed, GuestKind
from fotfeste.collaboration.forms.meetings import ConfirmForm
from fotfeste.collaboration.minutes_words import parts_in, said_in
from fotfeste.collaboration.policies import may_speak_for
from fotfeste.collaboration.selectors import minutes as selectors
from fotfeste.collaboration.selectors.meetings import guests_of
from fotfeste.collaboration.views.meeting_words import guest_name, may_run
from fotfeste.kernel.ui import Tone


@dataclass(frozen=True, slots=True)
class WordLine:
    """
    One who was called, and what they say of the version.

    :ivar by: who wrote it down; empty where their name would tell at which unit.
    :ivar form: there while it is not said, for the one who may say it.
    """

    guest_id: int
    name: str
    answer: str
    tone: str
    remark: str
    by: str
    at: Any
    form: ConfirmForm | None


def signed_shown(meeting: Any, *, actor: Actor, tells_unit: bool) -> dict[str, Any] | None:
    """Return the last signed minutes in words, or None when there are none to read."""
    signed = selectors.signed_of(meeting)
    if signed is None:
        return None
    return {
        "number": signed.number,
        "signed_at": signed.signed_at,
        "said": said_in(signed, kind=meeting.kind),
        "parts": parts_in(signed, told=None if tells_unit else actor.unit_ids),
        "filed": selectors.filing_of(signed),
        "words": _words(signed, meeting, actor=actor, tells_unit=tells_unit),
    }


def _words(signed: Any, meeting: Any, *, actor: Actor, tells_unit: bool) -> list[WordLine]:
    found, runs, lines = selectors.words_on(signed, meeting=meeting), may_run(actor, meeting), []
    for guest in guests_of(meeting):
        said, hides = found.get(guest.pk), not tells_unit and guest.body_id not in actor.unit_ids
        may_say = may_speak_for(actor=actor, body_id=guest.body_id) if guest.kind == GuestKind.UNIT else runs
        form = ConfirmForm(initial={"number": signed.number}, auto_id=f"bekreft-{guest.pk}-%s")
        answer = Confirmed(said.answer) if said else None
        lines.append(
            WordLine(
                guest_id=guest.pk,
                name=guest_name(guest, hides=hides),
                answer=str(answer.label) if answer else _("Har ikke bekreftet ennå"),
                tone=(Tone.UNKNOWN if answer is None else Tone.OK if answer is Confirmed.YES else Tone.ATTENTION).value,
                remark=said.remark if said else "",
                by=said.replied_by.name if said and not hides else "",
                at=said.replied_at if said else None,
                form=form if said is None and may_say else None,
            )
        )
    return lines
