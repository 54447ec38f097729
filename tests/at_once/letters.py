"""What two may write at once about letters."""

from datetime import date

from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.correspondence.models import Letter, Mailing, Reply
from fotfeste.correspondence.services import mailings
from fotfeste.kernel import clock
from tests import factories as make
from tests.at_once.race import Race
from tests.at_once.world import World

SEEN = {"version": "1"}


def edit_text(world: World) -> Race:
    page = reverse("correspondence:edit_text", kwargs={"kind": "rights", "language": "nb"})
    late = {"subject": "Sist", "body": "{kontaktperson}", "first_day": "01.12.2026"}
    return Race(page, world.admins, late, page, first={**late, "subject": "Først"})


def approve_mailing(world: World) -> Race:
    mailing = _prepared(world)
    path = reverse("correspondence:approve_mailing", kwargs={"mailing_id": mailing.pk})

    def withdraw() -> None:
        with acting_as(world.admins[0]):
            mailings.withdraw_mailing(actor=world.admins[0], mailing_id=mailing.pk, version=1)

    return Race(path, world.admins, SEEN, first=withdraw)


def withdraw_mailing(world: World) -> Race:
    path = reverse("correspondence:withdraw_mailing", kwargs={"mailing_id": _prepared(world).pk})
    return Race(path, world.admins, SEEN)


def handle_reply(world: World) -> Race:
    mailing = _prepared(world)
    with acting_as(make.system()):
        letter = Letter.objects.get(mailing=mailing)
        reply = Reply.objects.create(letter=letter, youth_id=letter.youth_id, category="job", answered_at=clock.now())
    path = reverse("correspondence:handle_reply", kwargs={"reply_id": reply.pk})
    return Race(path, world.counsellors, {**SEEN, "is_right": "no"}, first={**SEEN, "is_right": "yes"})


RACES = {
    "correspondence:edit_text": [edit_text],
    "correspondence:approve_mailing": [approve_mailing],
    "correspondence:withdraw_mailing": [withdraw_mailing],
    "correspondence:handle_reply": [handle_reply],
}


def _prepared(world: World) -> Mailing:
    assert world.case is not None
    third = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    with acting_as(third):
        return mailings.prepare_mailing(actor=third, county_id=make.OSLO, kind="rights", letter_day=date(2026, 12, 1))
