"""What the bot may send, and what comes out of it."""

import json
from typing import Any

import pytest
from sandbox_world import MEI, PNG, TOM, Bot

ANY_KEYBOARD = {"inline_keyboard": [[{"text": "✅ Done", "callback_data": "d"}]]}


def test_a_message_has_telegrams_shape(bot: Bot) -> None:
    sent = bot.call("sendMessage", chat_id=MEI, text="<b>好</b>", parse_mode="HTML")
    assert sent["from"] == {
        "id": bot.telegram.bot_id,
        "is_bot": True,
        "first_name": "Rounds",
        "username": "rounds_sandbox_bot",
    }
    assert sent["chat"] == {"id": MEI, "first_name": "Mei", "last_name": "Li", "type": "private"}
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert sent["text"] == "好"
    assert isinstance(sent["date"], int)


def test_json_form_query_and_multipart_mean_the_same(bot: Bot) -> None:
    path = f"/bot{bot.telegram.token}/sendMessage"
    params = {"chat_id": str(MEI), "text": "a+b & 你", "reply_markup": json.dumps(ANY_KEYBOARD)}
    answers = [
        bot.request("POST", path, json=params),
        bot.request("POST", path, data=params),
        bot.request("GET", path, params=params),
        bot.request("POST", path, data=params, files={"x": b""}),
    ]
    results = [answer.json()["result"] for answer in answers]
    assert [r["text"] for r in results] == ["a+b & 你"] * 4
    assert [r["reply_markup"] for r in results] == [ANY_KEYBOARD] * 4


def test_method_names_are_case_insensitive(bot: Bot) -> None:
    assert bot.call("SENDmessage", chat_id=MEI, text="x")["text"] == "x"


def test_unknown_method_and_wrong_token(bot: Bot) -> None:
    assert bot.refused("sendCheese") == "404 Not Found: method not found"
    answer = bot.request("GET", "/bot1:wrong/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


def test_unknown_parameters_are_refused_unless_lenient(bot: Bot) -> None:
    params = {"chat_id": MEI, "text": "x", "parsemode": "HTML"}
    assert bot.refused("sendMessage", **params).startswith(
        "400 Bad Request: unknown parameter of sendMessage: parsemode"
    )
    bot.telegram.strict = False
    assert bot.call("sendMessage", **params)["text"] == "x"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "message text is empty"),
        ("  \n ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>" + "x" * 4097 + "</b>", "message is too long"),
        ("x" * 32769, "text is too long"),
        ("<i>x", "can't parse entities: Can't find end tag corresponding to start tag \"i\""),
    ],
)
def test_texts_that_telegram_refuses(bot: Bot, text: str, refusal: str) -> None:
    found = bot.refused("sendMessage", chat_id=MEI, text=text, parse_mode="HTML")
    assert found == f"400 Bad Request: {refusal}"


def test_lengths_count_utf16_units_after_parsing(bot: Bot) -> None:
    for text in ("x" * 4096, "😀" * 2048, "<b>" + "你" * 4096 + "</b>"):
        bot.call("sendMessage", chat_id=MEI, text=text, parse_mode="HTML")


def test_a_lone_surrogate_is_refused(bot: Bot) -> None:
    body = f'{{"chat_id": {MEI}, "text": "a\\ud800b"}}'
    path = f"/bot{bot.telegram.token}/sendMessage"
    answer = bot.request("POST", path, content=body, headers={"Content-Type": "application/json"})
    assert answer.json()["description"] == "Bad Request: strings must be encoded in UTF-8"


def test_markdown_and_unknown_modes_are_refused(bot: Bot) -> None:
    markdown = bot.refused("sendMessage", chat_id=MEI, text="x", parse_mode="MarkdownV2")
    assert markdown == "400 Bad Request: the sandbox reads parse_mode HTML only, not Markdown"
    unknown = bot.refused("sendMessage", chat_id=MEI, text="x", parse_mode="rtf")
    assert unknown == "400 Bad Request: unsupported parse_mode"


def test_captions_have_1024(bot: Bot) -> None:
    files = {"photo": ("p.png", PNG)}
    assert bot.upload("sendPhoto", files, chat_id=MEI, caption="你" * 1024)["ok"]
    refused = bot.upload("sendPhoto", files, chat_id=MEI, caption="你" * 1025)
    assert refused["description"] == "Bad Request: message caption is too long"


def test_where_a_bot_may_not_write(bot: Bot) -> None:
    def to(chat: Any) -> str:
        return bot.refused("sendMessage", chat_id=chat, text="x")

    assert to(999) == "400 Bad Request: chat not found"
    assert to("@nobody") == "400 Bad Request: chat not found"
    assert to("") == "400 Bad Request: chat_id is empty"
    assert to(TOM) == "403 Forbidden: bot can't initiate conversation with a user"
    bot.act(f"people/{MEI}/block")
    assert to(MEI) == "403 Forbidden: bot was blocked by the user"
    bot.act(f"people/{MEI}/block", blocked=False)
    bot.act(f"people/{MEI}/deactivate")
    assert to(MEI) == "403 Forbidden: user is deactivated"


