"""Fetch a document from an address: three tries, a size limit, and no key sent anywhere but where it was meant for."""

import tempfile
import time
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import BinaryIO, cast
from urllib.parse import urlsplit

import requests

from fotfeste.integrations.reading.errors import UnreadableFile

TRIES = 3
FIRST_WAIT = 1.0
CONNECT_SECONDS, ANSWER_SECONDS = 10, 120
_STEP = 1 << 20
_IN_MEMORY = 8 * _STEP


class _TryAgain(Exception):
    """The other end may answer later."""


def fetch(
    address: str, *, headers: Mapping[str, str], largest: int, wait: Callable[[float], None] = time.sleep
) -> BinaryIO:
    """
    Return the document at the address as a seekable file.

    Tries three times, waiting longer each time. Redirects are not followed: they would carry the key along.

    :raises UnreadableFile: the address is not safe to send a key to, refuses, or does not answer.
    """
    _refuse_open_lines(address)
    trouble = ""
    for attempt in range(TRIES):
        if attempt:
            wait(FIRST_WAIT * 2 ** (attempt - 1))
        try:
            return _fetch_once(address, headers=headers, largest=largest)
        except _TryAgain as again:
            trouble = str(again)
    raise UnreadableFile(f"Kilden {trouble}. Prøvde {TRIES} ganger. Prøv igjen senere.")


def _refuse_open_lines(address: str) -> None:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        raise UnreadableFile("Adressen er ikke en gyldig nettadresse.") from None
    if parts.scheme.lower() == "http" and not _is_this_machine(host):
        raise UnreadableFile("Adressen må begynne med https: nøkkel og personopplysninger sendes ikke på åpen linje.")


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _fetch_once(address: str, *, headers: Mapping[str, str], largest: int) -> BinaryIO:
    try:
        with requests.get(
            address,
            headers={"Accept": "application/json", **headers},
            timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
            allow_redirects=False,
            stream=True,
        ) as answer:
            _judge_status(answer.status_code)
            return _kept(answer, largest=largest)
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.InvalidHeader):
        raise UnreadableFile("Adressen eller overskriftene til kilden er ikke gyldige.") from None
    except requests.exceptions.SSLError:
        raise UnreadableFile("Kilden har ikke et gyldig sertifikat, så ingenting ble sendt.") from None
    except requests.exceptions.Timeout:
        raise _TryAgain("svarte ikke i tide") from None
    except requests.exceptions.RequestException:
        raise _TryAgain("kunne ikke nås, eller forbindelsen ble brutt") from None


def _judge_status(status: int) -> None:
    if status in (401, 403):
        raise UnreadableFile(f"Kilden avviste oss (HTTP {status}). Sjekk fylkesnummer og nøkkel (api-key).")
    if status == 429 or status >= 500:
        raise _TryAgain(f"svarte med feil (HTTP {status})")
    if status != 200:
        raise UnreadableFile(f"Kilden svarte med HTTP {status} i stedet for data. Sjekk adressen.")


def _kept(answer: requests.Response, *, largest: int) -> BinaryIO:
    kept = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - whoever asked closes it
    size = 0
    for step in answer.iter_content(_STEP):
        size += len(step)
        if size > largest:
            kept.close()
            raise UnreadableFile(f"Svaret fra kilden er større enn {largest // (1024 * 1024)} MB og leses ikke.")
        kept.write(step)
    kept.seek(0)
    return cast(BinaryIO, kept)
