"""Youths by their number in the database."""

from collections.abc import Iterable
from datetime import date

from django.http import Http404

from fotfeste.kernel.together import Rows
from fotfeste.people.enums import Protection
from fotfeste.people.models import Youth
from fotfeste.people.name_key import fold


def youth_or_none(*, youth_id: int) -> Youth | None:
    """Return the youth, or None when there is none the actor may see."""
    return Youth.objects.select_related("unit", "merged_into").filter(pk=youth_id).first()


def get_youth_or_404(*, youth_id: int) -> Youth:
    """
    Return the youth.

    :raises Http404: there is none the actor may see; the two are not told apart.
    """
    youth = youth_or_none(youth_id=youth_id)
    if youth is None:
        raise Http404
    return youth


def youth_by_number(*, national_id: str) -> Youth | None:
    """Return the youth with an identity number, or None when there is none the actor may see."""
    digits = "".join(each for each in national_id if each.isdigit())
    return Youth.objects.filter(national_id=digits, merged_into=None).first() if len(digits) == 11 else None


def people_with_number(*, national_id: str) -> list[int]:
    """Return whoever the number stands on, a registration that was merged as the one it was merged into."""
    digits = "".join(each for each in national_id if each.isdigit())
    if len(digits) != 11:
        return []
    rows = Youth.objects.filter(national_id=digits).values_list("pk", "merged_into_id")
    return sorted({merged_into or pk for pk, merged_into in rows})


#: The youth, and those merged into the youth, for ``read_together`` with ``youth_id``.
YOUTH_AND_MERGED = (
    Rows(Youth, "t.id = %(youth_id)s", "t.id", related=("unit", "merged_into")),
    Rows(Youth, "t.merged_into_id = %(youth_id)s", "t.id"),
)


def youths_called(*, first_name: str, last_name: str, born: date) -> list[Youth]:
    """Return the youths the actor may see with a name, however it is accented, and a birth date."""
    key = fold(f"{last_name} {first_name}")
    rows = Youth.objects.filter(born=born, merged_into=None).order_by("name_key", "pk")
    return [each for each in rows if each.name_key == key]


def youths_by_id(ids: Iterable[int]) -> dict[int, Youth]:
    """Return the youths among ``ids`` that the actor may see, by id."""
    return Youth.objects.in_bulk(set(ids))


def count_in_the_open(*, county_id: int) -> int:
    """Return how many youths of a county are under no protection, each counted once."""
    return Youth.objects.filter(county_id=county_id, merged_into=None, protection=Protection.NONE).count()


def same_person_ids(*, youth_id: int) -> list[int]:
    """Return the youth's own id and those of registrations merged into it, so that their history is shown as one."""
    return same_persons(youth_ids=[youth_id])[youth_id]


def same_persons(*, youth_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return the same for each of several youths."""
    found = {youth_id: [youth_id] for youth_id in youth_ids}
    merged = Youth.objects.filter(merged_into_id__in=list(found)).order_by("pk").values_list("merged_into_id", "pk")
    for youth_id, pk in merged:
        found[youth_id].append(pk)
    return found


def age_on(*, born: date, day: date) -> int:
    """Return the completed years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
