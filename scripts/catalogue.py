"""Reading and writing gettext's two kinds of files: ``.po`` for people, ``.mo`` for Django."""

import ast
import re
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_MAGIC = 0x950412DE
_LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?\s*(".*")\s*')
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


class Message(NamedTuple):
    """A text to be translated; its plural and its context when it has any."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> str:
        """What a ``.mo`` file finds it by."""
        key = f"{self.context}\x04{self.text}" if self.context else self.text
        return f"{key}\0{self.plural}" if self.plural else key


Catalogue = Mapping[Message, tuple[str, ...]]


def header(language: str) -> str:
    """Return what a catalogue says about itself."""
    return (
        f"Language: {language}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    )


def written(language: str, catalogue: Catalogue) -> bytes:
    """Return a catalogue as a ``.po`` file."""
    blocks = ['msgid ""\nmsgstr ""\n' + "".join(f"{_quoted(line)}\n" for line in header(language).splitlines(True))]
    for message, texts in catalogue.items():
        lines = [f"msgctxt {_quoted(message.context)}"] if message.context else []
        lines.append(f"msgid {_quoted(message.text)}")
        if message.plural:
            lines.append(f"msgid_plural {_quoted(message.plural)}")
            lines += [f"msgstr[{n}] {_quoted(text)}" for n, text in enumerate((*texts, "")[:2])]
        else:
            lines.append(f"msgstr {_quoted(texts[0])}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks).encode()


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def read(file: Path) -> dict[Message, tuple[str, ...]]:
    """Return the catalogue in a ``.po`` file, nothing when there is no file. Guesses (fuzzy) count as empty."""
    if not file.is_file():
        return {}
    catalogue = {}
    for block in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")):
        parts = _parts(block)
        texts = tuple(text for name, text in parts.items() if name.startswith("msgstr"))
        if parts.get("msgid"):
            message = Message(parts["msgid"], parts.get("msgid_plural", ""), parts.get("msgctxt", ""))
            catalogue[message] = ("",) if re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE) else texts
    return catalogue


def _parts(block: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if found := _LINE.fullmatch(line):
            name = found[1] or name
            parts[name] = parts.get(name, "") + ast.literal_eval(found[2])
    return parts


def compiled(language: str, catalogue: Catalogue) -> bytes:
    """Return a catalogue as a ``.mo`` file; what is not translated is left out, and so stays bokmål."""
    pairs = {"": header(language)} | {
        message.key: "\0".join(texts) for message, texts in catalogue.items() if all(texts)
    }
    keys, values = zip(*((key.encode(), text.encode()) for key, text in sorted(pairs.items())), strict=True)
    tables_end = 28 + 16 * len(keys)
    keys_end = tables_end + sum(len(key) + 1 for key in keys)
    tables = (*_offsets(keys, tables_end), *_offsets(values, keys_end))
    head = struct.pack("<7I", _MAGIC, 0, len(keys), 28, 28 + 8 * len(keys), 0, tables_end)
    return head + struct.pack(f"<{len(tables)}I", *tables) + b"".join(text + b"\0" for text in keys + values)


def _offsets(texts: tuple[bytes, ...], at: int) -> Iterator[int]:
    for text in texts:
        yield from (len(text), at)
        at += len(text) + 1
