"""What an import did, or would do."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.backends.utils import CursorWrapper

# A row speaks of a new youth, one who changed unit or county, one otherwise changed, or one for whom it says nothing
# new.
_COUNTS = """
SELECT count(*) FILTER (WHERE i.is_new),
       count(*) FILTER (WHERE m.youth_id IS NOT NULL),
       count(*) FILTER (WHERE NOT i.is_new AND m.youth_id IS NULL AND t.youth_id IS NOT NULL),
       count(*) FILTER (WHERE NOT i.is_new AND m.youth_id IS NULL AND t.youth_id IS NULL),
       count(*) FILTER (WHERE hidden.id IS NOT NULL AND m.youth_id IS NOT NULL),
       count(*) FILTER (WHERE hidden.id IS NOT NULL AND NOT i.is_new AND m.youth_id IS NULL AND t.youth_id IS NOT NULL)
FROM intake i LEFT JOIN intake_moved m USING (youth_id)
LEFT JOIN (SELECT DISTINCT youth_id FROM intake_touched) t USING (youth_id)
LEFT JOIN (
  SELECT id FROM people_youth
  WHERE protection <> 'none' AND id IN (SELECT youth_id FROM intake_moved UNION SELECT youth_id FROM intake_touched)
) hidden ON hidden.id = i.youth_id
"""

# What the rules decided, and for how many: shown in the plan. Those under protection are counted apart, without a unit
# and without the rule that found it: beside a school's name a small count would tell where they are.
_DECIDED = """
SELECT d.statutory, d.local, CASE WHEN d.is_open THEN d.ground ELSE '' END, CASE WHEN d.is_open THEN d.rule ELSE '' END,
       CASE WHEN d.is_open THEN unit.name ELSE '' END, sum(d.many)::bigint,
       min(d.explanation_id) FILTER (WHERE d.is_open AND d.rule <> '')
FROM (
  SELECT d.statutory, d.local, d.ground, d.rule, d.holder_id, hidden.id IS NULL AS is_open, count(*) AS many,
         min(d.explanation_id) AS explanation_id
  FROM intake_decision d
  LEFT JOIN (SELECT id FROM people_youth WHERE protection <> 'none') hidden ON hidden.id = d.youth_id
  GROUP BY 1, 2, 3, 4, 5, 6) d
JOIN organisations_unit unit ON unit.id = d.holder_id
GROUP BY 1, 2, 3, 4, 5 ORDER BY 6 DESC, 5, 4, 1, 2 LIMIT 200
"""
_DECIDED_FIELDS = ("statutory", "local", "ground", "rule", "unit", "youths", "explanation")
_EXPLANATIONS = "SELECT id, body::text FROM casework_explanation WHERE id = ANY (%s)"


@dataclass(slots=True)
class Outcome:
    """
    What an import did, or would do: rows by what becomes of them. The five kinds add up to ``rows``.

    :ivar decided: what the rules decided and for how many, each with the ``reason`` the rule gave.
    :ivar hidden_moved: how many of ``moved`` are under protection, and ``hidden_changed`` of ``changed``.
    """

    source: str
    county: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    possible_duplicates: int = 0
    rejected: int = 0
    applied: bool = False
    warnings: list[str] = field(default_factory=list)
    decided: list[dict[str, Any]] = field(default_factory=list)
    import_id: int | None = None
    hidden_moved: int = 0
    hidden_changed: int = 0

    @property
    def shown(self) -> dict[str, int]:
        """
        Return the figures for a screen: whoever is under protection and known already counts as unchanged.

        Else somebody could make a file about one of them, and learn from its plan what is known: a school that moves
        nobody is the one they are at.
        """
        hidden = self.hidden_moved + self.hidden_changed
        return {
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed - self.hidden_changed,
            "moved": self.moved - self.hidden_moved,
            "unchanged": self.unchanged + hidden,
            "possible_duplicates": self.possible_duplicates,
            "rejected": self.rejected,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the figures, as ``fotfeste import --json`` prints them."""
        figures = asdict(self)
        for left_out in ("decided", "import_id", "hidden_moved", "hidden_changed"):
            figures.pop(left_out)
        return figures

    def count(self, cursor: CursorWrapper) -> None:
        """Count the rows by what became of them, and what was decided, out of the temporary tables."""
        cursor.execute("ANALYZE intake_moved, intake_touched")
        cursor.execute(_COUNTS)
        self.new, self.moved, self.changed, unchanged, self.hidden_moved, self.hidden_changed = cursor.fetchone()
        self.unchanged += unchanged
        cursor.execute(_DECIDED)
        self.decided = [dict(zip(_DECIDED_FIELDS, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute(_EXPLANATIONS, [[line["explanation"] for line in self.decided if line["explanation"]]])
        bodies = {number: json.loads(body) for number, body in cursor.fetchall()}
        for line in self.decided:
            line["reason"] = _reason_of(bodies.get(line.pop("explanation")), line["rule"])


def _reason_of(body: dict[str, Any] | None, rule: str) -> dict[str, Any] | None:
    """Return the last reason a rule gave for the unit, as it is kept."""
    reasons = body["unit"]["reasons"] if body else []
    return next((reason for reason in reversed(reasons) if reason["rule"] == rule), None)
