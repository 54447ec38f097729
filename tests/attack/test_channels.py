"""
Youths under protection, and shielded ones, over every way something leaves the product.

Whoever runs a command, gets a mail or opens a file is nobody in particular: where such a youth lives, and the district and
the school that tell it, are never in it, and no count that is theirs alone stands beside the name of a place. A new
command, job, notice, document, or module that writes a file, a mail or a log joins here or the first test fails.
"""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from fotfeste.access.models import User
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit import services as audit
from fotfeste.config.schedule import SCHEDULE
from fotfeste.consent.models import Release
from fotfeste.consent.services import emergencies
from fotfeste.integrations.services import private_schools, working
from fotfeste.kernel import clock, opaque
from fotfeste.organisations.enums import ROLE_NEEDED, ContactRole, UnitKind
from fotfeste.organisations.models import NamedContact, Unit
from fotfeste.organisations.services import contacts
from fotfeste.oversight.models import ReadingFlag
from fotfeste.people.models import Address
from tests import factories as make
from tests.attack.cooperation import (
    attachment,
    meeting_mail,
    plan_paper,
    signed_minutes,
    text_message,
    what_papers_hold,
)
from tests.attack.hidden import GRADES, STREET, Asker, hidden_youth
from tests.attack.letters import letters_to_many
from tests.attack.listed import frozen_lists, lists_given, matched_list, worklist_file
from tests.integrations.conftest import Desk, address

pytestmark = pytest.mark.django_db


@pytest.fixture(params=GRADES)
def ask(request, tmp_path, browser, capsys, caplog, django_capture_on_commit_callbacks):
    """A youth of each grade, and everything that can be asked about them."""
    hidden = hidden_youth(request.param)
    folder = tmp_path / "ut"
    folder.mkdir()
    return Asker(hidden, folder, browser, capsys, caplog, mail.outbox, django_capture_on_commit_callbacks)


def _explain(ask: Asker) -> str:
    asked = ("--county", "03", "--id", ask.hidden.number)
    return ask.command("explain", *asked) + ask.command("explain", *asked, "--json")


def _export_person(ask: Asker) -> str:
    said = ask.command(
        "export-person", "--county", "03", "--id", ask.hidden.number, "--out", str(ask.folder / "kopi"), "--json"
    )
    written = list((ask.folder / "kopi").iterdir())
    assert {path.stat().st_mode & 0o077 for path in written} == {0}  # the copy is for the youth, and nobody else
    return said + ask.files(names_only=True)


def _report(ask: Asker) -> str:
    asked = ("status-table", "--on", "2026-11-20")
    said = ask.command("report", *asked, "--county", "03") + ask.command("report", *asked, "--county", "all")
    for form in ("csv", "json", "xlsx"):
        said += ask.command(
            "report", *asked, "--county", "03", "--format", form, "--out", str(ask.folder / f"r.{form}")
        )
    return said + ask.files()


def _import(ask: Asker) -> str:
    said = ""
    for is_right in (True, False):
        path = ask.folder.parent / f"sluttere-{is_right}.csv"
        path.write_bytes(ask.hidden.file(is_right=is_right))
        asked = ("leavers", str(path), "--county", "03", "--on", "2026-11-23")
        said += ask.command("import_", *asked) + ask.command("import_", *asked, "--json")
        said += ask.command("import_", *asked, "--apply", "--rejects", str(ask.folder / "avvist.csv"))
    assert "avvist 1" in said
    assert "1 skjermet, enheten nevnes ikke" in said
    # What was refused goes back to whoever sent it, as it was sent.
    return said + ask.files(names_only=True)


def _check(ask: Asker) -> str:
    return ask.command("check", "--show-ids") + ask.command("check", "--json", "--show-ids")


def _dispose(ask: Asker) -> str:
    asked = ("--county", "03", "--on", "2060-01-01")
    return ask.command("dispose", *asked) + ask.command("dispose", *asked, "--json")


def _work_on_file(ask: Asker) -> str:
    """Let the worker plan and use a file, and return all the desk tells of it, to one who does not handle them."""
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    desk = Desk(ask.browser(admin), admin)
    most, working.DIRECT_ROWS = working.DIRECT_ROWS, 1
    try:
        waiting = desk.put(ask.hidden.file())
    finally:
        working.DIRECT_ROWS = most
    app.tasks["integrations.work_on_file"](file_id=waiting.pk)
    lines = len(desk.see(waiting).context["plan"].lines)
    pages = [address(waiting), *(f"{address(waiting)}eksempler/?linje={at}" for at in range(lines))]
    said = "".join(ask.page(admin, page) for page in pages)
    assert "siden ungdommene er skjermet" in said
    desk.do(waiting, "ta-i-bruk", version=desk.again(waiting).version)
    app.tasks["integrations.work_on_file"](file_id=waiting.pk)
    return said + ask.page(admin, address(waiting)) + ask.page(admin, "/innlesing/")


