"""Small files to import, made by the tests themselves."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from domain.rules import Rules
from services.imports.limits import Limits
from services.imports.outcome import Entrant, Refused
from services.imports.rows import reader
from services.imports.table import Table, open_table

LIMITS = Limits.for_chat(Rules())


def text_file(folder: Path, text: str, codec: str = "utf-8", name: str = "clients.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(codec))
    return path


def workbook(folder: Path, rows: Sequence[Sequence[object]], name: str = "clients.xlsx",
             first: tuple[int, int] = (0, 0)) -> Path:  # fmt: skip
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(first[0] + at, first[1], row)
    return path


def rezipped(source: Path, folder: Path, **changes: bytes) -> Path:
    """A copy of a workbook in which entries are replaced or added (``__`` stands for ``/``)."""
    target = folder / f"changed-{source.name}"
    replaced = {name.replace("__", "/").replace("_dot_", "."): c for name, c in changes.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in replaced:
                new.writestr(entry.filename, old.read(entry))
        for name, content in replaced.items():
            new.writestr(name, content)
    return target


def opened(path: Path, limits: Limits = LIMITS) -> Table:
    return open_table(path, limits)


def judged(path: Path, limits: Limits = LIMITS) -> tuple[list[Entrant], list[tuple[int, str]]]:
    """The rows that are understood, and (row, reason key) of those that are not."""
    table = opened(path, limits)
    read = reader(table.mapping, table.codec)
    good: list[Entrant] = []
    bad: list[tuple[int, str]] = []
    for number, cells in table.rows():
        try:
            good.append(read(number, cells))
        except Refused as why:
            bad.append((number, why.key))
    return good, bad


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()
