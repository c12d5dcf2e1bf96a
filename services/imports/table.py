"""A file as a table: its columns and its rows, read as often as needed and never held whole."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from domain.problems import Problem
from services.imports import delimited, headers, samples, vcard, workbook
from services.imports.archives import check_workbook
from services.imports.encoding import encoding_of
from services.imports.limits import Limits
from services.imports.mapping import Mapping, letter, map_columns
from services.imports.sniff import FileKind, kind_of

_TITLE_ROWS = 10
_SAMPLE_ROWS = 200
Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """``first`` is the number of the first row that holds a client."""

    kind: FileKind
    codec: str
    mapping: Mapping
    first: int
    limit: int
    _read: Callable[[], Iterator[Row]]

    def rows(self) -> Iterator[Row]:
        """(row number, cells) of every row that is not empty. Raises ``Problem``."""
        for number, cells in self._read():
            if number >= self.first + self.limit:
                raise Problem("import_too_many_rows", limit=self.limit)
            if number >= self.first and any(map(str.strip, cells)):
                yield number, cells


def open_table(path: Path, limits: Limits) -> Table:
    """Look at a file and understand its columns. Raises ``Problem``."""
    kind = kind_of(path, limits)
    codec = "" if kind is FileKind.XLSX else encoding_of(path)
    if kind is FileKind.XLSX:
        check_workbook(path, limits)
    read = _reader(path, kind, codec)
    start = list(islice(read(), _TITLE_ROWS + _SAMPLE_ROWS))
    if not any(any(map(str.strip, cells)) for _, cells in start):
        raise Problem("import_empty")
    if kind is FileKind.VCARD:
        fields: dict[str, tuple[int, ...]] = {
            f: (at,) for at, f in enumerate(vcard.COLUMNS.values())
        }
        return Table(kind, codec, Mapping(tuple(vcard.COLUMNS), fields), 1, limits.rows, read)
    head = _header(start)
    data = [cells for number, cells in start if number > head and any(cells)]
    named = next((cells for number, cells in start if number == head), [])
    width = _width(named, data)
    labels = named[:width] + ["" if head else letter(at) for at in range(len(named), width)]
    mapping = map_columns(labels, data, has_header=head > 0)
    return Table(kind, codec, mapping, head + 1, limits.rows, read)


def _reader(path: Path, kind: FileKind, codec: str) -> Callable[[], Iterator[Row]]:
    if kind is FileKind.XLSX:
        return lambda: workbook.rows(path)
    if kind is FileKind.VCARD:
        return lambda: vcard.rows(path, codec)
    return lambda: delimited.rows(path, codec)


def _width(named: list[str], data: list[list[str]]) -> int:
    """The number of columns; what a few rows have beyond a header is a slip, not a column."""
    widths = [_filled(cells) for cells in data] or [0]
    headed = _filled(named)
    beyond = sum(1 for width in widths if width > headed)
    return max(headed, *widths) if beyond * 2 > len(widths) else headed


def _filled(cells: list[str]) -> int:
    return max((at for at, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _header(start: list[Row]) -> int:
    """The row number of the header, 0 when there is none. Title rows may stand above it."""
    filled = [(number, cells) for number, cells in start if any(map(str.strip, cells))]
    for number, cells in filled[:_TITLE_ROWS]:
        named = [cell for cell in cells if cell.strip()]
        known = sum(1 for cell in named if headers.is_known(cell))
        if any(samples.is_data(cell) for cell in named):
            continue
        if known >= 2 or (known and known * 3 >= len(named) and not _is_title(named, filled)):
            return number
    number, cells = filled[0]
    unlike = not any(samples.is_data(cell) for cell in cells if cell.strip())
    return number if unlike and _has_data_below(filled[1:]) else 0


def _is_title(named: list[str], filled: list[Row]) -> bool:
    """One cell above rows of several: "客户名单 2026" rather than the head of a column."""
    widest = max(sum(1 for cell in cells if cell.strip()) for _, cells in filled)
    return len(named) == 1 and widest > 1


def _has_data_below(rows: list[Row]) -> bool:
    """Whether numbers and the like stand below, so that a first row of words is a header."""
    return any(samples.is_data(cell) for _, cells in rows for cell in cells)
