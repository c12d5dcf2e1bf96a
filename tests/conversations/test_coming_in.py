"""Invitations, onboarding, strangers."""

from domain.people import Role
from services import people
from tests.world import World

STRANGER = "This assistant is for invited colleagues only"


def invite(world: World, name: str, role: Role = Role.MANAGER) -> str:
    return world.write(lambda s: people.invite(s, role, name, "城东", world.now)).code


def test_onboarding_by_one_tap_each_in_chinese(world: World) -> None:
    phone = world.client.add_person(2001, "林", language_code="zh-hans")
    phone.say(f"/start {invite(world, '林晓')}")
    first = phone.expect("请选择语言")
    assert first.labels[0][0] == "✅ 简体中文"
    phone.press("✅ 简体中文")
    assert phone.expect("您在哪个时区工作").labels[0][0] == "✅ 北京时间"
    phone.press("✅ 北京时间")
    assert phone.expect("您的工作时间").labels[0] == ["✅ 09:00–18:00 周一至周五"]
    phone.press("✅ 09:00–18:00 周一至周五")
    last = phone.expect("设置完成")
    assert "/today" in last.text
    assert last.id == first.id, "the onboarding edits one message"
    assert world.person("林晓").onboarded_at is not None


def test_switching_to_english_speaks_english_at_once(small_world: World) -> None:
    phone = small_world.client.add_person(2001, "林", language_code="zh-hans")
    phone.say(f"/start {invite(small_world, '林晓')}")
    phone.expect("请选择语言")
    phone.press("English")
    phone.expect("Which time zone")


def test_unfinished_onboarding_blocks_nothing(small_world: World) -> None:
    phone = small_world.client.add_person(2001, "Amy", language_code="en")
    phone.say(f"/start {invite(small_world, 'Amy')}")
    phone.expect("Choose your language")
    phone.say("/today")
    phone.expect("Nothing is due")


def test_strangers_get_one_polite_line_and_nothing_else(world: World) -> None:
    phone = world.client.add_person(2002, "Nobody", language_code="en")
    for text in ("hello", "/today", "/start", "/start WRONG", "visited Acme"):
        phone.say(text)
        assert phone.expect(STRANGER).labels == []


def test_a_code_works_once(world: World) -> None:
    code = invite(world, "林晓")
    first = world.client.add_person(2001, "Lin", language_code="en")
    second = world.client.add_person(2002, "Thief", language_code="en")
    first.say(f"/start {code}")
    first.expect("Choose your language")
    second.say(f"/start {code}")
    second.expect(STRANGER)
    assert world.person("林晓").telegram_id == 2001


def test_guesses_are_limited_and_a_right_code_then_says_the_same(world: World) -> None:
    code = invite(world, "林晓")
    phone = world.client.add_person(2003, "Guesser", language_code="en")
    for guess in range(5):
        phone.say(f"/start GUESS{guess}")
        phone.expect(STRANGER)
    phone.say(f"/start {code}")
    phone.expect(STRANGER)
    assert world.person("林晓").telegram_id is None


def test_a_code_expires(world: World) -> None:
    code = invite(world, "林晓")
    world.at(2026, 11, 27, 10, 0)
    phone = world.client.add_person(2001, "Lin", language_code="en")
    phone.say(f"/start {code}")
    phone.expect(STRANGER)


def test_a_new_phone_takes_over_with_a_fresh_code(world: World) -> None:
    world.join(2001, "林晓", lang="en")
    new = world.client.add_person(2009, "Lin", language_code="en")
    new.say(f"/start {invite(world, '林晓')}")
    new.expect("Rounds")
    assert world.person("林晓").telegram_id == 2009
    old = world.client.person(2001)
    old.say("/today")
    old.expect(STRANGER)


def test_someone_who_left_loses_access_with_the_next_update(world: World) -> None:
    phone = world.join(2001, "Amy", lang="en")
    phone.say("/today")
    phone.expect("Nothing is due")

    def leave(session: object) -> None:
        from storage.people import by_name

        person = by_name(session, "Amy")  # type: ignore[arg-type]
        assert person is not None
        person.active = False

    world.write(leave)
    phone.say("/today")
    phone.expect(STRANGER)