def _flag_readings(ask: Asker) -> str:
    """Let somebody open the youth and another at the same address, and return what the officer is told."""
    admin, officer = (make.actor(role, make.education_admin()) for role in (Role.EDUCATION_ADMIN, Role.PRIVACY_OFFICER))
    other = make.case(ask.hidden.school, last_name="Nabosen")
    with acting_as(make.system()):
        told = {"kind": "registered", "street": STREET, "postcode": "0669", "city": "Oslo", "source": "prøve"}
        Address.objects.create(youth=other.youth, recorded_at=clock.now(), **told)
    noon = datetime(2026, 11, 18, 12, tzinfo=clock.OSLO)
    for minute, case in enumerate((ask.hidden.registration, other)):
        with clock.frozen(noon + timedelta(minutes=minute)), acting_as(admin, on=noon.date()):
            audit.record_read(by=admin.user_id, about=case.youth_id, screen="casework:person")
    app.tasks["oversight.flag_readings"]()
    with acting_as(officer):
        assert "same_address" not in ReadingFlag.objects.values_list("kind", flat=True)
    return ask.page(officer, "/logg/") + ask.page(officer, "/logg/uvanlige/")


def _plain_job(name: str) -> Callable[[Asker], str]:
    """Return the trial of a job that takes nothing: what it writes on the screen, into the log, and sends."""

    def run(ask: Asker) -> str:
        ask.captured.readouterr()
        with ask.on_commit(execute=True):
            app.tasks[name]()
        return "".join(ask.captured.readouterr()) + ask.logged.text + ask.mails()

    run.__name__ = name
    return run


def _remind(ask: Asker) -> str:
    """Remind every private school, and let the worker send it."""
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    schools = list(Unit.objects.filter(is_private=True, county_id=make.OSLO).values_list("pk", flat=True))
    today = make.TODAY
    with acting_as(admin):
        for pk in schools:
            contacts.name_contact(
                actor=admin,
                unit_id=pk,
                name="Kari Prøve",
                role=ContactRole.COUNSELLOR,
                phone="22222222",
                email="kari@example.org",
                first_day=today,
                on=today,
            )
        done = private_schools.remind_schools(actor=admin, county_id=make.OSLO, unit_ids=schools, on=today).done
    assert done
    waiting = ProcrastinateJob.objects.filter(task_name="correspondence.send_notice").values_list("args", flat=True)
    for arguments in waiting:
        app.tasks["correspondence.send_notice"](**arguments)
    assert len(ask.sent) == len(done)
    return ask.mails() + str(list(waiting))


def _year_mail(ask: Asker) -> str:
    """Let the units be reminded of the year's tasks, the youth's own school and district among them."""
    make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    for unit in Unit.objects.filter(county_id=make.OSLO, takes_responsibility=True, kind__in=list(ROLE_NEEDED)):
        NamedContact.objects.create(
            unit=unit, role=ROLE_NEEDED[UnitKind(unit.kind)], name="Kari Prøve", email="kari@example.org",
            first_day=make.TODAY,
        )  # fmt: skip
    app.tasks["annualwheel.keep_tasks"]()
    app.tasks["annualwheel.write_digests"]()
    waiting = ProcrastinateJob.objects.filter(task_name="annualwheel.send_digest").values_list("args", flat=True)
    for arguments in waiting:
        app.tasks["annualwheel.send_digest"](**arguments)
    assert [each.to for each in ask.sent] == [["kari@example.org"]]
    return ask.mails() + str(list(waiting))


def _emergency(ask: Asker) -> str:
    """Open the youth in an emergency, and return the mail that tells of it, with what the leader is shown."""
    elsewhere = make.unit(name="Tredje skole")
    leader = make.actor(Role.UNIT_LEADER, elsewhere)
    User.objects.filter(pk=leader.user_id).update(email="leder@example.org")
    counsellor = make.actor(Role.COUNSELLOR, elsewhere)
    with ask.on_commit(execute=True), acting_as(counsellor):
        emergencies.open_in_emergency(
            actor=counsellor, national_id=ask.hidden.number, reason="Det haster, og ingen andre svarer."
        )
    assert len(ask.sent) == 1
    return ask.mails() + ask.page(leader, "/nodapninger/")


