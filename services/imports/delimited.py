"""Rows of a delimited text file, whatever its delimiter."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from domain.problems import Problem
from services.imports.encoding import open_text

DELIMITERS = (",", ";", "\t", "|", "^", "~", "，", "；")
_LOOK = 40
# A quotation that runs over more lines than this was never closed.
_LINES_PER_ROW = 400


def rows(path: Path, codec: str) -> Iterator[tuple[int, list[str]]]:
    """(row number as a spreadsheet shows it, cells). Raises ``Problem`` at an unclosed quotation.

    A quoted cell may hold line breaks: a row counts once however many lines it takes, and an
    empty line is a row, as it is in a spreadsheet.
    """
    delimiter = delimiter_of(path, codec)
    with open_text(path, codec) as source:
        named = source.readline()
        if not named.lower().startswith("sep="):
            source.seek(0)
        yield from _numbered(_Lines(source), delimiter)


class _Lines:
    """Counts the lines that a row takes."""

    def __init__(self, source: TextIO) -> None:
        self._source, self.taken = source, 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        self.taken += 1
        if self.taken > _LINES_PER_ROW:
            raise csv.Error("unclosed quotation")
        return next(self._source)


def _numbered(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        lines.taken = 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Problem("import_quote", row=number) from None
        yield number, cells


def delimiter_of(path: Path, codec: str) -> str:
    """The delimiter that cuts the first rows into the same number of cells, at least two."""
    with open_text(path, codec) as source:
        lines = list(islice(source, _LOOK))
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].rstrip("\r\n")) == 5:
        return lines[0][4]
    best = max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))
    return best if _evenness(lines, best) > (0, 0) else ","


def _evenness(lines: Iterable[str], delimiter: str) -> tuple[float, int]:
    try:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if any(cells)]
    except csv.Error:
        return (0, 0)
    if not widths:
        return (0, 0)
    width, often = Counter(widths).most_common(1)[0]
    return (round(often / len(widths), 1), width) if width > 1 else (0, 0)
