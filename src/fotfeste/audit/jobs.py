"""Sealing the log."""

from fotfeste.audit import services
from fotfeste.kernel.jobs import job


@job("audit.seal")
def seal(timestamp: int = 0) -> None:
    """Chain what was logged since the last seal. A busy log is left for the next minute."""
    services.seal()
