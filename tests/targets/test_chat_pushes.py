"""Pushes about targets as they arrive: the plan, the gap, marks that were crossed."""

from datetime import timedelta

from domain.people import Role
from sandbox.client import Person
from storage.clients import Client
from tests.world import World


def team(world: World, lang: str) -> tuple[Person, Person]:
    lead = world.join(2001, "赵敏", Role.LEAD, lang=lang)
    return lead, world.join(2002, "王芳", lang=lang)


def set_target(lead: Person, text: str) -> None:
    lead.say(f"/targets set {text}")
    lead.expect(lambda m: "指标已" in m.text or "Target " in m.text)


def unseen_for(world: World, client: int, days: int) -> None:
    """Nobody has been in touch with the client for so long."""
    long_ago = world.now - timedelta(days=days)

    def age(session):
        row = session.get_one(Client, client)
        row.created_at = row.last_contact_at = long_ago

    world.write(age)


def test_a_visit_that_crosses_marks_is_told_once(world: World) -> None:
    lead, wang = team(world, "zh")
    world.owns("王芳", "绿源食品有限公司")
    set_target(lead, "王芳 visits 2/3 11月")
    for text in ("访 绿源食品 谈续贷", "访 绿源食品 送合同", "访 绿源食品 取材料"):
        wang.say(text)
        wang.expect("已记录")
    half = wang.expect("拜访：基本目标完成 50 %", any_time=True)
    assert "1 / 2 · 2026年11月" in half.text
    assert half.silent
    wang.expect("拜访：基本目标达成", any_time=True)
    top = wang.expect("拜访：进取目标达成", any_time=True)
    assert "3 / 3" in top.text
    assert not top.silent
    told = [m for m in wang.messages() if "基本目标完成" in m.text or "目标达成" in m.text]
    assert len(told) == 3


def test_an_entry_that_crosses_a_mark_is_told_in_english(small_world: World) -> None:
    lead, wang = team(small_world, "en")
    set_target(lead, "王芳 loans 10M November")
    wang.say("+loan 9.5M")
    wang.expect("Recorded")
    push = wang.expect("90 % of the base target", any_time=True)
    assert "CNY 9,500,000 of CNY 10,000,000 · November 2026" in push.text


def test_mondays_plan_names_clients_with_buttons_to_their_briefs(world: World) -> None:
    lead, wang = team(world, "zh")
    first, _ = world.owns("王芳", "绿源食品有限公司", "宏达机械")
    unseen_for(world, first, 70)
    set_target(lead, "王芳 visits 12 11月")
    wang.say("/targets")  # nobody can be written to who has not written first
    wang.expect("2026年11月")
    world.at(2026, 11, 30, 8, 30, 2)
    push = wang.expect("本周计划", any_time=True)
    assert "到11月30日 周一还差 拜访12次" in push.text
    assert "1. 🔴 绿源食品有限公司" in push.text
    wang.press("1", push)
    wang.expect("绿源食品有限公司")
    team_push = lead.expect("本周计划", any_time=True)
    assert "王芳：拜访慢于序时进度" in team_push.text


def test_fridays_gap_says_what_the_week_brought(small_world: World) -> None:
    lead, wang = team(small_world, "en")
    small_world.owns("王芳", "Acme Ltd")
    set_target(lead, "王芳 visits 12 Q4")
    wang.say("visited Acme, loan 2M discussed")
    wang.expect("Logged")
    small_world.at(2026, 11, 27, 16, 30, 2)
    push = wang.expect("Friday’s gap", any_time=True)
    assert "This week: 1 visit" in push.text
    assert "Fri 27 Nov 2026" in push.text
    assert "3 visits a week needed" in push.text


def test_no_is_about_the_entry_that_was_just_recorded(small_world: World) -> None:
    _, wang = team(small_world, "zh")
    wang.say("+贷款 300万")
    wang.expect("已记录（自报）")
    wang.say("不对，是500万")
    card = wang.expect("已更正（自报）：贷款累放 +CNY 5,000,000")
    assert card.has_button("撤销")
    wang.say("/undo")
    wang.expect("已撤销：贷款累放")
