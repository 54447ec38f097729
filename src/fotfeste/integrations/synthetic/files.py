"""Writing a county's people into the import formats, one person at a time."""

import csv
import json
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from fotfeste.integrations.sources import SOURCES
from fotfeste.integrations.sources.person import PersonColumns
from fotfeste.integrations.synthetic.history import told_as_json
from fotfeste.integrations.synthetic.person import COMPULSORY, EXPELLED, PUPIL, QUIT, TERMINATED, Case, Person, Spell
from fotfeste.integrations.synthetic.year import SeenOn

TABLES = ("enrolment", "leavers", "non-applicants", "without-place", "private-school", "preventive")
NOT_APPLIED_CODE = "OSON"
BROKEN_OFF = frozenset({QUIT, EXPELLED, TERMINATED})
NOT_STARTED = frozenset({"declined_place", "did_not_start", "waiting_list"})
YES_OR_NO = {True: "ja", False: "nei", None: ""}


@cache
def written(day: date | None) -> str:
    """Return a day as Norwegian senders write it."""
    return f"{day:%d.%m.%Y}" if day else ""


class CountyFiles:
    """The files of one county, open while people are written to them. ``rows`` counts what each got."""

    def __init__(self, folder: Path, seen: SeenOn) -> None:
        self._folder = folder
        self._seen = seen
        self._reported_on = min(seen.day, date(seen.school_year, 9, 30))
        self._open = ExitStack()
        self.rows = dict.fromkeys((*TABLES, "vigo-ot", "history"), 0)
        self._own_fields = {name: _fields_after_person(name) for name in TABLES}

    def __enter__(self) -> "CountyFiles":
        self._folder.mkdir(parents=True, exist_ok=True)
        self._writers = {name: csv.writer(self._file(f"{name}.csv"), lineterminator="\n") for name in TABLES}
        for name, writer in self._writers.items():
            writer.writerow(SOURCES[name].headers)
        self._vigo = self._file("vigo-ot.json")
        self._vigo.write('{"otungdommer": [')
        self._history = self._file("history.jsonl")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._vigo.write(f'\n], "antall": {self.rows["vigo-ot"]}}}\n')
        self._open.close()

    def write(self, person: Person) -> None:
        """Write everything the sources tell about a person."""
        who = _person_cells(person)
        for spell in person.spells:
            self._table("enrolment", who, _spell_cells(spell) | _enrolment_cells(person, spell))
            if spell.end_reason in BROKEN_OFF and spell.ends and spell.ends >= self._seen.year_starts:
                self._table("leavers", who, _spell_cells(spell))
            if spell.school.is_private and spell.kind == PUPIL and spell.runs_on(self._reported_on):
                self._table("private-school", who, _spell_cells(spell) | {"ends_on": ""})
        if person.preventive:
            self._table("preventive", who, _preventive_cells(person))
        if person.case:
            self._tell_case(person, person.case, who)

    def _tell_case(self, person: Person, case: Case, who: list[str]) -> None:
        self._history.write(json.dumps(told_as_json(person, case), ensure_ascii=False, separators=(",", ":")) + "\n")
        self.rows["history"] += 1
        if not case.is_open:
            return
        left = [spell for spell in person.spells if spell.ends]
        last_school = {
            "school_year": f"{self._seen.school_year}–{(self._seen.school_year + 1) % 100:02}",
            "school_org": left[-1].school.org_number if left else "",
            "reason_code_raw": case.registrations[-1].raw_reason,
        }
        if case.reason == "not_applied":
            self._table("non-applicants", who, last_school)
        elif case.reason == "moved_in":  # came after the applications were in
            self._table("non-applicants", who, last_school | {"reason_code_raw": NOT_APPLIED_CODE})
        elif case.reason in NOT_STARTED:
            self._table("without-place", who, last_school)
        self._vigo.write("\n" if not self.rows["vigo-ot"] else ",\n")
        self._vigo.write(json.dumps(vigo_element(person, case), ensure_ascii=False))
        self.rows["vigo-ot"] += 1

    def _file(self, name: str) -> TextIO:
        return self._open.enter_context((self._folder / name).open("w", encoding="utf-8", newline=""))

    def _table(self, name: str, who: list[str], rest: Mapping[str, str]) -> None:
        self._writers[name].writerow(who + [rest.get(field, "") for field in self._own_fields[name]])
        self.rows[name] += 1


