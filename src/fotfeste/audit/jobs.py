"""Sealing the log, and making its months ahead."""

from fotfeste.audit import services
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job


@job("audit.seal")
def seal(timestamp: int = 0) -> None:
    """Chain what was logged since the last seal. A busy log is left for the next minute."""
    services.seal()


@job("audit.make_months")
def make_months(timestamp: int = 0) -> None:
    """Make the parts of the log for the months to come."""
    services.make_months(today=clock.today())
