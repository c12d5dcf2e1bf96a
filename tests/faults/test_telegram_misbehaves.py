"""Faults 11 to 13, 21 and 22: what Telegram answers when it is busy, broken, silent or too late."""

import pytest

from sandbox.client import Message, Person
from tests.faults.harness import Town, until

PUSH = "⏰ Acme Ltd"
REPEAT = "(possible repeat)"


def due_tomorrow(town: Town) -> Person:
    """Amy has a call on Tuesday at three; the program runs."""
    phone = town.join(2001, "Amy", lang="en")
    town.owns("Amy", "Acme Ltd")
    town.run()
    phone.say("call Acme Tue 3pm")
    phone.expect("Planned: Acme Ltd")
    town.settled()
    town.at(2026, 11, 24, 12, 0, 0)
    phone.expect("Morning digest")
    until(lambda: town.notices("digest", state="sent"), "the digest is settled")
    return phone


def pushes(phone: Person) -> list[Message]:
    return [m for m in phone.messages() if m.from_bot and m.text.startswith(PUSH)]


def settled_push(town: Town) -> None:
    until(lambda: town.notices("followup", state="sent"), "the push is sent and settled")


def test_11_too_many_requests_waits_as_long_as_asked(town: Town) -> None:
    """Never earlier, and no attempt burned. Fails when ``Pace.halt`` does nothing."""
    phone = due_tomorrow(town)
    town.client.clear_calls()
    town.client.faults.too_many(2, "sendMessage")
    town.at(2026, 11, 24, 15, 0, 1)
    settled_push(town)
    first, second = town.client.calls("sendMessage")
    assert second["at"] - first["at"] >= 2.0
    (push,) = pushes(phone)
    assert REPEAT not in push.text, "a refused push has certainly not arrived"
    (notice,) = town.notices("followup")
    assert notice.failures == 0
    town.intact()


def test_11_an_answer_waits_too_and_comes_once(small_town: Town) -> None:
    """Fails when ``Sender.answer`` gives up on ``RetryAfter``."""
    phone = small_town.join(2001, "Amy", lang="en")
    small_town.owns("Amy", "Acme Ltd")
    small_town.run()
    small_town.client.faults.too_many(1, "sendMessage")
    phone.say("visited Acme")
    phone.expect("Logged: Visit")
    first, second = small_town.client.calls("sendMessage")
    assert second["at"] - first["at"] >= 1.0
    small_town.settled()
    small_town.intact()


FAULTS = {
    "a 502 with an HTML body": {"kind": "http", "code": 502, "body": "<html>Bad Gateway</html>"},
    "a 500 in JSON": {"kind": "error", "code": 500, "description": "Internal Server Error"},
    "a web page with 200": {"kind": "http", "code": 200, "body": "<html>log in, please</html>"},
    "a connection reset": {"kind": "reset"},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_12_answers_come_after_trouble(small_town: Town, fault: dict[str, object]) -> None:
    """Fails when ``Sender.answer`` does not try again."""
    phone = small_town.join(2001, "Amy", lang="en")
    small_town.owns("Amy", "Acme Ltd")
    small_town.run()
    small_town.client.faults.add(method="sendMessage", times=2, **fault)  # type: ignore[arg-type]
    phone.say("visited Acme")
    phone.expect("Logged: Visit")
    small_town.settled()
    assert len(small_town.contacts()) == 1
    small_town.intact()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_12_updates_come_after_trouble(small_town: Town, fault: dict[str, object]) -> None:
    """Fails when ``Intake.run`` lets a Telegram error end the loop."""
    phone = small_town.join(2001, "Amy", lang="en")
    small_town.owns("Amy", "Acme Ltd")
    program = small_town.run()
    small_town.client.faults.add(method="getUpdates", times=2, **fault)  # type: ignore[arg-type]
    phone.say("visited Acme")
    phone.expect("Logged: Visit")
    assert program.alive
    small_town.settled()
    assert len(small_town.contacts()) == 1
    small_town.intact()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_12_pushes_come_after_trouble(small_town: Town, fault: dict[str, object]) -> None:
    """Fails when ``Delivery._send`` parks a push for a passing trouble."""
    phone = due_tomorrow(small_town)
    small_town.client.faults.add(method="sendMessage", **fault)  # type: ignore[arg-type]
    small_town.at(2026, 11, 24, 15, 0, 1)
    settled_push(small_town)
    assert len(pushes(phone)) == 1
    small_town.intact()


def test_13_a_lost_answer_to_a_push_is_marked_as_a_possible_repeat(town: Town) -> None:
    """Telegram took the push and broke the line. Fails when the outcome counts as “not sent”."""
    phone = due_tomorrow(town)
    town.client.faults.add("drop", "sendMessage")
    town.at(2026, 11, 24, 15, 0, 1)
    settled_push(town)
    assert [REPEAT in message.text for message in pushes(phone)] == [False, True]
    town.intact()


def test_13_a_lost_answer_to_a_log_leaves_one_log(town: Town) -> None:
    """The card may come twice, the contact not. Fails without ``inbox.answer``."""
    phone = town.join(2001, "Amy", lang="en")
    town.owns("Amy", "Acme Ltd")
    town.run()
    town.client.faults.add("drop", "sendMessage")
    phone.say("visited Acme")
    phone.expect("Logged: Visit")
    town.settled()
    assert len(town.contacts()) == 1
    town.intact()


def test_21_a_message_that_is_gone_is_replaced_by_a_fresh_one(town: Town) -> None:
    """Fails when ``Sender._edit`` raises instead of saying that the message is gone."""
    phone = due_tomorrow(town)
    town.at(2026, 11, 24, 15, 0, 1)
    push = phone.expect(lambda m: m.text.startswith(PUSH))
    town.client.faults.add(
        "error", "editMessageText", code=400,
        description="Bad Request: message to edit not found",
    )  # fmt: skip
    phone.press("📞 Called", push)
    card = phone.expect("Logged: Call · Acme Ltd")
    assert card.id != push.id
    town.settled()
    assert len(town.contacts()) == 1
    town.intact()


def test_22_not_modified_and_too_old_are_successes(small_town: Town) -> None:
    """Nothing is parked. Fails when either description is taken out of ``bot.sending``."""
    phone = small_town.join(2001, "Amy", lang="en")
    small_town.run()
    phone.say("/menu")
    menu = phone.expect("Rounds")
    home = next(b for b in menu.buttons if "Today" in b.text)
    phone.press(home.text, menu)
    today = phone.expect(lambda m: m.edited)
    small_town.client.faults.add(
        "error", "answerCallbackQuery", code=400,
        description="Bad Request: query is too old and response timeout expired",
    )  # fmt: skip
    assert home.data is not None
    phone.press_data(home.data, today, wait=False)  # the same screen again: nothing to modify
    small_town.settled()
    edits = small_town.client.calls("editMessageText")
    assert "message is not modified" in str(edits[-1]["result"])
    small_town.intact()
