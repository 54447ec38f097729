"""Named contacts as the year's wheel asks about them: who was replaced, and which Nav offices keep theirs current."""

from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from fotfeste.organisations.enums import ContactRole, UnitKind
from fotfeste.organisations.models import NamedContact
from fotfeste.organisations.selectors.contacts import stale_before
from fotfeste.organisations.selectors.units import units


def replaced_district_contacts(*, county_id: int, first_day: date, last_day: date) -> QuerySet[NamedContact]:
    """
    Return the district contacts who took over after another in a time, the first first.

    Source: samarbeidsavtalen 2025 § 3 Bydel.
    """
    earlier = NamedContact.objects.filter(
        unit_id=OuterRef("unit_id"), role=ContactRole.DISTRICT_CONTACT, first_day__lt=OuterRef("first_day")
    )
    rows = NamedContact.objects.filter(
        Exists(earlier),
        unit__county_id=county_id,
        unit__kind=UnitKind.DISTRICT,
        role=ContactRole.DISTRICT_CONTACT,
        first_day__gte=first_day,
        first_day__lte=last_day,
    )
    return rows.select_related("unit").order_by("first_day", "pk")


def nav_contacts_confirmed(*, county_id: int, on: date) -> list[tuple[int, str, date | None]]:
    """Return of each Nav office when its contact was confirmed, None when not within half a year or nobody is named."""
    current = Q(contacts__role=ContactRole.NAV_RESPONSIBLE, contacts__confirmed_on__gte=stale_before(on=on))
    current &= Q(contacts__first_day__lte=on)
    current &= Q(contacts__last_day__isnull=True) | Q(contacts__last_day__gte=on)
    offices = units(kinds=(UnitKind.NAV_OFFICE,), county_id=county_id, on=on)
    return list(
        offices.annotate(confirmed=Max("contacts__confirmed_on", filter=current)).values_list("pk", "name", "confirmed")
    )
