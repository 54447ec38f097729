"""How a plan is told: figures, and what each rule decided, in the words of the law."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.casework.enums import AssignmentGround
from fotfeste.casework.selectors.decisions import read_decision
from fotfeste.integrations.services.planning import Example, Line, Plan
from fotfeste.kernel import formats
from fotfeste.kernel.ui import KeyFigure
from fotfeste.law.decision import Decision, Reason
from fotfeste.law.outcomes import Membership


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One thing decided, in words. ``number`` is its place in the plan."""

    number: int
    statutory: str
    local: str
    unit: str
    why: str
    rule: str
    youths: int
    has_examples: bool


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule and what it decided: for how many, and to which units."""

    why: str
    statutory: str
    local: str
    youths: int
    lines: list[ShownLine]


@dataclass(frozen=True, slots=True)
class ShownExample:
    """One person a rule decided about, with the reasons of the three decisions."""

    row_no: int
    name: str
    born: date
    is_known: bool
    unit: str
    distance: str
    statutory: "Decision[Any] | None"
    statutory_words: str
    local: "Decision[Any] | None"
    local_words: str
    responsible: "Decision[Any] | None"


def plan_figures(plan: Plan, *, is_applied: bool) -> list[KeyFigure]:
    """Return what becomes of the rows, each with how many; a changed plan tells what was shown before."""
    labels = {
        "rows": (_("Rader i filen"), ""),
        "new": (_("Nye"), _("ungdommer vi ikke kjente")),
        "changed": (_("Endret"), _("får nye opplysninger")),
        "moved": (_("Flyttet"), _("får ny enhet eller nytt fylke")),
        "unchanged": (_("Uendret"), _("sier ikke noe nytt")),
        "possible_duplicates": (_("Mulige dubletter"), _("du avgjør dem etterpå")),
        "rejected": (_("Avvist"), _("tas ikke inn")),
    }
    return [
        KeyFigure(
            label=label,
            value=formats.number(plan.figures[name]),
            of_what=of_what,
            compared=_compared(plan, name),
        )
        for name, (label, of_what) in labels.items()
        if name in plan.figures
    ]


def _compared(plan: Plan, name: str) -> str:
    before = plan.before.get(name)
    if before is None or before == plan.figures[name]:
        return ""
    return _("var %(number)s") % {"number": formats.number(before)}


def shown_lines(plan: Plan) -> list[ShownLine]:
    """Return what was decided, in words, in the plan's order."""
    return [
        ShownLine(
            number=number,
            statutory=membership_words(line.statutory),
            local=membership_words(line.local),
            unit=line.unit or _("enheter som ikke nevnes, siden ungdommene er skjermet"),
            why=_why(line),
            rule=line.rule,
            youths=line.youths,
            has_examples=bool(line.examples),
        )
        for number, line in enumerate(plan.lines)
    ]


def shown_rules(plan: Plan) -> list[ShownRule]:
    """Return what was decided rule by rule, the one that decided for most first."""
    groups: dict[tuple[str, str, str], list[ShownLine]] = {}
    for line in shown_lines(plan):
        groups.setdefault((line.why, line.statutory, line.local), []).append(line)
    rules = [ShownRule(*key, youths=sum(line.youths for line in lines), lines=lines) for key, lines in groups.items()]
    return sorted(rules, key=lambda rule: -rule.youths)


def membership_words(outcome: str) -> str:
    """Return whether somebody belongs to a target group, in words."""
    return {
        Membership.IN_OT.value: _("Ja"),
        Membership.NOT_IN_OT.value: _("Nei"),
        Membership.UNDECIDED.value: _("Ikke avgjort"),
    }.get(outcome, outcome)


def examples_of(plan: Plan, line: Line) -> list[ShownExample]:
    """Return a line's examples with their reasons."""
    return [_shown_example(plan, line, example) for example in line.examples]


def _shown_example(plan: Plan, line: Line, example: Example) -> ShownExample:
    body = plan.explanations.get(example.explanation, {})
    return ShownExample(
        row_no=example.row_no,
        name=example.name,
        born=date.fromisoformat(example.born),
        is_known=example.youth_id is not None,
        unit=example.unit,
        distance=_("%(metres)s meter") % {"metres": formats.number(example.metres)} if example.metres else "",
        statutory=read_decision(body, "statutory"),
        statutory_words=membership_words(line.statutory),
        local=read_decision(body, "local"),
        local_words=membership_words(line.local),
        responsible=read_decision(body, "unit"),
    )


def _why(line: Line) -> str:
    """Return the sentence of the rule that decided the unit; where a register said it, or nobody could, that."""
    if not line.unit:
        return _("Regelen nevnes ikke, siden ungdommene er skjermet.")
    if line.ground == AssignmentGround.REGISTER:
        return _("Enheten står i filen.")
    if line.reason:
        return Reason.from_dict(line.reason).sentence(_)
    if line.ground == AssignmentGround.UNDECIDED:
        return _("Ingen regel finner enheten. Ungdommen legges i køen.")
    return line.rule
