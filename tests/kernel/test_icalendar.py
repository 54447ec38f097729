"""What somebody writes of a meeting stays in its own line of the calendar."""

from datetime import UTC, datetime

import pytest

from fotfeste.kernel.icalendar import REQUEST, Event, calendar_of

AT = datetime(2026, 12, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize("breaks", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00"])
def test_no_break_of_any_kind_begins_a_line_of_its_own(breaks):
    event = Event(
        uid="a", sequence=0, starts_at=AT, minutes=60, summary="Møte", organizer="a@example.org",
        attendee=f"b@example.org{breaks}ATTENDEE:mailto:c@example.org", location=f"Rom{breaks}URL:https://example.org",
        url=f"https://example.com/{breaks}STATUS:CANCELLED",
    )  # fmt: skip
    lines = calendar_of(event, method=REQUEST, at=AT).decode().splitlines()
    assert [each.partition(":")[0].partition(";")[0] for each in lines if not each.startswith(" ")] == [
        "BEGIN", "VERSION", "PRODID", "METHOD", "BEGIN", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY",
        "ORGANIZER", "ATTENDEE", "STATUS", "CLASS", "LOCATION", "URL", "END", "END",
    ]  # fmt: skip
    assert "\x00" not in "".join(lines)
