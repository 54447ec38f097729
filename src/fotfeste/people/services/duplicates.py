"""Finding registrations that may be one person, and deciding whether they are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.people import policies
from fotfeste.people.enums import PairSign, PairState
from fotfeste.people.models import DuplicatePair
from fotfeste.people.selectors.duplicates import seen_of
from fotfeste.people.services.places import lock_youth

LIKENESS = 0.8
LASTING = ("ordinary", "tenor", "nav_synthetic")
"""Kinds of number a person keeps for life."""
MANY = 50
"""From so many on, a pass over each table is cheaper than looking each youth up."""

# Two lasting numbers that differ are two people, whatever else is alike: twins share birth date, name and telephone.
# So one of a pair must lack such a number, which also keeps the comparison small. An address is no sign at all.
#
# Only those born on the same day in the same county are compared; "+ 0" keeps that to the index on the birth date. Of
# them a pair are those whose names share a word or the beginnings of two, and those with the same telephone number or
# address.
_OTHER = """o.born = f.born AND o.id <> f.id AND o.county_id + 0 = f.county_id AND o.merged_into_id IS NULL
    AND NOT (f.is_lasting AND o.id_kind = ANY (%(lasting)s))"""
_CANDIDATES = f"""
WITH fresh AS MATERIALIZED (
  SELECT id, county_id, born, name_key, id_kind = ANY (%(lasting)s) AS is_lasting
  FROM people_youth WHERE id = ANY (%(ids)s) AND merged_into_id IS NULL),
worded AS MATERIALIZED (
  SELECT f.*, nullif(word, '') AS word FROM fresh f CROSS JOIN unnest(string_to_array(f.name_key, ' ')) word),
told AS MATERIALIZED (
  SELECT f.id, f.county_id, f.born, f.is_lasting, a.kind, lower(a.value) AS value
  FROM fresh f JOIN people_contact_detail a ON a.youth_id = f.id AND a.superseded_at IS NULL),
reached AS (
  SELECT y.*, b.kind, lower(b.value) AS value
  FROM people_youth y JOIN people_contact_detail b ON b.youth_id = y.id AND b.superseded_at IS NULL {{fence}}),
pairs AS (
  SELECT f.id, o.id AS other_id, o.name_key, o.id_kind, NULL AS kind FROM worded f JOIN people_youth o ON {_OTHER}
    AND (strpos(o.name_key, f.word) > 0 OR left(o.name_key, 3) = left(f.name_key, 3))
  UNION
  SELECT f.id, o.id, o.name_key, o.id_kind, f.kind FROM told f JOIN reached o ON {_OTHER} AND o.kind = f.kind AND o.value = f.value)
SELECT f.id, p.other_id, f.county_id, string_to_array(f.name_key, ' '), string_to_array(p.name_key, ' '),
       f.is_lasting <> (p.id_kind = ANY (%(lasting)s)), p.kinds
FROM (
  SELECT id, other_id, name_key, id_kind, array_remove(array_agg(kind), NULL) AS kinds FROM pairs GROUP BY 1, 2, 3, 4) p
