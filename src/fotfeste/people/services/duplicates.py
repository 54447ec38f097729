"""Finding registrations that may be one person, and deciding whether they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import connection, transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.people import policies
from fotfeste.people.enums import PairSign, PairState
from fotfeste.people.models import DuplicatePair
from fotfeste.people.services.places import lock_youth

LIKENESS = 0.8
LASTING = ("ordinary", "tenor", "nav_synthetic")
"""Kinds of number a person keeps for life."""

# Two lasting numbers that differ are two people, whatever else is alike: twins share birth date, name and telephone.
# So one of a pair must lack such a number, which also keeps the comparison small. An address is no sign at all.
#
# The pairs are those with the same birth date whose names share a word or the beginnings of two, and those with the
# same telephone number or address. Just after a load the database has no statistics to plan by, so the pairs are
# narrowed while they are made: "+ 0" keeps that to the index on the birth date.
_FRESH = """
fresh AS MATERIALIZED (
  SELECT id, county_id, born, name_key, string_to_array(name_key, ' ') AS words,
         id_kind = ANY (%(lasting)s) AS is_lasting
  FROM people_youth WHERE id = ANY (%(ids)s) AND merged_into_id IS NULL
)"""
_OTHER = """o.born = f.born AND o.id <> f.id AND o.merged_into_id IS NULL AND o.county_id + 0 = f.county_id
  AND NOT (f.is_lasting AND o.id_kind = ANY (%(lasting)s))"""
_BY_NAME = f"""
by_name AS (
  SELECT f.id, o.id AS other_id FROM fresh f JOIN people_youth o ON {_OTHER}
  WHERE left(o.name_key, 3) = left(f.name_key, 3) OR EXISTS (
    SELECT FROM unnest(f.words) word WHERE word <> '' AND strpos(o.name_key, word) > 0))"""
_BY_REACH = f"""
reach AS (
  SELECT f.id, o.id AS other_id, a.kind
  FROM fresh f
  JOIN people_contact_detail a ON a.youth_id = f.id AND a.superseded_at IS NULL
  JOIN people_contact_detail b ON b.kind = a.kind AND lower(b.value) = lower(a.value) AND b.superseded_at IS NULL
  JOIN people_youth o ON o.id = b.youth_id AND {_OTHER})"""
_CANDIDATES = f"""
WITH {_FRESH}, {_BY_NAME}, {_BY_REACH},
pairs AS (
  SELECT least(id, other_id) AS first_id, greatest(id, other_id) AS second_id, array_agg(DISTINCT kind) AS kinds
  FROM (SELECT id, other_id, kind FROM reach UNION SELECT id, other_id, NULL FROM by_name) found GROUP BY 1, 2)
SELECT p.first_id, p.second_id, y.county_id, string_to_array(y.name_key, ' '), string_to_array(o.name_key, ' '),
       (y.id_kind = ANY (%(lasting)s)) <> (o.id_kind = ANY (%(lasting)s)), array_remove(p.kinds, NULL)
FROM pairs p JOIN people_youth y ON y.id = p.first_id JOIN people_youth o ON o.id = p.second_id
ORDER BY p.first_id, p.second_id
"""
_REACHED = {"phone": PairSign.SAME_PHONE, "email": PairSign.SAME_EMAIL}


@dataclass(frozen=True, slots=True)
class FoundPair:
    """Two youths that may be one, the lower id first, with what speaks for it."""

    first_id: int
    second_id: int
    county_id: int
    signs: tuple[PairSign, ...]


def find_possible_duplicates(*, youth_ids: Iterable[int]) -> list[FoundPair]:
    """
    Return the pairs in which one of these youths may be somebody already registered in the county.

    One statement however many there are; only names spelled differently are compared here.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, {"ids": list(youth_ids), "lasting": list(LASTING)})
        rows = cursor.fetchall()
    found = []
    for first_id, second_id, county_id, words, other_words, one_without, kinds in rows:
        signs = [*_name_signs(words, other_words), *(_REACHED[kind] for kind in sorted(kinds, reverse=True))]
        if signs and one_without:
            signs.append(PairSign.ONE_WITHOUT_NUMBER)
        if signs:
            found.append(FoundPair(first_id, second_id, county_id, tuple(signs)))
    return found


def record_pairs(*, pairs: Iterable[FoundPair]) -> int:
    """Put found pairs on the list to be decided; return how many were new. One decided before stays decided."""
    now = clock.now()
    before = DuplicatePair.objects.count()
    DuplicatePair.objects.bulk_create(
        [
            DuplicatePair(
                county_id=pair.county_id,
                first_id=pair.first_id,
                second_id=pair.second_id,
                signs=[sign.value for sign in pair.signs],
                found_at=now,
            )
            for pair in pairs
        ],
        ignore_conflicts=True,
        batch_size=5000,
    )
    return DuplicatePair.objects.count() - before


@transaction.atomic
def decide_different(*, actor: Actor, pair_id: int) -> DuplicatePair:
    """
    Decide that a pair is two people; it is never proposed again.

    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has decided otherwise.
    """
    return close_pair(actor=actor, pair_id=pair_id, state=PairState.DIFFERENT)


def close_pair(*, actor: Actor, pair_id: int, state: PairState) -> DuplicatePair:
    """
    Record what was decided about a pair. A merge records SAME through here.

    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has decided otherwise.
    :raises Invalid: there is no such pair the actor may see.
    """
    pair = DuplicatePair.objects.select_for_update(of=("self",)).filter(pk=pair_id).first()
    if pair is None:
        raise Invalid(_("Paret finnes ikke, eller du har ikke tilgang."))
    youth = lock_youth(youth_id=pair.first_id)
    policies.may_decide_duplicates(actor=actor, youth=youth).require()
    if pair.state not in {PairState.OPEN, state}:
        raise EditConflict(
            _("Noen andre har allerede avgjort dette paret."),
            theirs={_("Avgjørelse"): PairState(pair.state).label},
            yours={_("Avgjørelse"): state.label},
        )
    pair.state, pair.decided_by_id, pair.decided_at = state, actor.user_id, clock.now()
    pair.save(update_fields=["state", "decided_by_id", "decided_at"])
    details = {"pair": pair.pk, "state": state.value}
    audit.record("duplicate.decided", by=actor.user_id, about=pair.first_id, county=pair.county_id, details=details)
    return pair


def _name_signs(words: list[str], other_words: list[str]) -> list[PairSign]:
    one, other = sorted(words), sorted(other_words)
    if one == other:
        return [PairSign.SAME_NAME]
    shorter, longer = sorted((set(one), set(other)), key=len)
    if len(shorter) >= 2 and shorter < longer:
        return [PairSign.NAME_WITHIN_NAME]
    rest, other_rest = _without(one, other), _without(other, one)
    if rest and other_rest and SequenceMatcher(None, " ".join(rest), " ".join(other_rest)).ratio() >= LIKENESS:
        return [PairSign.SIMILAR_NAME]
    return []


def _without(words: list[str], shared: list[str]) -> list[str]:
    return [word for word in words if word not in shared]
