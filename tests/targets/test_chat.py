"""Targets in the chat, through the real bot and the sandbox, in both languages."""

import io
import re
from decimal import Decimal

import pytest
from PIL import Image
from sqlalchemy import select

import handlers.targets
from domain.people import Role
from handlers.targets import sets_target
from sandbox.client import Person
from storage.targets import Entry, Target
from tests.world import World

assert handlers.targets  # enters itself in the registry


def targets(world: World) -> list[Target]:
    return world.read(lambda s: list(s.scalars(select(Target).order_by(Target.id))))


def entries(world: World) -> list[Entry]:
    return world.read(lambda s: list(s.scalars(select(Entry).order_by(Entry.id))))


def team(world: World, lang: str = "zh") -> tuple[Person, Person]:
    lead = world.join(2001, "赵敏", Role.LEAD, lang=lang)
    wang = world.join(2002, "王芳", lang=lang)
    return lead, wang


def walk(phone: Person, *steps: tuple[str, str]) -> None:
    """Press a button, wait for the screen, and so on."""
    for label, screen in steps:
        phone.press(label)
        shown = phone.expect(screen)
        assert len(shown.labels) <= 4
        assert all(len(text) <= 20 for row in shown.labels for text in row)


def test_a_lead_sets_a_target_by_one_message_and_it_is_echoed_in_full(world: World) -> None:
    lead, _ = team(world)
    lead.say("/targets set 王芳 deposits 5000万/6000万 Q4")
    card = lead.expect("指标已设定")
    assert "王芳 · 日均存款" in card.text
    assert "2026年10月1日 周四 至 2026年12月31日 周四" in card.text
    assert "基本 CNY 50,000,000 · 进取 CNY 60,000,000" in card.text
    (target,) = targets(world)
    assert (target.metric, target.base) == ("deposits", Decimal(50_000_000))


def test_a_target_is_set_by_buttons_and_a_typed_amount(small_world: World) -> None:
    lead, _ = team(small_world, "en")
    lead.say("/targets")
    lead.expect("No targets have been set")
    walk(lead, ("Set", "Whose target?"), ("王芳", "Which metric?"), ("Visits", "which period?"),
         ("December 2026", "How much?"))  # fmt: skip
    lead.say("40/50")
    card = lead.expect("Target set")
    assert "Tue 1 Dec 2026 to Thu 31 Dec 2026" in card.text
    assert "base 40 · stretch 50" in card.text
    lead.press("Remove")
    lead.expect("Target removed")
    assert targets(small_world) == []


def test_another_text_in_the_middle_of_setting_is_understood_as_what_it_is(
    small_world: World,
) -> None:
    lead, _ = team(small_world)
    small_world.owns("赵敏", "绿源食品有限公司")
    lead.say("/targets")
    lead.expect("城东")
    walk(lead, ("设指标", "给谁"), ("王芳", "哪项"), ("拜访", "哪一期"), ("2026年12月", "定多少"))
    lead.say("访 绿源食品 谈续贷500万")
    lead.expect("已记录：拜访 · 绿源食品有限公司")
    lead.say("/targets set 王芳 visits 40 12月")
    lead.expect("指标已设定")
    lead.say("50")  # the question was answered meanwhile
    lead.expect()
    assert [target.base for target in targets(small_world)] == [40]


def test_a_chip_from_an_old_screen_changes_nothing(small_world: World) -> None:
    lead, _ = team(small_world)
    small_world.owns("王芳", "绿源食品", "宏达机械", "中和制药")  # three new clients this month
    lead.say("/targets")
    lead.expect("城东")
    walk(lead, ("设指标", "给谁"), ("王芳", "哪项"), ("新客户", "哪一期"))
    lead.press("2026年12月")
    screen = lead.expect("定多少")
    assert screen.labels[0] == ["3", "4"]
    lead.say("/targets set 王芳 new_clients 10 12月")
    lead.expect("指标已设定")
    toast = lead.press_data(screen.buttons[0].data, screen)
    assert toast.text
    assert [target.base for target in targets(small_world)] == [10]


def test_a_manager_sets_nothing_and_sees_only_own_targets(small_world: World) -> None:
    lead, wang = team(small_world)
    wang.say("/targets set 王芳 visits 40 12月")
    wang.expect("只有团队长")
    lead.say("/targets set 赵敏 visits 40 11月")
    lead.expect("指标已设定")
    wang.say("/targets 赵敏")
    wang.expect("没有唯一")
    assert len(targets(small_world)) == 1


def test_progress_shows_bar_pace_need_and_clients(world: World) -> None:
    lead, wang = team(world)
    ids = world.owns("王芳", "绿源食品有限公司", "宏达机械")
    lead.say("/targets set 王芳 visits 12/20 11月")
    lead.expect("指标已设定")
    wang.say("访 宏达机械 谈续贷500万")
    wang.expect("已记录")
    wang.say("/targets")
    screen = wang.expect("王芳 · 2026年11月")
    assert "工作日 15/21（71 %），日历日 73 %" in screen.text
    assert "拜访 ▰▱▱▱▱▱▱▱▱▱ 8 %\n1 / 12" in screen.text
    assert "慢于序时进度 · 每周需 拜访10次" in screen.text
    assert "1. 🟢 绿源食品有限公司" in screen.text
    assert screen.labels[0] == ["1"]
    assert screen.protected
    wang.press("1")
    wang.expect("绿源食品有限公司")
    assert ids


