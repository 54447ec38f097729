"""A plan in words, line by line: for showing two versions side by side, a conflict, and the paper."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.collaboration.enums import (
    Benefit,
    FollowUpInterval,
    GoalTerm,
    MainGoal,
    MeasureOwner,
    MeasureStatus,
    OtherPlan,
    PlanResult,
    RefusalReason,
)
from fotfeste.kernel import formats
from fotfeste.spec.measures import BlockingRule, blocking_rules, measures

#: Names of bodies by their key, and of coordinators by theirs.
Names = Mapping[str, str]


def measure_name(row: Any) -> str:
    """Return what a measure is called: the documents' name, the body's own words, or both."""
    return _named(row.measure, row.what)


def rule_text(rule: BlockingRule) -> str:
    """Return what is told to stand in the way of a measure."""
    return _(rule.text)


def _named(measure: str, what: str) -> str:
    known = measures().get(measure)
    if known is None:
        return str(what)
    return f"{_(known.label)}: {what}" if what else _(known.label)


def body(key: str, names: Names) -> str:
    """Return what a body is called; one whose unit is not to be told has no name among these."""
    return names.get(key) or (_("Enheten som har ansvaret") if key.isdecimal() else key)


def day_of(text: str) -> str:
    """Return a kept day in words; empty when there is none."""
    return formats.day(date.fromisoformat(text)) if text else ""


def plan_lines(page: Mapping[str, Any], names: Names) -> dict[str, str]:
    """Return what the coordinator writes as label -> text."""
    goals = {row["key"]: row for row in page["goals"]}
    return {
        _("Koordinator"): page["coordinator"],
        _("Periode"): f"{day_of(page['first_day'])} – {day_of(page['last_day'])}",
        _("Gjennomgang"): day_of(page["review_on"]),
        _("Hovedmål"): str(MainGoal(page["main_goal"]).label),
        _("Mål"): _joined(goal(row) for row in goals.values()),
        _("Partenes roller"): _joined(role(row, names) for row in page["roles"]),
        _("Informasjonsflyt"): page["information_flow"],
        _("Overganger"): _("Ingen ventes") if page["no_transitions"] else _joined(
            transition(row, names) for row in page["transitions"]
        ),
        _("Kompetansemål"): _joined(learning_goal(row) for row in page["learning_goals"]),
        _("Andre planer"): _joined(other_plan(row) for row in page["other_plans"]),
        _("Med ungdommens egne ord"): page["youth_words"],
        _("Sendt Nav som grunnlag"): day_of(page["shared_with_nav_on"]),
        _("Resultat"): str(PlanResult(page["result"]).label) if page["result"] else "",
    }  # fmt: skip


def measure_lines(page: Mapping[str, Any], names: Names) -> dict[str, str]:
    """Return one measure of a page as label -> text."""
    return {
        _("Tiltak"): _page_name(page),
        _("Eier"): body(page["owner_unit"], names),
        _("Eies av"): str(MeasureOwner(page["owner_kind"]).label),
        _("Mål i planen"): page["goal"],
        _("Bidrag"): page["contribution"],
        _("Følges opp av"): page["followed_up_by"],
        _("Hvor ofte"): str(FollowUpInterval(page["interval"]).label),
        _("Bedt om"): day_of(page["requested_on"]),
        _("Start"): day_of(page["first_day"]),
        _("Slutt"): day_of(page["last_day"]),
        _("Status"): str(MeasureStatus(page["status"]).label),
        _("Grunn til avslag"): str(RefusalReason(page["refusal_reason"]).label) if page["refusal_reason"] else "",
        _("Timer per uke"): str(page["hours"] or ""),
        _("Ytelse"): str(Benefit(page["benefit"]).label) if page["benefit"] else "",
        _("Arbeidsgiver"): page["employer"],
        _("Kompetansemål"): page["learning_goals"],
        _("Faglig ansvarlig i skolen"): page["quality_assured_by"],
        _("Hindringer"): ", ".join(_(blocking_rules()[each].label) for each in page["blocked_by"]),
    }


def goal(row: Mapping[str, Any]) -> str:
    """Return a goal on one line."""
    seen = _(" – nådd når: %(how)s") % {"how": row["seen_by"]} if row["seen_by"] else ""
    return f"{row['goal']} ({str(GoalTerm(row['term']).label).lower()}){seen}"


def role(row: Mapping[str, Any], names: Names) -> str:
    """Return a body's role on one line."""
    who = f"{body(row['body'], names)}, {row['person']}" if row["person"] else body(row["body"], names)
    return f"{who}: {row['role']}"


def transition(row: Mapping[str, Any], names: Names) -> str:
    """Return a transition and who is responsible in it on one line."""
    when = f", {day_of(row['on'])}" if row["on"] else ""
    return f"{row['what']}: {body(row['body'], names)}{when}"


def learning_goal(row: Mapping[str, Any]) -> str:
    """Return a learning goal on one line."""
    rest = [row["arena"], _("godkjent av %(who)s") % {"who": row["approved_by"]} if row["approved_by"] else ""]
    told = ", ".join(each for each in rest if each)
    return f"{row['subject']}: {row['goal']}" + (f" ({told})" if told else "")


def other_plan(row: Mapping[str, Any]) -> str:
    """Return a plan somebody else owns on one line."""
    return f"{OtherPlan(row['kind']).label}: {row['owner']}, {day_of(row['on'])}"


def changes(before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> list[tuple[str, str, str, str]]:
    """Return what differs between two pages: (part, label, before, after)."""
    whole = _("Planen")
    old, new = plan_lines(before["plan"], names), plan_lines(after["plan"], names)
    found = [(whole, label, old[label], new[label]) for label in new if old[label] != new[label]]
    for key in dict.fromkeys([*after["measures"], *before["measures"]]):
        was, is_now = before["measures"].get(key), after["measures"].get(key)
        old = measure_lines(was, names) if was else {}
        new = measure_lines(is_now, names) if is_now else {}
        title = _("Tiltak: %(name)s") % {"name": _page_name(is_now or was or {})}
        found += [
            (title, label, old.get(label, ""), new.get(label, ""))
            for label in (new or old)
            if old.get(label, "") != new.get(label, "")
        ]
    return found


def _page_name(page: Mapping[str, Any]) -> str:
    """Return the name of a measure a version keeps; the first versions kept no more than the name itself."""
    return _named(page["measure"], page["what"]) if "measure" in page else str(page["name"])


def _joined(lines: Iterable[str]) -> str:
    return "; ".join(lines)
