"""Who is with the service, as slots to fill: age, reason, year before, status and district in calibrated numbers.

Source of the figures: Utdanningsdirektoratet, "Ungdom i oppfølgingstjenesten" (2016-17, 2018-19, 2021-22): reasons
by age, half with the service two years in a row, more boys than girls who have not applied. Those aged 21 to 24
have been covered since 1 August 2024 and no figures are published for them: their shares are assumed.
"""

from dataclasses import dataclass
from random import Random

from fotfeste.integrations.synthetic.draw import chosen, dealt, quotas
from fotfeste.integrations.synthetic.places import district_weights, unknown_weights
from fotfeste.integrations.synthetic.sizes import CountyPlan
from fotfeste.integrations.synthetic.statuses import UNKNOWN, code_quotas, fitting
from fotfeste.integrations.synthetic.year import SeenOn

AGES = {16: 4, 17: 12, 18: 20, 19: 22, 20: 16, 21: 10, 22: 7, 23: 5, 24: 4}

NOT_APPLIED, DECLINED, QUIT, OTHER = "not_applied", "declined", "quit", "other"
REASON_GROUPS: dict[int, dict[str, float]] = {
    17: {NOT_APPLIED: 13.5, DECLINED: 16, QUIT: 55, OTHER: 15.5},
    18: {NOT_APPLIED: 19, DECLINED: 20, QUIT: 43, OTHER: 18},
    19: {NOT_APPLIED: 35, DECLINED: 16, QUIT: 31, OTHER: 18},
    20: {NOT_APPLIED: 62, DECLINED: 9, QUIT: 14, OTHER: 15},
    21: {NOT_APPLIED: 52, DECLINED: 11, QUIT: 16, OTHER: 21},
}
"""Per cent by age; the first line holds for 17 and younger, the last for 21 and older."""

REASONS = {
    NOT_APPLIED: {"not_applied": 100},
    DECLINED: {"declined_place": 68, "did_not_start": 32},
    OTHER: {"waiting_list": 32, "moved_in": 26, "other": 42},
}
QUIT_YOUNG = {"quit_school": 96, "lost_place_expulsion": 4}
QUIT_18 = {"quit_school": 82, "quit_apprenticeship": 9, "contract_terminated": 7, "lost_place_expulsion": 2}
QUIT_ADULT = {"quit_school": 52, "quit_apprenticeship": 14, "contract_terminated": 10, "quit_adult_education": 24}
BOYS = {"not_applied": 0.61}
BOYS_OTHERWISE = 0.54
CARRIED_OVER = 0.5
CARRIED_BY_AGE = {17: 0.5, 18: 0.9}
FIRST_AGE_LAST_YEAR = {"quit_apprenticeship": 19, "contract_terminated": 19, "quit_adult_education": 20}
"""Contracts begin the year one turns 18, adult education at 19: who broke off a year ago is older."""
NEVER_BEGAN = {
    NOT_APPLIED: {16: 1.0, 17: 0.9, 18: 0.5, 19: 0.36},
    DECLINED: {16: 1.0, 17: 0.6, 18: 0.35, 19: 0.25},
    OTHER: {16: 1.0, 17: 0.5, 18: 0.3, 19: 0.25},
}
LAST_AGE_WITH_OWN_SHARE = 19


@dataclass(slots=True)
class Slot:
    """One youth with the service, before they are given a name and a history."""

    age: int
    reason: str
    reason_group: str
    sex: str
    is_carried_over: bool = False
    began_upper: bool = True
    code: str = UNKNOWN
    district: str = ""


def slots_for(rng: Random, plan: CountyPlan, members: int, seen: SeenOn) -> list[Slot]:
    """Return a slot for each of ``members`` youth, in random order, by age in the year the school year starts."""
    ages = {age: weight for age, weight in AGES.items() if age in seen.member_ages}
    slots: list[Slot] = []
    for band, band_ages in _bands(quotas(members, ages)):
        slots += _slots_of_band(rng, band, band_ages, last_spring=seen.has_just_begun)
    rng.shuffle(slots)
    _carry_over(rng, slots)
    _give_codes(rng, slots, plan)
    _give_districts(rng, slots, plan.county)
    return slots


def _bands(by_age: dict[int, int]) -> list[tuple[int, list[int]]]:
    bands: dict[int, list[int]] = {}
    for age, count in by_age.items():
        bands.setdefault(min(21, max(17, age)), []).extend([age] * count)
    return list(bands.items())


def _slots_of_band(rng: Random, band: int, ages: list[int], *, last_spring: bool) -> list[Slot]:
    rng.shuffle(ages)
    groups = dealt(rng, len(ages), REASON_GROUPS[band])
    slots = []
    for age, group in zip(ages, groups, strict=True):
        reason = rng.choices(*_reasons(group, age - last_spring))[0]
        sex = "male" if rng.random() < BOYS.get(reason, BOYS_OTHERWISE) else "female"
        slots.append(Slot(age, reason, group, sex, began_upper=_began_upper(rng, group, reason, age)))
    return slots


def _reasons(group: str, age: int) -> tuple[list[str], list[int]]:
    of_quitters = QUIT_YOUNG if age < 18 else QUIT_18 if age == 18 else QUIT_ADULT
    table = of_quitters if group == QUIT else REASONS[group]
    return list(table), list(table.values())


def _began_upper(rng: Random, group: str, reason: str, age: int) -> bool:
    if group == QUIT:
        return True
    if reason == "moved_in":
        return age > 16 and rng.random() < 0.6
    return rng.random() >= NEVER_BEGAN[group][min(age, LAST_AGE_WITH_OWN_SHARE)]


def _carry_over(rng: Random, slots: list[Slot]) -> None:
    """Let half have been with the service last school year too; the youngest and the newly arrived cannot have been."""
    weights = [CARRIED_BY_AGE.get(slot.age, 1.2) if _can_be_carried_over(slot) else 0.0 for slot in slots]
    for place in chosen(rng, weights, round(CARRIED_OVER * len(slots))):
        slots[place].is_carried_over = True


def _can_be_carried_over(slot: Slot) -> bool:
    return slot.age >= FIRST_AGE_LAST_YEAR.get(slot.reason, 17) and slot.reason != "moved_in"


def _give_codes(rng: Random, slots: list[Slot], plan: CountyPlan) -> None:
    codes = code_quotas(len(slots), plan.unknown_share)
    unknown = codes.pop(UNKNOWN)
    still_unknown = chosen(rng, [1.0 if slot.is_carried_over else 1.6 for slot in slots], unknown)
    rest = dealt(rng, len(slots) - unknown, codes)
    for place, slot in enumerate(slots):
        slot.code = UNKNOWN if place in still_unknown else fitting(rest.pop(), slot.age)


def _give_districts(rng: Random, slots: list[Slot], county: str) -> None:
    of_unknown = unknown_weights(county)
    everywhere = district_weights(county)
    mixed = {
        district: of_unknown[district] / sum(of_unknown.values()) + weight / sum(everywhere.values())
        for district, weight in everywhere.items()
    }
    unknown = [slot for slot in slots if slot.code == UNKNOWN]
    others = [slot for slot in slots if slot.code != UNKNOWN]
    for among, weights in ((unknown, of_unknown), (others, mixed)):
        for slot, district in zip(among, dealt(rng, len(among), weights), strict=True):
            slot.district = district
