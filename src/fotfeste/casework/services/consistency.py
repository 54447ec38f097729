"""What must always be true of the cases, looked for in the data: used by ``fotfeste check``."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_noop

from fotfeste.casework.models import Registration
from fotfeste.casework.selectors.standing import Standing, all_standings
from fotfeste.casework.services.standing import columns
from fotfeste.law.readings import Readings
from fotfeste.organisations.selectors.readings import readings_for

SHOWN = 5

# Each finds the registrations or youths for which something is wrong.
_CHECKS = {
    "no_responsible_unit": (
        gettext_noop("Åpen tilmelding uten ansvarlig enhet"),
        """SELECT g.youth_id FROM casework_registration g WHERE g.last_day IS NULL AND NOT EXISTS (
             SELECT FROM casework_responsibility r WHERE r.youth_id = g.youth_id AND r.last_day IS NULL)""",
    ),
    "responsible_without_case": (
        gettext_noop("Åpent ansvar uten åpen tilmelding"),
        """SELECT r.youth_id FROM casework_responsibility r WHERE r.last_day IS NULL AND NOT EXISTS (
             SELECT FROM casework_registration g WHERE g.youth_id = r.youth_id AND g.last_day IS NULL)""",
    ),
    "access_differs_from_responsibility": (
        gettext_noop("En annen enhet enn den ansvarlige ser ungdommen"),
        """SELECT r.youth_id FROM casework_responsibility r JOIN people_youth y ON y.id = r.youth_id
           WHERE r.last_day IS NULL AND y.merged_into_id IS NULL AND y.unit_id <> r.holder_id""",
    ),
    "registration_of_another_year": (
        gettext_noop("Tilmelding med et annet fødselsår enn ungdommens"),
        """SELECT g.youth_id FROM casework_registration g JOIN people_youth y ON y.id = g.youth_id
           WHERE g.born_year <> extract(year FROM y.born)""",
    ),
    "status_gap_or_overlap": (
        gettext_noop("Hull eller overlapp mellom statuser"),
        """SELECT DISTINCT youth_id FROM (
             SELECT youth_id, first_day, lag(last_day) OVER w AS before, lag(id) OVER w AS before_id
             FROM casework_status_event WHERE superseded_at IS NULL
             WINDOW w AS (PARTITION BY registration_id ORDER BY first_day, id)) e
           WHERE before_id IS NOT NULL AND before + 1 IS DISTINCT FROM first_day""",
    ),
    "status_outside_registration": (
        gettext_noop("Status utenfor tilmeldingens dager"),
        """SELECT DISTINCT g.youth_id FROM casework_registration g JOIN LATERAL (
             SELECT min(e.first_day) AS first_day, max(coalesce(e.last_day, 'infinity')) AS last_day, count(*) AS n
             FROM casework_status_event e WHERE e.registration_id = g.id AND e.superseded_at IS NULL) s ON true
           WHERE s.n = 0 OR s.first_day <> g.first_day OR s.last_day <> coalesce(g.last_day, 'infinity'::date)""",
    ),
    "status_of_another_youth": (
        gettext_noop("Status, kontakt eller bekreftelse på en annen ungdoms tilmelding"),
        """SELECT e.youth_id FROM casework_status_event e JOIN casework_registration g ON g.id = e.registration_id
           WHERE g.youth_id <> e.youth_id
           UNION SELECT a.youth_id FROM casework_contact_attempt a
           JOIN casework_registration g ON g.id = a.registration_id WHERE g.youth_id <> a.youth_id
           UNION SELECT c.youth_id FROM casework_status_confirmation c
           JOIN casework_registration g ON g.id = c.registration_id WHERE g.youth_id <> c.youth_id""",
    ),
    "status_elsewhere_than_responsible": (
        gettext_noop("Statusen regnes til en annen enhet enn den ansvarlige"),
        """SELECT e.youth_id FROM casework_status_event e JOIN casework_responsibility r
             ON r.youth_id = e.youth_id AND r.last_day IS NULL
           WHERE e.last_day IS NULL AND e.superseded_at IS NULL AND e.unit_then <> r.holder_id""",
    ),
    "left_unknown_without_contact": (
        gettext_noop("Ukjent aktivitet avsluttet uten kontakt, melding eller opplysning fra register"),
        """SELECT e.youth_id FROM casework_status_event e JOIN casework_status_event u
             ON u.registration_id = e.registration_id AND u.superseded_at IS NULL AND u.code = 'OTUK'
             AND u.last_day + 1 = e.first_day
           WHERE e.superseded_at IS NULL AND e.code <> 'OTUK' AND e.basis = 'contact' AND e.contact_id IS NULL
             AND NOT EXISTS (SELECT FROM casework_contact_attempt a WHERE a.registration_id = e.registration_id
                             AND a.is_contact AND a.superseded_at IS NULL)""",
    ),
    "counsellor_elsewhere_than_facts": (
        gettext_noop("Saken viser en annen ansvarlig person enn den som er valgt, eller en ved en annen enhet"),
        """SELECT g.youth_id FROM casework_registration g LEFT JOIN casework_counsellor_period p
             ON p.youth_id = g.youth_id AND p.last_day IS NULL AND p.superseded_at IS NULL
           WHERE g.last_day IS NULL AND (g.counsellor_id IS DISTINCT FROM p.counsellor_id
             OR p.counsellor_id IS NOT NULL AND p.unit_then <> g.unit_id)""",
    ),
    "merged_but_open": (
        gettext_noop("Slått sammen med en annen, men har åpen sak"),
        """SELECT y.id FROM people_youth y JOIN casework_registration g ON g.youth_id = y.id AND g.last_day IS NULL
           WHERE y.merged_into_id IS NOT NULL""",
    ),
    "protected_district_shown": (
        gettext_noop("Bydelen til en ungdom med beskyttet adresse står i saken"),
        """SELECT g.youth_id FROM casework_registration g JOIN people_youth y ON y.id = g.youth_id
           WHERE g.district_code <> '' AND y.protection <> 'none'""",
    ),
    "protected_address_open": (
        gettext_noop(
            "Adressen til en ungdom som er beskyttet eller skjermet, er åpen for andre enn dem som skal se den"
        ),
        """SELECT DISTINCT a.youth_id FROM people_address a JOIN people_youth y ON y.id = a.youth_id
           WHERE NOT a.is_protected AND y.protection <> 'none'""",
    ),
}
_SHOWS_WRONG = gettext_noop("Saken viser noe annet enn det som er registrert: {columns}")


@dataclass(frozen=True, slots=True)
class Problem:
    """
    Something that is not as it must be.

    :ivar check: its name, for machines.
    :ivar sentence: what is wrong, in words. Ids are rows' numbers; no personal data.
    """

    check: str
    sentence: str
    count: int
    youth_ids: tuple[int, ...]


def problems() -> list[Problem]:
    """
    Return everything that is wrong with the cases the actor sees; empty when all is well.

    Run it as a system actor for all counties: what an actor cannot see cannot be checked.
    """
    return [*_found_by_query(), *_shows_something_else()]


def _found_by_query() -> Iterator[Problem]:
    with connection.cursor() as cursor:
        for name, (sentence, query) in _CHECKS.items():
            cursor.execute(query)
            ids = [row[0] for row in cursor.fetchall()]
            if ids:
                yield Problem(name, sentence, len(ids), tuple(ids[:SHOWN]))


def _shows_something_else() -> Iterator[Problem]:
    wrong: dict[tuple[str, ...], list[int]] = defaultdict(list)
    readings: dict[int, Readings] = {}
    for standings in _portions(5000):
        registrations = Registration.objects.in_bulk([s.registration_id for s in standings])
        for standing in standings:
            row = registrations[standing.registration_id]
            county_id = row.county_id or 0
            if county_id not in readings:
                readings[county_id] = readings_for(county_id=county_id)
            differing = tuple(sorted(_differing(standing, row, readings[county_id])))
            if differing:
                wrong[differing].append(standing.youth_id)
    for names, ids in sorted(wrong.items()):
        yield Problem("standing", _SHOWS_WRONG.format(columns=", ".join(names)), len(ids), tuple(ids[:SHOWN]))


def _differing(standing: Standing, registration: Registration, readings: Readings) -> Iterator[str]:
    """Give what differs, by the names users know it by."""
    if standing.status_code is None:
        return  # reported as a registration without a status
    labels = {field.name: str(field.verbose_name) for field in Registration._meta.fields}
    for name, value in columns(standing, registration, readings).items():
        if getattr(registration, name) != value:
            yield labels[name]


def _portions(size: int) -> Iterator[list[Standing]]:
    portion: list[Standing] = []
    for standing in all_standings():
        portion.append(standing)
        if len(portion) == size:
            yield portion
            portion = []
    if portion:
        yield portion
