"""Rows: what is tidied, what is refused and why."""

from pathlib import Path

import pytest

from domain.clients import ClientKind, Tier
from tests.imports.files import judged, text_file

HEADER = "name,phone,email,lat,lon,kind,tier,remark,code\n"
FILLER = "Filler One,,,,,corporate,key,,\nFiller Two,,,,,individual,vip,,\n" * 5


def one_row(tmp_path: Path, row: str) -> object:
    good, bad = judged(text_file(tmp_path, HEADER + FILLER + row + "\n"))
    return bad[0][1] if bad else good[-1]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",12345,,,,,,,", "no_name"),
        ("-,12345,,,,,,,", "no_name"),
        (f"{'x' * 201},,,,,,,,", "too_long"),
        ("Acme,,,91,10,,,,", "coordinates"),
        ("Acme,,,10,,,,,", "coordinates"),
        ("Acme,,,north,10,,,,", "coordinates"),
        ("Acme,call me,,,,,,,", "phone"),
        ("Acme,1.38E+10,,,,,,,", "phone_damaged"),
        ("Acme,4111 1111 1111 1111,,,,,,,", "phone"),
        ("Acme,,nowhere,,,,,,", "email"),
        ("Acme,,,,,alien,,,", "unknown_kind"),
        ("Acme,,,,,,golden,,", "unknown_tier"),
        ("Acme,,,,,corporate,vip,,", "tier_of_other_kind"),
        ("Acme,,,,,,,,,,surplus", "shifted"),
    ],
)
def test_a_refused_row_has_its_reason(tmp_path: Path, row: str, reason: str) -> None:
    assert one_row(tmp_path, row) == reason


def test_names_are_tidied_but_not_changed(tmp_path: Path) -> None:
    text = "名称\n万  科Ａ\n （上海）绿源\u3000食品 \nA. O.  Smith\n中国ＡＢＣ\n"
    good, _ = judged(text_file(tmp_path, text))
    assert [one.name for one in good] == ["万科A", "（上海）绿源食品", "A. O. Smith", "中国ABC"]


def test_placeholders_are_empty(tmp_path: Path) -> None:
    good, _ = judged(text_file(tmp_path, "name,phone,address\nAcme,N/A,无\n"))
    assert (good[0].phone, good[0].address) == (None, None)


def test_a_tier_tells_the_kind(tmp_path: Path) -> None:
    good, _ = judged(text_file(tmp_path, "名称,客户分层\n王芳,贵宾\n绿源,战略\n"))
    assert [(one.kind, one.tier) for one in good] == [
        (ClientKind.INDIVIDUAL, Tier.VIP),
        (ClientKind.CORPORATE, Tier.STRATEGIC),
    ]


def test_numbers_that_must_not_be_kept_are_masked(tmp_path: Path) -> None:
    text = "name,remark,code\nAcme,卡号 4111111111111111,11010519491231002X\n"
    good, _ = judged(text_file(tmp_path, text))
    assert good[0].remark is not None
    assert "411111111111" not in good[0].remark
    assert good[0].code is None


def test_control_characters_never_come_in(tmp_path: Path) -> None:
    good, _ = judged(text_file(tmp_path, "name,remark\nAc\x00me\x07,line\u2028two\n"))
    assert good[0].name == "Acme"


def test_what_our_export_disarmed_comes_back_as_it_was(tmp_path: Path) -> None:
    good, _ = judged(text_file(tmp_path, "name,phone\n'=Acme,'+8613800138000\n'Tis,12345\n"))
    assert [(one.name, one.phone) for one in good] == [
        ("=Acme", "+8613800138000"),
        ("'Tis", "12345"),
    ]


def test_the_null_island_is_no_place(tmp_path: Path) -> None:
    good, _ = judged(text_file(tmp_path, "name,lat,lon\nAcme,0,0\nGlobex,-33.9,151.2\n"))
    assert [(one.lat, one.lon) for one in good] == [(None, None), (-33.9, 151.2)]
