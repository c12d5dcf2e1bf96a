"""Text files of every make: encodings, delimiters, quotations, row numbers, headers."""

from pathlib import Path

import pytest

from domain.problems import Problem
from services.imports.limits import Limits
from services.imports.sniff import FileKind
from tests.imports.files import judged, opened, text_file

CHINESE = "客户名称,电话\n绿源食品有限公司,13800138000\n宏达机械,021-55551234\n"


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings_are_told_apart(tmp_path: Path, codec: str) -> None:
    good, bad = judged(text_file(tmp_path, CHINESE, codec))
    assert [one.name for one in good] == ["绿源食品有限公司", "宏达机械"]
    assert bad == []


def test_a_big_endian_mark_is_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes(b"\xfe\xff" + CHINESE.encode("utf-16-be"))
    good, _ = judged(path)
    assert good[0].name == "绿源食品有限公司"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "，"])
def test_delimiters_are_told_apart(tmp_path: Path, delimiter: str) -> None:
    text = (
        f"name{delimiter}phone{delimiter}city\nAcme Ltd{delimiter}020 7946 0000{delimiter}Leeds\n"
    )
    good, _ = judged(text_file(tmp_path, text))
    assert (good[0].name, good[0].phone, good[0].city) == ("Acme Ltd", "020 7946 0000", "Leeds")


def test_commas_inside_addresses_do_not_hide_the_semicolon(tmp_path: Path) -> None:
    text = "name;address\nAcme;1, High Street, Leeds\nGlobex;2, Low Road\n"
    good, _ = judged(text_file(tmp_path, text))
    assert good[1].address == "2, Low Road"


def test_a_spreadsheets_own_delimiter_line_is_no_row(tmp_path: Path) -> None:
    good, _ = judged(text_file(tmp_path, "sep=;\nname;phone\nAcme;12345\n"))
    assert (good[0].row, good[0].name) == (2, "Acme")


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    text = 'name,address\nAcme,"1 High Street\nLeeds\nUK"\n\n,nowhere\nGlobex,"2 ""Low"" Road"\n'
    good, bad = judged(text_file(tmp_path, text))
    assert [(one.row, one.name) for one in good] == [(2, "Acme"), (5, "Globex")]
    assert bad == [(4, "no_name")]
    assert good[1].address == '2 "Low" Road'


def test_line_ends_of_every_system(tmp_path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        good, _ = judged(text_file(tmp_path, CHINESE.replace("\n", end)))
        assert [one.row for one in good] == [2, 3]


def test_a_quotation_that_never_ends_names_its_row(tmp_path: Path) -> None:
    text = 'name,phone\nAcme,1234\n"Globex,5678\n' + "Other,999\n" * 1000
    with pytest.raises(Problem) as caught:
        judged(text_file(tmp_path, text))
    assert (caught.value.key, caught.value.facts) == ("import_quote", {"row": 3})


def test_rows_in_another_encoding_are_refused_one_by_one(tmp_path: Path) -> None:
    lines = [f"绿源食品{n}号,1380013{n:04d}" for n in range(6)]
    path = tmp_path / "mixed.csv"
    mostly_utf8 = [line.encode("gbk" if n == 2 else "utf-8") for n, line in enumerate(lines)]
    path.write_bytes(b"\n".join(["名称,电话".encode(), *mostly_utf8]))
    good, bad = judged(path)
    assert bad == [(4, "encoding")]
    assert len(good) == 5
    mostly_gbk = [line.encode("utf-8" if n == 2 else "gbk") for n, line in enumerate(lines)]
    path.write_bytes(b"\n".join(["名称,电话".encode("gbk"), *mostly_gbk]))
    good, bad = judged(path)
    assert bad == [(4, "encoding")]
    assert good[0].name == "绿源食品0号"


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    text = "2026年客户清单,,\n,,\n序号,客户名称,联系电话\n1,绿源食品,13800138000\n"
    good, _ = judged(text_file(tmp_path, text))
    assert [(one.row, one.name) for one in good] == [(4, "绿源食品")]


def test_a_file_without_a_header_is_read_by_its_content(tmp_path: Path) -> None:
    text = "绿源食品有限公司,13800138000,91310000MA1FL00001\n"
    text += "宏达机械有限公司,13900139000,91310000MA1FL00002\n"
    table = opened(text_file(tmp_path, text))
    assert table.mapping.fields == {"A": "name", "B": "phone", "C": "code"}
    good, _ = judged(text_file(tmp_path, text))
    assert [one.row for one in good] == [1, 2]


def test_a_single_column_of_names_is_enough(tmp_path: Path) -> None:
    good, _ = judged(text_file(tmp_path, "客户名称\n绿源食品\n宏达机械\n"))
    assert [one.name for one in good] == ["绿源食品", "宏达机械"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "import_empty"),
        (b"\n\n , \n", "import_empty"),
        (b"%PDF-1.7\n...", "import_kind"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "import_kind"),
        (bytes(range(256)) * 20, "import_kind"),
        (b'{"name": "Acme"}\n', "import_kind"),
        (b"<html><body>Acme</body></html>", "import_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "import_old_excel"),
        (b"date,amount\n2026-01-01,500\n2026-01-02,700\n", "import_no_names"),
    ],
)
def test_what_is_no_table_of_clients_gets_one_clear_answer(
    tmp_path: Path, content: bytes, key: str
) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes(content)
    with pytest.raises(Problem) as caught:
        opened(path)
    assert caught.value.key == key


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        opened(tmp_path / "nowhere.csv")
    assert caught.value.facts == {"file": "nowhere.csv"}


def test_sizes_are_checked_before_reading(tmp_path: Path) -> None:
    path = text_file(tmp_path, CHINESE)
    with pytest.raises(Problem, match="import_too_large"):
        opened(path, Limits(bytes=10, rows=100))
    with pytest.raises(Problem, match="import_too_many_rows"):
        judged(path, Limits(bytes=1000, rows=1))


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    assert opened(text_file(tmp_path, CHINESE, name="photo.xlsx")).kind is FileKind.CSV
