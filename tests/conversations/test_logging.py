"""Logging by one message, by buttons, corrected and undone."""

from sqlalchemy import select

from storage.contacts import Contact, ContactChange
from storage.followups import FollowUp
from tests.world import World


def contacts(world: World) -> list[Contact]:
    return world.read(lambda s: list(s.scalars(select(Contact).order_by(Contact.id))))


def followups(world: World) -> list[FollowUp]:
    return world.read(lambda s: list(s.scalars(select(FollowUp).order_by(FollowUp.id))))


def test_one_message_logs_a_visit_in_chinese(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "绿源食品有限公司", "宏达机械")
    text = "访 绿源食品 谈续贷500万 下周三下午跟进"
    phone.say(text)
    card = phone.expect("已记录：拜访 · 绿源食品有限公司")
    assert "2026年11月23日 周一 10:0" in card.text
    assert "5,000,000" in card.text
    assert "2026年12月2日 周三 14:00" in card.text
    assert card.protected
    (contact,) = contacts(world)
    assert contact.note == text
    (followup,) = followups(world)
    assert followup.timed
    assert followup.due_day.isoformat() == "2026-12-02"


def test_one_message_logs_a_visit_in_english(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd", "Globex Corporation")
    phone.say("visited Acme, loan 2M discussed, follow up next Fri 3pm")
    card = phone.expect("Logged: Visit · Acme Ltd")
    assert "Mon 23 Nov 2026, 10:0" in card.text
    assert "CNY 2,000,000" in card.text
    assert "Fri 4 Dec 2026, 15:00" in card.text


def test_an_uncertain_client_is_asked_for_and_nothing_is_lost(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "鑫隆贸易有限公司", "鑫隆建材有限公司")
    phone.say("今天拜访了鑫隆 谈代发")
    question = phone.expect("是哪位客户")
    assert "1. 鑫隆" in question.text
    assert contacts(world) == []
    world.stop()
    world.start()  # the draft survives a restart
    phone.press(next(b.text for b in question.buttons if "建材" in b.text), question)
    phone.expect("已记录：拜访 · 鑫隆建材有限公司")
    (contact,) = contacts(world)
    assert contact.note == "今天拜访了鑫隆 谈代发"


def test_a_new_client_is_one_tap_away(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    phone.say("visited Initech, wants a quote by Friday")
    phone.expect("I found no “Initech”")
    phone.press("➕ New company")
    phone.expect("Logged: Visit · Initech")


def test_the_time_of_contact_is_the_messages_own(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "绿源食品有限公司")
    an_hour_ago = world.now.timestamp() - 3600
    phone.say("刚拜访绿源食品 一切正常", date=an_hour_ago)
    phone.expect("已记录")
    (contact,) = contacts(world)
    assert abs(contact.happened_at.timestamp() - an_hour_ago) < 2


def test_by_buttons_in_four_taps(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    phone.say("/log")
    phone.expect("Log for whom?")
    phone.press("🟢 Acme Ltd")
    phone.expect("How were you in touch?")
    phone.press("📞 Call")
    phone.expect("Logged: Call · Acme Ltd")
    phone.press("Interested")
    phone.expect("Outcome: Interested")
    phone.press("+3d")
    card = phone.expect("Next step: Thu 26 Nov 2026")
    assert "Call" in card.text


def test_a_double_tap_logs_once(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    phone.say("/log")
    phone.expect("Log for whom?")
    phone.press("🟢 Acme Ltd")
    screen = phone.expect("How were you in touch?")
    data = next(b.data for b in screen.buttons if "Visit" in b.text)
    assert data is not None
    phone.press_data(data, message=screen)
    phone.press_data(data, message=screen)
    phone.expect("Acme Ltd")
    assert len(contacts(world)) == 1


def test_undo_reopens_the_follow_up_that_the_log_closed(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "绿源食品有限公司")
    phone.say("访 绿源食品 下周一跟进")
    phone.expect("下一步：2026年11月30日 周一")
    world.at(2026, 11, 30, 15, 0)
    phone.expect("⏰ 绿源食品有限公司")
    phone.say("拜访绿源食品 谈妥了")
    phone.expect("完成了待办")
    assert [f.state for f in followups(world)] == ["done"]
    phone.press("↩︎ 撤销")
    phone.expect("待办已恢复：1条")
    assert [f.state for f in followups(world)] == ["open"]
    assert [c.undone_at is None for c in contacts(world)] == [True, False]


def test_undo_only_for_ten_minutes(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    phone.say("visited Acme")
    phone.expect("Logged: Visit")
    world.client.clock.advance(11 * 60)
    phone.press("↩︎ Undo")
    phone.expect("More than 10 minutes have passed")
    assert contacts(world)[0].undone_at is None


def test_editing_the_message_corrects_the_log_and_keeps_the_original(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    said = phone.say("visited Acme, loan 2M discussed")
    phone.expect("CNY 2,000,000")
    phone.edit(said, "called Acme, loan 3M discussed")
    card = phone.expect("Corrected: Call · Acme Ltd")
    assert "CNY 3,000,000" in card.text
    (contact,) = contacts(world)
    assert contact.note == "called Acme, loan 3M discussed"
    (change,) = world.read(lambda s: list(s.scalars(select(ContactChange))))
    assert "loan 2M discussed" in change.before


def test_saying_so_corrects_the_log(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "绿源食品有限公司")
    phone.say("访 绿源食品 谈续贷500万")
    phone.expect("5,000,000")
    phone.say("不对，是300万")
    assert "3,000,000" in phone.expect("已更正").text
    assert len(contacts(world)) == 1


def test_an_unanswered_call_is_no_contact(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "八方物流有限公司")
    phone.say("给八方物流打了3个电话都没接 后天再打")
    card = phone.expect("已记录：电访")
    assert "未接通" in card.text
    assert "2026年11月25日 周三" in card.text
    from storage.clients import Client

    (client,) = world.read(lambda s: list(s.scalars(select(Client))))
    assert client.last_contact_at is None


def test_a_plan_is_a_follow_up_and_no_log(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    phone.say("meeting Acme next Fri 3pm re facility review")
    card = phone.expect("Planned: Acme Ltd")
    assert "Fri 4 Dec 2026, 15:00" in card.text
    assert contacts(world) == []
    assert any("Fri 27 Nov" in b.text for b in card.buttons), "the other reading is one tap away"


def test_an_album_is_one_item(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Acme Ltd")
    phone.album([PNG, PNG, PNG], caption="visited Acme, photos of the new plant")
    phone.expect("Logged: Visit · Acme Ltd")
    phone.say("/today")
    phone.expect("Today")
    assert len(contacts(world)) == 1
    from services import attachments

    assert world.read(lambda s: attachments.count(s, contacts(world)[0].id)) == 3


def test_secrets_are_masked_before_anything_is_stored(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "绿源食品有限公司")
    said = phone.say("访 绿源食品 王总身份证11010519491231002X 卡号6222021234567890128")
    phone.expect("身份证号")
    phone.expect_deleted(said)
    from storage.inbox import Received

    rows = world.read(lambda s: [r.raw for r in s.scalars(select(Received))])
    assert not any("11010519491231002X" in raw or "622202123456789" in raw for raw in rows)
    assert "11010519491231002X" not in contacts(world)[0].note


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "60606000000005000" + "1a5f645400000000049454e44ae426082"
)


def test_a_text_that_says_no_contact_is_not_a_visit(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "宏达机械制造有限公司", "绿源食品有限公司")
    for text in ("宏达机械", "宏达机械制造", "绿源的地址是哪里"):
        phone.say(text)
        phone.expect("还没有联系记录")
    assert contacts(world) == []


def test_what_happened_without_saying_how_is_asked_with_one_tap(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "绿源食品有限公司")
    phone.say("绿源 续贷500万")
    question = phone.expect("怎么联系的")
    assert contacts(world) == []
    phone.press("📞 电访", question)
    phone.expect("已记录：电访 · 绿源食品有限公司")
    phone.press_data(
        next(b.data for b in question.buttons if "电访" in b.text) or "", message=question
    )
    (contact,) = contacts(world)
    assert contact.note == "绿源 续贷500万"


def test_calling_one_client_off_leaves_anothers_log_alone(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Northwind Ltd", "Globex Ltd")
    phone.say("meeting Globex tomorrow 3pm")
    phone.expect("Planned")
    phone.say("visited Northwind")
    phone.expect("Logged: Visit · Northwind Ltd")
    phone.say("cancel Globex")
    phone.expect("Cancelled: Globex Ltd")
    assert [c.undone_at for c in contacts(world)] == [None]
    assert [f.state for f in followups(world)] == ["cancelled"]


def test_cancel_ends_the_open_question_and_not_the_last_log(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "绿源食品有限公司")
    phone.say("拜访绿源食品 谈妥")
    phone.expect("已记录")
    phone.say("拜访金鼎四 聊开户")
    phone.expect("没有找到")
    phone.say("取消")
    phone.expect("已取消")
    assert [c.undone_at for c in contacts(world)] == [None]


def test_nobody_known_still_offers_recent_clients(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    world.owns("Amy", "Stellar Ltd")
    phone.say("lunch with May Chen yesterday, all good")
    question = phone.expect("Which client is this about?")
    phone.press("1. Stellar Ltd", question)
    phone.expect("Logged: Meeting · Stellar Ltd")


def test_everything_that_one_text_plans_is_echoed(world: World) -> None:
    phone = world.join(2001, "林晓")
    world.owns("林晓", "绿源食品有限公司", "宏达机械制造有限公司")
    phone.say("明天上午见绿源，下午三点见宏达")
    card = phone.expect("已安排")
    assert "绿源食品有限公司" in card.text
    assert "宏达机械制造有限公司" in card.text


def test_a_double_tap_on_new_client_keeps_the_card(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    phone.say("visited Initech, wants a quote")
    question = phone.expect("I found no “Initech”")
    data = next(b.data for b in question.buttons if "company" in b.text)
    phone.press_data(data or "", message=question)
    phone.expect("Logged: Visit · Initech")
    toast = phone.press_data(data or "", message=question)
    assert "already done" in toast.text
    assert phone.last.text.startswith("✅ Logged: Visit · Initech")
    assert len(contacts(world)) == 1
