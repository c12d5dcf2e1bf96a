"""Follow-ups: pushed at their time, finished in two taps, moved, snoozed; the morning digest."""

from sqlalchemy import select

from domain.clients import Tier
from storage.contacts import Contact
from storage.followups import FollowUp
from storage.outbox import Notice
from tests.world import World


def followups(world: World) -> list[FollowUp]:
    return world.read(lambda s: list(s.scalars(select(FollowUp).order_by(FollowUp.id))))


def sent(world: World, kind: str) -> list[Notice]:
    return world.read(
        lambda s: list(s.scalars(select(Notice).where(Notice.kind == kind, Notice.state == "sent")))
    )


def test_the_push_is_the_form_two_taps_in_all(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    phone.say("visited Acme, follow up Tue 3pm")
    phone.expect("Next step: Tue 24 Nov 2026, 15:00")
    world.at(2026, 11, 24, 15, 0, 1)
    push = phone.expect("⏰ Acme Ltd")
    assert not push.silent
    assert push.protected
    assert push.labels[0] == ["✅ Done", "📞 Called"]
    assert push.labels[1] == ["🕒 Later", "✖ No-show"]
    phone.press("✅ Done", push)
    card = phone.expect("Logged: Visit · Acme Ltd")
    assert card.id == push.id
    phone.press("Next Mon", card)
    phone.expect("Next step: Mon 30 Nov 2026")
    contacts = world.read(lambda s: list(s.scalars(select(Contact))))
    assert len(contacts) == 2
    assert [f.state for f in followups(world)] == ["done", "open"]


def test_a_brief_comes_half_an_hour_before_a_visit(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "绿源食品有限公司")
    phone.say("约了绿源食品周四两点半")
    phone.expect("已安排")
    world.at(2026, 11, 26, 14, 0, 1)
    brief = phone.expect("30分钟后拜访")
    assert "绿源食品有限公司" in brief.text


def test_a_date_without_a_time_comes_silently_at_the_start_of_the_day(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    phone.say("visited Acme, follow up Wed")
    phone.expect("Next step: Wed 25 Nov 2026")
    world.at(2026, 11, 25, 9, 0, 1)
    assert phone.expect("⏰ Acme Ltd").silent


def test_a_minute_before_nothing_comes(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    phone.say("meeting Acme Tue 3pm")
    phone.expect("Planned")
    world.at(2026, 11, 24, 14, 29, 0)
    phone.expect("Morning digest")  # the clock has passed eight o'clock
    phone.nothing_new(2.5)
    assert sent(world, "followup") == []


def test_later_and_it_comes_again(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    phone.say("call Acme Tue 3pm")
    phone.expect("Planned: Acme Ltd · Call")
    world.at(2026, 11, 24, 15, 0, 1)
    push = phone.expect("⏰ Acme Ltd")
    assert [label for row in push.labels for label in row][:3] == [
        "📞 Called",
        "🕒 Later",
        "📵 No answer",
    ]
    phone.press("🕒 Later", push)
    phone.expect("Remind you when?")
    phone.press("In 1 hour")
    phone.expect("Later: Acme Ltd · Tue 24 Nov 2026, 16:0")
    world.at(2026, 11, 24, 16, 0, 30)
    again = phone.expect("⏰ Acme Ltd")
    assert again.id != push.id
    phone.press("📵 No answer", again)
    card = phone.expect("Logged: Call · Acme Ltd")
    assert "the cadence is not reset" in card.text


def test_moved_by_the_calendar(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    phone.say("meeting Acme Tue 3pm")
    plan = phone.expect("Planned")
    phone.press("📅 Move", plan)
    phone.expect("Choose a day")
    phone.press("Fr 27")
    phone.expect("Moved: Acme Ltd · Fri 27 Nov 2026, 15:00")
    world.at(2026, 11, 24, 15, 0, 1)
    phone.say("/menu")
    phone.expect("Rounds")
    phone.nothing_new(2.5)
    assert sent(world, "followup") == []
    world.at(2026, 11, 27, 15, 0, 1)
    phone.expect("⏰ Acme Ltd")


def test_saying_that_it_moved_moves_it(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Globex Corporation")
    phone.say("meeting Globex tomorrow 3pm")
    phone.expect("Planned")
    phone.say("can't make Globex tomorrow, moved to Thursday half past two")
    phone.expect("Thu 26 Nov 2026, 14:30")
    assert len(followups(world)) == 1


def test_cancelled_is_not_pushed(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "绿源食品有限公司")
    phone.say("约了绿源食品明天下午三点")
    plan = phone.expect("已安排")
    phone.press("🗑 取消跟进", plan)
    phone.expect("已取消")
    world.at(2026, 11, 24, 15, 0, 1)
    phone.say("/menu")
    phone.expect("行客")
    phone.nothing_new(2.5)


def test_one_digest_at_eight_ranked(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "绿源食品有限公司", "宏达机械有限公司")
    world.owns("林晓", "千禾酒业有限公司", tier=Tier.STRATEGIC)
    phone.say("访 绿源食品 周三跟进")
    phone.expect("已记录")
    phone.say("访 宏达机械 周四跟进")
    phone.expect("已记录")
    world.at(2026, 12, 10, 8, 20)
    digest = phone.expect("晨报")
    assert (
        digest.text.index("绿源食品")
        < digest.text.index("宏达机械")
        < digest.text.index("千禾酒业")
    )
    assert "已超期15天" in digest.text
    phone.nothing_new(2.5)
    assert len(sent(world, "digest")) == 1


def test_no_digest_on_a_day_off(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "绿源食品有限公司")
    phone.say("访 绿源食品 明天跟进")
    phone.expect("已记录")
    world.at(2026, 11, 28, 8, 30)  # Saturday
    assert "迟到的提醒" in phone.expect("⏰ 绿源食品有限公司").text
    phone.nothing_new(2.5)
    assert sent(world, "digest") == []


def test_quiet_hours_hold_everything_but_named_times(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd", "Globex Ltd")
    phone.say("call Acme today 22:00")
    phone.expect("Planned: Acme Ltd")
    world.at(2026, 11, 23, 22, 0, 1)
    phone.expect("⏰ Acme Ltd")


def test_worked_through_with_next(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd", "Globex Ltd")
    phone.say("visited Acme, follow up tomorrow")
    phone.expect("Logged")
    phone.say("visited Globex, follow up tomorrow")
    phone.expect("Logged")
    phone.say("/today")
    phone.expect("Today")
    phone.press("▶ Work through")
    first = phone.expect("1 of 2")
    assert "Acme Ltd" in first.text
    phone.press("Next ▶")
    assert "Globex Ltd" in phone.expect("2 of 2").text
    phone.press("Next ▶")
    phone.expect("That was the last one")


def test_on_leave_pushes_go_to_the_stand_in(world: World) -> None:
    amy = world.join(2001, "Amy", lang="en")
    bob = world.join(2002, "Bob", lang="en")
    bob.say("/menu")
    bob.expect("Rounds")
    world.owns("Amy", "Acme Ltd")
    amy.say("meeting Acme Wed 3pm")
    amy.expect("Planned")
    amy.say("/settings")
    amy.expect("Settings")
    amy.press("🌴 Leave")
    amy.expect("Away until which day")
    amy.press("1 week")
    amy.expect("Who stands in?")
    amy.press("Bob")
    amy.expect("covered by Bob")
    bob.expect("You stand in")
    world.at(2026, 11, 25, 15, 0, 1)
    push = bob.expect("Covering for Amy")
    assert push.text.startswith("⏰ Acme Ltd")
    bob.press("✅ Done", push)
    bob.expect("Logged: Visit · Acme Ltd")
    (contact,) = world.read(lambda s: list(s.scalars(select(Contact))))
    assert contact.author_id == world.person("Bob").id
    assert [f.state for f in followups(world)] == ["done"]


def test_on_leave_without_a_stand_in_pushes_wait(world: World) -> None:
    amy = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    amy.say("meeting Acme Wed 3pm")
    amy.expect("Planned")
    amy.say("/settings")
    amy.expect("Settings")
    amy.press("🌴 Leave")
    amy.expect("Away until")
    amy.press("+3d")
    amy.expect("Who stands in?")
    amy.press("⏸ Nobody, pause")
    amy.expect("reminders paused")
    world.at(2026, 11, 25, 15, 0, 1)
    amy.say("/menu")
    amy.expect("Rounds")
    amy.nothing_new(2.5)
    world.at(2026, 11, 27, 9, 0, 5)
    assert "late reminder" in amy.expect("⏰ Acme Ltd").text


def test_back_early_brings_what_waited(small_world: World) -> None:
    amy = small_world.join(2001, "Amy", lang="en")
    small_world.owns("Amy", "Acme Ltd")
    amy.say("meeting Acme Wed 3pm")
    amy.expect("Planned")
    amy.say("/settings")
    amy.expect("Settings")
    amy.press("🌴 Leave")
    amy.expect("Away until")
    amy.press("2 weeks")
    amy.expect("Who stands in?")
    amy.press("⏸ Nobody, pause")
    amy.expect("reminders paused")
    small_world.at(2026, 11, 25, 15, 0, 1)
    amy.nothing_new(2.5)
    amy.say("/settings")
    amy.expect("Settings")
    amy.press("🌴 Leave")
    amy.press("☀️ I am back", amy.expect("Leave"))
    amy.expect("⏰ Acme Ltd")


def test_a_neutral_push_names_nobody(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en", neutral_pushes=True)
    world.owns("Amy", "Acme Ltd")
    phone.say("meeting Acme Tue 3pm")
    phone.expect("Planned")
    world.at(2026, 11, 24, 15, 0, 1)
    push = phone.expect("Something is due")
    assert "Acme" not in push.text
    phone.press("👁 Show", push)
    phone.expect("⏰ Acme Ltd")


def test_at_most_five_loud_pushes_a_day(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    names = [f"Client{n} Ltd" for n in range(7)]
    world.owns("Amy", *names)
    for name in names:
        phone.say(f"call {name} Tue 3pm")
        phone.expect(f"Planned: {name}")
    mark = phone.last.id
    world.at(2026, 11, 24, 15, 0, 1)
    for name in names:
        phone.expect(lambda m, n=name: m.id > mark and m.text.startswith(f"⏰ {n}"))  # type: ignore[misc]
    loud = [m for m in phone.messages() if m.id > mark and m.from_bot and not m.silent]
    assert len(loud) == 5
