"""The legal values that change with time, in one place, so that the days on which anything changes are known."""

from bisect import bisect_right
from datetime import date
from typing import Any

from fotfeste.law import sources
from fotfeste.law.dated import BeforeOurHorizon, Dated, Since
from fotfeste.law.sources import Source

# The first school year we hold figures for; nothing older is computed. The documents of 2011 use the same age limit
# as the regulation that came in 2012.
HORIZON = date(2010, 8, 1)

UPPER_AGE: Dated[int] = Dated(
    Since(HORIZON, 21, sources.OPPL_1998_3_6),
    Since(sources.NEW_ACT, 24, sources.OPPL_2023_9_4),
)

# The provision that says who has a right to upper secondary education.
RIGHT: Dated[Source] = Dated(
    Since(HORIZON, sources.OPPL_1998_3_1, sources.OPPL_1998_3_1),
    Since(sources.NEW_ACT, sources.OPPL_2023_5_1, sources.OPPL_2023_5_1),
)

# The provision that describes the target group.
TARGET_GROUP: Dated[Source] = Dated(
    Since(HORIZON, sources.OPPL_1998_3_6, sources.OPPL_1998_3_6),
    Since(sources.OLD_CHAPTER_13, sources.FOR_2006_13_2, sources.FOR_2006_13_2),
    Since(sources.NEW_ACT, sources.OPPL_2023_9_4, sources.OPPL_2023_9_4),
)

# Whether those who had lost the right were covered too.
COVERS_LOST_RIGHT: Dated[bool] = Dated(
    Since(HORIZON, True, sources.OPPL_1998_3_6),
    Since(sources.NEW_ACT, False, sources.OPPL_2023_9_4),
)

# The age from which adult education may be chosen, and whether requalification is a right. None, False: not computed.
ADULT_CHOICE_AGE: Dated[int | None] = Dated(
    Since(HORIZON, None, sources.OPPL_1998_3_1),
    Since(sources.NEW_ACT, 19, sources.OPPL_2023_5_1),
)
REQUALIFICATION: Dated[bool] = Dated(
    Since(HORIZON, False, sources.OPPL_2023_18_4),
    Since(sources.NEW_ACT, True, sources.OPPL_2023_18_4),
)
YOUTH_GUARANTEE: Dated[bool] = Dated(
    Since(HORIZON, False, sources.YOUTH_GUARANTEE),
    Since(date(2023, 7, 1), True, sources.YOUTH_GUARANTEE),
)

ALL: tuple[Dated[Any], ...] = (
    UPPER_AGE,
    RIGHT,
    TARGET_GROUP,
    COVERS_LOST_RIGHT,
    ADULT_CHOICE_AGE,
    REQUALIFICATION,
    YOUTH_GUARANTEE,
)
SWITCH_DAYS: tuple[date, ...] = tuple(sorted({day for dated in ALL for day in dated.switch_days}))


def epoch_of(day: date) -> date:
    """
    Return the last day on or before ``day`` on which any legal value changed.

    Every dated value is the same on the epoch and on the day, so a decision needs the epoch only.

    :raises BeforeOurHorizon: the day is before the oldest law we hold.
    """
    position = bisect_right(SWITCH_DAYS, day)
    if position == 0:
        raise BeforeOurHorizon(day, SWITCH_DAYS[0])
    return SWITCH_DAYS[position - 1]
