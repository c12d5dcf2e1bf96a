"""Groups: privacy mode, upgrade, leaving, being thrown out; inline mode; the menu."""

from sandbox_world import MEI, TOM, Bot


def make_group(bot: Bot) -> int:
    group = bot.act(f"people/{MEI}/group", title="Team", members=[TOM])
    bot.updates()
    return int(group["id"])


def test_the_bot_sees_only_what_is_meant_for_it(bot: Bot) -> None:
    group = make_group(bot)
    sent = bot.call("sendMessage", chat_id=group, text="hi")
    for text in ("gossip", "/today", "ask @Rounds_Sandbox_Bot", "/path/x"):
        bot.say(text, chat=group)
    bot.say("yes", TOM, chat=group, reply_to=sent["message_id"])
    texts = [update["message"]["text"] for update in bot.updates()]
    assert texts == ["/today", "ask @Rounds_Sandbox_Bot", "yes"]
    assert [message["text"] for message in bot.sees(group)[1:]] == [
        "hi",
        "gossip",
        "/today",
        "ask @Rounds_Sandbox_Bot",
        "/path/x",
        "yes",
    ]


def test_members(bot: Bot) -> None:
    group = make_group(bot)
    assert bot.call("getChatMember", chat_id=group, user_id=TOM)["status"] == "member"
    assert bot.call("getChatMember", chat_id=MEI, user_id=TOM)["status"] == "left"
    assert (
        bot.call("getChatMember", chat_id=group, user_id=bot.telegram.bot_id)["status"] == "member"
    )
    assert (
        bot.refused("getChatMember", chat_id=group, user_id=5) == "400 Bad Request: user not found"
    )


def test_an_upgrade_moves_the_group(bot: Bot) -> None:
    group = make_group(bot)
    fresh = bot.act(f"chats/{group}/upgrade")["id"]
    moved = [update["message"] for update in bot.updates()]
    assert [m.get("migrate_to_chat_id") for m in moved] == [fresh, None]
    answer = bot.answer("sendMessage", chat_id=group, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": fresh}
    assert bot.call("sendMessage", chat_id=fresh, text="x")["chat"]["type"] == "supergroup"


def test_leaving_and_being_thrown_out(bot: Bot) -> None:
    first, second = make_group(bot), make_group(bot)
    bot.call("leaveChat", chat_id=first)
    assert bot.refused("sendMessage", chat_id=first, text="x") == (
        "403 Forbidden: bot is not a member of the group chat"
    )
    bot.act(f"chats/{second}/kick")
    assert bot.refused("sendMessage", chat_id=second, text="x") == (
        "403 Forbidden: bot was kicked from the group chat"
    )
    (update,) = bot.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert "private chats" in bot.refused("leaveChat", chat_id=MEI)


def test_inline_mode(bot: Bot) -> None:
    query = bot.act(f"people/{MEI}/inline", query="绿源", wait=0)
    (update,) = bot.updates()
    assert update["inline_query"]["query"] == "绿源"
    result = {
        "type": "article",
        "id": "1",
        "title": "绿源食品",
        "input_message_content": {"message_text": "https://t.me/x?start=1"},
    }
    asked = {"inline_query_id": query["id"], "is_personal": True, "cache_time": 0}
    bot.call("answerInlineQuery", **asked, results=[result])
    bot.act(f"people/{MEI}/inline/choose", query_id=query["id"], result="1")
    message, chosen = bot.updates()
    assert message["message"]["via_bot"]["id"] == bot.telegram.bot_id
    assert chosen["chosen_inline_result"]["result_id"] == "1"
    assert "RESULT_ID_INVALID" in bot.refused(
        "answerInlineQuery", **asked, results=[{"type": "article"}]
    )
    many = [result] * 51
    assert "too many inline query results" in bot.refused(
        "answerInlineQuery", **asked, results=many
    )


def test_menus_follow_the_persons_language(bot: Bot) -> None:
    def menu(person: int) -> list[str]:
        answer = bot.request("GET", f"/sandbox/people/{person}").json()
        return [command["description"] for command in answer["commands"]]

    bot.call("setMyCommands", commands=[{"command": "today", "description": "What is due"}])
    zh = [{"command": "/today", "description": "今日"}]
    bot.call("setMyCommands", commands=zh, language_code="zh")
    assert (menu(MEI), menu(TOM)) == (["今日"], ["What is due"])
    assert bot.call("getMyCommands", language_code="zh") == [
        {"command": "today", "description": "今日"}
    ]
    bot.call("deleteMyCommands", language_code="zh")
    assert menu(MEI) == ["What is due"]
    scope = {"type": "chat", "chat_id": MEI}
    bot.call("setMyCommands", commands=[{"command": "a", "description": "only her"}], scope=scope)
    assert (menu(MEI), menu(TOM)) == (["only her"], ["What is due"])


def test_commands_that_telegram_refuses(bot: Bot) -> None:
    def refusal(command: str, description: str = "x") -> str:
        commands = [{"command": command, "description": description}]
        return bot.refused("setMyCommands", commands=commands)

    assert refusal("Today") == "400 Bad Request: BOT_COMMAND_INVALID"
    assert refusal("x" * 33) == "400 Bad Request: BOT_COMMAND_INVALID"
    assert refusal("today", " ") == "400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"


def test_descriptions_and_the_menu_button(bot: Bot) -> None:
    bot.call("setMyDescription", description="行客", language_code="zh")
    bot.call("setMyShortDescription", short_description="Rounds")
    bot.call("setMyName", name="行客")
    assert bot.call("getMyDescription", language_code="zh") == {"description": "行客"}
    assert bot.call("getMyShortDescription", language_code="zh") == {"short_description": "Rounds"}
    assert bot.call("getMe")["first_name"] == bot.call("getMyName")["name"] == "行客"
    assert bot.refused("setMyDescription", description="x" * 513) == (
        "400 Bad Request: description is too long"
    )
    bot.call("setChatMenuButton", menu_button={"type": "commands"})
    assert bot.call("getChatMenuButton", chat_id=MEI) == {"type": "commands"}
    assert "no menu button of type" in bot.refused(
        "setChatMenuButton", menu_button={"type": "web_app"}
    )
