"""What a check answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """
    Something a check found.

    :ivar sentence: plain words with a count, never a name or an identity number.
    :ivar ids: row numbers of what it is about, shown only when asked for.
    :ivar is_fault: False for what people must do something about, but which is no fault in the data.
    """

    sentence: str
    ids: tuple[int, ...] = ()
    is_fault: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that must hold, and what was found against it. ``name`` is for programs, ``title`` for people."""

    name: str
    title: str
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Say whether it holds. What people have left to do does not break it."""
        return not any(problem.is_fault for problem in self.problems)
