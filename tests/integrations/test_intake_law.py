"""What an import decides for all at once is what the law says of each: on a synthetic county, source after source."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import MembershipDecision, Responsibility
from fotfeste.casework.selectors.decisions import decisions_for
from fotfeste.casework.selectors.finding_unit import UnitFinder
from fotfeste.casework.services import consistency
from fotfeste.integrations.reading import read
from fotfeste.integrations.services.imports import run_import
from fotfeste.integrations.synthetic.world import write_world
from fotfeste.organisations.selectors import units
from fotfeste.organisations.services.units import load_units
from fotfeste.people.models import Youth
from tests import factories as make

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)
# The files of a year, the last of them the register's own picture; or the register first, and then who they all are.
ORDERS = {
    "through the year": (
        "enrolment",
        "private-school",
        "non-applicants",
        "without-place",
        "preventive",
        "leavers",
        "vigo-ot",
        "enrolment",
    ),
    "the register first": ("vigo-ot", "leavers", "without-place", "enrolment", "private-school", "vigo-ot"),
}
NAMING_UNITS = {"preventive", "vigo-ot"}


@pytest.fixture(scope="module")
def county_files(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    write_world(folder, people="900", county="03", on=DAY, seed=7)
    return folder


@pytest.fixture
def importer(county_files):
    with acting_as(make.system(3, 11, 31, 32, 33, 34, 39, 40, 42, 46, 50), on=DAY) as actor:
        for path in county_files.glob("units-*.csv"):
            with path.open(encoding="utf-8-sig", newline="") as lines:
                load_units(actor=actor, rows=csv.DictReader(lines), source="Syntetisk", apply=True)
        yield actor


def _take(actor, folder: Path, source: str, on: date) -> None:
    path = folder / f"{source}.{'json' if source == 'vigo-ot' else 'csv'}"
    with read(source, path, environment="test", on=on) as reading:
        run_import(actor=actor, reading=reading, county_id=3, on=on, apply=True)


def _decided_in(source_day: date) -> list[int]:
    rows = MembershipDecision.objects.filter(is_current=True, decided_on=source_day)
    return list(rows.order_by("youth_id").values_list("youth_id", flat=True))


def _differences(youth_ids: list[int], on: date, *, names_units: bool) -> list[str]:
    """Say where a kept decision, or a unit nobody named, differs from what the law says of the youth by itself."""
    kept = {m.youth_id: m for m in MembershipDecision.objects.filter(is_current=True).select_related("explanation")}
    places = dict(Youth.objects.values_list("pk", "unit_id"))
    named = set(
        Responsibility.objects.filter(last_day=None, ground__in=("register", "manual")).values_list(
            "youth_id", flat=True
        )
    )
    finder, admin = UnitFinder(on), units.education_admin_of(county_id=3).pk
    found: list[str] = []
    for youth_id, (case, decided) in decisions_for(youth_ids=youth_ids, on=on).items():
        row = kept[youth_id]
        if row.explanation.body != decided.to_dict():
            found.append(f"{youth_id}: {_first_difference(row.explanation.body, decided.to_dict())}")
        if (row.statutory, row.local) != (decided.statutory.outcome.value, decided.local.outcome.value):
            found.append(f"{youth_id}: {row.statutory}, {row.local}")
        unit_id = finder.find(case, decided.unit.outcome).unit_id or admin
        if not names_units and youth_id not in named and places[youth_id] != unit_id:
            found.append(f"{youth_id}: belongs to {places[youth_id]}, the rules say {unit_id}")
    return found


def _first_difference(kept: dict, told: dict) -> str:
    for name in kept:
        if kept[name] != told[name]:
            return f"{name}: {kept[name]} — {told[name]}"
    return ""


@pytest.mark.proves("amb-07")
@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_every_decision_an_import_makes_is_the_one_the_law_makes_of_the_youth_alone(importer, county_files, order):
    for number, source in enumerate(order):
        # When a file of the source is taken in
        on = DAY - timedelta(days=len(order) - number)
        _take(importer, county_files, source, on)
        # Then each youth it spoke of is decided as the law decides from what is stored about that one
        differing = _differences(_decided_in(on), on, names_units=source in NAMING_UNITS)
        assert differing == [], source
    # And the cases are whole
    assert consistency.problems() == []
    assert Youth.objects.count() > 800


def test_few_explanations_are_shared_by_many(importer, county_files):
    _take(importer, county_files, "enrolment", DAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT explanation_id), count(*) FROM casework_membership_decision")
        explanations, decisions = cursor.fetchone()
    assert decisions > 800
    assert explanations < decisions / 10
