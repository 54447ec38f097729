"""Signed minutes on paper, as they are handed out and filed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from fotfeste.collaboration.enums import Confirmed, MeetingKind
from fotfeste.collaboration.minutes_words import parts_in, said_in
from fotfeste.kernel import formats
from fotfeste.kernel.pdf import render_pdf

TEMPLATE = Path(__file__).parent / "documents" / "minutes.typ"


def minutes_pdf(
    signed: Any, *, meeting: Any, language: str, tells_place: bool, words: Mapping[int, Any] | None = None
) -> bytes:
    """
    Return a signed version, or the copy of one, as a tagged PDF.

    :param tells_place: a paper leaves the house; of a protected youth it never says where, nor names a unit or
        who works there.
    :param words: what those who took part have said of the version so far, by the id of the guest.
    """
    with translation.override(language):
        told: frozenset[int] | None = None if tells_place else frozenset()
        found = words or {}
        kind = str(MeetingKind(meeting.kind).label)
        data = {
            "title": _("Referat: %(meeting)s") % {"meeting": kind},
            "facts": _facts(signed, meeting, tells_place=tells_place),
            "said": said_in(signed, kind=meeting.kind),
            "heading": _("Hva hver part sa"),
            "parts": [
                _line(each, found.get(each["guest"]), names_people=tells_place) for each in parts_in(signed, told=told)
            ],
            "footer": _("Versjon %(number)s") % {"number": signed.number},
        }
        return render_pdf(TEMPLATE, data, language=language)


def _facts(signed: Any, meeting: Any, *, tells_place: bool) -> list[tuple[str, str]]:
    youth = meeting.youth
    rows = [(_("Navn"), f"{youth.first_name} {youth.last_name}"), (_("Tid"), formats.moment(meeting.starts_at))]
    if tells_place:
        rows += [(_("Sted"), meeting.place)] if meeting.place else []
        rows.append((_("Kalt inn av"), meeting.called_by_unit.name))
    return [*rows, (_("Signert"), formats.moment(signed.signed_at))]


def _line(part: dict[str, Any], said: Any, *, names_people: bool) -> tuple[str, str]:
    words = [
        "" if part["was_there"] else _("ikke til stede"),
        str(part["contributes"]),
        part["contribution"],
        _("frist %(day)s") % {"day": part["due"]} if part["due"] else "",
    ]
    if said is not None:
        by = f"{said.replied_by.name}, " if names_people else ""
        words.append(f"{Confirmed(said.answer).label} ({by}{formats.moment(said.replied_at)})")
        words.append(said.remark)
    return part["name"], ", ".join(filter(None, words)) or _("var til stede")
