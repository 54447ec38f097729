"""Writing the minutes of the yearly meeting about the cooperation agreement, and correcting them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.collaboration.services.unit_work import advance_unit_runs
from fotfeste.kernel import clock, formats
from fotfeste.kernel.checked_files import CheckedFile
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.reporting import policies
from fotfeste.reporting.enums import AgreementParty, DutyKept
from fotfeste.reporting.models import AgreementMeeting, AgreementReport
from fotfeste.reporting.selectors import agreement as selectors
from fotfeste.spec import implements

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class AgreementContent:
    """
    What the minutes say.

    :ivar duties: how each duty is kept, by its id; one that is not named was not gone through.
    :ivar actions: what, who, due.
    :ivar report: a file with figures, when the parties had one.
    :ivar keeps_report: whether minutes that correct others go on with their file, when there is no new one.
    """

    held_on: date
    called_by_id: int
    present: list[str]
    duties: dict[str, str]
    findings: str
    revise: bool
    actions: list[Row] = field(default_factory=list)
    report: CheckedFile | None = None
    keeps_report: bool = True


@implements("form-yearly-agreement-meeting", "yam-date", "yam-called-by", "yam-present", "yam-indicators")
@implements("yam-duty-status", "yam-findings", "yam-revise", "yam-actions", "avt-yearly-follow-up")
@transaction.atomic
def write_agreement_meeting(
    *, actor: Actor, county_id: int, content: AgreementContent, corrects_id: int | None = None
) -> AgreementMeeting:
    """
    Write the minutes of the yearly meeting, with the county's figures as they stood on that day.

    Source: samarbeidsavtalen § 7.

    :param corrects_id: the minutes these take the place of.
    :raises NotAllowed: the actor does not run the service in the county.
    :raises EditConflict: somebody has corrected the same minutes meanwhile.
    :raises Invalid: something that must be said is not, or the day is ahead.
    """
    policies.may_review_agreement(actor=actor, county_id=county_id).require()
    _check(content, county_id)
    old = _replaced(corrects_id, county_id, content) if corrects_id is not None else None
    row = AgreementMeeting.objects.create(
        county_id=county_id,
        held_on=content.held_on,
        called_by_id=content.called_by_id,
        present=content.present,
        figures=_figures(old, content, county_id),
        report=_report(old, content, county_id, actor),
        duties=_duties(content, county_id),
        findings=content.findings.strip(),
        revise=content.revise,
        actions=content.actions,
        written_by_id=actor.user_id,
        recorded_at=clock.now(),
        corrects=old,
    )
    advance_unit_runs(county_id=county_id, by_id=actor.user_id)
    audit.record("agreement.reviewed", by=actor.user_id, county=county_id, details={"meeting": row.pk})
    return row


def _check(content: AgreementContent, county_id: int) -> None:
    if content.held_on > clock.today():
        raise Invalid(_("Dagen kan ikke være fram i tid."))
    if not content.findings.strip():
        raise Invalid(_("Skriv hvilke erfaringer dere har med avtalen."))
    if not content.present or not set(content.present) <= set(AgreementParty):
        raise Invalid(_("Kryss av for hvilke parter som var til stede."))
    if content.called_by_id not in dict(selectors.callers(county_id=county_id, on=content.held_on)):
        raise Invalid(_("Velg hvem som kalte inn."))
    known = selectors.agreement_duties()
    if not set(content.duties) <= set(known) or not set(content.duties.values()) <= set(DutyKept):
        raise Invalid(_("Velg noe fra listen."))
    if set(content.duties.values()) <= {DutyKept.NOT_REVIEWED}:
        raise Invalid(_("Si hvordan det står til med minst én av ansvarsoppgavene."))


def _replaced(corrects_id: int, county_id: int, content: AgreementContent) -> AgreementMeeting:
    old = AgreementMeeting.objects.select_for_update().filter(pk=corrects_id, county_id=county_id).first()
    if old is None:
        raise Invalid(_("Referatet finnes ikke, eller du har ikke tilgang."))
    if old.superseded_at is not None:
        raise EditConflict(
            _("Noen har rettet referatet mens du skrev. Ingenting er lagret."),
            theirs={_("Rettet"): formats.moment(old.superseded_at)},
            yours={_("Erfaringer"): content.findings},
        )
    old.superseded_at = clock.now()
    old.save(update_fields=["superseded_at"])
    return old


def _figures(old: AgreementMeeting | None, content: AgreementContent, county_id: int) -> list[dict[str, Any]]:
    """Return the figures the meeting had; a correction keeps them as they were, unless the day was wrong."""
    if old is not None and old.held_on == content.held_on:
        return list(old.figures)
    return selectors.kept_figures(selectors.figures_on(county_id=county_id, on=content.held_on))


def _report(
    old: AgreementMeeting | None, content: AgreementContent, county_id: int, actor: Actor
) -> AgreementReport | None:
    file = content.report
    if file is None:
        return old.report if old is not None and content.keeps_report else None
    return AgreementReport.objects.create(
        county_id=county_id,
        name=file.name,
        content=file.content,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        is_scanned=file.is_scanned,
        added_by_id=actor.user_id,
        recorded_at=clock.now(),
    )


def _duties(content: AgreementContent, county_id: int) -> list[Row]:
    lines = selectors.duty_lines(county_id=county_id, held_on=content.held_on, today=clock.today())
    return [
        {
            "duty": each.id,
            "party": each.party,
            "status": str(content.duties.get(each.id, DutyKept.NOT_REVIEWED)),
            "shown": each.shown,
        }
        for each in lines
    ]
