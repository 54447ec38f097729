"""A youth full of words that stand nowhere else, and everybody who must not read them."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import (
    ContactAttempt,
    CounsellorPeriod,
    Feedback,
    JournalAttachment,
    JournalNote,
    Registration,
)
from fotfeste.collaboration.models import SharedAttachment, SharedNote
from fotfeste.kernel import clock, opaque
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.people.models import Address, ContactDetail, DuplicatePair, Enrolment, Guardian, Merge
from tests import factories as make

WORDS = (
    "Kanarifugl",
    "Hemmeligsen",
    "Kanaristien",
    "99887766",
    "Verge Kanari",
    "notatkanari",
    "vedleggkanari",
    "forsøkskanari",
    "svarkanari",
    "Kanari praksisplass",
)
"""What the youth's rows hold; none of it is part of any text of ours."""


@dataclass(frozen=True)
class Secret:
    """A case with one row of each kind, all of them about the same youth, and the ids of the rows by kwarg."""

    registration: Registration
    holder: Unit
    ids: dict[str, int]

    @property
    def words(self) -> tuple[str, ...]:
        """What must not be told, the identity number with the rest."""
        return (*WORDS, str(self.registration.youth.national_id))


def secret_case(holder: Unit, *, born: date = date(2008, 2, 3), **youth_fields: object) -> Secret:
    """Make the case at a unit."""
    case = make.case(holder, first_name="Kanarifugl", last_name="Hemmeligsen", born=born, **youth_fields)
    other = make.unused_number(born, besides=case.youth.national_id)
    twin = make.youth(holder, first_name="Kanarifugl", last_name="Hemmeligsen", born=born, national_id=other)
    worker = make.system(holder.county_id)
    told = {"youth": case.youth, "recorded_at": clock.now()}
    known = {**told, "source": "prøve", "first_day": date(2026, 1, 1)}
    hidden = case.youth.protection != "none"
    with acting_as(worker):
        rows = {
            "youth_id": case.youth,
            "note_id": JournalNote.objects.create(
                **told, text="notatkanari", written_on=make.TODAY, written_by_id=worker.user_id
            ),
            "attempt_id": ContactAttempt.objects.create(
                **told,
                registration_id=case.pk,
                on=make.TODAY,
                channel="call",
                result="no_answer",
                is_contact=False,
                note="forsøkskanari",
                registered_by_id=worker.user_id,
            ),
            "period_id": CounsellorPeriod.objects.create(
                youth=case.youth,
                counsellor_id=worker.user_id,
                unit_then=holder.pk,
                first_day=make.TODAY,
                ground="chosen",
                chosen_by_id=worker.user_id,
                recorded_at=clock.now(),
            ),
            "detail_id": ContactDetail.objects.create(**known, kind="phone", value="99887766"),
            "guardian_id": Guardian.objects.create(**known, name="Verge Kanari"),
            "address_id": Address.objects.create(
                **known, kind="registered", street="Kanaristien 7", postcode="0001", city="Oslo", is_protected=hidden
            ),
            "feedback_id": Feedback.objects.create(
                youth=case.youth,
                from_unit=holder,
                category="reached",
                on=make.TODAY,
                next_step="svarkanari",
                sent_by_id=worker.user_id,
                sent_at=clock.now(),
            ),
            "pair_id": DuplicatePair.objects.create(
                county_id=holder.county_id, first=case.youth, second=twin, found_at=clock.now()
            ),
            "merge_id": Merge.objects.create(
                county_id=holder.county_id,
                kept=case.youth,
                absorbed=twin,
                merged_by_id=worker.user_id,
                merged_at=clock.now(),
            ),
        }
        Enrolment.objects.create(**known, kind="apprentice", school_name="Kanari praksisplass")
        rows["attachment_id"] = _attached(case, rows["note_id"], worker)
    return Secret(case, holder, {name: row.pk for name, row in rows.items()})


def _attached(case: Registration, note: JournalNote, worker: Actor) -> JournalAttachment:
    """Attach a file to a note in the journal and one to a shared note, with the same id, since each has its address."""
    shared = SharedNote.objects.create(
        youth=case.youth,
        text="notatkanari",
        written_on=make.TODAY,
        written_by_id=worker.user_id,
        written_at_unit_id=case.unit_id,
        recorded_at=clock.now(),
    )
    file = {
        "pk": 1_000_000 + note.pk, "youth": case.youth, "name": "vedleggkanari.pdf", "content": b"%PDF-vedleggkanari %%EOF",
        "media_type": "application/pdf", "size": 24, "digest": "d" * 64, "is_scanned": True,
        "added_by_id": worker.user_id, "recorded_at": clock.now(),
    }  # fmt: skip
    SharedAttachment.objects.create(**file, note=shared)
    return JournalAttachment.objects.create(**file, note=note)


