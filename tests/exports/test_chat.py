"""``/export`` in the chat: a workbook with what one may see."""

import io
import logging

import openpyxl
import pytest

from domain.people import Role
from tests.world import World


def rows(world: World, content: bytes) -> list[tuple[object, ...]]:
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    return list(page.iter_rows(values_only=True))


def test_own_clients_come_as_a_workbook(
    small_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world = small_world
    phone = world.join(2001, "林晓")
    world.join(2002, "赵敏")
    world.owns("林晓", "绿源食品有限公司", "=宏达")
    world.owns("赵敏", "别人的客户")
    phone.say("/export")
    with caplog.at_level(logging.INFO):
        phone.press("客户", phone.expect("要导出哪一项"))
        answer = phone.expect("客户：2 行")
    assert "林晓 于 2026年11月23日" in answer.text
    assert answer.file is not None
    assert answer.file["name"] == "clients-2026-11-23.xlsx"
    assert not answer.protected
    head, *found = rows(world, world.client.download(answer.file["url"]))
    assert head[:2] == ("序号", "客户名称")
    assert [row[1] for row in found] == ["绿源食品有限公司", "'=宏达"]
    logged = [r for r in caplog.records if r.getMessage() == "list taken out"]
    assert [(r.list, r.rows) for r in logged] == [("clients", 2)]  # type: ignore[attr-defined]


def test_visits_and_followups_come_too(small_world: World) -> None:
    world = small_world
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    phone.say("visited Acme, loan 2M discussed, follow up next Fri 3pm")
    phone.expect("Logged")
    for label, wanted in (("Visits", "Visits: 1 row"), ("Follow-ups", "Follow-ups: 1 row")):
        phone.say("/export")
        phone.press(label, phone.expect("Which list"))
        answer = phone.expect(wanted)
        assert answer.file is not None
        head, row = rows(world, world.client.download(answer.file["url"]))
        assert dict(zip(head, row, strict=True))["client"] == "Acme Ltd"


def test_nothing_to_export_is_said(small_world: World) -> None:
    phone = small_world.join(2001, "Amy", lang="en")
    phone.say("/export")
    phone.press("Clients", phone.expect("Which list"))
    phone.expect("nothing to export")


def test_an_admin_takes_no_clients_out(small_world: World) -> None:
    phone = small_world.join(2001, "Root", Role.ADMIN, lang="en")
    phone.say("/export")
    phone.expect("Your role")
