"""Blocking, deleting an account, groups: who is where, and how the bot learns of it."""

from collections.abc import Sequence

from sandbox.methods.edits import erase
from sandbox.records import Chat, Json, Person
from sandbox.telegram import Telegram


def set_blocked(telegram: Telegram, person: Person, blocked: bool) -> None:
    """Blocks or unblocks the bot; the bot learns it by my_chat_member."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    if not blocked:
        person.started = True
    telegram.save_person(person)
    before, after = ("member", "kicked") if blocked else ("kicked", "member")
    member_update(telegram, person, telegram.chats[person.id], before, after)


def member_update(telegram: Telegram, person: Person, chat: Chat, before: str, after: str) -> None:
    """Tells the bot that its own place in a chat changed."""

    def member(status: str) -> Json:
        extra: Json = {"until_date": 0} if status == "kicked" else {}
        return {"status": status, "user": telegram.bot_user(), **extra}

    update = {
        "chat": telegram.chat_json(chat),
        "from": person.user(),
        "date": int(telegram.clock.now()),
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    }
    telegram.updates.add("my_chat_member", update)


def deactivate(telegram: Telegram, person: Person, deactivated: bool) -> None:
    """Deletes the account (or brings it back, for tests); bots are told nothing."""
    person.deactivated = deactivated
    telegram.save_person(person)


def clear_chat(telegram: Telegram, person: Person) -> None:
    """Deletes the whole chat on both sides."""
    for stored in list(telegram.latest(person.id)):
        if not stored.deleted:
            erase(telegram, stored)


def make_group(telegram: Telegram, creator: Person, title: str, members: Sequence[int]) -> Chat:
    """Makes a group with the bot in it."""
    chat = Chat(-4_000_000_000 - telegram.counters.take("group"), "group", title)
    chat.members = list(dict.fromkeys([creator.id, *members]))
    telegram.chats[chat.id], telegram.messages[chat.id] = chat, {}
    telegram.store.put("counters", 0, telegram.counters)
    telegram.save_chat(chat)
    member_update(telegram, creator, chat, "left", "member")
    telegram.updates.add(
        "message", telegram.new_message(chat, creator, {"group_chat_created": True}).message
    )
    return chat


def upgrade_group(telegram: Telegram, chat: Chat) -> Chat:
    """Turns a group into a supergroup with a new id; the bot is told as Telegram tells it."""
    number = -1_000_000_000_000 - telegram.counters.take("group")
    fresh = Chat(number, "supergroup", chat.title, list(chat.members))
    telegram.chats[number], telegram.messages[number] = fresh, {}
    chat.migrated_to = number
    telegram.store.put("counters", 0, telegram.counters)
    telegram.save_chat(fresh)
    telegram.save_chat(chat)
    owner = telegram.people[chat.members[0]]
    for where, content in (
        (chat, {"migrate_to_chat_id": number}),
        (fresh, {"migrate_from_chat_id": chat.id}),
    ):
        telegram.updates.add("message", telegram.new_message(where, owner, content).message)
    return fresh


def kick_bot(telegram: Telegram, chat: Chat, by: Person) -> None:
    """Throws the bot out of a group."""
    chat.bot_was_kicked, chat.bot_is_member = True, False
    telegram.save_chat(chat)
    member_update(telegram, by, chat, "member", "kicked")