def outsiders(county_id: int = make.OSLO) -> dict[str, Actor]:
    """Make one of each role, none of whom has anything to do with the youth."""
    school = make.unit(name="Fremmed skole", county_id=county_id)
    district = make.unit(UnitKind.DISTRICT, name="Bydel Fremmed", code="039977", county_id=county_id)
    office = make.unit(UnitKind.NAV_OFFICE, name="Nav Fremmed", county_id=county_id)
    elsewhere = make.education_admin(46)
    far_school = make.unit(name="Langt unna skole", county_id=46)
    places = {
        Role.COUNSELLOR: school,
        Role.DISTRICT_CONTACT: district,
        Role.NAV_RESPONSIBLE: office,
        Role.APPRENTICESHIP_ADVISER: make.unit(UnitKind.APPRENTICESHIP_DEPARTMENT, county_id=county_id),
        Role.ADULT_EDUCATION_ADVISER: make.unit(UnitKind.ADULT_EDUCATION, county_id=county_id),
        Role.UNIT_LEADER: school,
        Role.COUNTY_LEADER: make.education_admin(county_id),
        Role.SYSTEM_ADMINISTRATOR: make.education_admin(county_id),
        Role.PRIVACY_OFFICER: make.education_admin(county_id),
    }
    found = {str(role): make.actor(role, at) for role, at in places.items()}
    found["education_admin elsewhere"] = make.actor(Role.EDUCATION_ADMIN, elsewhere)
    found["protected_handler elsewhere"] = make.actor(Role.PROTECTED_HANDLER, elsewhere)
    found["counsellor elsewhere"] = make.actor(Role.COUNSELLOR, far_school)
    return found


def addresses(ids: dict[str, int]) -> list[tuple[str, str, bool]]:
    """Return (name, path, whether it points at one thing) of every address, with the given rows in it."""
    return [
        (name, "/" + _filled(pattern, ids), "<opaque:" in pattern)
        for name, pattern in _patterns(get_resolver(), "", "")
        if name not in {"logout", "logout-front", "logout-back", "login-start", "login-callback"}
    ]


def _patterns(resolver: URLResolver, prefix: str, space: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.append((f"{space}{entry.name}", route))
        else:
            found += _patterns(entry, route, f"{space}{entry.namespace}:" if entry.namespace else space)
    return found


def _filled(pattern: str, ids: dict[str, int]) -> str:
    for part in pattern.split("<")[1:]:
        kind, name = part.split(">")[0].split(":")
        value = opaque.encode(ids.get(name, _NOBODY)) if kind == "opaque" else "vigo-ot"
        pattern = pattern.replace(f"<{kind}:{name}>", value)
    return pattern


_NOBODY = 2**40
#: How an id no row has stands in an address.
NOBODYS = opaque.encode(_NOBODY)
#: Fields of every form there is, filled in so that as many as possible would be right.
FILLED = {
    "text": "x",
    "on": "2026-11-23",
    "channel": "call",
    "direction": "out",
    "result": "answered",
    "answered_by": "youth",
    "hva": "ikke-svar",
    "written_on": "2026-11-23",
    "version": "1",
    "code": "11",
    "kode": "11",
    "basis": "contact",
    "category": "reached",
    "first_name": "Ny",
    "last_name": "Ny",
    "born": "2008-02-03",
    "kind": "phone",
    "value": "40000000",
    "source": "x",
    "name": "x",
    "street": "x",
    "postcode": "0001",
    "city": "x",
    "first_day": "2026-11-01",
    "last_day": "2026-11-22",
    "reason": "x",
    "register_fact": "",
    "til": "hver-sin",
    "grunn": "x",
    "kept": "first",
    "next_step": "x",
    "sporsmal": "x",
    "from_day": "2026-11-01",
    "person": "ingen",
}


def everything_about(youth_id: int, county_id: int = make.OSLO) -> dict[str, str | None]:
    """Return a digest of every row about a youth by table, to see whether anything was changed."""
    with acting_as(make.system(county_id)), connection.cursor() as cursor:
        cursor.execute(
            """SELECT table_name FROM information_schema.columns JOIN pg_class ON relname = table_name
               WHERE table_schema = 'public' AND column_name = 'youth_id' AND table_name NOT IN ('audit_entry')"""
        )
        tables = sorted({row[0] for row in cursor.fetchall()})
        digests: dict[str, str | None] = {}
        for table in tables:
            cursor.execute(
                f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t WHERE youth_id = %s",
                [youth_id],
            )
            digests[table] = cursor.fetchone()[0]
        cursor.execute("SELECT md5(t::text) FROM people_youth t WHERE id = %s", [youth_id])
        digests["people_youth"] = cursor.fetchone()[0]
    return digests
