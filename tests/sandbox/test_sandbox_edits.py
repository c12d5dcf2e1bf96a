"""Editing, deleting and answering presses."""

from sandbox_world import MEI, PNG, Bot

KEYBOARD = {"inline_keyboard": [[{"text": "✅ Done", "callback_data": "d:1"}]]}
SAME = (
    "400 Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


def sent(bot: Bot, **more: object) -> dict[str, int]:
    message = bot.call("sendMessage", chat_id=MEI, text="one", **more)
    return {"chat_id": MEI, "message_id": message["message_id"]}


def test_text_and_keyboard_change_in_place(bot: Bot) -> None:
    target = sent(bot, reply_markup=KEYBOARD)
    edited = bot.call("editMessageText", **target, text="<b>two</b>", parse_mode="HTML")
    assert edited["text"] == "two"
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= edited["date"]
    (seen,) = bot.sees()
    assert (seen["edited"], seen["html"]) == (True, "<b>two</b>")


def test_not_modified(bot: Bot) -> None:
    target = sent(bot, reply_markup=KEYBOARD)
    assert bot.refused("editMessageText", **target, text="one", reply_markup=KEYBOARD) == SAME
    assert bot.refused("editMessageReplyMarkup", **target, reply_markup=KEYBOARD) == SAME
    bot.call("editMessageText", **target, text="one")
    assert bot.refused("editMessageReplyMarkup", **target) == SAME


def test_a_new_keyboard_alone_is_no_edited_text(bot: Bot) -> None:
    target = sent(bot)
    bot.call("editMessageReplyMarkup", **target, reply_markup=KEYBOARD)
    (seen,) = bot.sees()
    assert (seen["edited"], len(seen["inline_keyboard"])) == (False, 1)


def test_what_cannot_be_edited(bot: Bot) -> None:
    target = sent(bot)
    missing = target | {"message_id": 999}
    assert bot.refused("editMessageText", **missing, text="x") == (
        "400 Bad Request: message to edit not found"
    )
    theirs = {"chat_id": MEI, "message_id": bot.say("hello")["message_id"]}
    with_keys = sent(bot, reply_markup={"keyboard": [["a"]]})
    for other in (theirs, with_keys):
        assert bot.refused("editMessageText", **other, text="x") == (
            "400 Bad Request: message can't be edited"
        )
    assert bot.refused("editMessageCaption", **target, caption="x") == (
        "400 Bad Request: there is no caption in the message to edit"
    )
    assert bot.refused(
        "editMessageText", **target, text="x", reply_markup={"keyboard": [["a"]]}
    ) == ("400 Bad Request: inline keyboard expected")
    assert bot.refused("editMessageText", text="x") == (
        "400 Bad Request: message identifier is not specified"
    )


def test_captions_and_media(bot: Bot) -> None:
    photo = bot.upload("sendPhoto", {"photo": ("p.png", PNG)}, chat_id=MEI, caption="a")["result"]
    target = {"chat_id": MEI, "message_id": photo["message_id"]}
    assert bot.refused("editMessageText", **target, text="x") == (
        "400 Bad Request: there is no text in the message to edit"
    )
    assert bot.call("editMessageCaption", **target, caption="b")["caption"] == "b"
    media = '{"type": "document", "media": "attach://d", "caption": "c"}'
    files = {"d": ("r.csv", b"a,b")}
    edited = bot.upload("editMessageMedia", files, **target, media=media)["result"]
    assert (edited["document"]["file_name"], edited["caption"]) == ("r.csv", "c")
    assert "photo" not in edited


def test_deleting(bot: Bot) -> None:
    target = sent(bot)
    assert bot.call("deleteMessage", **target) is True
    assert bot.refused("deleteMessage", **target) == "400 Bad Request: message to delete not found"
    said = bot.say("4111 1111 1111 1111")
    bot.call("deleteMessage", chat_id=MEI, message_id=said["message_id"])
    assert bot.sees() == []


def test_messages_older_than_48_hours_stay(bot: Bot) -> None:
    target = sent(bot)
    bot.telegram.clock.advance(48 * 3600 + 1)
    assert bot.refused("deleteMessage", **target) == (
        "400 Bad Request: message can't be deleted for everyone"
    )
    assert bot.call("deleteMessages", chat_id=MEI, message_ids=[target["message_id"]]) is True
    assert len(bot.sees()) == 1


def test_deleting_many(bot: Bot) -> None:
    numbers = [sent(bot)["message_id"] for _ in range(3)]
    bot.call("deleteMessages", chat_id=MEI, message_ids=[*numbers[:2], 999])
    assert [m["message_id"] for m in bot.sees()] == numbers[2:]
    refused = bot.refused("deleteMessages", chat_id=MEI, message_ids=list(range(1, 102)))
    assert refused == "400 Bad Request: too many message identifiers specified"


def test_a_press_reaches_the_bot_and_its_answer_the_person(bot: Bot) -> None:
    target = sent(bot, reply_markup=KEYBOARD)
    press = bot.act(f"people/{MEI}/press", message_id=target["message_id"], row=0, column=0)
    (update,) = bot.updates()
    query = update["callback_query"]
    assert (query["data"], query["from"]["id"]) == ("d:1", MEI)
    assert query["message"]["message_id"] == target["message_id"]
    bot.call("answerCallbackQuery", callback_query_id=query["id"], text="好", show_alert=True)
    answer = bot.request("GET", f"/sandbox/presses/{press['id']}").json()["answer"]
    assert answer == {"text": "好", "show_alert": True, "url": ""}


def test_presses_expire(bot: Bot) -> None:
    target = sent(bot, reply_markup=KEYBOARD)
    press = bot.act(f"people/{MEI}/press", message_id=target["message_id"])
    answer = {"callback_query_id": press["id"]}
    assert (
        bot.refused("answerCallbackQuery", **answer, text="x" * 201)
        == "400 Bad Request: MESSAGE_TOO_LONG"
    )
    bot.act(f"presses/{press['id']}/age", seconds=149)
    bot.call("answerCallbackQuery", **answer, text="x" * 200)
    bot.act(f"presses/{press['id']}/age", seconds=2)
    assert bot.refused("answerCallbackQuery", **answer) == TOO_OLD
    assert bot.refused("answerCallbackQuery", callback_query_id="1") == TOO_OLD


def test_forged_data_and_presses_under_deleted_messages(bot: Bot) -> None:
    target = sent(bot, reply_markup=KEYBOARD)
    bot.act(f"people/{MEI}/press", message_id=target["message_id"], data="forged")
    bot.call("deleteMessage", **target)
    bot.act(f"people/{MEI}/press", message_id=target["message_id"], data="d:1")
    first, second = (update["callback_query"] for update in bot.updates())
    assert first["data"] == "forged"
    assert second["message"]["date"] == 0


def test_pins_and_reactions(bot: Bot) -> None:
    target = sent(bot)
    bot.call("pinChatMessage", **target)
    bot.call("setMessageReaction", **target, reaction=[{"type": "emoji", "emoji": "👍"}])
    (seen,) = bot.sees()
    assert (seen["pinned"], seen["reactions"]) == (True, ["👍"])
    assert bot.call("getChat", chat_id=MEI)["pinned_message"]["text"] == "one"
    bot.call("unpinChatMessage", **target)
    assert (
        bot.refused("unpinChatMessage", **target) == "400 Bad Request: message to unpin not found"
    )
    wrong = [{"type": "emoji", "emoji": "✅"}]
    assert (
        bot.refused("setMessageReaction", **target, reaction=wrong)
        == "400 Bad Request: REACTION_INVALID"
    )
