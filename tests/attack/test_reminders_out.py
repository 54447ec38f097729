"""What keeps order, attacked: checks, the screen of control, reminders and calendars tell nobody what they may not know."""

from argparse import Namespace
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app

from fotfeste.access.models import User
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES, Role
from fotfeste.access.scope import acting_as
from fotfeste.annualwheel.models import DigestMail
from fotfeste.annualwheel.services.feeds import make_feed, revoke_feed
from fotfeste.casework.models import Responsibility
from fotfeste.collaboration.services.tasks import set_task
from fotfeste.config.commands import check
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.oversight.selectors.guards import GUARDS
from tests import factories as make
from tests.annualwheel.test_screens import text_of
from tests.at_once.race import browser_of
from tests.lists.otuk_world import World

pytestmark = pytest.mark.django_db

#: Said of a case, and of nobody's business but those who work with it.
WHAT = "Ring psykologen om rusen"


@pytest.fixture
def world():
    """A county where things slip: an open and a hidden youth that nobody answers for, with a task nobody does."""
    with clock.frozen(make.TODAY):
        world = World.made()
        world.secret = make.unit(name="Nebbskolen")
        world.open = world.unknown("Åpensen")
        world.hidden = make.case(world.secret, last_name="Skjultesen", protection="strictly_confidential")
        with acting_as(make.system()):
            Responsibility.objects.update(last_day=date(2026, 11, 1))
        leaver = make.actor(Role.COUNSELLOR, world.school)
        with acting_as(leaver):
            set_task(actor=leaver, youth_id=world.open.youth_id, what=WHAT, due_on=make.TODAY)
        User.objects.filter(pk=leaver.user_id).update(is_active=False)
        yield world


def never(world) -> tuple[str, ...]:
    """Return what may be told nowhere here: numbers, case facts, and where somebody protected is."""
    return (world.open.youth.national_id, world.hidden.youth.national_id, WHAT, "psykolog", "Nebbskolen")


def names() -> tuple[str, ...]:
    return ("Åpensen", "Skjultesen", "Amina")


def told(said: str, *words: str) -> list[str]:
    return [word for word in words if word in said]


@pytest.mark.parametrize("given", [{}, {"show_ids": True}, {"json": True, "show_ids": True}])
def test_the_check_of_the_installation_names_nobody(world, capsys, given):
    check.run(Namespace(**{"json": False, "show_ids": False, **given}))
    said = capsys.readouterr().out
    assert "ansvar" in said
    assert told(said, *never(world), *names()) == []


def test_control_is_the_administrations_and_tells_who_and_never_where_somebody_protected_is(world):
    pages = [reverse("oversight:guards"), *(reverse("oversight:guard", args=[each.name]) for each in GUARDS)]
    seen = ""
    for role, definition in ROLES.items():
        unit = make.education_admin() if Permission.RESPONSIBILITY_ASSIGN in definition.permissions else world.school
        browser = browser_of(make.actor(role, unit))
        for page in pages:
            answer = browser.get(page)
            said = answer.content.decode()
            if Permission.RESPONSIBILITY_ASSIGN not in definition.permissions:
                assert answer.status_code == 403, (role, page)
                assert told(said, *never(world), *names()) == [], (role, page)
            else:
                assert answer.status_code == 200, (role, page)
                assert told(said, *never(world)) == [], (role, page)
                seen += said
    assert "Åpensen" in seen
    # The first page counts and names no youth, and another county's administration is told of nobody here
    first = browser_of(world.admin).get(pages[0]).content.decode()
    assert told(first, *names()) == []
    make.county(46, "Vestland")
    stranger = browser_of(make.actor(Role.EDUCATION_ADMIN, make.education_admin(46)))
    for page in pages:
        assert told(stranger.get(page).content.decode(), *never(world), *names()) == [], page


def test_no_reminder_by_mail_says_more_than_numbers(world):
    everybody = [
        make.actor(Role.UNIT_LEADER, world.school),
        make.actor(Role.UNIT_LEADER, world.secret),
        make.actor(Role.UNIT_LEADER, world.alna),
        world.admin,
        world.alna_contact,
    ]
    for number, actor in enumerate(everybody):
        User.objects.filter(pk=actor.user_id).update(email=f"en{number}@example.org")
    for day in (make.TODAY, date(2026, 12, 10), date(2027, 2, 9)):
        with clock.frozen(day):
            app.tasks["annualwheel.keep_tasks"]()
            app.tasks["annualwheel.write_digests"]()
            for pk in DigestMail.objects.filter(on=day).values_list("pk", flat=True):
                app.tasks["annualwheel.send_digest"](mail_id=pk)
    assert len(mail.outbox) > 2
    for sent in mail.outbox:
        said = str(sent.message()) + sent.subject + sent.body
        assert told(said, *never(world), *names(), "Bydel", "skole", "OTUK") == []
        assert "/ungdom/" not in said


def test_a_calendar_of_each_role_holds_the_days_of_the_year_alone_and_ends_when_it_is_taken_away(world):
    made = 0
    for role in ROLES:
        unit = make.education_admin() if role in {Role.EDUCATION_ADMIN, Role.PROTECTED_HANDLER} else world.secret
        actor = make.actor(role, unit)
        with acting_as(actor):
            try:
                secret = make_feed(actor=actor, role=role)
            except Refused:
                continue
        made += 1
        answer = Client().get(f"/kalender/{secret}.ics")
        assert answer.status_code == 200, role
        said = answer.content.decode().replace("\r\n ", "")
        assert said.startswith("BEGIN:VCALENDAR")
        assert told(said, *never(world), *names(), "ATTENDEE", "/ungdom/", actor.name, "otuk/") == [], role
        with acting_as(actor):
            assert revoke_feed(actor=actor, role=role)
        gone, strange = (Client().get(f"/kalender/{each}.ics") for each in (secret, "x" * 43))
        assert (gone.status_code, text_of(gone)) == (404, text_of(strange))
        assert told(gone.content.decode(), secret) == []
    assert made > 5
