"""Today's status codes as they are spread among the youth, and how a case comes to the one it has."""

from datetime import date, timedelta
from random import Random

from fotfeste.integrations.synthetic.draw import quotas
from fotfeste.integrations.synthetic.person import StatusStep

UNKNOWN, FOLLOW_UP = "OTUK", "OTOV"
OSLO_UNKNOWN = 0.365
REGISTER_TEXTS = {
    "OTEV": "Elevregisteret viser plass",
    "OTVF": "Den private skolen har meldt fra",
    "OTLL": "Lærlingregisteret viser en løpende kontrakt",
    "OTEV_IM": "Elevregisteret viser plass",
    "OTVF_IM": "Den private skolen har meldt fra",
    "OTLL_IM": "Lærlingregisteret viser en løpende kontrakt",
    "OTFA_IM": "Folkeregisteret viser flytting til et annet fylke",
    "OTFU_IM": "Folkeregisteret viser flytting til utlandet",
}
REGISTER_CODES = frozenset(REGISTER_TEXTS)
"""A register can say these; no contact is needed. Source: rules of use of the OT status codes."""
FEEDBACK_CODES = frozenset({"OTOV", "OTOA", "OTAP", "OTKO", "OTAR", "OTEV", "OTVF", "OTLL"})
"""A district can report these, and the education administration sets them."""
BY_REGISTER, BY_FEEDBACK = 0.7, 0.25

ACTIVITY = {"OTAR": 50, "OTAP": 14, "OTOA": 10, "OTKO": 6, "OTEV": 12, "OTVF": 3, "OTLL": 5}
CLARIFIED = {"OTNO": 34, "OTSY": 30, "OTMI": 14, "OTBA": 10, "OTIF": 12}
OUTSIDE = {
    "OTEV_IM": 26,
    "OTAR_IM": 10,
    "OTVF_IM": 16,
    "OTLL_IM": 10,
    "OTFA_IM": 14,
    "OTFU_IM": 12,
    "Feil": 6,
    "ELVG_IM": 6,
}
OUTSIDE_PER_MEMBER = 0.08
YOUNGEST_WITH = {"OTMI": 19, "OTBA": 18, "OTLL": 18}
INSTEAD = {"OTMI": "OTNO", "OTBA": "OTSY", "OTLL": "OTEV"}

BASIS_TEXT = {"contact": "Ungdommen fortalte det selv", "feedback": "Melding fra bydelen"}


def code_quotas(members: int, unknown_share: float) -> dict[str, int]:
    """
    Return how many youth have each code of groups 1-4.

    Where fewer are unknown, more are under follow-up and in activity (35-45 %).
    """
    known_better = OSLO_UNKNOWN - unknown_share
    follow_up = 0.12 + 0.4 * known_better
    activity = 0.39 + 0.2 * known_better
    clarified = 1 - unknown_share - follow_up - activity
    weights = {UNKNOWN: unknown_share, FOLLOW_UP: follow_up}
    weights |= {code: activity * weight / 100 for code, weight in ACTIVITY.items()}
    weights |= {code: clarified * weight / 100 for code, weight in CLARIFIED.items()}
    return quotas(members, weights)


def fitting(code: str, age: int) -> str:
    """Return the code, or its stand-in for those too young for it."""
    return INSTEAD[code] if age < YOUNGEST_WITH.get(code, 0) else code


def first_unknown(day: date) -> StatusStep:
    """Return the status everybody is registered with. Source: rule-start-unknown."""
    return StatusStep(UNKNOWN, day, "intake")


def path_after_contact(rng: Random, code: str, contact_on: date, until: date) -> list[StatusStep]:
    """Return the steps from first contact to ``code``: often by way of follow-up, sometimes straight."""
    if code == FOLLOW_UP or contact_on >= until:
        return [_told(code, contact_on)]
    settled_on = contact_on + timedelta(days=4 + int(rng.expovariate(1 / 24)))
    if settled_on > until or rng.random() < 0.35:
        return [_told(code, contact_on)]
    return [_told(FOLLOW_UP, contact_on), _settled(rng, code, settled_on)]


def from_register(code: str, day: date) -> StatusStep:
    """Return a status that rests on a register and not on contact; a wrong registration is a correction."""
    if code == "Feil":
        return StatusStep(code, day, "correction", "Registrert ved en feil")
    return StatusStep(code, day, "register", REGISTER_TEXTS[code])


def _told(code: str, day: date) -> StatusStep:
    return StatusStep(code, day, "contact", BASIS_TEXT["contact"])


def _settled(rng: Random, code: str, day: date) -> StatusStep:
    if code in REGISTER_CODES and rng.random() < BY_REGISTER:
        return from_register(code, day)
    if code in FEEDBACK_CODES and rng.random() < BY_FEEDBACK:
        return StatusStep(code, day, "feedback", BASIS_TEXT["feedback"])
    return _told(code, day)
