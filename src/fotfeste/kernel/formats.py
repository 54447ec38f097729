"""
How days, numbers and shares are written, in bokmål, nynorsk and English.

The words live here and not in the catalogues, because they follow grammar (one day, many days) and not translation,
and because lists, files and letters need them without a template.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language

from fotfeste.kernel import clock

NBSP = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"
NO_VALUE = EN_DASH


@dataclass(frozen=True, slots=True)
class Words:
    """One language's way of writing days and numbers."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    day_pattern: str
    near: Mapping[int, str]
    ago: str
    ahead: str
    units: Mapping[str, tuple[str, str]]
    clock_pattern: str
    thousands: str
    decimal: str
    percent: str


_NB_MONTHS = ("jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des.")
_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sep", "Oct", "Nov", "Dec")

_WORDS = {
    "nb": Words(
        months=_NB_MONTHS,
        weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
        day_pattern="{day}. {month} {year}",
        near={-1: "i går", 0: "i dag", 1: "i morgen"},
        ago="for {span} siden",
        ahead="om {span}",
        units={"day": ("dag", "dager"), "month": ("måned", "måneder"), "year": ("år", "år")},
        clock_pattern="kl. {:%H.%M}",
        thousands=NBSP,
        decimal=",",
        percent="{}" + NBSP + "%",
    ),
    "nn": Words(
        months=_NB_MONTHS,
        weekdays=("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"),
        day_pattern="{day}. {month} {year}",
        near={-1: "i går", 0: "i dag", 1: "i morgon"},
        ago="for {span} sidan",
        ahead="om {span}",
        units={"day": ("dag", "dagar"), "month": ("månad", "månader"), "year": ("år", "år")},
        clock_pattern="kl. {:%H.%M}",
        thousands=NBSP,
        decimal=",",
        percent="{}" + NBSP + "%",
    ),
    "en": Words(
        months=_EN_MONTHS,
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        day_pattern="{day} {month} {year}",
        near={-1: "yesterday", 0: "today", 1: "tomorrow"},
        ago="{span} ago",
        ahead="in {span}",
        units={"day": ("day", "days"), "month": ("month", "months"), "year": ("year", "years")},
        clock_pattern="at {:%H:%M}",
        thousands=",",
        decimal=".",
        percent="{}%",
    ),
}


def _words() -> Words:
    language = (get_language() or "nb").split("-")[0]
    return _WORDS.get(language, _WORDS["nb"])


def _local(value: date | datetime) -> date:
    """Return the Norwegian calendar day a day or a moment falls on."""
    if isinstance(value, datetime):
        return (value.astimezone(clock.OSLO) if value.tzinfo else value).date()
    return value


def day(value: date | datetime | None) -> str:
    """Write a day in full: "23. nov. 2026". The parts never break over two lines."""
    if value is None:
        return NO_VALUE
    local, words = _local(value), _words()
    text = words.day_pattern.format(day=local.day, month=words.months[local.month - 1], year=local.year)
    return text.replace(" ", NBSP)


def short_day(value: date | datetime | None) -> str:
    """Write a day in figures, for narrow columns: "23.11.2026"."""
    if value is None:
        return NO_VALUE
    local = _local(value)
    return f"{local.day}.{local.month}.{local.year}"


def month(value: date | datetime | None) -> str:
    """Write the month a day is in: "nov. 2026"."""
    if value is None:
        return NO_VALUE
    local = _local(value)
    return f"{_words().months[local.month - 1]}{NBSP}{local.year}"


def weekday(value: date | datetime) -> str:
    """Name the day of the week: "mandag"."""
    return _words().weekdays[_local(value).weekday()]


def moment(value: datetime | None) -> str:
    """Write a moment: "23. nov. 2026 kl. 07.15", in Norwegian time."""
    if value is None:
        return NO_VALUE
    local = value.astimezone(clock.OSLO) if value.tzinfo else value
    return f"{day(local)} {_words().clock_pattern.format(local).replace(' ', NBSP)}"


def when(value: date | datetime | None) -> str:
    """Write a moment as a moment and a day as a day."""
    return moment(value) if isinstance(value, datetime) else day(value)


def iso(value: date | datetime) -> str:
    """Write a day or a moment for machines, as in the ``time`` element."""
    return value.isoformat()


def phone(number: str) -> str:
    """Return a telephone number as people write it: Norwegian ones in pairs, others as they are."""
    national = number.removeprefix("+47")
    if len(national) != 8:
        return number
    return " ".join(national[i : i + 2] for i in range(0, 8, 2))


def period(first_day: date | None, last_day: date | None) -> str:
    """Write a period whose last day is included; an open end says so with a dash."""
    if first_day is None and last_day is None:
        return NO_VALUE
    first = day(first_day) if first_day else ""
    last = day(last_day) if last_day else ""
    return f"{first} {EN_DASH} {last}".strip()


def _counted(count: int, unit: str) -> str:
    one, many = _words().units[unit]
    return f"{number(count)}{NBSP}{one if count == 1 else many}"


def days(count: int | None) -> str:
    """Write a number of days: "1 dag", "72 dager"."""
    return NO_VALUE if count is None else _counted(count, "day")


def span(count: int) -> str:
    """Write how long a number of days is, in the unit people would say: days to 60, then months, then years."""
    if count <= 60:
        return _counted(count, "day")
    if count < 730:
        return _counted(count * 12 // 365, "month")
    return _counted(count // 365, "year")


def relative_day(value: date | datetime | None, today: date | None = None) -> str:
    """
    Write a day as seen from today: "i dag", "for 3 dager siden", "om 4 dager".

    :param today: the day to look from; today in Norway when not given.
    """
    if value is None:
        return NO_VALUE
    words = _words()
    distance = (_local(value) - (today or clock.today())).days
    if distance in words.near:
        return words.near[distance]
    pattern = words.ahead if distance > 0 else words.ago
    return pattern.format(span=span(abs(distance))).replace(" ", NBSP)


def number(value: int | float | Decimal | None, decimals: int = 0) -> str:
    """Write a number with the language's grouping: "1 212", "27,6". Halves are rounded away from zero."""
    if value is None:
        return NO_VALUE
    if isinstance(value, int) and not decimals and 0 <= value < 1000:
        return str(int(value))  # the same in every language, and most of what a list shows
    words = _words()
    if isinstance(value, int) and not decimals:
        return (MINUS if value < 0 else "") + f"{abs(value):,}".replace(",", words.thousands)
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, rest = f"{abs(rounded):,.{decimals}f}".partition(".")
    sign = MINUS if rounded < 0 else ""
    return sign + whole.replace(",", words.thousands) + (words.decimal + rest if rest else "")


def percent(share: float | Decimal | None, decimals: int = 0) -> str:
    """Write a share of one as percent: 0.23 is "23 %"."""
    if share is None:
        return NO_VALUE
    return _words().percent.format(number(Decimal(str(share)) * 100, decimals))


def school_year(value: date | datetime | int | None) -> str:
    """Write the school year a day falls in, or that starts in a year: "2026–27". It turns on 1 August."""
    if value is None:
        return NO_VALUE
    if isinstance(value, int):
        start = value
    else:
        local = _local(value)
        start = local.year if local.month >= 8 else local.year - 1
    return f"{start}{EN_DASH}{(start + 1) % 100:02d}"


def iso_week(value: date | datetime) -> int:
    """Return the number of the week, as Norwegian calendars count them."""
    return _local(value).isocalendar().week
