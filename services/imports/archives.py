"""An XLSX file is a zip of XML: checked entry by entry before a parser may expand it."""

import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path

from domain.problems import Problem
from services.imports.limits import Limits

_CHUNK = 256 * 1024
# The ratio of a small file proves nothing; only what would grow large is judged by it.
_SMALL = 4 * 1024 * 1024
_TAIL = 64
# All that the library raises for an archive that is not what it says.
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
           ValueError, OverflowError, RuntimeError)  # fmt: skip
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")


def check_workbook(path: Path, limits: Limits) -> None:
    """Raise ``Problem`` unless this is a workbook that is safe to expand.

    Every entry is unpacked once into nothing: its real size is counted, document type and entity
    declarations are refused, and the cell furthest out tells how large the sheet would become.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_directory(entries, limits)
            expanded = sum(_check_entry(archive, entry, limits) for entry in entries)
    except _DAMAGE:
        raise Problem("import_broken") from None
    if expanded > limits.expanded:
        raise Problem("import_bomb")


def _check_directory(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise Problem("import_kind")
    expanded = sum(entry.file_size for entry in entries)
    if len(entries) > limits.entries or expanded > limits.expanded:
        raise Problem("import_bomb")
    for entry in entries:
        if entry.flag_bits & 1:
            raise Problem("import_password")
        if entry.file_size > max(_SMALL, entry.compress_size * limits.ratio):
            raise Problem("import_bomb")
        if entry.filename.endswith("sharedStrings.xml") and entry.file_size > limits.strings:
            raise Problem("import_bomb")


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> int:
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    is_sheet = entry.filename.startswith("xl/worksheets/")
    size, columns, rows, tail = 0, 0, 0, b""
    with archive.open(entry) as source:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            window = tail + chunk
            tail = window[-_TAIL:]
            if is_xml and _FORBIDDEN.search(window.replace(b"\x00", b"")):
                raise Problem("import_unsafe_xml")
            if is_sheet:
                columns, rows = _furthest(window, columns, rows)
    if columns > limits.columns or rows > limits.rows * 2 or columns * rows > limits.cells:
        raise Problem("import_too_many_cells", limit=limits.cells)
    return size


def _furthest(window: bytes, columns: int, rows: int) -> tuple[int, int]:
    places = set(_PLACE.findall(window))
    letters = {column for column, _ in places}
    columns = max((columns, *(_column(name) for name in letters)))
    return columns, max((rows, *(int(row) for _, row in places)))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
