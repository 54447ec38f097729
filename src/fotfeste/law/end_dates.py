"""The two end dates: the service ends with the calendar year, the right with the school year."""

from datetime import date

from fotfeste.law.timeline import ADULT_CHOICE_AGE, UPPER_AGE
from fotfeste.spec import implements

implements("amb-03", "amb-10")


@implements("rule-age-out")
def last_day_of_service(*, born: date, as_of: date) -> date:
    """
    Return the last day a youth may be followed up, by the law in force on ``as_of``.

    Source: opplæringslova § 9-4 (24 years); before 1 August 2024 § 3-6 (21 years).

    :raises BeforeOurHorizon: ``as_of`` is before the oldest law we hold.
    """
    return date(born.year + UPPER_AGE.on(as_of).value, 12, 31)


def last_day_of_right(*, born: date) -> date:
    """
    Return the last day of the youth's right to upper secondary education: the end of the school year that
    starts in the year one turns 24. Half a year later than the service ends.

    The older right, with its limit of years used, is history and not computed.

    Source: opplæringslova § 5-1, in force from 1 August 2024.
    """
    return date(born.year + 25, 7, 31)


def first_day_of_adult_choice(*, born: date, as_of: date) -> date | None:
    """
    Return the day from which the youth may choose adult education, or None when the law of the day has no such choice.

    Source: opplæringslova § 5-1: the school year that starts in the year one turns 19.
    """
    age = ADULT_CHOICE_AGE.on(as_of).value
    return None if age is None else date(born.year + age, 8, 1)
