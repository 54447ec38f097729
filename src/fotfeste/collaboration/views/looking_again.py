"""Asking whoever writes to look once more at words that seem to belong elsewhere, before others read them."""

from collections.abc import Callable, Mapping
from typing import Any

from fotfeste.collaboration import watch_words
from fotfeste.collaboration.forms.watched import LOOKS_LIKE

#: What a form carries of the words its user has been told of; saving once more is then a choice.
SEEN = "seen_warning"


class LookAgain:
    """
    The words in some texts that make one look again, unless the user was told of them before.

    :ivar told: for the form to carry: all the words told of, now and before.
    """

    def __init__(self, form: Any, texts: Mapping[str, str], *, name_of: Callable[[str], str] | None = None) -> None:
        self._form, self._name_of = form, name_of or (lambda name: str(form[name].label))
        found = watch_words.looks_like({name: text for name, text in texts.items() if text})
        marks = {f"{each.field}:{each.word}" for each in found}
        self._found = () if marks <= set(form.data.get(SEEN, "").split()) else found
        self.told = " ".join(sorted(marks))

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def lines(self) -> list[tuple[str, str, str, str]]:
        """In which field each word stands: its id and its name on the page, the words, and what they look like."""
        rows: dict[tuple[str, watch_words.Watched], list[str]] = {}
        for each in self._found:
            rows.setdefault((each.field, each.kind), []).append(f"«{each.word}»")
        return [
            (str(self._form[field].id_for_label), self._name_of(field), ", ".join(words), str(LOOKS_LIKE[kind]))
            for (field, kind), words in rows.items()
        ]


def look_again(
    form: Any, texts: Callable[[], Mapping[str, str]], *, name_of: Callable[[str], str] | None = None
) -> LookAgain | None:
    """
    Return what to look at once more before the form is saved; None when there is nothing.

    :param texts: what others will read, by field, of a form that is filled in rightly.
    """
    if not form.is_bound or not form.is_valid():
        return None
    found = LookAgain(form, texts(), name_of=name_of)
    return found if found else None
