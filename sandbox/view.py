"""How the page and the tests see a message."""

from typing import TYPE_CHECKING, Any

from sandbox.formatted import as_html
from sandbox.records import Json, Stored

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

PASSED_ON = ("location", "contact", "forward_origin", "media_group_id", "link_preview_options")


def message_view(telegram: "Telegram", stored: Stored) -> Json:
    """A message with all that a person would see of it, and the raw Bot API form."""
    message = stored.message
    if stored.deleted:
        return {"message_id": stored.id, "seq": stored.seq, "deleted": True}
    text = message.get("text") or message.get("caption") or ""
    entities = message.get("entities") or message.get("caption_entities") or []
    inline = message.get("reply_markup", {}).get("inline_keyboard", [])
    view: Json = {
        "message_id": stored.id,
        "seq": stored.seq,
        "chat_id": stored.chat_id,
        "from_bot": stored.from_bot,
        "from": message["from"],
        "date": message["date"],
        "text": message.get("text"),
        "caption": message.get("caption"),
        "entities": entities,
        "html": as_html(text, entities),
        "inline_keyboard": inline,
        "reply_markup": stored.markup,
        "edited": stored.content_edited,
        "silent": stored.silent,
        "protected": bool(message.get("has_protected_content")),
        "pinned": stored.id in telegram.chats[stored.chat_id].pinned,
        "unread": stored.from_bot and stored.id > telegram.chats[stored.chat_id].read_up_to,
        "reactions": [r.get("emoji", "") for r in stored.reactions],
        "reply_to": message.get("reply_to_message", {}).get("message_id"),
        "service": _service(message),
        "raw": message,
    }
    view |= {name: message[name] for name in PASSED_ON if name in message}
    return view | _media(telegram, message)


def _service(message: Json) -> str | None:
    for name in ("pinned_message", "migrate_to_chat_id", "new_chat_members", "left_chat_member"):
        if name in message:
            return name
    return None


def _media(telegram: "Telegram", message: Json) -> Json:
    if "photo" in message:
        largest = message["photo"][-1]
        return {
            "photo": _file(telegram, largest)
            | {"width": largest["width"], "height": largest["height"]}
        }
    for kind in ("document", "voice"):
        if kind in message:
            return {kind: _file(telegram, message[kind])}
    return {}


def _file(telegram: "Telegram", shown: Json) -> dict[str, Any]:
    file = telegram.files[shown["file_id"]]
    return {
        "url": f"/sandbox/files/{file.file_id}",
        "name": file.file_name,
        "size": file.size,
        "mime": file.mime_type,
        "duration": shown.get("duration"),
    }
