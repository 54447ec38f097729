"""The yearly meeting about the cooperation agreement: minutes with frozen figures, and what they close of the year."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.annualwheel.selectors.wheel import wheel_of
from fotfeste.audit.models import AuditEntry
from fotfeste.collaboration import jobs
from fotfeste.collaboration.enums import RunEnd
from fotfeste.collaboration.models import UnitRun, UnitStep
from fotfeste.kernel import clock
from fotfeste.kernel.checked_files import CheckedFile
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.law.school_year import SchoolYear
from fotfeste.reporting.models import AgreementMeeting, AgreementReport
from fotfeste.reporting.selectors import agreement as selectors
from fotfeste.reporting.services import agreement as services
from fotfeste.reporting.services.agreement import AgreementContent
from tests import factories as make
from tests.at_once.race import browser_of
from tests.attached import PDF
from tests.reporting import bulk

pytestmark = pytest.mark.django_db
NEW = reverse("reporting:new_agreement_meeting")


@pytest.fixture
def uda():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin())


def _content(uda, **other):
    said = {"held_on": date(2026, 9, 10), "called_by_id": uda.unit_id, "present": ["nav", "ude"], "revise": False}
    duties = {"avt-uda-otuk-lists": "kept", "avt-dc-network-meetings": "partly"}
    return AgreementContent(**{**said, "duties": duties, "findings": "Samarbeidet går bedre.", **other})


def _write(actor, content, **more):
    with acting_as(actor):
        return services.write_agreement_meeting(actor=actor, county_id=make.OSLO, content=content, **more)


@pytest.mark.proves("form-yearly-agreement-meeting", "yam-date", "yam-called-by", "yam-present", "yam-indicators")
@pytest.mark.proves("yam-duty-status", "yam-findings", "yam-revise", "yam-actions", "avt-yearly-follow-up")
@pytest.mark.proves("rut-yearly-agreement-s02", "rut-yearly-agreement-s03", "dl-yearly-agreement-meeting")
def test_the_minutes_begin_with_the_duties_freeze_the_figures_and_close_what_the_year_asks(uda):
    with clock.frozen(date(2027, 9, 10)):
        bulk.register({(3, "OTUK"): 6, (3, "OTAR"): 18})
        jobs.start_unit_routines()
        step = UnitStep.objects.get(step="rut-yearly-agreement-s01")
        mine = browser_of(uda)
        skip = {"run_id": step.run_id, "step_id": step.pk}
        mine.post(reverse("collaboration:skip_unit_step", kwargs=skip), {"reason": "Kalt inn per e-post"})
        run_page = mine.get(reverse("collaboration:unit_run", kwargs={"run_id": step.run_id})).content.decode()
        assert f'href="{NEW}"' in run_page
        form = mine.get(NEW).context["form"]
        assert len(form.duties) == 84
        begun = {each.id: (each.shown, each.proposed) for each in form.duties}
        assert begun["avt-uda-otuk-lists"] == ("late", "not_kept")
        assert begun["avt-nav-facilitate"] == ("", "not_reviewed")
        sent = {
            "held_on": "10.09.2027", "called_by": form["called_by"].field.choices[0][0], "present": ["set", "nav"],
            "findings": "Listene kommer sent.", "revise": "no", "actions-0-what": "Faste møter",
            **{f"duty-{each.id}": each.proposed for each in form.duties}, "duty-avt-nav-facilitate": "kept",
        }  # fmt: skip
        lacks = mine.post(NEW, sent)
        assert (lacks.status_code, lacks.context["form"].tables["actions"][0].errors.keys()) == (422, {"who"})
        sent |= {"actions-0-who": "Nav Oslo", "actions-0-due": "01.12.2027"}
        done = mine.post(NEW, {**sent, "attachments": SimpleUploadedFile("indikatorer.pdf", PDF)})
        assert done.status_code == 302, done.context["form"].errors
        with acting_as(uda):
            row = AgreementMeeting.objects.get()
        duties = {each["duty"]: (each["status"], each["shown"]) for each in row.duties}
        assert duties["avt-nav-facilitate"] == ("kept", "")
        assert duties["avt-uda-otuk-lists"] == ("not_kept", "late")
        # The figures stay as they were that day, whatever happens to the youths.
        bulk.register({(3, "OTUK"): 30})
        page = mine.get(done.url).content.decode()
        for text in ("6 av 24", "Listene kommer sent.", "Faste møter", "Nav Oslo", "Over fristen", "Avtalemøte"):
            assert text in page
        file = mine.get(reverse("reporting:agreement_report", kwargs={"meeting_id": row.pk}))
        assert (file["Content-Type"], "attachment" in file["Content-Disposition"]) == ("application/pdf", True)
        # The step is done, and that nothing is to be revised is decided: the routine has come to its end.
        run = UnitRun.objects.get(pk=step.run_id)
        assert run.end_reason == RunEnd.DONE
        (shown,) = wheel_of(
            county_id=make.OSLO, year=SchoolYear(2027), today=clock.today(), only="dl-yearly-agreement-meeting"
        )
        assert [each.done_on for each in shown.times][:1] == [date(2027, 9, 10)]


def test_minutes_are_corrected_once_by_who_runs_the_service_and_read_where_the_figures_are(uda):
    school = make.unit()
    leader = make.actor(Role.COUNTY_LEADER, make.education_admin())
    counsellor = make.actor(Role.COUNSELLOR, school)
    with pytest.raises(NotAllowed):
        _write(leader, _content(uda))
    for wrong in (
        {"held_on": clock.today() + timedelta(1)},
        {"findings": " "},
        {"present": []},
        {"present": ["ppt"]},
        {"called_by_id": school.pk},
        {"duties": {}},
        {"duties": {"avt-uda-otuk-lists": "not_reviewed"}},
        {"duties": {"std-nonapplicants": "kept"}},
    ):
        with pytest.raises(Invalid):
            _write(uda, _content(uda, **wrong))
    first = _write(uda, _content(uda))
    again = _write(uda, _content(uda, findings="Rettet", revise=True), corrects_id=first.pk)
    with pytest.raises(EditConflict):
        _write(uda, _content(uda), corrects_id=first.pk)
    assert again.figures == first.figures
    with acting_as(uda):
        assert selectors.days_met(county_id=make.OSLO) == [date(2026, 9, 10)]
    address = reverse("reporting:agreement_meeting", kwargs={"meeting_id": again.pk})
    assert "Rettet" in browser_of(leader).get(address).content.decode()
    for reader, at in ((counsellor, address), (leader, NEW)):
        assert browser_of(reader).get(at).status_code in {403, 404}
    assert (
        browser_of(uda)
        .get(reverse("reporting:correct_agreement_meeting", kwargs={"meeting_id": again.pk}))
        .context["form"]
        .initial["duty-avt-dc-network-meetings"]
        == "partly"
    )
    gone = reverse("reporting:agreement_meeting", kwargs={"meeting_id": first.pk})
    assert browser_of(uda).get(gone).status_code == 404


def test_minutes_are_neither_rewritten_nor_deleted_in_the_database(uda):
    row = _write(uda, _content(uda))
    mine = AgreementMeeting.objects.filter(pk=row.pk)
    for act in (lambda: mine.update(figures=[]), lambda: mine.update(county_id=make.OSLO), mine.delete):
        with acting_as(uda), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()


def test_the_database_keeps_minutes_in_their_county_and_lets_who_runs_the_service_write_them(uda):
    report = CheckedFile("indikatorer.pdf", PDF, "application/pdf")
    row = _write(uda, _content(uda, report=report))
    elsewhere = make.education_admin(34)
    leader = make.actor(Role.COUNTY_LEADER, make.education_admin())
    nobody, another = make.actor(Role.COUNSELLOR, make.unit()), make.actor(Role.EDUCATION_ADMIN, elsewhere)
    forged = {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.attname != "id"}
    for actor, reads in ((uda, 1), (leader, 1), (nobody, 0), (another, 0)):
        with acting_as(actor):
            assert (AgreementMeeting.objects.count(), AgreementReport.objects.count()) == (reads, reads)
            if actor is uda:
                continue
            assert AgreementMeeting.objects.filter(pk=row.pk).update(superseded_at=clock.now()) == 0
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                AgreementMeeting.objects.create(**forged | {"written_by_id": actor.user_id})
    # Nor in another's name, and outside a scope there are none
    with acting_as(uda), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        AgreementMeeting.objects.create(**forged | {"written_by_id": leader.user_id})
    assert not AgreementMeeting.objects.exists()


def test_that_the_file_of_a_meeting_was_taken_out_is_logged(uda):
    row = _write(uda, _content(uda, report=CheckedFile("indikatorer.pdf", PDF, "application/pdf")))
    address = reverse("reporting:agreement_report", kwargs={"meeting_id": row.pk})
    leader, nobody = make.actor(Role.COUNTY_LEADER, make.education_admin()), make.actor(Role.COUNSELLOR, make.unit())
    assert browser_of(leader).get(address).status_code == 200
    assert browser_of(nobody).get(address).status_code in {403, 404}
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        logged = AuditEntry.objects.get(verb="agreement.downloaded")
    assert (logged.user_id, logged.county_id, logged.details) == (leader.user_id, make.OSLO, {"meeting": row.pk})
