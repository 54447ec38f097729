"""Small files as they are attached to notes, and a scanner that answers as it is told."""

import socket
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0 et bilde \xff\xd9"
#: What would fill much more when it is unpacked, as a document of Word can; it never is.
BOMB = b"PK\x03\x04" + zlib.compress(b"\0" * 10_000_000)
#: What scanners agree to call harmful.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def file(name: str = "Vitnemål.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """Return a file as a browser sends it; what the browser says that it is counts for nothing."""
    return SimpleUploadedFile(name, content, "text/html")


@contextmanager
def scanner(settings: object) -> Iterator[list[bytes]]:
    """Set up a clamd that finds the harmful file by its content, and give what it was sent."""
    heard: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))
    settings.CLAMAV = f"127.0.0.1:{listener.getsockname()[1]}"  # type: ignore[attr-defined]

    def serve() -> None:
        while True:
            try:
                line, _where = listener.accept()
            except OSError:
                return
            with line, line.makefile("rb") as sent:
                sent.read(len(b"zINSTREAM\0"))
                pieces = []
                while size := struct.unpack("!I", sent.read(4))[0]:
                    pieces.append(sent.read(size))
                heard.append(b"".join(pieces))
                line.sendall(b"stream: Eicar-Signature FOUND\0" if EICAR in heard[-1] else b"stream: OK\0")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield heard
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
