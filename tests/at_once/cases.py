"""What two may write at once about one youth."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Feedback
from fotfeste.casework.services import contacts, counsellors, feedback, journal
from fotfeste.consent.models import Release
from fotfeste.kernel import clock, opaque
from fotfeste.people.models import Address, ContactDetail, Enrolment, Guardian
from tests import factories as make
from tests.at_once.race import Race
from tests.at_once.world import World

FEEDBACK = {"category": "followed_up", "on": "20.11.2026"}
RELEASE = {
    "purpose": "cooperation", "topics": ["status"], "answer": "yes", "first_day": "23.11.2026",
    "last_day": "01.03.2027", "how": "spoken", "present": "Ungdommen", "guardians": "none", "partners": ["school_health"],
}  # fmt: skip


def set_status(world: World) -> Race:
    _reached(world)
    page = world.of_youth("set_status")
    late = {"code": "OTAR", "on": "23.11.2026", "basis": "contact", "text": "Har fått jobb"}
    return Race(page, world.counsellors, late, page, first={**late, "code": "OTOV"})


def confirm_status(world: World) -> Race:
    return Race(world.of_youth("confirm_status"), world.counsellors, page=world.of_youth("person"))


def correct_status(world: World) -> Race:
    _reached(world)
    page = world.of_youth("correct_status")
    late = {"code": "OTOV", "first_day": "12.09.2026", "reason": "Feil fra start", "register_fact": "partner_report"}
    return Race(page, world.counsellors, late, page, first=lambda: _confirm(world))


def mark_mistake(world: World) -> Race:
    page = world.of_youth("mark_mistake")
    return Race(page, world.admins, {"reason": "Feil person"}, page, first=lambda: _confirm(world))


def home_confirm(world: World) -> Race:
    path = reverse("home_confirm", kwargs={"youth_id": world.case.youth_id})
    return Race(path, world.counsellors, {"version": world.version()})


def withdraw_contact(world: World) -> Race:
    page = world.of_youth("withdraw_contact", attempt_id=_reached(world))
    return Race(page, world.counsellors, page=page)


def home_undo(world: World) -> Race:
    return Race(reverse("home_undo", kwargs={"attempt_id": _reached(world)}), world.counsellors)


def undo_contact(world: World) -> Race:
    return Race(reverse("lists:undo_contact", kwargs={"attempt_id": _reached(world)}), world.counsellors)


def assign(world: World) -> Race:
    page = world.of_youth("assign")
    late = {"holder": opaque.encode(world.other_school.pk), "on": "23.11.2026", "reason": "Begynner der"}
    return Race(page, world.admins, late, page, first=lambda: _confirm(world))


def assign_by_rule(world: World) -> Race:
    path = world.of_youth("assign")
    moved = {"holder": opaque.encode(world.other_school.pk), "on": "23.11.2026", "reason": "Begynner der"}
    first = {"version": world.version(), **moved}
    return Race(path, world.admins, {"etter": "reglene", "version": world.version()}, first=first)


def choose_counsellor(world: World) -> Race:
    page = world.of_youth("choose_counsellor")
    one, other = (opaque.encode(each.user_id) for each in world.counsellors)
    return Race(page, world.counsellors, {"person": other}, page, first={"person": one})


def undo_counsellor(world: World) -> Race:
    path = world.of_youth("undo_counsellor", period_id=_chosen(world))
    return Race(path, world.counsellors[::-1], first=lambda: _chosen(world, 1))


def correct_note(world: World) -> Race:
    one = world.counsellors[0]
    with acting_as(one):
        note = journal.write_note(actor=one, youth_id=world.case.youth_id, text="Vil ha jobb")
    page = world.of_youth("correct_note", note_id=note.pk)
    return Race(page, world.counsellors, {"text": "Vil ha sommerjobb"}, page, first={"text": "Vil ha læreplass"})


def edit_identity(world: World) -> Race:
    page = world.of_youth("edit_identity")
    late = {"first_name": "Amina", "last_name": "Prøvesen", "born": "14.05.2008", "reason": "typo"}
    return Race(page, world.admins, {**late, "first_name": "Aminata"}, page, first={**late, "first_name": "Amine"})


def set_address(world: World) -> Race:
    page = world.of_youth("set_address")
    late = {
        "kind": "stay", "street": "Nyveien 1", "postcode": "0668", "city": "Oslo", "first_day": "23.11.2026",
        "source": "Ungdommen",
    }  # fmt: skip
    return Race(page, world.admins, late, page, first={**late, "street": "Gamleveien 2"})


def end_address(world: World) -> Race:
    return _ended(world, "end_address", "address_id", Address, kind="stay", street="Nyveien 1")


def end_contact_detail(world: World) -> Race:
    return _ended(world, "end_contact_detail", "detail_id", ContactDetail, kind="phone", value="+4790012300")


def end_guardian(world: World) -> Race:
    return _ended(world, "end_guardian", "guardian_id", Guardian, name="Verge Prøve")


def correct_enrolment(world: World) -> Race:
    with acting_as(world.admins[0]):
        row = Enrolment.objects.create(
            youth_id=world.case.youth_id, kind="pupil", school_name="Prøve skole", first_day=date(2025, 8, 18),
            source="enrolment", recorded_at=clock.now(),
        )  # fmt: skip
    page = world.of_youth("correct_enrolment", enrolment_id=row.pk)
    late = {"first_day": "18.08.2025", "last_day": "12.09.2026", "end_reason": "quit", "reason": "typo"}
    return Race(page, world.admins, late, page, first={**late, "end_reason": "completed"})


def send_feedback(world: World) -> Race:
    page = world.of_youth("send_feedback")
    return Race(page, world.contacts, FEEDBACK, page, first={**FEEDBACK, "category": "still_unknown"})


def withdraw_feedback(world: World) -> Race:
    path = reverse("casework:withdraw_feedback", kwargs={"feedback_id": _reported(world).pk})
    return Race(path, world.contacts, page=reverse("casework:own_feedback"))


def accept_report(world: World) -> Race:
    sent = _reported(world)
    path = world.of_youth("accept_report", feedback_id=sent.pk)
    return Race(path, world.admins, {"kode": "", "version": sent.version})


def feedback_desk(world: World) -> Race:
    sent = _reported(world)
    key = opaque.encode(sent.pk)
    late = {"tilbake": key, f"sporsmal-{key}": "Når?", f"versjon-{key}": sent.version}
    return Race(reverse("casework:feedback"), world.admins, late, first={"bruk": key, f"versjon-{key}": sent.version})


def renew_release(world: World) -> Race:
    page = world.of_youth("renew_release", release_id=_released(world))
    return Race(page, world.counsellors, RELEASE, page, first={**RELEASE, "last_day": "01.02.2027"})


def withdraw_release(world: World) -> Race:
    page = world.of_youth("withdraw_release", release_id=_released(world))
    return Race(page, world.counsellors, page=page)


def keep_release_scan(world: World) -> Race:
    path = world.of_youth("keep_release_scan", release_id=_released(world))
    return Race(path, world.counsellors, {"file": _paper()}, first={"file": _paper()})


RACES: dict[str, tuple[Callable[[World], Race], ...]] = {
    "home_confirm": (home_confirm,),
    "home_undo": (home_undo,),
    "lists:undo_contact": (undo_contact,),
    "casework:set_status": (set_status,),
    "casework:confirm_status": (confirm_status,),
    "casework:correct_status": (correct_status,),
    "casework:mark_mistake": (mark_mistake,),
    "casework:withdraw_contact": (withdraw_contact,),
    "casework:assign": (assign, assign_by_rule),
    "casework:choose_counsellor": (choose_counsellor,),
    "casework:undo_counsellor": (undo_counsellor,),
    "casework:correct_note": (correct_note,),
    "casework:edit_identity": (edit_identity,),
    "casework:set_address": (set_address,),
    "casework:end_address": (end_address,),
    "casework:end_contact_detail": (end_contact_detail,),
    "casework:end_guardian": (end_guardian,),
    "casework:correct_enrolment": (correct_enrolment,),
    "casework:send_feedback": (send_feedback,),
    "casework:withdraw_feedback": (withdraw_feedback,),
    "casework:accept_report": (accept_report,),
    "casework:feedback": (feedback_desk,),
    "casework:renew_release": (renew_release,),
    "casework:withdraw_release": (withdraw_release,),
    "casework:keep_release_scan": (keep_release_scan,),
}


def _confirm(world: World) -> None:
    """Let a colleague change the case: say that the status still holds."""
    from fotfeste.casework.services import statuses

    one = world.admins[0]
    with acting_as(one):
        statuses.confirm_status(actor=one, registration_id=world.case.pk, version=None)


def _reached(world: World) -> int:
    one = world.counsellors[0]
    with acting_as(one):
        done = contacts.register_attempt(
            actor=one, youth_id=world.case.youth_id, on=make.TODAY, channel="call", result="answered",
            answered_by="youth",
        )  # fmt: skip
    return int(done.attempt.pk)


def _chosen(world: World, who: int = 0) -> int:
    actor = world.counsellors[who]
    with acting_as(actor):
        period = counsellors.assign_counsellor(
            actor=actor, youth_id=world.case.youth_id, counsellor_id=actor.user_id, version=None
        )
    return int(period.pk)


def _reported(world: World) -> Feedback:
    one = world.contacts[0]
    with acting_as(one):
        return feedback.send_feedback(
            actor=one, youth_id=world.case.youth_id, category="followed_up", on=date(2026, 11, 20)
        )


def _released(world: World) -> int:
    from tests.at_once.race import browser_of

    browser_of(world.counsellors[0]).post(world.of_youth("record_release"), RELEASE)
    with acting_as(make.system()):
        return int(Release.objects.get().pk)


def _ended(world: World, name: str, kwarg: str, model: Any, /, **fields: Any) -> Race:
    with acting_as(make.system()):
        fact = model.objects.create(
            youth=world.case.youth, source="test", first_day=date(2026, 1, 1), recorded_at=clock.now(), **fields
        )
    page = world.of_youth(name, **{kwarg: fact.pk})
    return Race(page, world.admins, {"last_day": "22.11.2026"}, page, first={"last_day": "20.11.2026"})


def _paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("signert.pdf", b"%PDF-1.7 en signert side", "application/pdf")
