"""
Whoever carries letters to those they are for.

A carrier is reached by a class that the settings name. ``FolderCarrier`` puts each letter in a folder, from which it is
printed, with a list of the addresses. What a sender of digital post needs beside the document stands in ``Parcel``: the
receiver's number, a title that tells nothing, the address to print for. ``repeats`` says whether the same key sent
twice is delivered once; a letter that may have gone with a carrier that does not is never sent again by itself.
"""

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from smtplib import SMTPException
from typing import BinaryIO, Protocol, cast
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from fotfeste.kernel.cells import escape_cell

_ADDRESSES = "adresser.csv"
_HEADERS = ("Fil", "Navn", "Adresse", "Postnummer", "Poststed")


class CarrierDown(Exception):
    """The letter was not taken; it may be later."""


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where a letter goes."""

    name: str
    street: str
    postcode: str
    city: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """
    One letter as a carrier is given it.

    :ivar key: names it, always the same, and tells nothing. :ivar mailing_key: the same of all sent together.
    :ivar national_id: of the receiver, for carriers of digital post; None for who has none, and for guardians.
    :ivar papers: what lies with the letter, each a document of its own.
    :ivar email: and ``words``, for one that goes by e-mail: words that name nobody and no service.
    """

    key: str
    mailing_key: str
    title: str
    language: str
    document: bytes
    to: PostalAddress | None
    national_id: str | None = None
    email: str = ""
    words: str = ""
    papers: tuple[bytes, ...] = ()


class Carrier(Protocol):
    """Carries letters."""

    name: str
    repeats: bool

    @property
    def is_ready(self) -> bool:
        """Whether there is anything to carry with."""

    def send(self, parcel: Parcel) -> str:
        """
        Take a letter and return what the carrier calls it.

        :raises CarrierDown: it was not taken.
        """

    def take_back(self, mailing_key: str, key: str) -> None:
        """
        Let nobody get at a letter any more, as far as that can be helped. Called again it does nothing more.

        :raises CarrierDown: it could not be seen to.
        """

    def finish(self, mailing_key: str) -> None:
        """
        All letters of a mailing have been given. Called again it does nothing more.

        :raises CarrierDown: it could not be seen to.
        """


class FolderCarrier:
    """A folder for each mailing, with each letter in a file of its own. A file is there whole or not at all."""

    name = "folder"
    repeats = True

    def __init__(self, configured: Mapping[str, str]) -> None:
        self.root = Path(configured["folder"]) if configured.get("folder") else None

    @property
    def is_ready(self) -> bool:
        """Whether a folder is named."""
        return self.root is not None

    def send(self, parcel: Parcel) -> str:
        """
        Put the letter in the mailing's folder; what is there already is left.

        :raises CarrierDown: the folder cannot be written to, or is not named.
        """
        try:
            folder = self._folder(parcel.mailing_key)
            place = folder / f"{parcel.key}.pdf"
            if parcel.to is None:
                raise CarrierDown
            if not place.exists():
                for number, paper in enumerate(parcel.papers, start=1):
                    _put(folder / f"{parcel.key}-{number}.pdf", paper)
                _put(folder / f".{parcel.key}.json", json.dumps(asdict(parcel.to), ensure_ascii=False).encode())
                _put(place, parcel.document)
        except OSError as problem:
            raise CarrierDown from problem
        return parcel.key

    def take_back(self, mailing_key: str, key: str) -> None:
        """
        Take the letter, what lies with it and its address out of the folder.

        :raises CarrierDown: the folder cannot be written to.
        """
        try:
            folder = self._folder(mailing_key)
            for place in (*self.documents(mailing_key, key), folder / f".{key}.json"):
                place.unlink(missing_ok=True)
            if (folder / _ADDRESSES).exists():
                self.finish(mailing_key)
        except OSError as problem:
            raise CarrierDown from problem

    def finish(self, mailing_key: str) -> None:
        """
        Write the list of addresses beside the letters.

        :raises CarrierDown: the folder cannot be written to.
        """
        try:
            folder = self._folder(mailing_key)
            begun = folder / f".{uuid4().hex}"
            with begun.open("wb") as file:
                write_addresses(file, self.addresses(mailing_key))
            begun.rename(folder / _ADDRESSES)
        except OSError as problem:
            raise CarrierDown from problem

    def addresses(self, mailing_key: str) -> Iterator[tuple[str, PostalAddress]]:
        """Return the key and the address of each letter in the folder, in the order of the keys."""
        folder = self._folder(mailing_key)
        for place in sorted(folder.glob("*.pdf")):
            told = folder / f".{place.stem}.json"
            if told.exists():  # what lies with a letter has no address of its own
                yield place.stem, PostalAddress(**json.loads(told.read_text(encoding="utf-8")))

    def documents(self, mailing_key: str, key: str) -> list[Path]:
        """Return where a letter lies, and what lies with it."""
        folder = self._folder(mailing_key)
        return [folder / f"{key}.pdf", *sorted(folder.glob(f"{key}-*.pdf"))]

    def _folder(self, mailing_key: str) -> Path:
        if self.root is None:
            raise CarrierDown
        folder = self.root / mailing_key
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


class MailCarrier:
    """E-mail with a link to answer at, where the county has chosen it. It holds no letter, and names nobody."""

    name = "mail"
    repeats = False

    def __init__(self, configured: Mapping[str, str]) -> None:
        self.is_chosen = configured.get("mail") == "1"

    @property
    def is_ready(self) -> bool:
        """Whether e-mail is chosen."""
        return self.is_chosen

    def send(self, parcel: Parcel) -> str:
        """
        Send the mail.

        :raises CarrierDown: the mail server did not take it.
        """
        if not (self.is_chosen and parcel.email and parcel.words):
            raise CarrierDown
        try:
            EmailMessage(parcel.title, parcel.words, settings.DEFAULT_FROM_EMAIL, [parcel.email]).send()
        except (OSError, SMTPException) as problem:
            raise CarrierDown from problem
        return parcel.key

    def take_back(self, mailing_key: str, key: str) -> None:
        """A mail that has gone cannot be called back; it tells nothing."""

    def finish(self, mailing_key: str) -> None:
        """There is nothing more to do."""


def write_addresses(out: BinaryIO, letters: Iterable[tuple[str, PostalAddress]]) -> None:
    """Write the addresses as CSV: semicolon and UTF-8 with a mark, as Norwegian spreadsheets open it."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    rows = csv.writer(text, delimiter=";")
    rows.writerow(_HEADERS)
    for key, to in letters:
        rows.writerow([f"{key}.pdf", *map(escape_cell, (to.name, to.street, to.postcode, to.city))])
    text.detach()


def _put(place: Path, content: bytes) -> None:
    """Let a file be there whole, also if the machine stops."""
    begun = place.with_name(f".{uuid4().hex}")
    with os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    begun.rename(place)


def mail_carrier() -> Carrier:
    """Return what e-mail to youths is sent with."""
    return MailCarrier(settings.LETTERS)


def carrier() -> Carrier:
    """Return what the settings send letters with."""
    configured = settings.LETTERS
    return cast(Carrier, import_string(configured["adapter"])(configured))
