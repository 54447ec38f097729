"""Which moves a step and a task may make."""

from fotfeste.collaboration.enums import StepState, TaskState

#: From where a step may be left without its record, and from where it may be taken up again.
SKIPPABLE = frozenset({StepState.OPEN, StepState.WAITS})
REPEATABLE = frozenset({StepState.DONE, StepState.SKIPPED, StepState.LEFT})
STANDS_OPEN = frozenset({StepState.OPEN, StepState.WAITS})
TASK_STANDS_OPEN = frozenset({TaskState.OPEN})
