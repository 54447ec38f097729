"""``docs/law.md``: the rules as they stand in the code, for someone who knows the law and not the code."""

from collections.abc import Iterator

from fotfeste.law import sources, timeline
from fotfeste.law.dated import Dated
from fotfeste.law.membership import group_rules
from fotfeste.law.readings import all_readings
from fotfeste.law.responsible_unit import UNIT_RULES
from fotfeste.law.sources import Source

_KINDS = {
    "condition": "Vilkår",
    "inclusion": "Tar inn",
    "exclusion": "Holder utenfor",
    "category": "Kategori",
    "right": "Rett",
    "history": "Historisk",
}


def render() -> str:
    """Return the whole document as Markdown; the same code gives the same text."""
    parts = [_INTRODUCTION, *_values(), *_groups(), *_units(), *_readings(), *_sources()]
    return "\n".join(parts) + "\n"


_INTRODUCTION = """# Reglene slik de står i koden

Laget av `make docs`; rett i koden, ikke her. En regel får fakta og en dag, og svarer med en avgjørelse og grunnene. Gammel rett blir stående
med sine dager, fordi gamle saker dømmes etter den. Det som er uklart i kildene, er egne lesemåter nederst, som et fylke kan velge annerledes."""


def _values() -> Iterator[str]:
    yield "\n## Verdier som endrer seg over tid\n"
    yield "| Verdi | Fra og med | Er | Hjemmel |\n|---|---|---|---|"
    for name in sorted(vars(timeline)):
        dated = getattr(timeline, name)
        if isinstance(dated, Dated):
            for since in dated.lines:
                value = since.value.citation if isinstance(since.value, Source) else since.value
                yield f"| `{name}` | {since.first_day.isoformat()} | {value} | {since.source.citation} |"


def _groups() -> Iterator[str]:
    yield "\n## Målgruppe\n"
    yield "Lovens målgruppe og fylkets egen, videre målgruppe er to avgjørelser; bare den første rapporteres nasjonalt.\n"
    yield "| Regel | Hva | Slag | Gjelder |\n|---|---|---|---|"
    for rule in group_rules():
        yield f"| `{rule.id}` | {rule.label_nb} | {_KINDS[rule.kind.value]} | {rule.scope.value} |"


def _units() -> Iterator[str]:
    yield "\n## Ansvarlig enhet\n"
    yield "Reglene prøves i denne rekkefølgen; den første som treffer, bestemmer.\n"
    for number, rule in enumerate(UNIT_RULES, start=1):
        told = " ".join((rule.__doc__ or "").split())
        yield f"{number}. `{rule.__name__}` – {told}"


def _readings() -> Iterator[str]:
    yield "\n## Lesemåter\n"
    yield "Utdanningsadministrasjonen velger i Fotfeste, fra en dag og med en grunn, etter å ha sett hvem det endrer noe for."
    yield "Det som er fast, har reglene bare én lesemåte for.\n"
    yield "| Id | Spørsmål | Hva som er uklart | Foreslått | Fylket kan velge |\n|---|---|---|---|---|"
    for reading in all_readings().values():
        chosen = reading.lines[0].value
        others = "; ".join(reading.text_of(value) for value in reading.offered if value != chosen.partition(":")[0])
        told = others if not reading.is_fixed else "fast"
        yield f"| `{reading.id}` | {reading.question} | {reading.unclear} | {reading.text_of(chosen)} | {told} |"


def _sources() -> Iterator[str]:
    yield "\n## Kilder\n"
    yield "| Kilde | Tittel | I kraft | Merknad |\n|---|---|---|---|"
    for source in sources.ALL.values():
        first = source.first_day.isoformat() if source.first_day else ""
        last = f" – {source.last_day.isoformat()}" if source.last_day else ""
        yield f"| {source.citation} | {source.title} | {first}{last} | {source.note} |"
