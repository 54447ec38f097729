"""Which codes, of either list, the figures speak of."""

from collections.abc import Callable

from fotfeste import codes
from fotfeste.casework.selectors.counting import CodeSet

LISTS = (codes.CURRENT, codes.LIST_2011)


def _where(holds: Callable[[codes.Status], bool]) -> CodeSet:
    return CodeSet(
        frozenset((name, status.code) for name in LISTS for status in codes.codes_in_order(name) if holds(status))
    )


def _of_codes(*wanted: str) -> CodeSet:
    return _where(lambda status: status.code in wanted)


UNKNOWN = _of_codes(codes.UNKNOWN_ACTIVITY)
#: Groups 1-3 of the list of 2011 and 1-4 of today's: the denominator of every share (amb-58).
TARGET_GROUP = _where(lambda status: status.in_target_group)
DECLINED = _of_codes("OTNO")
NAV_MEASURE = _of_codes("OTAP")
#: From where one comes into activity: activity unknown, under follow-up, or without any activity.
WITHOUT_ACTIVITY = _of_codes("OTUK", "OTOV", "OTHL")

_EDUCATION_2011 = ("OTVE", "OTVA", "OTVU", "OTVF", "OTLE", "OTLA", "OTLK")
_EDUCATION_NOW = ("OTEV", "OTVF", "OTLL")
_TWINS_NOW = tuple(f"{code}_IM" for code in (*_EDUCATION_NOW, "OTAR"))
#: Upper secondary education, in school or as an apprentice: group 4 of 2011, spread over two groups of today's list.
EDUCATION = _of_codes(*_EDUCATION_2011, *_EDUCATION_NOW, *(code for code in _TWINS_NOW if not code.startswith("OTAR")))
#: Training, work, measure or course.
ACTIVITY = _of_codes(*_EDUCATION_2011, *_EDUCATION_NOW, *_TWINS_NOW, "OTOA", "OTAP", "OTKO", "OTAR", "OTIK", "OTIF")
#: Everything that is not being outside education and work; military service and preventive work with pupils too.
INSIDE = CodeSet(ACTIVITY.members | _of_codes("OTMI", "ELEV", "ELGS_IM", "ELVG_IM").members)
