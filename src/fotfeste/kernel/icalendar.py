"""
Meetings and whole days as calendars read them (RFC 5545 and 5546).

A meeting is asked for, changed and cancelled under one id. Our own few lines instead of a library: no repetition, times
in UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

REQUEST, CANCEL = "REQUEST", "CANCEL"
_LINE = 75


@dataclass(frozen=True, slots=True)
class Event:
    """
    One event.

    :ivar uid: the same for as long as the event lives; ``sequence`` counts its changes.
    """

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    summary: str
    organizer: str
    attendee: str
    location: str = ""
    description: str = ""
    url: str = ""


def calendar_of(event: Event, *, method: str, at: datetime) -> bytes:
    """Return the calendar file that asks for the event, changes it, or cancels it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Fotfeste//NO",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(event.starts_at)}",
        f"DTEND:{_moment(event.starts_at + timedelta(minutes=event.minutes))}",
        f"SUMMARY:{_text(event.summary)}",
        f"ORGANIZER:mailto:{_address(event.organizer)}",
        f"ATTENDEE;RSVP=TRUE:mailto:{_address(event.attendee)}",
        f"STATUS:{'CANCELLED' if method == CANCEL else 'CONFIRMED'}",
        "CLASS:PRIVATE",
    ]
    optional = (("LOCATION", event.location), ("DESCRIPTION", event.description))
    lines += [f"{name}:{_text(value)}" for name, value in optional if value]
    lines += [f"URL:{_address(event.url)}"] if event.url else []
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


@dataclass(frozen=True, slots=True)
class WholeDay:
    """A day with something to be done. The same ``uid`` when it is read in again, so that it is not there twice."""

    uid: str
    on: date
    summary: str
    description: str = ""
    url: str = ""


def days_calendar(days: Iterable[WholeDay], *, name: str, at: datetime) -> bytes:
    """Return the calendar file with some whole days; they take no time of those who have them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fotfeste//NO", f"X-WR-CALNAME:{_text(name)}"]
    for day in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day.uid}",
            f"DTSTAMP:{_moment(at)}",
            f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(day.summary)}",
            "TRANSP:TRANSPARENT",
        ]
        lines += [f"DESCRIPTION:{_text(day.description)}"] if day.description else []
        lines += [f"URL:{_address(day.url)}"] if day.url else []
        lines += ["END:VEVENT"]
    lines += ["END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """Return a text as one line; what a reader might take for the end of a line is told as a break within it."""
    escaped = value.replace("\x00", "").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _address(value: str) -> str:
    """Return an address without what would begin a new line."""
    return "".join(value.replace("\x00", "").split())


def _folded(line: str) -> str:
    """Break a line so that none is longer than 75 bytes, never within a letter."""
    parts, length = [""], 0
    for letter in line:
        size = len(letter.encode())
        if length + size > _LINE - (len(parts) > 1):
            parts.append("")
            length = 0
        parts[-1] += letter
        length += size
    return "\r\n ".join(parts)