def test_the_period_is_switched_in_place(small_world: World) -> None:
    lead, wang = team(small_world, "en")
    lead.say("/targets set 王芳 loans 10M Q4")
    lead.expect("Target set")
    wang.say("/targets")
    screen = wang.expect("王芳 · Q4 2026")
    wang.press("Month")
    wang.expect("王芳 · November 2026")
    wang.press("◀")
    wang.expect("王芳 · October 2026")
    wang.press("▶")
    assert wang.expect("王芳 · November 2026").id == screen.id


def test_the_picture_comes_as_a_photo(small_world: World) -> None:
    lead, wang = team(small_world)
    lead.say("/targets set 王芳 visits 12 11月")
    lead.expect("指标已设定")
    wang.say("/targets")
    wang.expect("王芳")
    wang.press("图片")
    photo = wang.expect(lambda m: m.file is not None)
    assert photo.text == "王芳 · 2026年11月"
    assert photo.protected
    assert photo.file is not None
    content = small_world.client.download(photo.file["url"])
    assert Image.open(io.BytesIO(content)).width == 1080


def test_a_lead_switches_between_team_member_and_board(small_world: World) -> None:
    lead, _ = team(small_world)
    small_world.owns("王芳", "绿源食品")
    lead.say("/targets set 王芳 visits 12 11月")
    lead.expect("指标已设定")
    lead.say("/targets")
    lead.expect("城东 · 2026年11月")
    walk(lead, ("看板", "城东 · 拜访"), ("日均存款", "存款不排名"))
    deposits = lead.expect("存款不排名", any_time=True)
    assert re.search(r"^\d\. ", deposits.text, re.MULTILINE) is None
    lead.press("图片")
    assert lead.expect(lambda m: m.file is not None).text == "城东 · 2026年11月"
    lead.say("/targets")
    lead.expect("城东 · 2026年11月")
    walk(lead, ("成员", "看谁的指标"), ("王芳", "王芳 · 2026年11月"), ("返回", "城东 · 2026年11月"))


def test_an_entry_is_echoed_with_the_new_state_of_the_target(world: World) -> None:
    lead, wang = team(world)
    world.owns("王芳", "绿源食品有限公司")
    lead.say("/targets set 王芳 贷款 1000万 11月")
    lead.expect("指标已设定")
    wang.say("+贷款 250万 绿源")
    card = wang.expect("已记录（自报）：贷款累放 +CNY 2,500,000")
    assert "绿源食品有限公司" in card.text
    assert "截至 2026年11月23日 周一" in card.text
    assert "▰▰▱▱▱▱▱▱▱▱ 25 %" in card.text
    (entry,) = entries(world)
    assert (entry.note, entry.source) == ("+贷款 250万 绿源", "self")


def test_an_edited_message_corrects_the_entry_and_undo_takes_it_back(small_world: World) -> None:
    _, amy = team(small_world, "en")
    small_world.owns("王芳", "Acme Ltd")
    said = amy.say("+deposit 2M Acme")
    amy.expect("Recorded (self-reported): Avg daily deposits +CNY 2,000,000")
    amy.edit(said, "+deposit 3M Acme")
    amy.expect("Corrected (self-reported): Avg daily deposits +CNY 3,000,000")
    (entry,) = entries(small_world)
    assert entry.amount == 3_000_000
    amy.press("Undo")
    amy.expect("Undone: Avg daily deposits")
    assert entries(small_world)[0].undone_at is not None


def test_an_uncertain_client_is_offered_and_the_figure_is_kept_meanwhile(
    small_world: World,
) -> None:
    _, wang = team(small_world)
    small_world.owns("王芳", "鑫隆贸易有限公司", "鑫隆建材有限公司")
    wang.say("+贷款 600万 鑫隆")
    question = wang.expect("是哪位客户的")
    (entry,) = entries(small_world)
    assert (entry.client_id, entry.amount) == (None, 6_000_000)
    wang.press("1", question)
    wang.expect("🏢 鑫隆")
    assert entries(small_world)[0].client_id is not None


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("+贷款 5", "“5”是多少"),
        ("+存款", "是多少"),
        ("+拜访 3", "自动统计"),
        ("+结算 $20k", "换算成CNY"),
    ],
)
def test_what_is_unsure_is_asked_and_not_recorded(
    small_world: World, said: str, answer: str
) -> None:
    _, wang = team(small_world)
    wang.say(said)
    wang.expect(answer)
    assert entries(small_world) == []


def test_money_that_went_away_is_taken_off(small_world: World) -> None:
    _, wang = team(small_world)
    wang.say("+存款 -200万")
    wang.expect("日均存款 −CNY 2,000,000")
    assert entries(small_world)[0].amount == -2_000_000


def test_an_entry_may_name_its_day(small_world: World) -> None:
    _, wang = team(small_world)
    wang.say("+贷款 200万 11月20日")
    wang.expect("截至 2026年11月20日 周五")


def test_which_texts_set_a_target() -> None:
    yes = ("目标 王芳 12月 拜访 40", "设目标 王芳 Q4 存款 五千万", "target Li Wei visits 40 Dec")
    no = ("访 绿源食品 谈续贷500万", "目标客户很多", "+存款 500万 绿源", "王芳")
    assert all(map(sets_target, yes))
    assert not any(map(sets_target, no))


def test_an_entry_edited_into_a_visit_is_gone(small_world: World) -> None:
    phone = small_world.join(2001, "Amy", lang="en")
    small_world.owns("Amy", "Acme Ltd")
    said = phone.say("+deposit 2M Acme")
    phone.expect("Recorded")
    phone.edit(said, "visited Acme, all well")
    phone.expect("Logged: Visit · Acme Ltd")
    entries = small_world.read(lambda s: [e.undone_at for e in s.scalars(select(Entry))])
    assert len(entries) == 1
    assert entries[0] is not None
