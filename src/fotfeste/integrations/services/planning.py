"""What a file would do, in a form that can be kept and shown: figures, what each rule decided, and what was wrong."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from django.db.backends.utils import CursorWrapper

from fotfeste.access.actor import Actor
from fotfeste.integrations.models import WaitingFile
from fotfeste.integrations.reading import Reading, RowError
from fotfeste.integrations.services.imports import Outcome, Progress, run_import
from fotfeste.integrations.services.mappings import Unclear

EXAMPLES = 3
MOST_ERRORS = 300
MOST_REMARKS = 100

# A few people for each thing decided. A protected youth is never an example: a school nearby tells where they live.
_EXAMPLES = """
SELECT n.statutory, n.local, n.ground, n.rule, held.name, n.row_no, n.first_name, n.last_name, n.born,
       CASE WHEN NOT n.is_new THEN n.youth_id END, belongs.name, n.distance_metres, e.id, e.body::text
FROM (SELECT d.*, p.row_no, p.first_name, p.last_name, p.born,
             row_number() OVER (PARTITION BY d.statutory, d.local, d.ground, d.rule, d.holder_id
                                ORDER BY p.row_no) AS place
      FROM intake_decision d JOIN intake_person p USING (youth_id) JOIN people_youth y ON y.id = p.youth_id
      WHERE y.protection = 'none') n
JOIN organisations_unit held ON held.id = n.holder_id
JOIN intake_unit u ON u.youth_id = n.youth_id JOIN organisations_unit belongs ON belongs.id = u.unit_id
JOIN casework_explanation e ON e.id = n.explanation_id
WHERE n.place <= %s ORDER BY n.row_no
"""

Key = tuple[str, str, str, str, str]


@dataclass(slots=True)
class Example:
    """One person a rule decided about. ``youth_id`` is None for one who is not known yet."""

    row_no: int
    name: str
    born: str
    youth_id: int | None
    unit: str
    metres: int | None
    explanation: str


@dataclass(slots=True)
class Line:
    """One thing decided, for how many, why, and a few of them."""

    statutory: str
    local: str
    ground: str
    rule: str
    unit: str
    youths: int
    reason: dict[str, Any] | None = None
    examples: list[Example] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """Return what makes it another line."""
        return (self.statutory, self.local, self.ground, self.rule, self.unit)


@dataclass(slots=True)
class Plan:
    """
    What is known of a waiting file.

    :ivar problem: why the file cannot be read; then the rest is empty.
    :ivar before: the figures that were shown, when the plan has changed since.
    :ivar errors: row number and sentence for the first rejected rows.
    :ivar explanations: the reasons of the examples' decisions, by number.
    """

    problem: str = ""
    headings: list[str] = field(default_factory=list)
    suggested: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)
    is_repeat: bool = False
    warnings: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)
    explanations: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> "Plan":
        """Return the plan that ``to_dict`` wrote down."""
        plan = cls(**{**told, "lines": []})
        for line in told.get("lines", []):
            examples = [Example(**example) for example in line["examples"]]
            plan.lines.append(Line(**{**line, "examples": examples}))
        return plan

    @classmethod
    def refused(cls, problem: str, unclear: Unclear | None) -> "Plan":
        """Return the plan of a file that cannot be read."""
        if unclear is None:
            return cls(problem=problem)
        return cls(
            problem=problem,
            headings=list(unclear.headings),
            suggested=dict(unclear.suggested),
            others=list(unclear.others),
        )


class _Look:
    """Takes examples out of the temporary tables before they go away."""

    def __init__(self) -> None:
        self.examples: dict[Key, list[Example]] = {}
        self.explanations: dict[str, Any] = {}

    def __call__(self, cursor: CursorWrapper) -> None:
        cursor.execute(_EXAMPLES, [EXAMPLES])
        for *key, row_no, first, last, born, youth_id, unit, metres, explanation, body in cursor.fetchall():
            name = f"{last}, {first}" if first else last
            example = Example(row_no, name, born.isoformat(), youth_id, unit, metres, str(explanation))
            self.examples.setdefault(tuple(key), []).append(example)
            self.explanations.setdefault(str(explanation), json.loads(body))


def make_plan(
    *, waiting: WaitingFile, reading: Reading, importer: Actor, apply: bool, progress: Progress, is_repeat: bool
) -> tuple[Plan, Outcome]:
    """Plan or apply a file that was read, inside the importer's scope; return what it does and what was decided."""
    look = _Look()
    outcome = run_import(
        actor=importer,
        reading=reading,
        county_id=waiting.county_id,
        on=waiting.on,
        apply=apply,
        progress=progress,
        examine=look,
    )
    plan = Plan(
        figures=outcome.shown,
        is_repeat=is_repeat,
        warnings=list(outcome.warnings),
        errors=_told(reading.rejects, MOST_ERRORS),
        remarks=_told(reading.remarks, MOST_REMARKS),
        explanations=look.explanations,
    )
    for decided in outcome.decided:
        line = Line(**decided)
        line.examples = look.examples.get(line.key, [])
        plan.lines.append(line)
    return plan, outcome


def _told(errors: Iterable[RowError], most: int) -> list[tuple[int, str]]:
    return [(error.row_no, _without_number(error)) for error in islice(errors, most)]


def _without_number(error: RowError) -> str:
    """Return the sentence without the row it begins with: the number stands in a column of its own."""
    rest = error.sentence.removeprefix(f"Rad {error.row_no}: ")
    return rest[:1].upper() + rest[1:]
