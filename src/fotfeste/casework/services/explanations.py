"""Keeping the reasons of decisions, without anything that points to a person."""

import hashlib
import json

from fotfeste.casework.models import Explanation
from fotfeste.casework.selectors.decisions import Decided


def keep_explanation(decided: Decided) -> Explanation:
    """Return the explanation of these decisions, shared by all whose facts have the same form."""
    body = decided.to_dict()
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    Explanation.objects.bulk_create([Explanation(digest=digest, kind="case", body=body)], ignore_conflicts=True)
    return Explanation.objects.get(digest=digest)
