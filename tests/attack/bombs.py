"""Small files that unpack to very much."""

import io
import struct
import zipfile
import zlib

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}content-types">
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
      <Override PartName="/xl/workbook.xml" ContentType="{_TYPE}sheet.main+xml"/>
      <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}worksheet+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}relationships">
      <Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""<workbook {_NS} xmlns:r="{_OFFICE}"><sheets>
      <sheet name="Ark1" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_PACKAGE}relationships">
      <Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
      <Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>""",
}


def zipped(**parts: bytes) -> bytes:
    """Return a zip with files of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def book(rows: str, *, shared: str = "") -> bytes:
    """Return a workbook with the rows given as they stand in its XML."""
    parts = {name: text.encode() for name, text in _PARTS.items()}
    parts["xl/worksheets/sheet1.xml"] = f"<worksheet {_NS}><sheetData>{rows}</sheetData></worksheet>".encode()
    if shared:
        parts["xl/sharedStrings.xml"] = f"<sst {_NS}><si><t>{shared}</t></si></sst>".encode()
    return zipped(**parts)


def _cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def two_corners() -> bytes:
    """A sheet with a cell in each of two opposite corners, and seventeen thousand million empty ones between."""
    return book(f'<row r="1">{_cell("A1", "fornavn")}</row><row r="1048576">{_cell("XFD1048576", "x")}</row>')


def one_text_many_times(times: int = 200_000) -> bytes:
    """One long text that every cell of a sheet refers to: six gigabytes of it."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, times + 1))
    return book(rows, shared="x" * 32_000)


def much_unpacked(megabytes: int = 401) -> bytes:
    """A sheet that unpacks to more than is read, and says so."""
    sheet = f"<worksheet {_NS}><sheetData>".encode() + b" " * (megabytes << 20) + b"</sheetData></worksheet>"
    return zipped(**{name: text.encode() for name, text in _PARTS.items()}, **{"xl/worksheets/sheet1.xml": sheet})


def lying(megabytes: int = 100) -> bytes:
    """A sheet that unpacks to a hundred megabytes, in a zip that says it is four kilobytes."""
    out, entries = io.BytesIO(), []
    for name, text in [*_PARTS.items(), ("xl/worksheets/sheet1.xml", "")]:
        content, size, check = _deflated([text.encode()]), len(text), zlib.crc32(text.encode())
        if not text:
            row = f"<row>{_cell('', 'x' * 1000)}</row>".replace(' r=""', "").encode() * 1000
            begins = f'<worksheet {_NS}><sheetData><row r="1">{_cell("A1", "fornavn")}</row>'.encode()
            pieces = [begins, *[row] * (megabytes * 1_000_000 // len(row)), b"</sheetData></worksheet>"]
            content, size, check = _deflated(pieces), 4096, 0
        entries.append((name.encode(), out.tell(), check, len(content), size))
        described = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, check, len(content), size, len(name), 0)
        out.write(b"PK\x03\x04" + described + name.encode() + content)
    start = out.tell()
    for name_bytes, place, check, packed, size in entries:
        described = struct.pack("<HHHHHHIIIHH", 20, 20, 0, 8, 0, 0x21, check, packed, size, len(name_bytes), 0)
        out.write(b"PK\x01\x02" + described + struct.pack("<HHHII", 0, 0, 0, 0, place) + name_bytes)
    counts = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), out.tell() - start, start, 0)
    return out.getvalue() + b"PK\x05\x06" + counts


def _deflated(pieces: list[bytes]) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return b"".join([*map(packer.compress, pieces), packer.flush()])


def zip_in_zip(deep: int = 5) -> bytes:
    """Zips within zips, the innermost of which is large, and the outermost named a workbook."""
    content = zipped(**{"0.txt": b"\0" * (20 << 20)})
    for _ in range(deep):
        content = zipped(**{f"{number}.zip": content for number in range(10)})
    return content


def part_of(book: bytes, name: str) -> str:
    """Return one part of a workbook as it is written."""
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        return packed.read(name).decode()
