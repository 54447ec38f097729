"""Locking a youth before a write, and moving who may see them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Invalid
from fotfeste.people.models import Youth


def lock_youth(*, youth_id: int) -> Youth:
    """
    Return the youth, locked until the transaction ends.

    :raises Invalid: there is none the actor may see.
    """
    youth = Youth.objects.select_for_update(of=("self",)).filter(pk=youth_id).first()
    if youth is None:
        raise Invalid(_("Ungdommen finnes ikke, eller du har ikke tilgang."))
    return youth


def lock_youths(*, youth_ids: Iterable[int]) -> list[Youth]:
    """Return the youths among some that the actor may see, locked until the transaction ends, in everybody's order."""
    return list(Youth.objects.select_for_update(of=("self",)).filter(pk__in=list(youth_ids)).order_by("pk"))


@transaction.atomic
def move_youth(*, youth: Youth, unit_id: int, county_id: int) -> None:
    """
    Let another unit (and county) see the youth and all rows about them. Registrations merged into it go along.

    Called by whoever decides responsibility; it writes no history of its own. The rows follow by the composite
    foreign key (docs/adr/0004).
    """
    Youth.objects.filter(merged_into_id=youth.pk).update(unit_id=unit_id, county_id=county_id)
    Youth.objects.filter(pk=youth.pk).update(unit_id=unit_id, county_id=county_id)
    youth.unit_id, youth.county_id = unit_id, county_id
