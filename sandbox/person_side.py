"""What people do with their phones; each act becomes an update for the bot."""

import re
from collections.abc import Sequence
from typing import Any

from sandbox import files
from sandbox.formatted import as_typed
from sandbox.methods.edits import erase
from sandbox.methods.sends import content_of, quoted
from sandbox.parameters import Upload
from sandbox.records import Chat, InlineQuery, Json, Person, Press, Stored
from sandbox.telegram import Telegram

LONGEST_TEXT = 4096


class NotPossible(Exception):
    """The phone would not let the person do this."""


def chat_of(telegram: Telegram, person: Person, chat_id: int | None) -> Chat:
    """The chat in which somebody acts: a group, or else their own with the bot."""
    chat = telegram.chats.get(chat_id if chat_id is not None else person.id)
    if chat is None or person.id not in chat.members:
        raise NotPossible("this person is not in that chat")
    if person.deactivated:
        raise NotPossible("this account was deleted")
    if chat.type == "private" and person.blocked:
        raise NotPossible("the bot is blocked; unblock it first")
    return chat


def post(
    telegram: Telegram,
    person: Person,
    content: Json,
    *,
    chat_id: int | None = None,
    reply_to: int | None = None,
    date: float | None = None,
) -> Stored:
    """Puts a message of a person into a chat and tells the bot, if it may see it."""
    chat = chat_of(telegram, person, chat_id)
    if reply_to is not None:
        target = telegram.message(chat.id, reply_to)
        if target is None:
            raise NotPossible("the message to reply to is gone")
        content = content | {"reply_to_message": quoted(target)}
    if chat.type == "private" and not person.started:
        person.started = True
        telegram.save_person(person)
    stored = telegram.new_message(chat, person, content, date=date)
    if _bot_sees(telegram, chat, stored):
        telegram.updates.add("message", stored.message)
    return stored


def _bot_sees(telegram: Telegram, chat: Chat, stored: Stored) -> bool:
    """Privacy mode: in groups the bot gets commands, replies to it and mentions only."""
    if chat.type == "private":
        return True
    if not chat.bot_is_member:
        return False
    message = stored.message
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    text = message.get("text") or message.get("caption") or ""
    if replied == telegram.bot_id or f"@{telegram.username}".lower() in text.lower():
        return True
    return bool(re.match(r"/\w+(?:\s|$)", text))


def say(telegram: Telegram, person: Person, text: str, **how: Any) -> list[Stored]:
    """Types a text; one that is too long goes as several messages, as phones do it."""
    if not text.strip():
        raise NotPossible("an empty message cannot be sent")
    return [post(telegram, person, as_typed(p).fields(), **how) for p in _parts(text) if p.strip()]


def _parts(text: str) -> list[str]:
    """Pieces of up to 4096 UTF-16 units."""
    parts, size = [""], 0
    for letter in text:
        width = 2 if letter > "\uffff" else 1
        if size + width > LONGEST_TEXT:
            parts.append("")
            size = 0
        parts[-1] += letter
        size += width
    return parts


def edit(
    telegram: Telegram, person: Person, message_id: int, text: str, chat_id: int | None
) -> Stored:
    """Changes a message that the person sent before."""
    chat = chat_of(telegram, person, chat_id)
    stored = _own(telegram, person, chat, message_id)
    captioned = "text" not in stored.message
    names = ("caption", "caption_entities") if captioned else ("text", "entities")
    kept = {name: value for name, value in stored.message.items() if name not in names}
    fresh = kept | as_typed(text).fields(*names) | {"edit_date": int(telegram.clock.now())}
    stored.message, stored.content_edited = fresh, True
    telegram.changed(stored)
    if _bot_sees(telegram, chat, stored):
        telegram.updates.add("edited_message", stored.message)
    return stored


def _own(telegram: Telegram, person: Person, chat: Chat, message_id: int) -> Stored:
    stored = telegram.message(chat.id, message_id)
    if stored is None or stored.message["from"]["id"] != person.id:
        raise NotPossible("this is not a message of theirs")
    return stored


def delete(telegram: Telegram, person: Person, message_id: int, chat_id: int | None) -> None:
    """Deletes a message on the phone; Telegram tells bots nothing about it."""
    chat = chat_of(telegram, person, chat_id)
    stored = telegram.message(chat.id, message_id)
    if stored is None:
        raise NotPossible("the message is gone already")
    erase(telegram, stored)


