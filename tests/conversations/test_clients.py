"""Finding clients, the brief, corrections, who sees what."""

import pytest

from domain.clients import ClientKind, Tier
from domain.people import Role
from tests.world import World


@pytest.mark.parametrize(
    "query",
    [
        "绿源食品有限公司",
        "绿源",
        "食品",
        "lvyuan",
        "lysp",
        "lyspyx"[:4],
        "0001",
        "13800010001",
        "綠源",
    ],
)
def test_found_by_whatever_comes_to_mind(small_world: World, query: str) -> None:
    phone = small_world.join(2001, "林晓")
    small_world.owns("林晓", "绿源食品有限公司", phone="13800010001")
    small_world.owns("林晓", "宏达机械有限公司", phone="13800020002")
    phone.say(f"/find {query}")
    assert "绿源食品有限公司" in phone.expect("基础").text


@pytest.mark.parametrize("query", ["zengjing", "cengjing", "zj", "cj", "曾"])
def test_a_rare_surname_is_found_by_either_reading(small_world: World, query: str) -> None:
    phone = small_world.join(2001, "林晓")
    small_world.owns("林晓", "曾静", kind=ClientKind.INDIVIDUAL)
    phone.say(query)
    phone.expect("曾静")


@pytest.mark.parametrize(
    "query", ["acme", "Acme", "ACME FITTINGS", "fittings", "acne fittings", "acm"]
)
def test_found_in_english(small_world: World, query: str) -> None:
    phone = small_world.join(2001, "Amy", lang="en")
    small_world.owns("Amy", "Acme Fittings Ltd", "Northwind Dairy plc")
    phone.say(f"/find {query}")
    phone.expect("Acme Fittings Ltd")


