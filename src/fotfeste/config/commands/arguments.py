"""What the commands' arguments have in common: days and moments, and argparse's own sentences in Norwegian."""

import argparse
from datetime import date, datetime

from fotfeste.kernel.errors import Invalid

SENTENCES = {
    "usage: ": "bruk: ",
    "positional arguments": "argumenter",
    "options": "valg",
    "show this help message and exit": "vis denne hjelpen og slutt",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "dette må være med: %s",
    "one of the arguments %s is required": "ett av disse må være med: %s",
    "not allowed with argument %s": "kan ikke brukes sammen med %s",
    "unrecognized arguments: %s": "ukjente argumenter: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r er ikke et av valgene (%(choices)s)",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "%(parser_name)r er ikke et av valgene (%(choices)s)",
    "invalid %(type)s value: %(value)r": "%(value)r kan ikke leses",
    "expected one argument": "mangler en verdi",
    "expected at most one argument": "skal ha høyst én verdi",
    "expected at least one argument": "skal ha minst én verdi",
    "ignored explicit argument %r": "skal ikke ha en verdi (%r)",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan være flere: %(matches)s",
}


def speak_norwegian() -> None:
    """Let argparse say what it says in Norwegian; the words it has no place for are left as they are."""
    setattr(argparse, "_", lambda text: SENTENCES.get(text, text))  # noqa: B010 - the name the module looks its texts up by


def day(text: str) -> date:
    """
    Read a day.

    :raises Invalid: it is not one.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"«{text}» er ikke en dato. Skriv den slik: 2026-11-15.") from None


def a_day(text: str) -> date:
    """
    Read a day, as the type of an argument.

    :raises argparse.ArgumentTypeError: it is not one.
    """
    try:
        return day(text)
    except Invalid as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def moment(text: str) -> datetime:
    """
    Read a moment; without a time zone it is Norwegian time, and a bare day means its very end.

    :raises Invalid: it is not one.
    """
    from fotfeste.kernel import clock

    try:
        if len(text) == 10:
            return datetime.fromisoformat(f"{text}T23:59:59.999999").replace(tzinfo=clock.OSLO)
        read = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f"«{text}» er ikke et tidspunkt. Skriv det slik: 2026-11-15T12:00.") from None
    return read if read.tzinfo else read.replace(tzinfo=clock.OSLO)


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its word."""
    return f"{number} {one if number == 1 else many}"


def youths(number: int) -> str:
    """Return how many youths."""
    return counted(number, "ungdom", "ungdommer")
