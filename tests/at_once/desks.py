"""What two may write at once at the desks: the queue, the files, the units and the log."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

from django.urls import reverse

from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.casework.models import Responsibility
from fotfeste.consent.services import emergencies
from fotfeste.integrations.models import NothingToReport, WaitingFile
from fotfeste.kernel import clock, opaque
from fotfeste.organisations.enums import ReviewOutcome
from fotfeste.organisations.models import NamedContact, Unit, UnitFile
from fotfeste.organisations.services import contacts, reviews, users
from fotfeste.oversight.enums import FlagKind
from fotfeste.oversight.models import Disposal, LegalHold, ReadingFlag
from fotfeste.people.models import DuplicatePair, Merge
from tests import factories as make
from tests.at_once.race import Race, browser_of
from tests.at_once.world import World
from tests.integrations.reading.files import csv_of, people

_OWN_WORDS = {"fødselsnummer": "Elev-ID", "slutt": "Siste skoledag", "skole_orgnr": "Hvor"}


def unassigned(world: World) -> Race:
    key, hersleb = _waiting(world)
    late = {"valgt": [key], "til": opaque.encode(hersleb), "grunn": "Nærmest", f"versjon-{key}": world.version()}
    return Race(reverse("casework:unassigned"), world.admins, late, first={**late, "grunn": "Avtalt"})


def assign_one(world: World) -> Race:
    _key, hersleb = _waiting(world)
    page = reverse("casework:assign_one", kwargs={"youth_id": world.case.youth_id})
    return Race(page, world.admins, {"unit": opaque.encode(hersleb), "reason": "Nærmest"}, page)


def duplicate_pair(world: World) -> Race:
    pair = _pair(world)
    page = reverse("casework:duplicate_pair", kwargs={"pair_id": pair.pk})
    return Race(page, world.admins, {"keep": opaque.encode(world.case.youth_id), "reason": "Samme telefon"}, page)


def different_people(world: World) -> Race:
    pair = _pair(world)
    path = reverse("casework:different_people", kwargs={"pair_id": pair.pk})
    return Race(path, world.admins, page=reverse("casework:duplicate_pair", kwargs={"pair_id": pair.pk}))


def undo_merge(world: World) -> Race:
    made = duplicate_pair(world)
    browser = browser_of(world.admins[0])
    from tests.seen import seen

    browser.post(made.path, {**seen(browser.get(made.page)), **made.late})
    with acting_as(make.system()):
        merge = Merge.objects.get()
    path = reverse("casework:undo_merge", kwargs={"merge_id": merge.pk})
    return Race(path, world.admins, page=f"{reverse('casework:duplicates')}?vis=sammenslatt")


def edit_event(world: World) -> Race:
    page = reverse("annualwheel:edit_event", kwargs={"event_id": "dl-otuk-list-feb"})
    late = {"is_on": "on", "day": "24.2.", "lead": "14", "first_day": "01.12.2026", "reason": "Avtalt"}
    return Race(page, world.admins, late, page, first={**late, "day": "23.2."})


def choose_reading(world: World) -> Race:
    told = {"value": "work_is_outside", "first_day": "23.11.2026", "reason": "Vedtatt i fylket"}
    at = {"reading_id": "amb-08"}
    plan = browser_of(world.admins[0]).post(reverse("casework:plan_reading", kwargs=at), told).context["plan"]
    late = told | {"version": plan.version, "digest": plan.digest}
    return Race(reverse("casework:choose_reading", kwargs=at), world.admins, late)


def columns(world: World) -> Race:
    rows = [{_OWN_WORDS.get(name, name): cell for name, cell in row.items()} for row in _rows()]
    path, page = _file(world, csv_of(rows), "columns")
    from fotfeste.integrations.sources import SOURCES

    ours = {column.header: name for name, column in SOURCES["leavers"].columns.items()}
    late = {ours[name]: _OWN_WORDS.get(name, name) for name in _rows()[0]}
    return Race(path, world.admins, late, page)


def read_as(world: World) -> Race:
    path, page = _file(world, csv_of(people("without-place", 1)), "read_as")
    return Race(path, world.admins, {"source": "without-place"}, page)


def apply(world: World) -> Race:
    path, page = _file(world, csv_of(_rows()), "apply")
    return Race(path, world.admins, page=page)


def discard(world: World) -> Race:
    content = csv_of(people("without-place", 1))
    path, page = _file(world, content, "discard")
    with acting_as(world.admins[0]):
        file = WaitingFile.objects.get()
    read = reverse("integrations:read_as", kwargs={"file_id": file.pk})
    one = browser_of(world.admins[0])
    first = lambda: one.post(read, {"source": "without-place", "version": file.version})  # noqa: E731
    return Race(path, world.admins, page=page, first=first)


def nothing_to_report(world: World) -> Race:
    school = _private_school()
    path = reverse("integrations:nothing_to_report", kwargs={"unit_id": school.pk})
    return Race(path, world.admins)


def nothing_taken_back(world: World) -> Race:
    race = nothing_to_report(world)
    browser_of(world.admins[0]).post(race.path)
    standing = NothingToReport.objects.get().pk
    return Race(race.path, world.admins, {"ta-tilbake": "ja", "version": standing})


def apply_unit_file(world: World) -> Race:
    return _unit_file(world, "apply_unit_file")


def discard_unit_file(world: World) -> Race:
    race = _unit_file(world, "discard_unit_file")
    one, used = browser_of(world.admins[0]), reverse("organisations:apply_unit_file", kwargs=_last_file())
    from tests.seen import seen

    race.first = lambda: one.post(used, seen(one.get(race.page), used))
    return race


def name_contact(world: World) -> Race:
    page = reverse("organisations:name_contact", kwargs={"unit_id": world.school.pk})
    late = {
        "role": "counsellor", "name": "Kari Prøve", "email": "kari@example.no", "phone": "22334455",
        "first_day": "23.11.2026",
    }  # fmt: skip
    return Race(page, world.admins, late, page, first={**late, "name": "Ola Prøve"})


def end_contact(world: World) -> Race:
    page = reverse("organisations:end_contact", kwargs=_named(world))
    return Race(page, world.admins, {"last_day": "30.11.2026"}, page, first={"last_day": "31.12.2026"})


def confirm_contact(world: World) -> Race:
    return _pressed(world, "confirm_contact")


def mark_published(world: World) -> Race:
    return _pressed(world, "mark_published")


def acknowledge_contact(world: World) -> Race:
    return _pressed(world, "acknowledge_contact", page=reverse("organisations:new_contacts"))


def give_role(world: World) -> Race:
    page = reverse("organisations:give_role", kwargs={"user_id": world.counsellors[0].user_id})
    late = {"role": "unit_leader", "unit_id": world.school.pk, "first_day": "23.11.2026"}
    return Race(page, world.keepers, {**late, "role": "counsellor", "unit_id": world.other_school.pk}, page, first=late)


def end_role(world: World) -> Race:
    held = RoleAssignment.objects.get(user_id=world.counsellors[0].user_id)
    page = reverse("organisations:end_role", kwargs={"user_id": held.user_id, "assignment_id": held.pk})
    return Race(page, world.keepers, {"last_day": "30.11.2026"}, page, first={"last_day": "31.12.2026"})


def end_role_at_once(world: World) -> Race:
    held = RoleAssignment.objects.get(user_id=world.counsellors[0].user_id)
    page = reverse("organisations:end_role_at_once", kwargs={"user_id": held.user_id, "assignment_id": held.pk})

    def ends_after_a_day() -> None:
        with acting_as(world.keepers[0]):
            users.end_role(actor=world.keepers[0], assignment_id=held.pk, last_day=date(2026, 12, 31))

    return Race(page, world.keepers, {"reason": "Gitt til feil person"}, page, first=ends_after_a_day)


def review_unit(world: World) -> Race:
    held = RoleAssignment.objects.get(user_id=world.counsellors[0].user_id)
    page, key = reverse("organisations:review_unit", kwargs={"unit_id": held.unit_id}), opaque.encode(held.pk)

    def is_confirmed() -> None:
        with acting_as(world.keepers[0]):
            reviews.review_role(
                actor=world.keepers[0], assignment_id=held.pk, outcome=ReviewOutcome.CONFIRMED, on=clock.today()
            )

    return Race(page, world.keepers, {f"valg-{key}": "ended"}, page, first=is_confirmed)


def look_at_emergency(world: World) -> Race:
    opener = make.actor(Role.COUNSELLOR, world.other_school)
    with acting_as(opener):
        opening = emergencies.open_in_emergency(
            actor=opener, national_id=world.case.youth.national_id, reason="Fare for liv, ingen svarer på telefon"
        )
    path = reverse("consent:look_at_emergency", kwargs={"opening_id": opening.pk})
    return Race(path, world.officers, page=reverse("consent:emergencies"))


def look_at_flag(world: World) -> Race:
    with acting_as(system_actor("overseer", county_ids=(make.OSLO,))):
        flag = ReadingFlag.objects.create(
            county_id=make.OSLO, week=date(2026, 11, 16), user_id=world.admins[0].user_id, kind=FlagKind.OUTSIDE_CASELOAD, count=40,
            reasons={"looks": 40, "grounds": ["county_coordination"], "limit": 40}, youth_ids=[], found_at=clock.now(),
        )  # fmt: skip
    path = reverse("oversight:look_at_flag", kwargs={"flag_id": flag.pk})
    return Race(path, world.officers, {"note": "Snakket med leder"}, page=reverse("oversight:flags"))


def lift_hold(world: World) -> Race:
    youth = make.case(make.unit()).youth
    with acting_as(system_actor("overseer", county_ids=(make.OSLO,))):
        hold = LegalHold.objects.create(
            youth=youth, reason="Klagen er ikke avgjort", first_day=make.TODAY, placed_by_id=world.officers[0].user_id, placed_at=clock.now()
        )  # fmt: skip
    path = reverse("oversight:lift_hold", kwargs={"hold_id": hold.pk})
    return Race(path, world.officers, {"reason": "Klagen er avgjort nå"}, page=reverse("oversight:holds"))


def _proposed(world: World) -> Disposal:
    with acting_as(world.admins[0]):
        return Disposal.objects.create(
            county_id=make.OSLO, kind="reach", on=make.TODAY, digest="x", people=0, rows=0,
            proposed_by_id=world.admins[0].user_id, proposed_at=clock.now(),
        )  # fmt: skip


def withdraw_disposal(world: World) -> Race:
    key = {"disposal_id": _proposed(world).pk}
    page = reverse("oversight:disposal", kwargs=key)
    return Race(reverse("oversight:withdraw_disposal", kwargs=key), world.officers, {}, page=page)


RACES: dict[str, tuple[Callable[[World], Race], ...]] = {
    "casework:unassigned": (unassigned,),
    "casework:assign_one": (assign_one,),
    "casework:duplicate_pair": (duplicate_pair,),
    "casework:different_people": (different_people,),
    "casework:undo_merge": (undo_merge,),
    "annualwheel:edit_event": (edit_event,),
    "casework:choose_reading": (choose_reading,),
    "integrations:columns": (columns,),
    "integrations:read_as": (read_as,),
    "integrations:apply": (apply,),
    "integrations:discard": (discard,),
    "integrations:nothing_to_report": (nothing_to_report, nothing_taken_back),
    "organisations:apply_unit_file": (apply_unit_file,),
    "organisations:discard_unit_file": (discard_unit_file,),
    "organisations:name_contact": (name_contact,),
    "organisations:end_contact": (end_contact,),
    "organisations:confirm_contact": (confirm_contact,),
    "organisations:mark_published": (mark_published,),
    "organisations:acknowledge_contact": (acknowledge_contact,),
    "organisations:give_role": (give_role,),
    "organisations:end_role": (end_role,),
    "organisations:review_unit": (review_unit,),
    "organisations:end_role_at_once": (end_role_at_once,),
    "consent:look_at_emergency": (look_at_emergency,),
    "oversight:look_at_flag": (look_at_flag,),
    "oversight:lift_hold": (lift_hold,),
    "oversight:withdraw_disposal": (withdraw_disposal,),
}


def _waiting(world: World) -> tuple[str, int]:
    """Let no rule have found a unit for the youth; return its key and a unit it may be given."""
    world.case = make.case(make.education_admin())
    with acting_as(make.system()):
        Responsibility.objects.filter(youth_id=world.case.youth_id).update(ground="undecided", rule="")
    return opaque.encode(world.case.youth_id), Unit.objects.get(name="Hersleb videregående skole").pk


def _pair(world: World) -> DuplicatePair:
    twin = make.youth(world.school, national_id=None)
    first, second = sorted((world.case.youth, twin), key=lambda youth: youth.pk)
    with acting_as(make.system()):
        return DuplicatePair.objects.create(
            county_id=make.OSLO, first=first, second=second, signs=["same_name_and_birth_date"], found_at=clock.now()
        )


def _rows() -> list[dict[str, str]]:
    return people("leavers", 1)


def _file(world: World, content: bytes, act: str) -> tuple[str, str]:
    file = BytesIO(content)
    file.name = "fil.csv"
    given = {"source": "leavers", "on": "16.11.2026", "sender": "", "file": file}
    browser_of(world.admins[0]).post(reverse("integrations:upload"), given)
    with acting_as(world.admins[0]):
        at = {"file_id": WaitingFile.objects.latest("pk").pk}
    return reverse(f"integrations:{act}", kwargs=at), reverse("integrations:file", kwargs=at)


def _private_school() -> Unit:
    return Unit.objects.filter(county_id=make.OSLO, kind="upper_secondary", is_private=True).order_by("name")[0]


def _unit_file(world: World, act: str) -> Race:
    browser = browser_of(world.admins[0])
    text = browser.get(reverse("organisations:download_units")).content.decode("utf-8-sig")
    file = BytesIO(text.replace("Hersleb videregående skole", "Hersleb skole").encode())
    file.name = "enheter.csv"
    browser.post(reverse("organisations:unit_files"), {"file": file})
    page = reverse("organisations:unit_file", kwargs=_last_file())
    return Race(reverse(f"organisations:{act}", kwargs=_last_file()), world.admins, page=page)


def _last_file() -> dict[str, int]:
    return {"file_id": UnitFile.objects.latest("pk").pk}


def _named(world: World) -> dict[str, int]:
    contact = NamedContact.objects.create(
        unit=world.district, role="district_contact", name="Kari Prøve", email="kari@example.no",
        phone="+4722334455", first_day=date(2026, 1, 1),
    )  # fmt: skip
    return {"unit_id": world.district.pk, "contact_id": contact.pk}


def _pressed(world: World, act: str, page: str = "") -> Race:
    """Press a button about a contact whose last day a colleague has written meanwhile."""
    at, one = _named(world), make.actor(Role.UNIT_LEADER, world.district)
    page = page or reverse("organisations:unit", kwargs={"unit_id": world.district.pk})

    def end() -> None:
        with acting_as(one):
            contacts.end_contact(actor=one, contact_id=at["contact_id"], last_day=date(2026, 12, 31))

    return Race(reverse(f"organisations:{act}", kwargs=at), world.admins, page=page, first=end)
