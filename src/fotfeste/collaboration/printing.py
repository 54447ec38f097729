"""The plan on paper: one page, in the youth's language; one that cannot be told on one page says that it goes on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
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
REVIEWS_SHOWN = 3


def plan_pdf(
    plan: FollowUpPlan,
    measures: Iterable[Any],
    *,
    language: str,
    names: Names,
    agreement: PlanAgreement | None,
    reviewed_on: Sequence[date] = (),
) -> bytes:
    """
    Return the plan as a tagged PDF of one page, or of more where its letters would be too small to read.

    :param names: what the bodies are called; one that is not among them is not told.
    :param agreement: what the youth said of this version, if asked.
    :param reviewed_on: the days it was reviewed, the last first.
    """
    with translation.override(language):
        youth = plan.youth
        data = {
            "title": _("Oppfølgingsplan"),
            "facts": _facts(plan, f"{youth.first_name} {youth.last_name}", names, agreement, reviewed_on),
            **{where: [part for part in parts if part["lines"]] for where, parts in _parts(plan, names).items()},
            "measures": _measures(plan, measures, names),
            "signed": _("Underskrift"),
            "lines": [_("Ungdommen"), _("Koordinator")],
            "footer": _("Versjon %(number)s") % {"number": plan.number},
            "page": _("Side"),
            "of": _("av"),
            "continues": _("Planen fortsetter på neste side"),
        }
        return render_pdf(TEMPLATE, data, language=language)


def _facts(
    plan: FollowUpPlan, who: str, names: Names, agreement: PlanAgreement | None, reviewed_on: Sequence[date]
) -> list[list[str]]:
    held = ", ".join(formats.day(each) for each in reviewed_on[:REVIEWS_SHOWN])
    rows = [
        [_("Navn"), who],
        [_("Koordinator"), ", ".join(_coordinator(plan, names))],
        [_("Periode"), f"{formats.day(plan.first_day)} – {formats.day(plan.last_day)}"],
        [_("Hovedmål"), str(MainGoal(plan.main_goal).label)],
        [_("Neste gjennomgang"), formats.day(plan.review_on)],
        [_("Sist gjennomgått"), held] if held else [],
        [_("Ungdommen er enig"), str(PlanAgrees(agreement.answer).label) if agreement else _("Ikke spurt ennå")],
        [_("Sendt Nav som grunnlag"), formats.day(plan.shared_with_nav_on)] if plan.shared_with_nav_on else [],
        [_("Resultat"), str(PlanResult(plan.result).label)] if plan.result else [],
    ]
    return [row for row in rows if row]


def _coordinator(plan: FollowUpPlan, names: Names) -> list[str]:
    """Return who coordinates, and where; the person is not named where the unit may not be."""
    unit = str(plan.coordinator_unit_id)
    return [plan.coordinator.name, body(unit, names)] if unit in names else [body(unit, names)]


def _parts(plan: FollowUpPlan, names: Names) -> Mapping[str, list[Mapping[str, Any]]]:
    """Return the parts by where they stand on the page: across it, or in its left or right column."""
    none = [_("Ingen ventes")] if plan.no_transitions else []
    other_plans = [plan_words.other_plan(row) for row in plan.other_plans]
    return {
        "wide": [{"heading": _("Med ungdommens egne ord"), "lines": [plan.youth_words] if plan.youth_words else []}],
        "left": [
            {"heading": _("Mål"), "lines": [plan_words.goal(row) for row in plan.goals]},
            {"heading": _("Hvem gjør hva"), "lines": [plan_words.role(row, names) for row in plan.roles]},
            {"heading": _("Andre planer"), "lines": other_plans},
        ],
        "right": [
            {"heading": _("Informasjonsflyt"), "lines": [plan.information_flow]},
            {
                "heading": _("Ansvar i overganger"),
                "lines": none or [plan_words.transition(row, names) for row in plan.transitions],
            },
            {"heading": _("Kompetansemål"), "lines": [plan_words.learning_goal(row) for row in plan.learning_goals]},
        ],
    }


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
