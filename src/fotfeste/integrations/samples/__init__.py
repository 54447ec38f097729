"""One small good file per import source, to start from and to test with. The persons are synthetic."""

from pathlib import Path

from fotfeste.integrations.sources import SOURCES, Shape


def sample_file(source: str) -> Path:
    """Return where the sample of the source is."""
    suffix = "json" if SOURCES[source].shape is Shape.JSON else "csv"
    return Path(__file__).with_name(f"{source}.{suffix}")