def test_blocking_is_told_to_the_bot(bot: Bot) -> None:
    bot.act(f"people/{MEI}/block")
    bot.act(f"people/{MEI}/block", blocked=False)
    members = [update["my_chat_member"] for update in bot.updates()]
    statuses = [(m["old_chat_member"]["status"], m["new_chat_member"]["status"]) for m in members]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


def test_flags_reach_the_person(bot: Bot) -> None:
    bot.call("sendMessage", chat_id=MEI, text="x", disable_notification=True, protect_content=True)
    (seen,) = bot.sees()
    assert (seen["silent"], seen["protected"], seen["unread"]) == (True, True, True)


def test_replies(bot: Bot) -> None:
    said = bot.say("hello")
    reply = {"message_id": said["message_id"]}
    sent = bot.call("sendMessage", chat_id=MEI, text="x", reply_parameters=reply)
    assert sent["reply_to_message"]["text"] == "hello"
    gone = {"message_id": 999}
    refused = bot.refused("sendMessage", chat_id=MEI, text="x", reply_parameters=gone)
    assert refused == "400 Bad Request: message to be replied not found"
    lenient = gone | {"allow_sending_without_reply": True}
    assert "reply_to_message" not in bot.call(
        "sendMessage", chat_id=MEI, text="x", reply_parameters=lenient
    )


def test_reply_parameters_and_previews_know_their_fields(bot: Bot) -> None:
    for name in ("reply_parameters", "link_preview_options"):
        refused = bot.refused("sendMessage", chat_id=MEI, text="x", **{name: {"cheese": 1}})
        assert f"unknown field of {name}: cheese" in refused
    preview = {"is_disabled": True}
    sent = bot.call("sendMessage", chat_id=MEI, text="x", link_preview_options=preview)
    assert sent["link_preview_options"] == preview


def test_albums(bot: Bot) -> None:
    media = [
        {"type": "photo", "media": f"attach://p{n}", "caption": f"<b>{n}</b>", "parse_mode": "HTML"}
        for n in range(3)
    ]
    files = {f"p{n}": (f"{n}.png", PNG) for n in range(3)}
    sent = bot.upload("sendMediaGroup", files, chat_id=MEI, media=json.dumps(media))["result"]
    assert len({message["media_group_id"] for message in sent}) == 1
    assert [message["caption"] for message in sent] == ["0", "1", "2"]
    one = bot.upload("sendMediaGroup", files, chat_id=MEI, media=json.dumps(media[:1]))
    assert "2 to 10" in one["description"]
    media[0]["type"] = "document"
    mixed = bot.upload("sendMediaGroup", files, chat_id=MEI, media=json.dumps(media))
    assert (
        mixed["description"]
        == "Bad Request: can't use the media of the specified type in the album"
    )


def test_places_contacts_actions(bot: Bot) -> None:
    place = bot.call("sendLocation", chat_id=MEI, latitude=31.2, longitude=121.5)
    assert place["location"] == {"latitude": 31.2, "longitude": 121.5}
    assert (
        bot.refused("sendLocation", chat_id=MEI, latitude=31.2)
        == "400 Bad Request: longitude is empty"
    )
    contact = bot.call("sendContact", chat_id=MEI, phone_number="+86139", first_name="Li")
    assert contact["contact"] == {"phone_number": "+86139", "first_name": "Li"}
    assert bot.call("sendChatAction", chat_id=MEI, action="typing") is True
    assert bot.refused("sendChatAction", chat_id=MEI, action="dancing") == (
        "400 Bad Request: wrong parameter action in request"
    )


def test_forwards_and_copies(bot: Bot) -> None:
    said = bot.say("hello")
    source = {"chat_id": MEI, "from_chat_id": MEI, "message_id": said["message_id"]}
    forwarded = bot.call("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == MEI
    copied = bot.call("copyMessage", **source)
    assert list(copied) == ["message_id"]
    missing = source | {"message_id": 999}
    assert (
        bot.refused("forwardMessage", **missing) == "400 Bad Request: message to forward not found"
    )
    assert bot.refused("copyMessage", **missing) == "400 Bad Request: message to copy not found"
    protected = bot.call("sendMessage", chat_id=MEI, text="x", protect_content=True)
    again = source | {"message_id": protected["message_id"]}
    assert "can't be forwarded" in bot.refused("forwardMessage", **again)


def test_there_is_no_cloud(bot: Bot) -> None:
    for method in ("logOut", "close"):
        assert bot.refused(method) == "400 Bad Request: the sandbox has no cloud to log out of"
