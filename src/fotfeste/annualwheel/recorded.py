"""The events nothing else in the product shows: which unit says of them that they are done, or the county as one."""

from collections.abc import Mapping

from fotfeste.law.wheel_changes import OWN
from fotfeste.organisations.enums import UnitKind

_SCHOOLS = frozenset({UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY})
#: event -> the kinds of unit that each say it of themselves.
BY_UNITS: Mapping[str, frozenset[UnitKind]] = {
    "dl-count-date": _SCHOOLS,
    "dl-network-meetings": frozenset({UnitKind.DISTRICT}),
}
#: What is said once for the county; OWN stands for all it has put into its wheel itself.
BY_COUNTY = (
    "dl-alternative-offer",
    "dl-agreement-revision",
    "dl-standard-revision",
    "dl-age-entry-16",
    "dl-nav-employer-survey",
    OWN,
)


def is_recorded(event_id: str) -> bool:
    """Return whether an event is shown done by what somebody writes down of it here."""
    return event_id in BY_UNITS or event_id in BY_COUNTY or event_id.startswith(OWN)
