"""
Opening the status of a former apprentice to the school that registers it, and closing it again.

The district follows the youth up and reports; the last upper secondary school registers (amb-33). Worked out from the
facts by the rules of law, so it can be told again for any day. Of a youth who is protected nothing is opened: the
education administration registers.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.backends.utils import CursorWrapper

from fotfeste.access import selectors as access
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import all_counties, system_actor
from fotfeste.access.services import grants
from fotfeste.access.topics import Ground
from fotfeste.casework.models import Registration, Responsibility
from fotfeste.casework.selectors.decisions import decisions_for
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from fotfeste.people import selectors as people
from fotfeste.spec import implements

SCHOOLS = (UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY)

# A school the rules let register, or let do so before, of somebody the import spoke of.
_SPOKEN_OF = """
SELECT d.youth_id FROM intake_outcome o JOIN intake_fact f USING (form) JOIN intake_decision d USING (youth_id)
WHERE o.registrar IS NOT NULL
UNION
SELECT d.youth_id FROM intake_decision d WHERE d.youth_id = ANY (%s)
"""


@implements("amb-33")
def openings_on(day: date, *, youth_ids: Iterable[int] | None = None) -> Iterator[grants.Opening]:
    """Tell what is open on a day to schools that only register, of some youths or of all the actor may see."""
    held = Responsibility.objects.filter(
        superseded_at=None, first_day__lte=day, last_day=None, youth__protection="none", youth__merged_into=None
    ).exclude(holder__kind__in=SCHOOLS)
    if youth_ids is not None:
        held = held.filter(youth_id__in=list(youth_ids))
    rows = {row.youth_id: row for row in held}
    apprenticed = people.once_apprenticed(youth_ids=rows)
    registered = Registration.objects.filter(youth_id__in=apprenticed, last_day=None).values_list("youth_id", flat=True)
    for youth_id, (case, decided) in decisions_for(youth_ids=registered, on=day).items():
        position = decided.registering_school
        school_id = case.person.school_ids[position] if position is not None else None
        if school_id is not None:
            row = rows[youth_id]
            yield grants.Opening(
                youth_id,
                Ground.STATUS_REGISTRAR,
                f"responsibility:{row.pk}",
                row.first_day,
                unit_id=school_id,
                unit_kind=UnitKind.UPPER_SECONDARY,
            )


def refresh(*, youth_ids: Iterable[int]) -> None:
    """
    Let what is open of these youths to schools that only register be what the facts now say.

    Called in the transaction of whatever changed the registration, the responsible unit or the protection.
    """
    ids = list(youth_ids)
    if not ids:
        return
    today = clock.today()
    with acting_as(system_actor("scheduler", county_ids=all_counties()), on=today):
        openings = openings_on(today, youth_ids=ids)
        grants.sync(ground=Ground.STATUS_REGISTRAR, youth_ids=ids, openings=openings, on=today)


def refresh_intake(cursor: CursorWrapper) -> None:
    """Do the same for those an import spoke of, by what ``services.intake`` has decided of them."""
    opened = access.youths_open_to(ground=Ground.STATUS_REGISTRAR, on=clock.today())
    cursor.execute(_SPOKEN_OF, [list(opened)])
    refresh(youth_ids=[youth_id for (youth_id,) in cursor.fetchall()])
