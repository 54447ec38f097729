"""Measuring two things in turn (A B A B …), so that what disturbs the machine disturbs both; and saying how it went."""

import os
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

RESULTS = Path(__file__).with_name("results.md")
LOAD_AT_START = os.getloadavg()[0]


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    One thing against its yardstick, a ratio for each pair.

    :ivar yardstick, measured: seconds (or bytes) of each run, in the order they ran.
    :ivar limit: what the median ratio may be at most; None when it is only told.
    :ivar is_beside: measured beside what has the limit, and held against it without failing the benchmark.
    """

    name: str
    yardstick: tuple[float, ...]
    measured: tuple[float, ...]
    limit: float | None = None
    is_beside: bool = False

    @property
    def ratios(self) -> tuple[float, ...]:
        """Return measured to yardstick, pair by pair."""
        return tuple(b / a for a, b in zip(self.yardstick, self.measured, strict=True))

    @property
    def ratio(self) -> float:
        """Return the median of the pairs' ratios."""
        return statistics.median(self.ratios)

    @property
    def is_within(self) -> bool:
        """Say whether the median is within the limit."""
        return self.limit is None or self.ratio <= self.limit

    @property
    def passed(self) -> bool:
        """Say whether the benchmark stands by this one."""
        return self.is_beside or self.is_within

    @property
    def verdict(self) -> str:
        """Return PASS or FAIL, or nothing where there is no limit; beside what has one, whether it is above."""
        if self.limit is None or (self.is_beside and self.is_within):
            return ""
        return "above" if self.is_beside else "PASS" if self.passed else "FAIL"


def seconds(work: Callable[[], object]) -> float:
    """Return how long it takes once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def typical(work: Callable[[], object], *, times: int) -> float:
    """Return the median of so many runs: for what takes milliseconds or less."""
    return statistics.median(seconds(work) for _ in range(times))


def in_turn(
    name: str, yardstick: Callable[[], float], measured: Callable[[], float], *, pairs: int = 7, limit: float | None
) -> Comparison:
    """Measure in turn; each callable returns what it measured. One pair to warm up is thrown away."""
    yardstick(), measured()
    runs = [(yardstick(), measured()) for _ in range(pairs)]
    return Comparison(name, tuple(a for a, _ in runs), tuple(b for _, b in runs), limit)


def table(comparisons: Iterable[Comparison], *, unit: str = "ms", scale: float = 1000) -> str:
    """Write the comparisons out as a Markdown table."""
    lines = [
        f"| What | Yardstick ({unit}) | Measured ({unit}) | Ratio | Each pair | Limit | |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in comparisons:
        spread = " ".join(f"{ratio:.2f}" for ratio in each.ratios)
        limit = "" if each.limit is None else f"≤ {each.limit:g}"
        told = (_figure(statistics.median(side) * scale) for side in (each.yardstick, each.measured))
        lines.append(
            f"| {each.name} | {' | '.join(told)} | **{each.ratio:.2f}** | {spread} | {limit} | {each.verdict} |"
        )
    return "\n".join(lines)


def _figure(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 100 else f"{value:.0f}"


@dataclass(frozen=True, slots=True)
class Told:
    """How one benchmark went: what it is called, and which of its limits were missed."""

    title: str
    missed: tuple[str, ...]

    def __str__(self) -> str:
        return f"FAIL  {self.title}: {'; '.join(self.missed)}" if self.missed else f"PASS  {self.title}"


TOLD: list[Told] = []
"""What has been told in this process, for the summary of ``python -m benchmarks``."""

_HEADER = """# Measured

Written by `make bench`: each part as it was last measured. Ratios of two things run in turn (A B A B), the median of
the pairs. Server and client share the machine's cores; local disk; fsync and synchronous commit on.
"""


def tell(title: str, parts: Sequence[str], comparisons: Sequence[Comparison], *, keep: bool = True) -> int:
    """Print a result and keep it in results.md; return the exit code: 1 when a limit is missed."""
    told = Told(title, tuple(each.name for each in comparisons if not each.passed))
    verdict = f"FAIL: {'; '.join(told.missed)}" if told.missed else "PASS"
    above = [each.name for each in comparisons if each.is_beside and not each.is_within]
    beside = [f"Above the same limit, beside what it is for: {'; '.join(above)}."] if above else []
    text = "\n\n".join([f"## {title}", _when(), *parts, f"**{verdict}**", *beside])
    print(text, flush=True)
    TOLD.append(told)
    if keep:
        _keep(title, text)
    return 1 if told.missed else 0


def begin_anew() -> None:
    """Forget what was measured before: the whole of it is measured now."""
    RESULTS.write_text(_HEADER, encoding="utf-8")


def _when() -> str:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    machine = f"{os.cpu_count()} cores and {memory:.0f} GiB, load before it began {LOAD_AT_START:.1f}"
    return f"Measured on {time.strftime('%d.%m.%Y')}: {machine}."


def _keep(title: str, text: str) -> None:
    """Put a part where the one of the same title stood, or last."""
    kept = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else _HEADER
    header, *sections = kept.split("\n## ")
    by_title = {section.partition("\n")[0].strip(): section.strip() for section in sections}
    by_title[title] = text.removeprefix("## ").strip()
    RESULTS.write_text("\n\n## ".join([header.strip(), *by_title.values()]) + "\n", encoding="utf-8")
