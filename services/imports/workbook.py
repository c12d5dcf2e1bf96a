"""Rows of an XLSX workbook: the first visible sheet that holds anything."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from domain.problems import Problem


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(row number as the spreadsheet shows it, cells as text). Raises ``Problem``.

    Only for a file that ``archives.check_workbook`` has let pass.
    """
    import python_calamine as calamine  # only when a workbook comes in

    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            sheet = _first(book, calamine)
            if sheet is None:
                return
            left = [""] * sheet.start[1] if sheet.start else []
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                yield number, left + [as_text(cell) for cell in cells]
    except calamine.CalamineError:
        raise Problem("import_broken") from None


def _first(book: Any, calamine: Any) -> Any:
    for meta in book.sheets_metadata:
        if meta.visible != calamine.SheetVisibleEnum.Visible:
            continue
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.height:
            return sheet
    return None


def as_text(cell: Any) -> str:
    """What a cell says; 13800138000.0 is a phone number, so whole numbers lose their ``.0``."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e18 else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