def test_up_to_four_numbered_candidates_with_more(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", *(f"Delta Works {n} Ltd" for n in range(1, 7)))
    phone.say("delta")
    screen = phone.expect("6 clients match")
    assert sum(label[0].isdigit() for row in screen.labels for label in row) == 4
    phone.press("More ▶")
    assert "5. " in phone.expect("5. ").text
    phone.press("5. Delta Works 5 Ltd")
    phone.expect("No contact logged yet")


def test_red_flags_come_first(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd", tier=Tier.STRATEGIC)
    phone.say("visited Acme, loan 2M discussed, follow up Wed")
    phone.expect("Logged")
    world.at(2026, 12, 14, 11, 0)
    phone.say("acme")
    brief = phone.expect("Strategic")
    lines = brief.text.splitlines()
    assert lines[1].startswith("🔴 Overdue: Wed 25 Nov 2026")
    assert lines[2].startswith("🔴 Last contact 21 days ago; one is due every 14 days")
    assert "CNY 2,000,000" in brief.text


def test_recent_contacts_are_paged(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    for n in range(7):
        phone.say(f"called Acme about topic {n}")
        phone.expect("Logged: Call")
        world.client.clock.advance(3600)
    phone.say("acme")
    phone.expect("Acme Ltd")
    phone.press("🕘 History")
    assert "topic 6" in phone.expect("contacts (1/2)").text
    phone.press("Next ▶")
    assert "topic 0" in phone.expect("contacts (2/2)").text


def test_a_name_and_a_phone_can_be_corrected(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    phone.say("acme")
    phone.expect("Acme Ltd")
    phone.press("✏️ Edit")
    phone.expect("Which field?")
    phone.press("✏️ Name")
    phone.expect("Send the new name")
    phone.say("Acme Holdings Ltd")
    phone.expect("Corrected.")
    phone.say("holdings")
    phone.expect("Acme Holdings Ltd")
    phone.press("✏️ Edit")
    phone.expect("Which field?")
    phone.press("☎️ Phone")
    phone.expect("Send the new phone")
    phone.say("+44 20 7946 0001")
    phone.expect("Corrected.")
    phone.say("/find 0001")
    phone.expect("+44 20 7946 0001")


def test_a_log_in_the_middle_of_a_flow_is_still_a_log(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd", "Globex Ltd")
    phone.say("/new")
    phone.expect("What is the new client called?")
    phone.say("visited Globex, no need now")
    phone.expect("Logged: Visit · Globex Ltd")
    phone.say("Acme")  # and the screen no longer waits for a name
    phone.expect("🟢 Acme Ltd")


def test_a_new_client_by_name(world: World) -> None:
    phone = world.join(2001, "林晓")
    phone.say("/new 千禾酒业有限公司")
    phone.expect("已新建：千禾酒业有限公司")
    phone.say("qhjy")
    phone.expect("千禾酒业有限公司")


def test_only_own_clients_and_a_lead_the_teams(world: World) -> None:
    lin = world.join(2001, "林晓", lang="en")
    amy = world.join(2002, "Amy", lang="en")
    stranger = world.join(2003, "Zoe", lang="en", team="West")
    lead = world.join(2004, "Lead", Role.LEAD, lang="en")
    auditor = world.join(2005, "Audit", Role.AUDITOR, lang="en", team=None)
    admin = world.join(2006, "Admin", Role.ADMIN, lang="en", team=None)
    (secret,) = world.owns("林晓", "Hidden Valley Farm Ltd")
    for phone in (lin, lead, auditor):
        phone.say("/find hidden")
        phone.expect("Hidden Valley Farm Ltd")
    for phone in (amy, stranger):
        phone.say("/find hidden")
        phone.expect("No client matches")
        phone.say("visited Hidden Valley Farm")
        assert "Hidden Valley Farm Ltd" not in phone.expect("").text
    admin.say("/find hidden")
    admin.expect("Your role cannot do this")
    # A button of somebody else's, pressed as it is, opens nothing either.
    lin.say("hidden")
    data = next(b.data for b in lin.expect("Hidden Valley Farm Ltd").buttons if "History" in b.text)
    assert data is not None
    amy.say("/menu")
    menu = amy.expect("Rounds")
    assert "out of date" in amy.press_data(data, message=menu).text
    assert "Hidden" not in amy.last.text
    assert secret


def test_a_name_that_only_somebody_elses_client_has_tells_nothing(world: World) -> None:
    world.join(2001, "林晓")
    amy = world.join(2002, "Amy", lang="en")
    world.owns("林晓", "Hidden Valley Farm Ltd")
    amy.say("/find hidden")
    hidden = amy.expect("No client matches").text.replace("hidden", "")
    amy.say("/find nowhere")
    nowhere = amy.expect("No client matches").text.replace("nowhere", "")
    assert hidden == nowhere


def test_in_a_group_one_polite_line_and_no_client(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    group = phone.make_group("Team")
    group.say("/find Acme")
    answer = group.expect("Client matters stay in private chats")
    assert "Acme" not in answer.text


def test_an_auditor_reads_and_changes_nothing(world: World) -> None:
    world.join(2001, "林晓")
    auditor = world.join(2005, "Audit", Role.AUDITOR, lang="en", team=None)
    world.owns("林晓", "Acme Ltd")
    auditor.say("visited Acme")
    auditor.expect("No client matches")
    auditor.say("acme")
    brief = auditor.expect("Acme Ltd")
    assert not any("Log" in label for row in brief.labels for label in row)


def test_a_screen_that_was_left_takes_no_text_any_more(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "西郊牧场", "八方物流有限公司")
    phone.say("西郊")
    phone.expect("西郊牧场")
    phone.press("✏️ 更正")
    phone.expect("改哪一项")
    phone.press("✏️ 名称")
    phone.expect("请发新的名称")
    phone.say("/today")
    phone.expect("今日待办")
    phone.say("八方物流")
    phone.expect("八方物流有限公司")
    phone.say("西郊")
    phone.expect("西郊牧场")
