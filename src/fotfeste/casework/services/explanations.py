"""Keeping the reasons of decisions, without anything that points to a person."""

import hashlib
import json
from collections.abc import Iterable

from fotfeste.casework.models import Explanation
from fotfeste.casework.selectors.decisions import Decided


def keep_explanation(decided: Decided) -> Explanation:
    """Return the explanation of these decisions, shared by all whose facts have the same form."""
    return keep_explanations([decided])[decided]


def keep_explanations(decided: Iterable[Decided]) -> dict[Decided, Explanation]:
    """Return the explanations of several decisions; those alike have one in common."""
    bodies = {each: each.to_dict() for each in set(decided)}
    digests = {each: _digest(body) for each, body in bodies.items()}
    kept = _kept(digests.values())
    new = {digests[each]: body for each, body in bodies.items() if digests[each] not in kept}
    if new:
        rows = [Explanation(digest=digest, kind="case", body=body) for digest, body in new.items()]
        Explanation.objects.bulk_create(rows, ignore_conflicts=True)
        kept |= _kept(new)
    return {each: kept[digest] for each, digest in digests.items()}


def _digest(body: object) -> str:
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _kept(digests: Iterable[str]) -> dict[str, Explanation]:
    rows = Explanation.objects.defer("body").filter(digest__in=list(digests))
    return {row.digest: row for row in rows}
