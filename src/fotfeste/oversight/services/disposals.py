"""
Proposing that what is due goes, approving it by somebody else, and letting it go.

Approving and going are one transaction: it all goes and the certificate stands, or nothing has happened. What goes is
taken by the database's own function (``oversight.disposing``), which looks anew at who may go.
"""

from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.retention import reviewed_on
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.oversight import policies
from fotfeste.oversight.enums import DisposalState
from fotfeste.oversight.models import Disposal
from fotfeste.oversight.selectors.disposals import DueKind, disposable_kinds, due_in

_ONE_AT_A_TIME = 0x0F15


def plan_disposal(*, county_id: int, on: date) -> list[DueKind]:
    """Return what is due in a county on a day. Nothing is kept; it is counted by the system actor ``overseer``."""
    with acting_as(system_actor("overseer", county_ids=(county_id,))):
        return due_in(county_id=county_id, on=on)


@transaction.atomic
def propose_disposal(*, actor: Actor, county_id: int, kind: str, digest: str) -> Disposal:
    """
    Propose that what is due of a kind today goes.

    Source: arkivforskrifta § 5; personvernforordningen art. 5 nr. 1 e.

    :param digest: of what the user was shown.
    :raises NotAllowed: the actor does not decide this in the county.
    :raises EditConflict: it is no longer what was shown.
    :raises Invalid: there is no such kind, nothing is due, or a proposal waits already.
    """
    policies.may_decide_disposal(actor=actor, county_id=county_id).require()
    if kind not in disposable_kinds():
        raise Invalid(_("Det finnes ikke, eller du har ikke tilgang."))
    _one_at_a_time(county_id)
    if Disposal.objects.filter(county_id=county_id, kind=kind, state=DisposalState.PROPOSED).exists():
        raise Invalid(_("Et forslag venter alt på godkjenning."))
    today = clock.today()
    due = _due(county_id, kind, today)
    if not due.people:
        raise Invalid(_("Ingenting er forfalt."))
    _require_same(due, digest, yours={})
    made = Disposal.objects.create(
        county_id=county_id,
        kind=kind,
        on=today,
        youth_ids=list(due.youth_ids),
        digest=due.digest,
        people=due.in_this,
        rows=due.row_count,
        rule={
            "reading": due.kind.term.reading,
            "value": due.value,
            "basis": [source.id for source in due.kind.basis],
            "reviewed": reviewed_on().isoformat(),
        },
        proposed_by_id=actor.user_id,
        proposed_at=clock.now(),
    )
    _log("disposal.proposed", actor, made)
    return made


@transaction.atomic
def approve_disposal(*, actor: Actor, disposal_id: int) -> Disposal:
    """
    Approve somebody else's proposal, and let it go at once.

    :raises NotAllowed: the actor does not decide this in the county, or has proposed it.
    :raises EditConflict: somebody has decided, or what is due is no longer what was proposed.
    :raises Invalid: there is no such proposal the actor may see.
    """
    disposal = _locked(actor, disposal_id)
    if disposal.proposed_by_id == actor.user_id:
        raise Invalid(_("Du har selv foreslått det. En annen må godkjenne."))
    _one_at_a_time(disposal.county_id)
    with acting_as(system_actor("disposer", county_ids=(disposal.county_id,))), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_youth WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [disposal.youth_ids])
    _require_same(
        _due(disposal.county_id, disposal.kind, disposal.on),
        disposal.digest,
        yours=_size(disposal.people, disposal.rows),
    )
    _must_still_be_due(disposal, on=clock.today())
    disposal.state, disposal.decided_by_id, disposal.decided_at = DisposalState.APPROVED, actor.user_id, clock.now()
    disposal.save(update_fields=["state", "decided_by", "decided_at"])
    _log("disposal.approved", actor, disposal)
    disposer = system_actor("disposer", county_ids=(disposal.county_id,))
    with acting_as(disposer):
        with connection.cursor() as cursor:
            cursor.execute("SELECT oversight_dispose(%s)", [disposal.pk])
        _log("disposal.done", disposer, disposal)
    disposal.refresh_from_db()
    return disposal


@transaction.atomic
def withdraw_disposal(*, actor: Actor, disposal_id: int) -> Disposal:
    """
    Take a proposal back; whoever may approve it may also say that it is not to be.

    :raises NotAllowed: the actor does not decide this in the county.
    :raises EditConflict: somebody has decided.
    :raises Invalid: there is no such proposal the actor may see.
    """
    disposal = _locked(actor, disposal_id)
    disposal.state, disposal.decided_by_id, disposal.decided_at = DisposalState.WITHDRAWN, actor.user_id, clock.now()
    disposal.save(update_fields=["state", "decided_by", "decided_at"])
    _log("disposal.withdrawn", actor, disposal)
    return disposal


def _locked(actor: Actor, disposal_id: int) -> Disposal:
    # Only what waits can be locked for a change; what is decided is read.
    disposal = Disposal.objects.select_for_update(of=("self",)).filter(pk=disposal_id).first()
    if disposal is None:
        decided = Disposal.objects.select_related("decided_by").filter(pk=disposal_id).first()
        if decided is None:
            raise Invalid(_("Det finnes ikke, eller du har ikke tilgang."))
        policies.may_decide_disposal(actor=actor, county_id=decided.county_id).require()
        raise EditConflict(
            _("Noen har alt avgjort det."),
            theirs={
                _("Tilstand"): str(DisposalState(decided.state).label),
                _("Av"): decided.decided_by.name if decided.decided_by else "",
                _("Avgjort"): formats.moment(decided.decided_at) if decided.decided_at else "",
            },
            yours={_("Av"): _("Deg"), _("Avgjort"): _("Nå")},
        )
    policies.may_decide_disposal(actor=actor, county_id=disposal.county_id).require()
    return disposal


def _due(county_id: int, kind: str, on: date) -> DueKind:
    return next(each for each in plan_disposal(county_id=county_id, on=on) if each.kind.id == kind)


def _require_same(due: DueKind, digest: str, *, yours: dict[str, str]) -> None:
    if due.digest != digest:
        raise _changed(due, yours)


def _must_still_be_due(disposal: Disposal, *, on: date) -> None:
    """Ask anew by what the county has chosen for the day it goes; that others have become due does not matter."""
    now = _due(disposal.county_id, disposal.kind, on)
    if now.value != disposal.rule["value"] or not now.all_ids.issuperset(disposal.youth_ids):
        raise _changed(now, _size(disposal.people, disposal.rows))


def _changed(now: DueKind, yours: dict[str, str]) -> EditConflict:
    return EditConflict(
        _("Noe er endret siden du så listen. Ingenting er kassert. Se på det på nytt, og lag et nytt forslag."),
        theirs=_size(now.in_this, now.row_count),
        yours=yours,
    )


def _size(people: int, rows: int) -> dict[str, str]:
    return {_("Personer"): formats.number(people), _("Rader"): formats.number(rows)}


def _one_at_a_time(county_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME, county_id])


def _log(verb: str, actor: Actor, disposal: Disposal) -> None:
    told = {"disposal": disposal.pk, "kind": disposal.kind, "people": disposal.people, "rows": disposal.rows}
    audit.record(verb, by=actor.user_id, county=disposal.county_id, details=told)
