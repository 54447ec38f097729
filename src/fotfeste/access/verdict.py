"""What a policy answers: yes, or no with the sentence the user may read."""

from dataclasses import dataclass

from fotfeste.access import refusals
from fotfeste.kernel.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may I?". True or false in a condition; ``sentence`` says why not."""

    allowed: bool
    sentence: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """
        Stop unless allowed, and note the refusal for the log.

        :raises NotAllowed: with the sentence.
        """
        if not self.allowed:
            refusals.note()
            raise NotAllowed(self.sentence)


def allow_if(condition: object, *, otherwise: str) -> Verdict:
    """Return yes when the condition is true, otherwise no with the sentence."""
    return Verdict(True) if condition else Verdict(False, str(otherwise))
