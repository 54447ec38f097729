"""The files that are written from the specification and the source text, and whether they are current."""

from pathlib import Path

from fotfeste.spec import catalogue, documents, glossary
from fotfeste.spec.coverage import Report, snapshot_of
from fotfeste.spec.floor import floor, raised

DATA = "src/fotfeste/spec/data"


def contents(report: Report) -> dict[str, str]:
    """Return what each generated file should hold, by its path in the repository."""
    return {
        f"{DATA}/ids.txt": "\n".join(sorted(item.id for item in catalogue.items())) + "\n",
        f"{DATA}/coverage.json": snapshot_of(report),
        f"{DATA}/floor.json": raised(report, floor()),
        "docs/coverage.md": documents.coverage_page(report),
        "docs/readings.md": documents.readings_page(),
        "GLOSSARY.md": glossary.as_markdown(),
    }


def outdated(repository: Path, report: Report) -> list[str]:
    """Return the paths of the generated files that are missing or no longer current."""
    return [path for path, text in contents(report).items() if _read(repository / path) != text]


def write(repository: Path, report: Report) -> list[str]:
    """Write the generated files that are not current and return their paths."""
    changed = outdated(repository, report)
    for path, text in contents(report).items():
        if path in changed:
            (repository / path).parent.mkdir(parents=True, exist_ok=True)
            (repository / path).write_text(text, encoding="utf-8")
    return changed


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
