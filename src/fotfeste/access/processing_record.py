"""``docs/processing-record.md``: the record of processing activities, as a county can complete and publish it."""

from collections import defaultdict
from collections.abc import Iterator

from django.apps import apps
from django.utils import translation

from fotfeste.access import sharing
from fotfeste.access.processing import Processing, processing, purposes
from fotfeste.access.retention import EVENTS, RecordKind, kind_of_model, record_kinds, retention_classes, reviewed_on
from fotfeste.access.roles import Role
from fotfeste.access.topics import Ground, Topic
from fotfeste.law.readings import all_readings
from fotfeste.law.sources import Source

KINDS = {
    "none": "ikke om en person",
    "staff": "ansatt",
    "personal": "ungdom",
    "special": "ungdom, særlig eller taushetsbelagt",
}

_INTRODUCTION = """# Protokoll over behandlingsaktiviteter

Laget av `make docs` fra `access/processing.yaml`, `access/field_classes.csv`, `access/retention_rules.yaml` og
`access/sharing_rules.yaml`; rett der, ikke her. Personvernforordningen art. 30 nr. 1.

Fylket fyller ut det Fotfeste ikke kan vite: navn og kontaktopplysninger til den behandlingsansvarlige og til
personvernombudet (a), avtaler med databehandlere, og avtalen om hvem som svarer for hva når flere organer er i samme
løsning (art. 26 og 28, arkivforskrifta § 8).

**Overføring ut av EØS (e):** ingen i Fotfeste selv; det kjører der fylket setter det opp.

**Sikkerhet (g):** databasen selv avgjør hvilke rader en bruker ser, etter rolle og ansvar; alt som leses og gjøres om
en person, står i en logg som bare kan legges til, og som er forseglet. Se `docs/adr/0004` og `docs/adr/0005`."""


def render() -> str:
    """Return the whole record as Markdown; the same code gives the same text. The models must be loaded."""
    with translation.override("nb"):
        parts = [_INTRODUCTION, *_purposes(), *_receivers(), *_retentions(), *_fields()]
    return "\n".join(parts) + "\n"


def _purposes() -> Iterator[str]:
    used = {each.purpose.id for each in processing().values()}
    yield "\n## Formål og grunnlag (b)\n"
    yield "| Formål | Hva det vil si | Hjemmel |\n|---|---|---|"
    for purpose in purposes().values():
        if purpose.id in used:
            yield f"| {purpose.name} | {purpose.told} | {_cited(purpose.basis)} |"
    yield "\nSærlige og taushetsbelagte opplysninger hviler i tillegg på personvernforordningen art. 9 nr. 2 g."


def _receivers() -> Iterator[str]:
    yield "\n## Hvem som får vite hva (d)\n"
    yield "| Hvem | Grunnlag | Opplysninger | Formål | Vilkår | Hjemmel |\n|---|---|---|---|---|---|"
    for rule in sharing.rules_on(None):
        who = ", ".join(sorted(_receiver(each) for each in rule.receivers))
        topics = ", ".join(str(topic.label) for topic in Topic if topic in rule.topics)
        ground = Ground(rule.ground).label
        yield f"| {who} | {ground} | {topics} | {rule.purpose} | {rule.condition} | {_cited(rule.sources)} |"
    yield "\nUtdanningsdirektoratet får det opplæringsforskrifta § 19-2 nevner."


def _receiver(receiver: str) -> str:
    persons = {"youth": "Ungdommen selv", "guardian": "Foresatte"}
    return persons.get(receiver) or str(Role(receiver).label)


def _retentions() -> Iterator[str]:
    yield "\n## Hvor lenge (f)\n"
    yield f"Gjennomgått {reviewed_on().isoformat()}. Til fylket har valgt en frist, går ingenting ut.\n"
    yield "| Slag | Hva det er | Frist | Så | Hjemmel |\n|---|---|---|---|---|"
    for kind in record_kinds().values():
        yield f"| {kind.name} | {kind.told} | {_term(kind)} | {_OUTCOMES[kind.outcome]} | {_cited(kind.basis)} |"
    yield "\n| Klasse av felter | Frist |\n|---|---|"
    for name, told in retention_classes().values():
        yield f"| {name} | {told} |"


_OUTCOMES = {
    "dispose": "Kasseres når to har godkjent det; bevis blir stående",
    "forget": "Slettes av seg selv",
    "keep": "Står; ingenting i Fotfeste tar det bort",
}


def _term(kind: RecordKind) -> str:
    if kind.term.reading:
        reading = all_readings()[kind.term.reading]
        proposed = reading.text_of(reading.lines[0].value)
        return f"Fylket velger (`{reading.id}`), regnet fra {EVENTS[kind.event]}. Til da: {proposed}"
    number = f"{kind.term.years} år" if kind.term.years else f"{kind.term.days} dager"
    least = "Minst " if kind.outcome == "keep" else ""
    return f"{least}{number} etter at {EVENTS[kind.event]}"


def _fields() -> Iterator[str]:
    yield "\n## Kategorier av opplysninger (c)\n"
    yield "Hvert felt i hver tabell: hvem det er om, hva det er til, hvor lenge det står. Hjemmelen følger formålet."
    by_model: dict[str, list[Processing]] = defaultdict(list)
    for each in processing().values():
        by_model[each.field_class.model].append(each)
    for model in sorted(by_model):
        yield f"\n### {model}\n"
        yield "| Felt | Heter | Om | Formål | Frist |\n|---|---|---|---|---|"
        for each in by_model[model]:
            known = each.field_class
            named = _name_of(known.model, known.field)
            told = (KINDS[known.kind], each.purpose.name, _kept(known.model, known.retention))
            yield f"| `{known.field}` | {named} | {' | '.join(told)} |"


def _kept(model: str, retention: str) -> str:
    """Return the record kind of a field about a youth; of another its class."""
    kind = kind_of_model().get(model)
    return kind.name.lower() if kind and kind.field_class == retention else retention_classes()[retention][0]


def _name_of(model: str, field: str) -> str:
    """Return what the field is called in Norwegian; empty where it only has the name it has in the code."""
    named = str(apps.get_model(model)._meta.get_field(field).verbose_name)
    return "" if named in {field.replace("_", " "), field.removesuffix("_id").replace("_", " "), "ID"} else named


def _cited(basis: tuple[Source, ...]) -> str:
    return "; ".join(source.citation for source in basis)