JOIN fresh f ON f.id = p.id
"""
# Among many, what nobody asked about has is left before it is joined to whom it belongs to.
_FENCE = "WHERE lower(b.value) IN (SELECT value FROM told) OFFSET 0"
_REACHED = {"phone": PairSign.SAME_PHONE, "email": PairSign.SAME_EMAIL}


@dataclass(frozen=True, slots=True)
class FoundPair:
    """Two youths that may be one, the lower id first, with what speaks for it."""

    first_id: int
    second_id: int
    county_id: int
    signs: tuple[PairSign, ...]


def find_possible_duplicates(*, youth_ids: Collection[int]) -> list[FoundPair]:
    """
    Return the pairs in which one of these youths may be somebody already registered in the county.

    One statement however many there are; only names spelled differently are compared here.
    """
    found: dict[tuple[int, int], FoundPair] = {}
    for one_id, other_id, county_id, one, other, one_without, kinds in _candidates(youth_ids):
        (first_id, words), (second_id, other_words) = sorted(((one_id, one), (other_id, other)))
        signs = [*_name_signs(words, other_words), *(_REACHED[kind] for kind in sorted(kinds, reverse=True))]
        if signs and one_without:
            signs.append(PairSign.ONE_WITHOUT_NUMBER)
        if signs:
            found[first_id, second_id] = FoundPair(first_id, second_id, county_id, tuple(signs))
    return [found[pair] for pair in sorted(found)]


def _candidates(youth_ids: Collection[int]) -> list[tuple[Any, ...]]:
    """
    Return pairs worth comparing, with who they are; two who are both asked about may come both ways.

    Just after a load the database has no statistics to plan by and takes each table for nearly empty. Asked about many,
    it is kept from going through a table once for each of them.
    """
    is_many = len(youth_ids) > MANY
    with connection.cursor() as cursor:
        if is_many:
            cursor.execute("SET LOCAL enable_nestloop = off")
        statement = _CANDIDATES.format(fence=_FENCE if is_many else "")
        cursor.execute(statement, {"ids": list(youth_ids), "lasting": list(LASTING)})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        if is_many:
            cursor.execute("SET LOCAL enable_nestloop = on")
    return rows


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
def decide_different(*, actor: Actor, pair_id: int, version: str | None = None) -> DuplicatePair:
    """
    Decide that a pair is two people; it is never proposed again.

    :param version: ``seen_of`` the pair the user was shown; None for a job.
    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has decided, or changed one of the two.
    """
    must_be_open(pair_id=pair_id, to=PairState.DIFFERENT, version=version)
    return close_pair(actor=actor, pair_id=pair_id, state=PairState.DIFFERENT)


def close_pair(*, actor: Actor, pair_id: int, state: PairState) -> DuplicatePair:
    """
    Record what was decided about a pair. A merge records SAME through here.

    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has decided.
    :raises Invalid: there is no such pair the actor may see.
    """
    pair = DuplicatePair.objects.select_for_update(of=("self",)).filter(pk=pair_id).first()
    if pair is None:
        raise Invalid(_("Paret finnes ikke, eller du har ikke tilgang."))
    youth = lock_youth(youth_id=pair.first_id)
    policies.may_decide_duplicates(actor=actor, youth=youth).require()
    if pair.state != PairState.OPEN:
        raise _decided(pair, to=state)
    pair.state, pair.decided_by_id, pair.decided_at = state, actor.user_id, clock.now()
    pair.save(update_fields=["state", "decided_by_id", "decided_at"])
    details = {"pair": pair.pk, "state": state.value}
    audit.record("duplicate.decided", by=actor.user_id, about=pair.first_id, county=pair.county_id, details=details)
    return pair


def must_be_open(*, pair_id: int, to: PairState, version: str | None) -> None:
    """
    Stop unless the pair waits to be decided, and the two are as the user was shown them.

    :raises EditConflict: somebody has decided, or changed one of the two.
    """
    pair = DuplicatePair.objects.filter(pk=pair_id).select_related("first", "second").first()
    if pair is None:
        return
    if pair.state != PairState.OPEN:
        raise _decided(pair, to=to)
    must_be_as_seen(
        version,
        seen_of(pair.first, pair.second),
        _("Noen har endret en av de to mens du så på dem. Ingenting er avgjort."),
        theirs={_("Avgjørelse"): PairState.OPEN.label, **_names(pair)},
        yours={_("Avgjørelse"): to.label},
        about=pair.first_id,
    )


def _names(pair: DuplicatePair) -> dict[str, str]:
    return {
        _("Den første"): f"{pair.first.first_name} {pair.first.last_name}",
        _("Den andre"): f"{pair.second.first_name} {pair.second.last_name}",
    }


def _decided(pair: DuplicatePair, *, to: PairState) -> EditConflict:
    return EditConflict(
        _("Noen andre har allerede avgjort dette paret."),
        theirs={
            _("Avgjørelse"): PairState(pair.state).label,
            _("Avgjort"): formats.moment(pair.decided_at) if pair.decided_at else "",
        },
        yours={_("Avgjørelse"): to.label, _("Avgjort"): _("Nå")},
        about=pair.first_id,
    )


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
