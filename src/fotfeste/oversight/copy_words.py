"""The words of a copy in the language in use: what tables and fields are called (``data/copy_words.yaml``)."""

from functools import cache
from importlib import resources

import yaml
from django.utils.translation import get_language

LANGUAGES = ("nb", "nn", "en")


def language_in_use() -> str:
    """Return which of the languages of a copy is in use; bokmål for any other."""
    language = (get_language() or "nb").split("-")[0]
    return language if language in LANGUAGES else "nb"


@cache
def words() -> dict[str, dict[str, str]]:
    """Return every name in nynorsk and English, by what it is in bokmål."""
    text = resources.files("fotfeste.oversight").joinpath("data/copy_words.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def said(name: str) -> str:
    """Return a name in the language in use; in bokmål where it has no other, which a test does not let happen."""
    return words().get(name, {}).get(language_in_use(), name)
