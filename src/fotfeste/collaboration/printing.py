"""The plan on paper: one page, in the youth's language."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from fotfeste.collaboration import plan_words
from fotfeste.collaboration.enums import FollowUpInterval, MainGoal, MeasureStatus, PlanAgrees, PlanResult
from fotfeste.collaboration.models import FollowUpPlan, PlanAgreement
from fotfeste.collaboration.plan_words import Names, body
from fotfeste.kernel import formats
from fotfeste.kernel.pdf import render_pdf

TEMPLATE = Path(__file__).parent / "documents" / "plan.typ"


def plan_pdf(
    plan: FollowUpPlan, measures: Iterable[Any], *, language: str, names: Names, agreement: PlanAgreement | None
) -> bytes:
    """
    Return the plan as a tagged PDF of one page.

    :param names: what the bodies are called; one that is not among them is not told.
    :param agreement: what the youth said of this version, if asked.
    """
    with translation.override(language):
        youth = plan.youth
        data = {
            "title": _("Oppfølgingsplan"),
            "facts": _facts(plan, f"{youth.first_name} {youth.last_name}", names, agreement),
            "parts": [part for part in _parts(plan, names) if part["lines"]],
            "measures": _measures(plan, measures, names),
            "signed": _("Underskrift"),
            "lines": [_("Ungdommen"), _("Koordinator")],
            "footer": _("Versjon %(number)s") % {"number": plan.number},
        }
        return render_pdf(TEMPLATE, data, language=language)


def _facts(plan: FollowUpPlan, who: str, names: Names, agreement: PlanAgreement | None) -> list[list[str]]:
    rows = [
        [_("Navn"), who],
        [_("Koordinator"), f"{plan.coordinator.name}, {body(str(plan.coordinator_unit_id), names)}"],
        [_("Periode"), f"{formats.day(plan.first_day)} – {formats.day(plan.last_day)}"],
        [_("Gjennomgang"), formats.day(plan.review_on)],
        [_("Hovedmål"), str(MainGoal(plan.main_goal).label)],
        [_("Ungdommen er enig"), str(PlanAgrees(agreement.answer).label) if agreement else _("Ikke spurt ennå")],
    ]
    return [*rows, [_("Resultat"), str(PlanResult(plan.result).label)]] if plan.result else rows


def _parts(plan: FollowUpPlan, names: Names) -> list[Mapping[str, Any]]:
    none = [_("Ingen ventes")] if plan.no_transitions else []
    return [
        {"heading": _("Med ungdommens egne ord"), "lines": [plan.youth_words] if plan.youth_words else []},
        {"heading": _("Mål"), "lines": [plan_words.goal(row) for row in plan.goals]},
        {"heading": _("Hvem gjør hva"), "lines": [plan_words.role(row, names) for row in plan.roles]},
        {"heading": _("Informasjonsflyt"), "lines": [plan.information_flow]},
        {
            "heading": _("Ansvar i overganger"),
            "lines": none or [plan_words.transition(row, names) for row in plan.transitions],
        },
        {"heading": _("Kompetansemål"), "lines": [plan_words.learning_goal(row) for row in plan.learning_goals]},
        {"heading": _("Andre planer"), "lines": [plan_words.other_plan(row) for row in plan.other_plans]},
    ]


def _measures(plan: FollowUpPlan, measures: Iterable[Any], names: Names) -> Mapping[str, Any]:
    goals = {row["key"]: row["goal"] for row in plan.goals}
    rows = [
        [
            plan_words.measure_name(row),
            f"{body(str(row.owner_unit_id), names)}: {row.contribution}",
            f"{row.followed_up_by}, {str(FollowUpInterval(row.interval).label).lower()}",
            formats.period(row.first_day, row.last_day),
            goals.get(row.goal, ""),
            str(MeasureStatus(row.status).label),
        ]
        for row in measures
    ]
    return {
        "heading": _("Tiltak"),
        "columns": [_("Tiltak"), _("Bidrag"), _("Følges opp av"), _("Når"), _("Mål"), _("Status")],
        "rows": rows,
    }
