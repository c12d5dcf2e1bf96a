"""Keyboards, as strict as Telegram takes them."""

from typing import Any

import pytest
from sandbox_world import MEI, Bot

UNPARSABLE = "can't parse inline keyboard button: "
URL = "inline keyboard button URL "


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(**action: Any) -> dict[str, Any]:
    return {"text": "x", **action}


def refusal(bot: Bot, markup: Any) -> str:
    return bot.refused("sendMessage", chat_id=MEI, text="x", reply_markup=markup)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (button(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (button(callback_data="你" * 22), "BUTTON_DATA_INVALID"),
        (
            button(callback_data=""),
            UNPARSABLE + "Text buttons are unallowed in the inline keyboard",
        ),
        (button(), UNPARSABLE + "Text buttons are unallowed in the inline keyboard"),
        (button(callback_data="a", url="https://a.example"), UNPARSABLE + "exactly one action"),
        ({"text": "  ", "callback_data": "a"}, "inline keyboard button text must be non-empty"),
        ({"callback_data": "a"}, UNPARSABLE + 'Field "text" must be of type String'),
        ("x", UNPARSABLE + "InlineKeyboardButton must be an Object"),
        (button(callback="a"), UNPARSABLE + "unknown field callback"),
        (button(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (button(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (
            button(url="tel:+8613900001111"),
            URL + "'tel:+8613900001111' is invalid: Wrong port number",
        ),
        (
            button(url="ftp://a.example"),
            URL + "'ftp://a.example' is invalid: Unsupported URL protocol",
        ),
        (button(url="nowhere"), URL + "'nowhere' is invalid: Wrong HTTP URL"),
        (button(web_app={"url": "https://a.example"}), "the sandbox has no web_app buttons"),
    ],
)
def test_buttons_that_telegram_refuses(bot: Bot, given: Any, reason: str) -> None:
    assert refusal(bot, inline([given])).startswith(f"400 Bad Request: {reason}")


@pytest.mark.parametrize(
    "given",
    [
        button(callback_data="x" * 64),
        button(callback_data="你" * 21),
        button(url="https://a.example/x?y=1"),
        button(url="t.me/rounds_sandbox_bot?start=1"),
        button(url="tg://user?id=1"),
        button(url="http://localhost:8080/"),
        button(copy_text={"text": "x" * 256}),
        button(switch_inline_query_current_chat=""),
        button(switch_inline_query="acme"),
        button(callback_data="a", style="danger"),
    ],
)
def test_buttons_that_telegram_takes(bot: Bot, given: dict[str, Any]) -> None:
    sent = bot.call("sendMessage", chat_id=MEI, text="x", reply_markup=inline([given]))
    assert sent["reply_markup"] == inline([given])


def test_counts(bot: Bot) -> None:
    row = [button(callback_data="a")] * 8
    bot.call("sendMessage", chat_id=MEI, text="x", reply_markup=inline(*[row] * 12))
    assert refusal(bot, inline(*[row] * 13)) == "400 Bad Request: reply markup is too long"
    assert "more than 8 buttons" in refusal(bot, inline([*row, *row[:1]]))


def test_shapes(bot: Bot) -> None:
    assert refusal(bot, "[1]") == "400 Bad Request: object expected as reply markup"
    assert "Array of Arrays" in refusal(bot, {"inline_keyboard": [button()]})
    assert "unknown field in the reply markup: cheese" in refusal(bot, inline() | {"cheese": 1})
    assert "unknown kind" in refusal(bot, {"cheese": 1})
    assert "can't parse reply_markup" in refusal(bot, "{")


def test_an_empty_keyboard_is_none(bot: Bot) -> None:
    assert "reply_markup" not in bot.call(
        "sendMessage", chat_id=MEI, text="x", reply_markup=inline()
    )


def test_reply_keyboards_are_seen_by_the_person_only(bot: Bot) -> None:
    keyboard = {
        "keyboard": [["a", {"text": "b", "request_contact": True}]],
        "resize_keyboard": True,
    }
    sent = bot.call("sendMessage", chat_id=MEI, text="x", reply_markup=keyboard)
    assert "reply_markup" not in sent
    shown = bot.sees()[-1]["reply_markup"]["keyboard"]
    assert shown == [[{"text": "a"}, {"text": "b", "request_contact": True}]]
    for other in ({"remove_keyboard": True}, {"force_reply": True, "selective": True}):
        bot.call("sendMessage", chat_id=MEI, text="x", reply_markup=other)
        assert bot.sees()[-1]["reply_markup"] == other


def test_contacts_are_asked_for_in_private_only(bot: Bot) -> None:
    group = bot.act(f"people/{MEI}/group", title="Team", members=[])
    keyboard = {"keyboard": [[{"text": "b", "request_contact": True}]]}
    refused = bot.refused("sendMessage", chat_id=group["id"], text="x", reply_markup=keyboard)
    assert refused == "400 Bad Request: phone number can be requested in private chats only"
