"""Minutes on paper: signed ones as they are handed out and filed, and those of network meetings."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from fotfeste.collaboration.enums import ActorBody, Confirmed, MeetingKind
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


def network_pdf(meeting: Any, *, number: int, language: str) -> bytes:
    """
    Return the minutes of a network meeting as a tagged PDF. No youth is named in them.

    :param number: which of the year's in the district it is.
    """
    with translation.override(language):
        facts = [
            (_("Bydel"), meeting.district.name),
            (_("Dato"), formats.day(meeting.held_on)),
            (_("Nummer i året"), str(number)),
            (_("Avtalen er gjennomgått"), _("Ja") if meeting.agreement_reviewed else _("Nei")),
            (_("Skrevet av"), f"{meeting.written_by.name}, {formats.moment(meeting.recorded_at)}"),
        ]
        bodies = dict(ActorBody.choices)
        said = [
            (_("Saker"), meeting.topics),
            (_("Samarbeidspartnere vurdert"), ", ".join(str(bodies[x]) for x in meeting.considered if x in bodies)),
            (_("Tall for bydelen"), meeting.figures),
            (_("Beslutninger"), "\n".join(map(_decision, meeting.decisions))),
        ]
        data = {
            "title": _("Referat: %(meeting)s") % {"meeting": _("Nettverksmøte")},
            "facts": facts,
            "said": [row for row in said if row[1]],
            "heading": _("Inviterte"),
            "parts": [_invited(row) for row in meeting.invited],
            "footer": meeting.district.name,
        }
        return render_pdf(TEMPLATE, data, language=language)


def _decision(row: Mapping[str, str]) -> str:
    due = _("frist %(day)s") % {"day": formats.day(date.fromisoformat(row["due"]))} if row.get("due") else ""
    return ", ".join(filter(None, (f"{row['what']} – {row['who']}", due)))


def _invited(row: Mapping[str, Any]) -> tuple[str, str]:
    return ": ".join(filter(None, (row["body"], row["name"]))), _("kom") if row["came"] else _("kom ikke")


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