PERSON_FIELDS = tuple(column for column in SOURCES["enrolment"].columns if column in PersonColumns.__annotations__)
"""The columns about the person; every table source begins with them."""


def _fields_after_person(name: str) -> tuple[str, ...]:
    fields = tuple(SOURCES[name].columns)
    assert fields[: len(PERSON_FIELDS)] == PERSON_FIELDS, f"{name} does not begin with the person"
    return fields[len(PERSON_FIELDS) :]


def _person_cells(person: Person) -> list[str]:
    cells = {
        "national_id": person.national_id,
        "id_type": person.id_type,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "born": written(person.born),
        "email": person.email,
        "phone": person.phone,
        "stay_street": person.stay,
        "moved_in_on": written(person.moved_in_on),
        "institution": person.institution,
        "protection": person.protection,
        "guardian_name": person.guardian_name,
        "guardian_phone": person.guardian_phone,
    }
    if (address := person.address) is not None:
        cells |= {
            "street": address.street,
            "postcode": address.postcode,
            "city": address.city,
            "municipality": address.municipality,
            "district": address.district,
            "lat": str(address.latitude),
            "lon": str(address.longitude),
        }
    if (stay := person.stay_at) is not None:
        cells |= {"stay_municipality": stay.municipality, "stay_district": stay.district}
    if (placed := person.institution_at) is not None:
        cells |= {
            "institution_municipality": placed.municipality,
            "institution_lat": str(placed.latitude),
            "institution_lon": str(placed.longitude),
        }
    return [cells.get(field, "") for field in PERSON_FIELDS]


def _spell_cells(spell: Spell) -> dict[str, str]:
    return {
        "school_org": spell.school.org_number,
        "school_name": spell.school.name,
        "enrolment_kind": spell.kind,
        "programme": spell.programme,
        "level": spell.level,
        "starts_on": written(spell.starts),
        "ends_on": written(spell.ends),
        "end_reason": spell.end_reason,
    }


def _enrolment_cells(person: Person, spell: Spell) -> dict[str, str]:
    return {
        "completed": YES_OR_NO[spell.completed],
        "finished_compulsory": YES_OR_NO[person.finished_compulsory],
        "contract_status": spell.contract_status,
    }


def _preventive_cells(person: Person) -> dict[str, str]:
    assert person.preventive
    return {
        "school_org": person.preventive.from_school.org_number,
        "to_school_org": person.preventive.to_school.org_number,
        "permission_on": written(person.preventive.permission_on),
    }


def vigo_element(person: Person, case: Case) -> dict[str, Any]:
    """Return a youth as VIGO OT has them. VIGO has no place to say that a number is fictive, so it leaves it out."""
    course = next((spell for spell in reversed(person.spells) if spell.kind != COMPULSORY), None)
    return {
        "person": {
            "fornavn": person.first_name,
            "etternavn": person.last_name,
            "fdato": written(person.born),
            "fnr": "" if person.id_type else person.national_id,
            "epost": person.email,
            "mobilnr": person.phone,
        },
        "otData": {
            "tilknytningnr": case.responsible.number,
            "tilknytningnavn": case.responsible.name,
            "aktivitetskode": case.status,
        },
        "elevkurs": {
            "promrkode": course.programme if course else "",
            "promrnavn": course.programme_name if course else "",
            "start": written(course.starts) if course else "",
            "slutt": written(course.ends) if course else "",
        },
    }
