"""The floor under the coverage: what is implemented once, stays implemented."""

import json
from collections.abc import Mapping
from importlib import resources

from fotfeste.spec.coverage import Report


def floor() -> Mapping[str, int]:
    """Return the least number of implemented items of each kind."""
    packed = resources.files("fotfeste.spec").joinpath("data", "floor.json")
    try:
        least: dict[str, int] = json.loads(packed.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return least


def fallen_below(report: Report, least: Mapping[str, int]) -> tuple[str, ...]:
    """Return a sentence for each kind with fewer implemented items than its floor."""
    totals = report.totals()
    return tuple(
        f"{kind}: {count} skal være på plass, men bare {totals.get(kind, {}).get('implemented', 0)} er det."
        for kind, count in least.items()
        if totals.get(kind, {}).get("implemented", 0) < count
    )


def raised(report: Report, least: Mapping[str, int]) -> str:
    """Return the text of the floor file after lifting it to what the report shows; it is never lowered."""
    lifted = {
        kind: max(total["implemented"], least.get(kind, 0))
        for kind, total in report.totals().items()
        if total["implemented"] or least.get(kind)
    }
    return json.dumps(lifted, indent=1) + "\n"
