"""What the database compares when it keeps two periods of one youth from overlapping."""

from django.db.models import F, Func, Value


class DateRange(Func):
    """Both days included; an open end reaches for ever."""

    function = "daterange"

    def __init__(self) -> None:
        super().__init__(F("first_day"), F("last_day"), Value("[]"))


class BigintAsRange(Func):
    """A single number as a range, so that GiST needs no extension to compare it."""

    function = "int8range"

    def __init__(self) -> None:
        super().__init__(F("youth_id"), F("youth_id"), Value("[]"))
