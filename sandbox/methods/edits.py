"""Editing and deleting what was sent."""

from typing import Any

from sandbox import formatted, keyboards
from sandbox.methods.sends import CAPTION, caption_fields, media_content
from sandbox.methods.table import method
from sandbox.parameters import Parameters
from sandbox.records import Json, Stored
from sandbox.refusal import bad_request
from sandbox.telegram import Telegram

TARGET = ("business_connection_id", "chat_id", "message_id", "inline_message_id", "reply_markup")
DELETABLE_SECONDS = 48 * 3600
MEDIA = ("photo", "document", "voice", "caption", "caption_entities")
SAME = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def _target(telegram: Telegram, p: Parameters) -> Stored:
    if not p.has("chat_id") and not p.has("message_id"):
        raise bad_request("message identifier is not specified")
    chat = telegram.writable_chat(p.text("chat_id"))
    stored = telegram.message(chat.id, p.integer("message_id"))
    if stored is None:
        raise bad_request("message to edit not found")
    if not stored.from_bot or stored.markup is not None or "forward_origin" in stored.message:
        raise bad_request("message can't be edited")
    return stored


def _edit(
    telegram: Telegram, stored: Stored, p: Parameters, drop: tuple[str, ...], new: Json
) -> Json:
    markup = p.parsed("reply_markup")
    keyboard = None if markup is None else keyboards.checked(markup, inline_only=True)
    kept = {n: v for n, v in stored.message.items() if n not in (*drop, "reply_markup")}
    fresh = kept | new | ({"reply_markup": keyboard} if keyboard else {})
    if _visible(fresh) == _visible(stored.message):
        raise bad_request(SAME)
    telegram.flood.check(stored.chat_id)
    fresh["edit_date"] = int(telegram.clock.now())
    stored.message = fresh
    stored.content_edited = stored.content_edited or bool(new)
    telegram.changed(stored)
    return fresh


def _visible(message: Json) -> Json:
    return {name: value for name, value in message.items() if name != "edit_date"}


@method("editMessageText", *TARGET, "text", "parse_mode", "entities", "link_preview_options")
def edit_message_text(telegram: Telegram, p: Parameters) -> Json:
    """Replaces the text and the keyboard."""
    text = formatted.message_text(p.text("text"), p.text("parse_mode"), p.array("entities"))
    stored = _target(telegram, p)
    if "text" not in stored.message:
        raise bad_request("there is no text in the message to edit")
    preview = p.object("link_preview_options")
    extra: Json = {} if preview is None else {"link_preview_options": preview}
    drop = ("text", "entities", "link_preview_options")
    return _edit(telegram, stored, p, drop, text.fields() | extra)


@method("editMessageCaption", *TARGET, *CAPTION, "show_caption_above_media")
def edit_message_caption(telegram: Telegram, p: Parameters) -> Json:
    """Replaces the caption and the keyboard."""
    captioned = caption_fields(p)
    stored = _target(telegram, p)
    if not any(kind in stored.message for kind in ("photo", "document", "voice")):
        raise bad_request("there is no caption in the message to edit")
    return _edit(telegram, stored, p, ("caption", "caption_entities"), captioned)


@method("editMessageMedia", *TARGET, "media")
def edit_message_media(telegram: Telegram, p: Parameters) -> Json:
    """Replaces the picture or document, its caption and the keyboard."""
    stored = _target(telegram, p)
    if not any(kind in stored.message for kind in ("photo", "document", "text")):
        raise bad_request("message media can't be edited")
    content = media_content(telegram, p.object("media"), p)
    return _edit(telegram, stored, p, (*MEDIA, "text", "entities"), content)


@method("editMessageReplyMarkup", *TARGET)
def edit_message_reply_markup(telegram: Telegram, p: Parameters) -> Json:
    """Replaces the keyboard, or removes it when none is given."""
    return _edit(telegram, _target(telegram, p), p, (), {})


@method("deleteMessage", "chat_id", "message_id")
def delete_message(telegram: Telegram, p: Parameters) -> bool:
    """Deletes one message, the bot's or the person's, up to 48 hours old."""
    chat = telegram.writable_chat(p.text("chat_id"))
    stored = telegram.message(chat.id, p.integer("message_id"))
    if stored is None:
        raise bad_request("message to delete not found")
    if chat.type != "private" and not stored.from_bot:
        raise bad_request("message can't be deleted")
    if telegram.clock.now() - stored.sent_at > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    erase(telegram, stored)
    return True


def erase(telegram: Telegram, stored: Stored) -> None:
    """Takes a message away; only its id stays."""
    stored.deleted = True
    stored.message = {n: stored.message[n] for n in ("message_id", "chat", "date", "from")}
    stored.markup = None
    telegram.changed(stored)


@method("deleteMessages", "chat_id", "message_ids")
def delete_messages(telegram: Telegram, p: Parameters) -> bool:
    """Deletes up to 100 messages, passing over those that are gone."""
    chat = telegram.writable_chat(p.text("chat_id"))
    for number in message_ids(p):
        stored = telegram.message(chat.id, number)
        if stored and telegram.clock.now() - stored.sent_at <= DELETABLE_SECONDS:
            erase(telegram, stored)
    return True


def message_ids(p: Parameters) -> list[int]:
    """The parameter `message_ids`: 1 to 100 numbers; raises Refusal."""
    given: list[Any] | None = p.array("message_ids")
    if not given:
        raise bad_request("message identifiers are not specified")
    if len(given) > 100:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(number, int) for number in given):
        raise bad_request("message identifier must be a Number")
    return given
