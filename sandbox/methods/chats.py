"""Chats and their members, pins, reactions."""

from sandbox.methods.table import method
from sandbox.parameters import Parameters
from sandbox.records import Chat, Json, Stored
from sandbox.refusal import Refusal, bad_request, forbidden
from sandbox.telegram import Telegram

# The emoji that Telegram lets bots react with, the common ones.
REACTIONS = frozenset(
    "👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡❤"
)


@method("getChat", "chat_id")
def get_chat(telegram: Telegram, p: Parameters) -> Json:
    """A chat with its details."""
    chat = telegram.known_chat(p.text("chat_id"))
    shown = telegram.chat_json(chat) | {"accent_color_id": 0, "max_reaction_count": 11}
    shown["accepted_gift_types"] = {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    }
    pinned = telegram.message(chat.id, chat.pinned[-1]) if chat.pinned else None
    return shown | ({"pinned_message": pinned.message} if pinned else {})


@method("getChatMember", "chat_id", "user_id")
def get_chat_member(telegram: Telegram, p: Parameters) -> Json:
    """Whether somebody is in a chat."""
    chat = telegram.known_chat(p.text("chat_id"))
    number = p.integer("user_id")
    if number == telegram.bot_id:
        return {"status": _bot_status(chat), "user": telegram.bot_user()}
    person = telegram.people.get(number)
    if person is None:
        raise bad_request("user not found")
    status = "member" if number in chat.members else "left"
    return {"status": status, "user": person.user()}


def _bot_status(chat: Chat) -> str:
    return "kicked" if chat.bot_was_kicked else "member" if chat.bot_is_member else "left"


@method("leaveChat", "chat_id")
def leave_chat(telegram: Telegram, p: Parameters) -> bool:
    """Leaves a group."""
    chat = telegram.writable_chat(p.text("chat_id"))
    if chat.type == "private":
        raise Refusal(400, "Bad Request: chat member status can't be changed in private chats")
    if not chat.bot_is_member:
        raise forbidden("bot is not a member of the group chat")
    chat.bot_is_member = False
    telegram.save_chat(chat)
    return True


def _message(telegram: Telegram, p: Parameters, what: str) -> Stored:
    chat = telegram.writable_chat(p.text("chat_id"))
    stored = telegram.message(chat.id, p.integer("message_id"))
    if stored is None:
        raise bad_request(f"message to {what} not found")
    return stored


@method("pinChatMessage", "chat_id", "message_id", "disable_notification", "business_connection_id")
def pin_chat_message(telegram: Telegram, p: Parameters) -> bool:
    """Pins a message."""
    stored = _message(telegram, p, "pin")
    chat = telegram.chats[stored.chat_id]
    if stored.id not in chat.pinned:
        chat.pinned.append(stored.id)
        _changed(telegram, stored, chat)
    return True


@method("unpinChatMessage", "chat_id", "message_id", "business_connection_id")
def unpin_chat_message(telegram: Telegram, p: Parameters) -> bool:
    """Unpins one message, the latest when none is named."""
    chat = telegram.writable_chat(p.text("chat_id"))
    number = p.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    stored = telegram.message(chat.id, number)
    if stored is None or number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    _changed(telegram, stored, chat)
    return True


@method("unpinAllChatMessages", "chat_id")
def unpin_all_chat_messages(telegram: Telegram, p: Parameters) -> bool:
    """Unpins everything."""
    chat = telegram.writable_chat(p.text("chat_id"))
    numbers, chat.pinned = chat.pinned, []
    for number in numbers:
        if stored := telegram.message(chat.id, number):
            _changed(telegram, stored, chat)
    return True


def _changed(telegram: Telegram, stored: Stored, chat: Chat) -> None:
    telegram.save_chat(chat)
    telegram.changed(stored)


@method("setMessageReaction", "chat_id", "message_id", "reaction", "is_big")
def set_message_reaction(telegram: Telegram, p: Parameters) -> bool:
    """At most one emoji under a message."""
    stored = _message(telegram, p, "react")
    reactions = p.array("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        emoji = str(reaction.get("emoji", "")).rstrip("\ufe0f")
        if reaction.get("type") != "emoji" or not emoji or emoji[0] not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    stored.reactions = reactions
    telegram.changed(stored)
    return True
