"""Columns are recognised in both languages, by header, by part of a header, by values."""

from pathlib import Path

import pytest

from domain.clients import ClientKind, Tier
from services.imports.mapping import letter
from tests.imports.files import judged, opened, text_file


def fields(tmp_path: Path, text: str) -> dict[str, str]:
    return opened(text_file(tmp_path, text)).mapping.fields


def test_chinese_headers(tmp_path: Path) -> None:
    header = "企业名称,统一社会信用代码,联系电话,联系人,客户类型,客户分层,城市,"
    header += "注册地址,纬度,经度,所属行业,电子邮箱,备注,客户经理"
    row = "绿源食品,91310000MA1FL00001,13800138000,王芳,对公,重点,上海,"
    row += "中山路1号,31.2,121.4,食品,a@b.cn,老客户,林晓"
    assert list(fields(tmp_path, f"{header}\n{row}\n").values()) == [
        "name", "code", "phone", "contact_name", "kind", "tier", "city", "address", "lat", "lon",
        "industry", "email", "remark", "owner",
    ]  # fmt: skip
    (one,), _ = judged(text_file(tmp_path, f"{header}\n{row}\n"))
    assert (one.kind, one.tier, one.lat, one.lon) == (ClientKind.CORPORATE, Tier.KEY, 31.2, 121.4)
    assert one.owner == "林晓"


def test_english_headers_whatever_their_case_and_punctuation(tmp_path: Path) -> None:
    header = "Company Name*;Client ID;Phone (mobile);CONTACT_PERSON;Street Address;E-Mail;Notes"
    row = "Acme Ltd;C-1;+44 20 7946 0000;Ann Lee;1 High Street;ann@acme.example;old friend"
    found = fields(tmp_path, f"{header}\n{row}\n")
    assert found == {
        "Company Name*": "name", "Client ID": "code", "Phone (mobile)": "phone",
        "CONTACT_PERSON": "contact_name", "Street Address": "address", "E-Mail": "email",
        "Notes": "remark",
    }  # fmt: skip


def test_the_most_telling_header_wins(tmp_path: Path) -> None:
    found = fields(tmp_path, "编号,统一社会信用代码,名称\n1,91310000MA1FL00001,绿源食品\n")
    assert found == {"统一社会信用代码": "code", "名称": "name"}


def test_ids_of_other_things_are_left_alone(tmp_path: Path) -> None:
    found = fields(
        tmp_path, "name,district_id,account_id,city_code,date\nAcme,18,4,310000,2026-1-1\n"
    )
    assert found == {"name": "name"}


def test_a_column_called_type_must_hold_types_of_clients(tmp_path: Path) -> None:
    assert "type" not in fields(tmp_path, "name,type\nAcme,VISA Gold\n")
    assert fields(tmp_path, "name,type\nAcme,corporate\n")["type"] == "kind"


def test_unknown_headers_are_judged_by_their_values(tmp_path: Path) -> None:
    text = "甲,乙,丙\n绿源食品有限公司,13800138000,a@b.cn\n宏达机械厂,13900139000,c@d.cn\n"
    assert fields(tmp_path, text) == {"甲": "name", "乙": "phone", "丙": "email"}


def test_first_and_last_names_are_put_together(tmp_path: Path) -> None:
    good, _ = judged(
        text_file(tmp_path, "first,middle,last,phone\nEmma,Avaya,Smith,367-555-0101\n")
    )
    assert (good[0].name, good[0].kind) == ("Emma Avaya Smith", ClientKind.INDIVIDUAL)
    good, _ = judged(text_file(tmp_path, "姓,名,电话\n王,芳,13800138000\n"))
    assert good[0].name == "王芳"


def test_a_person_beside_a_company_is_the_contact_there(tmp_path: Path) -> None:
    good, _ = judged(text_file(tmp_path, "姓名,公司,电话\n王芳,绿源食品,13800138000\n"))
    assert (good[0].name, good[0].contact_name) == ("绿源食品", "王芳")
    assert good[0].kind is ClientKind.CORPORATE


def test_a_file_without_names_calls_clients_by_their_number(tmp_path: Path) -> None:
    good, _ = judged(
        text_file(tmp_path, "client_id,birth_date,amount\n18,1970-12-13,5\n19,1945-02-04,6\n")
    )
    assert [(one.name, one.code) for one in good] == [("Client 18", "18"), ("Client 19", "19")]
    assert good[0].kind is ClientKind.INDIVIDUAL
    good, _ = judged(text_file(tmp_path, "客户号,余额\n18,5\n19,6\n"))
    assert good[0].name == "客户18"


def test_several_address_columns_become_one(tmp_path: Path) -> None:
    good, _ = judged(text_file(tmp_path, "name,address_1,address_2\nAcme,387 Hill Ave.,Unit 1\n"))
    assert good[0].address == "387 Hill Ave. Unit 1"


def test_a_second_name_is_another_way_to_find_the_client(tmp_path: Path) -> None:
    good, _ = judged(text_file(tmp_path, "客户名称,简称\n绿源食品有限公司,绿源\n"))
    assert (good[0].name, good[0].alias) == ("绿源食品有限公司", "绿源")


def test_columns_that_are_not_used_are_told(tmp_path: Path) -> None:
    mapping = opened(text_file(tmp_path, "name,shoe size,name\nAcme,44,Globex\n")).mapping
    assert mapping.unused == ("shoe size", "name (2)")


@pytest.mark.parametrize(
    ("at", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_without_a_header_are_lettered(at: int, name: str) -> None:
    assert letter(at) == name
