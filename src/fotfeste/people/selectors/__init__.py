"""Reads about youths. What comes back is what the actor of the scope may see, and nothing else."""

from fotfeste.people.selectors.dated_facts import (
    KNOWN_FACTS,
    KnownFacts,
    addresses_of,
    contact_details_of,
    enrolments_of,
    guardians_of,
    known_facts,
    once_apprenticed,
)
from fotfeste.people.selectors.duplicates import (
    OpenPair,
    contested_numbers,
    count_open_pairs,
    merge_of,
    merges,
    open_pair_or_none,
    open_pairs,
)
from fotfeste.people.selectors.for_law import PersonFacts, person_facts
from fotfeste.people.selectors.identity_history import (
    Identity,
    IdentityChange,
    KnownIdentity,
    identity_at,
    identity_changes,
    merges_about,
)
from fotfeste.people.selectors.search import SearchResult, search_youths
from fotfeste.people.selectors.youths import (
    YOUTH_AND_MERGED,
    age_on,
    get_youth_or_404,
    people_with_number,
    same_person_ids,
    youth_by_number,
    youth_or_none,
    youths_by_id,
)

__all__ = [
    "KNOWN_FACTS",
    "YOUTH_AND_MERGED",
    "Identity",
    "IdentityChange",
    "KnownFacts",
    "KnownIdentity",
    "OpenPair",
    "PersonFacts",
    "SearchResult",
    "addresses_of",
    "age_on",
    "contact_details_of",
    "contested_numbers",
    "count_open_pairs",
    "enrolments_of",
    "get_youth_or_404",
    "guardians_of",
    "identity_at",
    "identity_changes",
    "known_facts",
    "merge_of",
    "merges",
    "merges_about",
    "once_apprenticed",
    "open_pair_or_none",
    "open_pairs",
    "people_with_number",
    "person_facts",
    "same_person_ids",
    "search_youths",
    "youth_by_number",
    "youth_or_none",
    "youths_by_id",
]