def press(
    telegram: Telegram, person: Person, message_id: int, data: str, chat_id: int | None = None
) -> Press:
    """Presses a button with `data` under a message, whether or not it has such a button."""
    chat = chat_of(telegram, person, chat_id)
    stored = telegram.messages[chat.id].get(message_id)
    number = str(telegram.counters.take("query"))
    pressed = Press(number, person.id, chat.id, message_id, data, telegram.clock.real())
    telegram.presses[number] = pressed
    telegram.store.put("press", number, pressed)
    telegram.store.put("counters", 0, telegram.counters)
    query: Json = {
        "id": number,
        "from": person.user(),
        "chat_instance": str(-chat.id * 7919),
        "data": data,
    }
    query["message"] = _under(telegram, chat, stored, message_id)
    telegram.updates.add("callback_query", query)
    return pressed


def _under(telegram: Telegram, chat: Chat, stored: Stored | None, message_id: int) -> Json:
    """The message of a press; of one that is gone, only its place (date 0)."""
    if stored is not None and not stored.deleted:
        return stored.message
    return {"chat": telegram.chat_json(chat), "message_id": message_id, "date": 0}


def button_data(stored: Stored, row: int, column: int) -> str:
    """The callback data of a button; raises NotPossible."""
    rows = stored.message.get("reply_markup", {}).get("inline_keyboard", [])
    try:
        button = rows[row][column]
    except IndexError as error:
        raise NotPossible("there is no such button") from error
    if "callback_data" not in button:
        raise NotPossible(f"“{button['text']}” does not call the bot")
    return str(button["callback_data"])


def send_files(
    telegram: Telegram,
    person: Person,
    kind: str,
    uploads: Sequence[Upload],
    caption: str = "",
    duration: int = 1,
    **how: Any,
) -> list[Stored]:
    """Sends one file, or several as an album with the caption at the first."""
    if not uploads:
        raise NotPossible("no file was chosen")
    for upload in uploads:
        if kind == "photo":
            files.check_photo(upload.content)
    album: Json = {}
    if len(uploads) > 1:
        album["media_group_id"] = str(telegram.counters.take("album"))
    sent: list[Stored] = []
    for upload in uploads:
        content = files.shown(telegram, files.keep(telegram, kind, upload), duration) | album
        captioned = as_typed(caption).fields("caption", "caption_entities") if not sent else {}
        sent.append(post(telegram, person, content | captioned, **how))
    return sent


def contact(telegram: Telegram, person: Person, given: Json | None, **how: Any) -> Stored:
    """Shares a contact, the person's own when none is given."""
    if given is None:
        given = {
            "phone_number": person.phone or f"+86139{person.id % 10**8:08d}",
            "first_name": person.first_name,
            "user_id": person.id,
        }
        if person.last_name:
            given["last_name"] = person.last_name
    return post(telegram, person, {"contact": given}, **how)


def forward(
    telegram: Telegram,
    person: Person,
    content: Json,
    origin: Json,
    **how: Any,
) -> Stored:
    """Passes on a message of somebody else, with its origin."""
    return post(telegram, person, content | {"forward_origin": origin}, **how)


def origin_of(telegram: Telegram, stored: Stored) -> Json:
    """The `MessageOrigin` of a message that is forwarded."""
    earlier = stored.message.get("forward_origin")
    if earlier:
        return dict(earlier)
    sender = stored.message["from"]
    return {"type": "user", "sender_user": sender, "date": stored.message["date"]}


def stranger(telegram: Telegram, given: Json, date: float | None) -> Json:
    """The origin for somebody outside the sandbox: hidden when only a name is known."""
    at = int(telegram.clock.now() if date is None else date)
    if "user_id" in given:
        user = {"id": int(given["user_id"]), "is_bot": False, "first_name": given["name"]}
        if given.get("username"):
            user["username"] = given["username"]
        return {"type": "user", "sender_user": user, "date": at}
    return {"type": "hidden_user", "sender_user_name": given["name"], "date": at}


def copied_content(stored: Stored) -> Json:
    """What a person's forward takes along; raises NotPossible when it is protected."""
    if stored.message.get("has_protected_content"):
        raise NotPossible("this message is protected and cannot be forwarded")
    return content_of(stored)


def mark_read(telegram: Telegram, chat: Chat, up_to: int) -> None:
    """Moves the mark of what was read."""
    if up_to > chat.read_up_to:
        chat.read_up_to = up_to
        telegram.save_chat(chat)


def ask_inline(telegram: Telegram, person: Person, text: str, offset: str = "") -> InlineQuery:
    """Types `@bot text` in some other chat."""
    number = str(telegram.counters.take("query"))
    query = InlineQuery(number, person.id, text, telegram.clock.real())
    telegram.inline_queries[number] = query
    telegram.updates.add(
        "inline_query",
        {
            "id": number,
            "from": person.user(),
            "query": text,
            "offset": offset,
            "chat_type": "private",
        },
    )
    return query
