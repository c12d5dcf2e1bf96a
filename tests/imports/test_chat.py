"""A file sent to the chat: looked at, brought in, taken back; everyone only where they may."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select

from domain.people import Role
from storage.clients import Client
from storage.people import Person as PersonRow
from tests.imports.files import workbook
from tests.world import World

LINES = (
    "名称,电话",
    "绿源食品有限公司,13800138000",
    ",1",
    "宏达机械,021-55551234",
    "绿源食品有限公司,",
)
FILE = "\n".join(LINES).encode()


def owners(world: World) -> list[tuple[str, str | None]]:
    query = select(Client.name, PersonRow.name).join(
        PersonRow, PersonRow.id == Client.owner_id, isouter=True
    )
    return world.read(lambda s: [(a, b) for a, b in s.execute(query.order_by(Client.id))])


def test_a_file_is_looked_at_before_anything_is_saved(world: World) -> None:
    phone = world.join(2001, "林晓")
    phone.send_file(FILE, "客户.csv")
    preview = phone.expect("客户.csv")
    assert "名称 → 客户名称" in preview.text
    assert "2 位客户可导入" in preview.text
    assert "第 3 行：没有名称" in preview.text
    assert "第 5 行：与第 2 行是同一客户" in preview.text
    assert preview.protected
    assert owners(world) == []
    phone.press("✅ 导入 2 位", preview)
    done = phone.expect("已从 客户.csv 导入 2 位客户")
    assert done.id == preview.id  # edited in place
    assert "有 2 行未导入" in done.text
    assert owners(world) == [("绿源食品有限公司", "林晓"), ("宏达机械", "林晓")]
    phone.say("宏达")
    phone.expect("宏达机械")


def test_an_import_can_be_taken_back_by_a_tap(small_world: World) -> None:
    phone = small_world.join(2001, "Amy", lang="en")
    phone.send_file(b"name,phone\nAcme Ltd,020 7946 0000\n", "clients.csv")
    phone.press("✅ Import 1", phone.expect("1 client"))
    done = phone.expect("1 client imported from clients.csv")
    phone.press("Undo", done)
    phone.expect("Taken back: 1 client")
    assert small_world.read(lambda s: s.scalar(select(func.count()).select_from(Client))) == 1
    phone.say("/find Acme")
    assert "Acme Ltd" not in phone.expect().text


def test_an_import_stays_after_a_visit(small_world: World) -> None:
    phone = small_world.join(2001, "Amy", lang="en")
    phone.send_file(b"name\nAcme Ltd\nGlobex Corporation\n", "clients.csv")
    phone.press("✅ Import 2", phone.expect("2 clients"))
    done = phone.expect("imported from")
    phone.say("visited Acme, loan 2M discussed")
    phone.expect("Logged")
    phone.press("Undo", done)
    phone.expect("Somebody has worked with Acme Ltd since")


def test_a_doubled_press_imports_once(world: World) -> None:
    phone = world.join(2001, "林晓")
    phone.send_file(FILE, "客户.csv")
    preview = phone.expect("客户.csv")
    data = preview.button("导入 2 位").data  # type: ignore[union-attr]
    for _ in range(2):
        phone.press_data(data, preview)
        phone.expect("导入 2 位客户", any_time=True)
    assert len(owners(world)) == 2


def test_a_file_can_be_forgotten(small_world: World) -> None:
    phone = small_world.join(2001, "林晓")
    phone.send_file(FILE, "客户.csv")
    preview = phone.expect("客户.csv")
    data = preview.button("导入 2 位").data  # type: ignore[union-attr]
    phone.press("✖ 取消", preview)
    phone.expect("没有导入任何客户")
    phone.press_data(data, preview)
    phone.expect("已经结束")
    assert owners(small_world) == []


def test_rows_left_out_come_as_a_file(small_world: World) -> None:
    phone = small_world.join(2001, "林晓")
    phone.send_file(FILE, "客户.csv")
    phone.press("未导入的行", phone.expect("客户.csv"))
    answer = phone.expect("共 2 行未导入")
    assert answer.file is not None
    text = small_world.client.download(answer.file["url"]).decode("utf-8-sig")
    assert text.splitlines() == ["行,原因", "3,没有名称", "5,与第 2 行是同一客户"]


def test_workbooks_and_cards_come_in_too(small_world: World) -> None:
    phone = small_world.join(2001, "林晓")
    phone.send_file(workbook(small_world.folder, [["名称"], ["绿源食品"]]), "a.xlsx")
    phone.press("✅ 导入 1 位", phone.expect("a.xlsx"))
    phone.expect("导入 1 位客户")
    phone.send_file(b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nTEL:12345\nEND:VCARD\n", "b.vcf")
    phone.press("✅ 导入 1 位", phone.expect("b.vcf"))
    phone.expect("导入 1 位客户")
    assert [name for name, _ in owners(small_world)] == ["绿源食品", "Ann Lee"]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.LEAD, [("甲公司", "林晓"), ("乙公司", None)]),
        (Role.ADMIN, [("甲公司", "林晓"), ("乙公司", None), ("丙公司", "外人")]),
    ],
)
def test_a_lead_fills_the_team_and_an_admin_anyones(
    small_world: World, role: Role, expected: Sequence[tuple[str, str | None]]
) -> None:
    small_world.join(2001, "林晓")
    small_world.join(2002, "外人", team="城西")
    phone = small_world.join(2003, "陈刚", role)
    phone.send_file("名称,客户经理\n甲公司,林晓\n乙公司,\n丙公司,外人\n".encode(), "客户.csv")
    phone.press(f"✅ 导入 {len(expected)} 位", phone.expect("客户.csv"))
    phone.expect(f"导入 {len(expected)} 位客户")
    assert owners(small_world) == expected


def test_auditors_import_nothing(small_world: World) -> None:
    phone = small_world.join(2001, "周审", Role.AUDITOR)
    phone.send_file(FILE, "客户.csv")
    phone.expect("您的角色")
    phone.say("/import")
    phone.expect("您的角色")


def test_a_broken_file_gets_one_clear_answer(small_world: World) -> None:
    phone = small_world.join(2001, "林晓")
    phone.send_file(b"PK\x03\x04 broken", "客户.xlsx")
    phone.expect("文件已损坏或不完整")


def test_a_document_that_is_no_table_is_kept_with_a_log(small_world: World) -> None:
    phone = small_world.join(2001, "Amy", lang="en")
    small_world.owns("Amy", "Acme Ltd")
    phone.send_file(b"%PDF-1.7 a contract", "contract.pdf", "visited Acme, signed")
    phone.expect("Logged: Visit · Acme Ltd")


def test_import_explains_itself(small_world: World) -> None:
    phone = small_world.join(2001, "林晓")
    phone.say("/import")
    assert "归您管户" in phone.expect("导入客户").text
    phone.say("/menu")
