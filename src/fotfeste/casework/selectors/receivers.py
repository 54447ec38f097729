"""Who is written to: those a list registered as non-applicants, and all who are registered."""

from collections.abc import Iterable

from fotfeste.casework.models import Registration
from fotfeste.codes.registration_reason import RegistrationReason


def non_applicants(*, county_id: int, school_year: int) -> list[int]:
    """Return the youths registered because they did not apply for a school year."""
    rows = _open(county_id).filter(reason=RegistrationReason.NOT_APPLIED, school_year=school_year)
    return list(rows.values_list("youth_id", flat=True))


def registered_now(*, county_id: int) -> list[int]:
    """Return all who are registered and outside education: not those followed up preventively."""
    return list(_open(county_id).filter(is_preventive=False).values_list("youth_id", flat=True))


def still_registered(*, youth_ids: Iterable[int]) -> set[int]:
    """Return those of the youths who are registered."""
    rows = Registration.objects.filter(last_day=None, youth_id__in=list(youth_ids))
    return set(rows.values_list("youth_id", flat=True))


def counsellors_of(*, youth_ids: Iterable[int]) -> dict[int, int]:
    """Return who answers for each youth, where somebody does."""
    rows = Registration.objects.filter(last_day=None, youth_id__in=list(youth_ids)).exclude(counsellor=None)
    return {youth_id: user_id for youth_id, user_id in rows.values_list("youth_id", "counsellor_id") if user_id}


def _open(county_id: int):  # type: ignore[no-untyped-def]
    return Registration.objects.filter(county_id=county_id, last_day=None).order_by("youth_id")