def _release_paper(ask: Asker) -> str:
    """Take down a yes at the school, and return what is put into the paper that is handed out."""
    nav = make.unit(UnitKind.NAV_OFFICE, name="Nav Prøve")
    counsellor = make.actor(Role.COUNSELLOR, ask.hidden.school, name="Ola Prøve")
    here = f"/ungdom/{opaque.encode(ask.hidden.registration.youth_id)}/samtykke/"
    answer = ask.browser(counsellor).post(
        f"{here}nytt/",
        {
            "purpose": "cooperation", "other_unit": str(nav.pk), "topics": ["status"], "answer": "yes",
            "first_day": "23.11.2026", "last_day": "01.03.2027", "how": "spoken", "present": "Ungdommen",
            "guardians": "none",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    with acting_as(make.system()):
        release = Release.objects.get(youth_id=ask.hidden.registration.youth_id)
    with what_papers_hold() as filled:
        paper = ask.page(counsellor, f"{here}{opaque.encode(release.pk)}/papir/")
    assert "%PDF" in paper
    assert "Skjultesen" in str(filled)
    return str(filled) + paper


def _report_files(ask: Asker) -> str:
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    asked = "rapport=status-table&dag=2026-11-20&format="
    return "".join(ask.page(admin, f"/rapporter/last-ned/?{asked}{form}") for form in ("csv", "json", "xlsx"))


def _person_copy(ask: Asker) -> str:
    """Hand out the copy, and return what is told of it around the files: it is the youth's own."""
    officer = make.actor(Role.PRIVACY_OFFICER, make.education_admin())
    client = ask.browser(officer)
    answer = client.post("/logg/innsyn/", {"national_id": ask.hidden.number, "is_sure": "on"})
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
    return f"{dict(answer.headers)}{names}" + ask.page(officer, "/logg/")


_SYNTHETIC = "writes made-up people of its own; there is nobody in the database it looks at"
_NOBODY = "says nothing about anybody"
_COUNTED_FOR_THE_COUNTY = "counts what went in a whole county, by kind; see tests/oversight/test_disposal.py"
_BY_ADDRESS = "asked in test_access_matrix, as every address is, and in test_every_address"
_FOR_A_MACHINE = "answers a machine with a word or a code"

CHANNELS: dict[str, Callable[[Asker], str] | str] = {
    "command: administrator": "speaks of somebody who is to log in, not of a youth",
    "command: check": _check,
    "command: demo": _SYNTHETIC,
    "command: dispose": _dispose,
    "command: explain": _explain,
    "command: export-person": _export_person,
    "command: import": _import,
    "command: login": _NOBODY,
    "command: migrate": _NOBODY,
    "command: otuk": frozen_lists,
    "command: report": _report,
    "command: serve": "answers at the addresses",
    "command: spec": _NOBODY,
    "command: synth": _SYNTHETIC,
    "command: units": "reads and tells units alone; see tests/organisations/test_load_units.py",
    "command: wash": matched_list,
    "file: lists/matching/files.py": matched_list,
    "partner: lists/matching/private.py": matched_list,
    "command: worker": "runs the jobs",
    **{f"job: {name}": _plain_job(name) for name in SCHEDULE},
    "job: annualwheel.send_digest": _year_mail,
    "mail: annualwheel/services/digests.py": _year_mail,
    "job: collaboration.send_meeting_mail": meeting_mail,
    "job: collaboration.file_minutes": signed_minutes,
    "job: collaboration.file_waiting": "asks for the job that files",
    "file: collaboration/archives.py": signed_minutes,
    "file: collaboration/texting.py": text_message,
    "document: collaboration/documents/minutes.typ": signed_minutes,
    "pdf: collaboration/minutes_printing.py": signed_minutes,
    "answer: collaboration/views/minutes.py": signed_minutes,
    "answer: collaboration/views/networks.py": "minutes of a meeting about no youth; none is named in them",
    "job: collaboration.start_those_here": "starts routines, and tells nobody",
    "job: correspondence.send_notice": _remind,
    "job: correspondence.send_mailing": letters_to_many,
    "file: correspondence/carriers.py": letters_to_many,
    "mail: correspondence/carriers.py": "a link and a day; nobody under protection is sent any (tests/correspondence)",
    "file: correspondence/views/mailings.py": letters_to_many,
    "answer: correspondence/views/mailings.py": letters_to_many,
    "document: correspondence/documents/letter.typ": letters_to_many,
    "pdf: correspondence/letter_printing.py": letters_to_many,
    "answer: correspondence/views/own_channel.py": letters_to_many,
    "job: integrations.work_on_file": _work_on_file,
    "job: lists.make_rounds": "makes the lists that lists_given takes out of; what they hold is told there",
    "job: lists.withdraw_protected": lists_given,
    "job: lists.start_reviews": "starts steps about who is on a list; nobody under protection, and tells nobody",
    "job: collaboration.start_unit_routines": "starts routines about units, which name no youth",
    "job: oversight.flag_readings": _flag_readings,
    "notice: private_school_report": _remind,
    "mail: correspondence/services/sending.py": _remind,
    "mail: collaboration/services/meeting_mail.py": meeting_mail,
    "mail: consent/services/emergencies.py": _emergency,
    "document: consent/documents/release.typ": _release_paper,
    "document: oversight/documents/person_copy.typ": _person_copy,
    "document: oversight/documents/certificate.typ": _COUNTED_FOR_THE_COUNTY,
    "pdf: oversight/disposal_telling.py": _COUNTED_FOR_THE_COUNTY,
    "answer: oversight/views/disposals.py": _COUNTED_FOR_THE_COUNTY,
    "answer: annualwheel/views/calendar.py": _NOBODY,
    "answer: access/once.py": "leads where the first answer led, or says nothing",
    "notice: role_review": "names the unit it is sent to and nobody; see tests/oversight",
    "document: collaboration/documents/plan.typ": plan_paper,
    "pdf: collaboration/printing.py": plan_paper,
    "answer: collaboration/views/plan_page.py": plan_paper,
    "pdf: consent/printing.py": _release_paper,
    "pdf: kernel/pdf.py": "makes what the others here give it",
    "pdf: oversight/person_papers.py": _person_copy,
    "file: config/commands/export_person.py": _export_person,
    "file: config/commands/login.py": "a key of the service's own",
    "file: config/commands/report.py": _report,
    "file: config/commands/spec.py": _NOBODY,
    "file: integrations/reading/returning.py": _import,
    "file: integrations/reading/sheet_process.py": "a file without a name, between two processes",
    "file: integrations/reading/workbook.py": "opens what came in",
    "file: integrations/reading/writing.py": _import,
    "file: integrations/synthetic/files.py": _SYNTHETIC,
    "file: integrations/synthetic/table_2011.py": _SYNTHETIC,
    "file: integrations/synthetic/unit_file.py": _SYNTHETIC,
    "file: integrations/synthetic/world.py": _SYNTHETIC,
    "file: kernel/database/place.py": "the lock of the embedded database",
    "file: lists/exports/folder.py": frozen_lists,
    "file: lists/exports/sheets.py": frozen_lists,
    "file: organisations/services/unit_files.py": "a unit, to be read again",
    "file: organisations/views/unit_files.py": "the county's units, whoever they answer for",
    "file: oversight/person_papers.py": _person_copy,
    "file: reporting/returns/status_table_files.py": _report,
    "file: reporting/returns/status_table_workbook.py": _report,
    "file: spec/generated.py": _NOBODY,
    "answer: access/views/login.py": _FOR_A_MACHINE,
    "answer: access/views/logout.py": _FOR_A_MACHINE,
    "answer: access/views/session.py": _FOR_A_MACHINE,
    "answer: casework/views/attached.py": attachment,
    "answer: casework/views/releases.py": _release_paper,
    "answer: config/public_pages.py": _FOR_A_MACHINE,
    "answer: integrations/views/desk.py": "a template of the columns, with nobody in it",
    "answer: integrations/views/files.py": _work_on_file,
    "answer: kernel/views/errors.py": _BY_ADDRESS,
    "answer: lists/views/otuk.py": lists_given,
    "answer: lists/views/wash_file.py": lists_given,
    "answer: lists/views/taking_out.py": worklist_file,
    "answer: organisations/views/unit_files.py": "the county's units, whoever they answer for",
    "answer: oversight/views/person_copy.py": _person_copy,
    "answer: reporting/views/agreement.py": "what the parties had before them of the agreement, about nobody",
    "answer: reporting/views/reports.py": _report_files,
    "log: access/views/login.py": "writes the provider's name and a code of ours",
    "log: access/views/logout.py": "writes the provider's name and a code of ours",
}
"""What is tried for each channel, or why there is nothing to try."""


@pytest.mark.parametrize(
    "trial", dict.fromkeys(filter(callable, CHANNELS.values())), ids=lambda trial: trial.__name__.strip("_")
)
def test_no_channel_tells_where_a_protected_or_shielded_youth_is(ask, trial, matrix):
    said = trial(ask)
    for channel in (name for name, tried in CHANNELS.items() if tried is trial):
        matrix[channel.partition(":")[0]] += len(ask.hidden.places)
    assert ask.hidden.told_by(said) == []


def test_a_place_is_found_wherever_it_stands_in_a_file(ask):
    place, school = STREET, ask.hidden.school.name
    for said in (
        f"Nr.;{place};0669 Oslo",
        f'{{"school": "{school}"}}',
        f"<td>{school}</td>",
        f"OTUK-liste – {school}",
        "otuk-2026-11-20-bydel-skjulasen.csv",
    ):
        assert ask.hidden.told_by(said)
    assert not ask.hidden.told_by("Message-ID: <179606690669.12.0669a@maskin>")
