"""Rows become files, one row in memory at a time."""

import csv
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from services.exports.cells import harmless, harmless_row
from services.exports.sheets import Sheet

# A worksheet ends at 1,048,576 rows; the next million goes to the next one.
ROWS_PER_WORKSHEET = 1_000_000
_WIDTHS = {"name": 28, "client": 28, "note": 60, "remark": 40, "address": 36, "what": 40}
BOM = "\ufeff"


def write_csv(out: TextIO, sheet: Sheet) -> int:
    """CSV with a mark, so that spreadsheets read it as UTF-8. Returns the number of rows."""
    out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    written = 0
    for row in sheet.rows:
        writer.writerow(harmless_row(row))
        written += 1
    return written


def write_json(out: TextIO, sheet: Sheet) -> int:
    """One array of objects, values as they are. Returns the number of rows."""
    written = 0
    out.write("[")
    for written, row in enumerate(sheet.rows, start=1):
        out.write(",\n " if written > 1 else "\n ")
        document = dict(zip(sheet.columns, row, strict=True))
        out.write(json.dumps(document, ensure_ascii=False))
    out.write("\n]\n" if written else "]\n")
    return written


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A place to write; the file appears under its name only when it is complete.

    What a killed export left beside it is taken away by the next one to the same name.
    """
    folder = path.parent / f".{path.name}.part"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder / path.name
        (folder / path.name).replace(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_xlsx(path: Path, sheet: Sheet, *, labels: Mapping[str, str] | None = None,
               marked: str = "") -> int:  # fmt: skip
    """An XLSX workbook; ``labels`` head the columns, ``marked`` says in it who took it out.

    Returns the number of rows.
    """
    import xlsxwriter  # only when a workbook goes out

    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    heads = [(labels or {}).get(column, column) for column in sheet.columns]
    written = 0
    page: Any = None
    with xlsxwriter.Workbook(str(path), options) as book:
        if marked:
            book.set_properties({"author": "Rounds", "comments": marked})
        for number, row in enumerate(sheet.rows):
            line = number % ROWS_PER_WORKSHEET
            if line == 0:
                page = _page(book, sheet.columns, heads, marked)
            _write_row(page, line + 1, row)
            written = number + 1
        if page is None:
            _page(book, sheet.columns, heads, marked)
    return written


def _page(book: Any, columns: Sequence[str], heads: Sequence[str], marked: str) -> Any:
    page = book.add_worksheet()
    for at, column in enumerate(columns):
        page.set_column(at, at, _WIDTHS.get(column, 14))
    page.freeze_panes(1, 0)
    if marked:
        page.set_footer("&L" + marked.replace("&", "&&"))
    bold = book.add_format({"bold": True})
    for at, head in enumerate(heads):
        page.write_string(0, at, head, bold)
    return page


def _write_row(page: Any, line: int, row: Sequence[object]) -> None:
    for at, value in enumerate(row):
        if isinstance(value, bool):
            page.write_boolean(line, at, value)
        elif isinstance(value, int | float):
            page.write_number(line, at, value)
        elif isinstance(value, str):
            page.write_string(line, at, str(harmless(value)))
