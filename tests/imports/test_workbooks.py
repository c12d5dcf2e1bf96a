"""XLSX: read like a person sees it, and never expanded before it was checked."""

import tracemalloc
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.problems import Problem
from services.imports.sniff import FileKind
from tests.imports.files import LIMITS, judged, opened, rezipped, workbook, zipped

ROWS = [
    ["客户名称", "电话", "编号"],
    ["绿源食品", 13800138000, 1.0],
    ["宏达机械", "021-55551234", 2],
]


def key_of(path: Path, limits: object = LIMITS) -> str:
    with pytest.raises(Problem) as caught:
        judged(path, limits)  # type: ignore[arg-type]
    return caught.value.key


def test_numbers_are_not_written_with_a_fraction(tmp_path: Path) -> None:
    good, _ = judged(workbook(tmp_path, ROWS))
    assert [(one.row, one.phone, one.code) for one in good] == [
        (2, "13800138000", "1"),
        (3, "021-55551234", "2"),
    ]


def test_a_table_may_stand_anywhere_on_the_sheet(tmp_path: Path) -> None:
    good, _ = judged(workbook(tmp_path, ROWS, first=(4, 3)))
    assert [(one.row, one.name) for one in good] == [(6, "绿源食品"), (7, "宏达机械")]


def test_the_type_is_told_from_the_content(tmp_path: Path) -> None:
    assert opened(workbook(tmp_path, ROWS, name="clients.csv")).kind is FileKind.XLSX


def test_dates_and_empty_cells_are_harmless(tmp_path: Path) -> None:
    good, _ = judged(workbook(tmp_path, [["name", "remark"], ["Acme", None], ["Globex", True]]))
    assert [one.remark for one in good] == [None, "TRUE"]
    assert date(2026, 1, 1).isoformat() == "2026-01-01"


def test_a_zip_bomb_is_refused_before_it_is_expanded(tmp_path: Path) -> None:
    sheet = b"<worksheet>" + b" " * 80_000_000 + b"</worksheet>"
    path = rezipped(workbook(tmp_path, ROWS), tmp_path, xl__worksheets__sheet1_dot_xml=sheet)
    del sheet
    assert path.stat().st_size < 200_000
    tracemalloc.start()
    assert key_of(path) == "import_bomb"
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    extra = {f"xl__media__{n}_dot_png": b"x" for n in range(50)}
    path = rezipped(workbook(tmp_path, ROWS), tmp_path, **extra)
    assert key_of(path, replace(LIMITS, entries=40)) == "import_bomb"
    assert len(judged(path)[0]) == 2


@pytest.mark.parametrize("entry", ["xl__workbook_dot_xml", "xl__worksheets__sheet1_dot_xml"])
def test_external_entities_are_refused(tmp_path: Path, entry: str) -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
    path = rezipped(workbook(tmp_path, ROWS), tmp_path, **{entry: evil})
    assert key_of(path) == "import_unsafe_xml"


def test_one_cell_far_out_does_not_make_a_giant_sheet(tmp_path: Path) -> None:
    rows = b"".join(
        b'<row r="%d"><c r="%s%d"><v>1</v></c></row>' % (row, column, row)
        for row, column in ((1, b"A"), (1048576, b"XFD"))
    )
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    path = rezipped(workbook(tmp_path, ROWS), tmp_path, xl__worksheets__sheet1_dot_xml=sheet)
    assert key_of(path) == "import_too_many_cells"


def test_other_archives_are_no_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(zipped(word__document_dot_xml=b"<document/>"))
    assert key_of(path) == "import_kind"


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_damaged_workbook_gets_one_clear_answer(tmp_path: Path, keep: float) -> None:
    whole = workbook(tmp_path, ROWS).read_bytes()
    path = tmp_path / "broken.xlsx"
    path.write_bytes(whole[: int(len(whole) * keep)])
    assert key_of(path) == "import_broken"


def test_a_workbook_with_nothing_in_it_is_empty(tmp_path: Path) -> None:
    assert key_of(workbook(tmp_path, [])) == "import_empty"


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    many = [["name"], *[[f"Client {n}"] for n in range(30)]]
    assert key_of(workbook(tmp_path, many), replace(LIMITS, rows=20)) == "import_too_many_rows"
