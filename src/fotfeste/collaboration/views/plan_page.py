"""The plan as one page: what every reader of it is shown, and its versions side by side."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, log_shown, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors import whereabouts
from fotfeste.casework.views.person import base, must_know
from fotfeste.collaboration import plan_words, policies, printing
from fotfeste.collaboration.enums import MeasureStatus, PlanAgrees, PlanChange, PlanReminder, ReviewFinding
from fotfeste.collaboration.forms.plans import AgreementForm
from fotfeste.collaboration.selectors import plans as selectors
from fotfeste.collaboration.selectors.plan_bodies import names_of, without_cover
from fotfeste.collaboration.selectors.plan_overlaps import overlaps_in
from fotfeste.collaboration.services.plan_content import page_of
from fotfeste.kernel.whole_number import whole_number
from fotfeste.organisations.selectors import units


def may_coordinate(actor: Actor, plan: Any) -> bool:
    """Say whether the actor may write all of the plan."""
    assert plan.unit_id is not None
    assert plan.county_id is not None
    return plan.ended_on is None and bool(
        policies.may_coordinate_plan(
            actor=actor, coordinator_unit_id=plan.coordinator_unit_id, unit_id=plan.unit_id, county_id=plan.county_id
        )
    )


@requires(Permission.YOUTH_OPEN)
@require_GET
def plan(request: ActorRequest, youth_id: int, plan_id: int | None = None) -> HttpResponse:
    """Show the plan on one page: the one under way, or one that has ended."""
    page, header, context = base(request, youth_id, tab="plan")
    must_know(request.actor, Topic.PLAN, page, context["today"])
    found = (
        selectors.plan_or_none(youth_id=youth_id, plan_id=plan_id)
        if plan_id is not None
        else selectors.open_plan(youth_id=youth_id)
    )
    if plan_id is not None and found is None:
        raise Http404
    youth = page.youth
    may_make = policies.may_make_plan(actor=request.actor, unit_id=youth.unit_id, county_id=youth.county_id)
    context |= {"plan": found, "ended": selectors.ended_plans(youth_id=youth_id), "may_make": bool(may_make)}
    if found is not None:
        context |= _shown(found, request.actor, youth, context["today"], tells_unit=header.tells_unit)
    return render_screen(request, "collaboration/plan.html", context, about=youth_id, topic=Topic.PLAN)


def _shown(found: Any, actor: Actor, youth: Any, today: Any, *, tells_unit: bool) -> dict[str, Any]:
    measures = selectors.measures_of(plan_id=found.pk)
    names = names_of(found, measures, tells_unit=tells_unit)
    kept = page_of(found, measures)
    may = may_coordinate(actor, found)
    answers = selectors.agreements_of(plan_id=found.pk)
    agreement = answers.get(found.number)
    told = selectors.reminder_of(found, on=today)
    lacking = without_cover(found, measures, youth=youth, on=today) if may else []
    seen = selectors.agreement_seen(found, agreement)
    return {
        "coordinator": found.coordinator.name if tells_unit or found.coordinator_unit_id != found.unit_id else "",
        "tells_unit": tells_unit,
        "goals": [plan_words.goal(row) for row in found.goals],
        "roles": [plan_words.role(row, names) for row in found.roles],
        "transitions": [plan_words.transition(row, names) for row in found.transitions],
        "learning_goals": [plan_words.learning_goal(row) for row in found.learning_goals],
        "other_plans": [plan_words.other_plan(row) for row in found.other_plans],
        "coordinator_unit": plan_words.body(str(found.coordinator_unit_id), names),
        "measures": [
            {
                "row": row,
                "name": plan_words.measure_name(row),
                "owner": plan_words.body(str(row.owner_unit_id), names),
                "status": MeasureStatus(row.status).label,
                "interval": row.get_interval_display(),
                "goal": kept["measures"][str(row.pk)]["goal"],
                "may_edit": found.ended_on is None
                and bool(policies.may_write_measure(actor=actor, owner_unit_id=row.owner_unit_id, coordinates=may)),
            }
            for row in measures
        ],
        "overlaps": [
            (
                plan_words.measure_name(each.first),
                plan_words.measure_name(each.second),
                each.rule,
                plan_words.rule_text(each.rule) if each.rule else "",
            )
            for each in overlaps_in(measures)
        ],
        "lacking": [plan_words.body(key, names) for key in lacking],
        "agreement": agreement,
        "last_agreement": answers[max(answers)] if answers else None,
        "agrees": PlanAgrees(agreement.answer).label if agreement else "",
        "agreement_form": AgreementForm(initial={"version": seen}) if may else None,
        "reviews": [(each, ReviewFinding(each.finding).label) for each in selectors.reviews_of(plan_id=found.pk)],
        "reminder": str(told[0].label) if told else "",
        "is_overdue": told is not None and told[0] is PlanReminder.OVERDUE,
        "may_coordinate": may,
        "offers": found.ended_on is None
        and may
        and policies.may_offer_plan(actor=actor, coordinator_id=found.coordinator_id),
        "may_add": found.ended_on is None and (may or bool(policies.units_with(actor, Permission.PLAN_WRITE))),
        "languages": settings.LANGUAGES,
    }


@requires(Permission.YOUTH_OPEN)
@require_GET
def versions(request: ActorRequest, youth_id: int, plan_id: int) -> HttpResponse:
    """Show the versions of a plan, and what differs between two of them: the last two unless others are asked for."""
    page, header, context = base(request, youth_id, tab="plan")
    must_know(request.actor, Topic.PLAN, page, context["today"])
    found = _plan_or_404(youth_id, plan_id)
    rows = selectors.versions_of(plan_id=plan_id)
    by_number = {row.number: row for row in rows}
    after = by_number.get(whole_number(request.GET.get("til", "")) or rows[0].number, rows[0])
    before = by_number.get(whole_number(request.GET.get("fra", "")) or after.number - 1)
    measures = selectors.measures_of(plan_id=plan_id)
    names = _names_in(rows, plan=found, tells_unit=header.tells_unit) | names_of(
        found, measures, tells_unit=header.tells_unit
    )
    answers = selectors.agreements_of(plan_id=plan_id)
    changed = plan_words.changes(before.page, after.page, names) if before is not None else []
    context |= {
        "plan": found,
        "tells_unit": header.tells_unit,
        "versions": [
            (
                row,
                PlanChange(row.change).label,
                PlanAgrees(answers[row.number].answer).label if row.number in answers else "",
            )
            for row in rows
        ],
        "after": after,
        "before": before,
        # Who coordinates tells where, as the unit does.
        "changes": [each for each in changed if header.tells_unit or each[1] != gettext("Koordinator")],
    }
    return render_screen(request, "collaboration/plan_versions.html", context, about=youth_id, topic=Topic.PLAN)


@requires(Permission.YOUTH_OPEN)
@require_GET
def paper(request: ActorRequest, youth_id: int, plan_id: int) -> HttpResponse:
    """Hand out the plan as a PDF of one page, in the language asked for. The file's name tells of nobody."""
    found = _plan_or_404(youth_id, plan_id)
    asked = request.GET.get("sprak", "")
    language = asked if asked in dict(settings.LANGUAGES) else "nb"
    measures = selectors.measures_of(plan_id=plan_id)
    # A paper leaves the house: of a protected youth it never says where.
    is_told = not whereabouts.is_protected(found.youth.protection)
    made = printing.plan_pdf(
        found,
        measures,
        language=language,
        names=names_of(found, measures, tells_unit=is_told),
        agreement=selectors.agreements_of(plan_id=plan_id).get(found.number),
        reviewed_on=[each.on for each in selectors.reviews_of(plan_id=plan_id)],
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="plan.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    log_shown(request, about=youth_id, topic=Topic.PLAN)
    return response


def _plan_or_404(youth_id: int, plan_id: int) -> Any:
    found = selectors.plan_or_none(youth_id=youth_id, plan_id=plan_id)
    if found is None:
        raise Http404
    return found


def _names_in(rows: list[Any], *, plan: Any, tells_unit: bool) -> dict[str, str]:
    """Return what the bodies named in some versions are called."""
    keys: set[str] = set()
    for row in rows:
        keys |= {each["body"] for each in (*row.page["plan"]["roles"], *row.page["plan"]["transitions"])}
        keys |= {each["owner_unit"] for each in row.page["measures"].values()}
    names = units.unit_names({int(key) for key in keys if key.isdecimal()})
    return {str(pk): name for pk, name in names.items() if tells_unit or pk != plan.unit_id}
