"""Sending: text, media, albums, places, contacts, forwards and copies."""

import re
from typing import Any

from sandbox import files, formatted, keyboards
from sandbox.methods.table import method
from sandbox.parameters import Parameters
from sandbox.records import Chat, Json, Stored
from sandbox.refusal import bad_request
from sandbox.telegram import Telegram

SENDING = (
    "chat_id",
    "message_thread_id",
    "business_connection_id",
    "direct_messages_topic_id",
    "disable_notification",
    "protect_content",
    "allow_paid_broadcast",
    "message_effect_id",
    "suggested_post_parameters",
    "reply_parameters",
    "reply_markup",
)
CAPTION = ("caption", "parse_mode", "caption_entities")
REPLY_FIELDS = {
    "message_id",
    "chat_id",
    "allow_sending_without_reply",
    "quote",
    "quote_parse_mode",
    "quote_entities",
    "quote_position",
    "checklist_task_id",
    "poll_option_id",
}
PREVIEW_FIELDS = {
    "is_disabled",
    "url",
    "prefer_small_media",
    "prefer_large_media",
    "show_above_text",
}
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send(telegram: Telegram, p: Parameters, content: Json) -> Stored:
    """What all kinds of sending share: the chat, the keyboard, the reply, flags, flood."""
    chat = telegram.writable_chat(p.text("chat_id"))
    extra = _common(telegram, chat, p)
    markup = p.parsed("reply_markup")
    keyboard = None
    if markup is not None:
        keyboard = keyboards.checked(markup, private=chat.type == "private")
    telegram.flood.check(chat.id)
    inline = keyboard is not None and "inline_keyboard" in keyboard
    if inline:
        extra["reply_markup"] = keyboard
    stored = telegram.new_message(chat, None, content | extra)
    stored.silent = p.flag("disable_notification")
    stored.markup = None if inline else keyboard
    if stored.silent or stored.markup:
        telegram.changed(stored)
    return stored


def _common(telegram: Telegram, chat: Chat, p: Parameters) -> Json:
    extra: Json = {}
    reply = p.object("reply_parameters")
    if reply is not None:
        extra |= _reply(telegram, chat, reply)
    preview = p.object("link_preview_options")
    if preview is not None:
        _known(preview, PREVIEW_FIELDS, "link_preview_options")
        extra["link_preview_options"] = preview
    if p.flag("protect_content"):
        extra["has_protected_content"] = True
    return extra


def _known(found: Json, fields: set[str], what: str) -> None:
    unknown = found.keys() - fields
    if unknown:
        raise bad_request(f"unknown field of {what}: {', '.join(sorted(unknown))} (sandbox)")


def _reply(telegram: Telegram, chat: Chat, reply: Json) -> Json:
    _known(reply, REPLY_FIELDS, "reply_parameters")
    target = telegram.message(chat.id, int(reply.get("message_id") or 0))
    if target is not None:
        return {"reply_to_message": quoted(target)}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def quoted(stored: Stored) -> Json:
    """A message as it is shown inside a reply to it: without its own reply."""
    return {name: value for name, value in stored.message.items() if name != "reply_to_message"}


@method("sendMessage", *SENDING, "text", "parse_mode", "entities", "link_preview_options")
def send_message(telegram: Telegram, p: Parameters) -> Json:
    """A text."""
    text = formatted.message_text(p.text("text"), p.text("parse_mode"), p.array("entities"))
    return send(telegram, p, text.fields()).message


def caption_fields(p: Parameters) -> Json:
    """The caption of a request as the fields of a message."""
    text = formatted.caption(p.text("caption"), p.text("parse_mode"), p.array("caption_entities"))
    return text.fields("caption", "caption_entities")


def _send_file(telegram: Telegram, p: Parameters, kind: str, extra: Json) -> Json:
    telegram.writable_chat(p.text("chat_id"))
    captioned = caption_fields(p)
    file = files.from_bot(telegram, kind, p.text(kind), p)
    content = files.shown(telegram, file, p.integer("duration"))
    return send(telegram, p, content | captioned | extra).message


@method("sendPhoto", *SENDING, *CAPTION, "photo", "has_spoiler", "show_caption_above_media")
def send_photo(telegram: Telegram, p: Parameters) -> Json:
    """A picture."""
    return _send_file(telegram, p, "photo", {})


@method(
    "sendDocument", *SENDING, *CAPTION, "document", "thumbnail", "disable_content_type_detection"
)
def send_document(telegram: Telegram, p: Parameters) -> Json:
    """A file of any kind."""
    return _send_file(telegram, p, "document", {})


@method("sendVoice", *SENDING, *CAPTION, "voice", "duration")
def send_voice(telegram: Telegram, p: Parameters) -> Json:
    """A spoken message."""
    return _send_file(telegram, p, "voice", {})


@method("sendMediaGroup", *(name for name in SENDING if name != "reply_markup"), "media")
def send_media_group(telegram: Telegram, p: Parameters) -> list[Json]:
    """An album of 2 to 10 photos or documents."""
    media = p.array("media")
    if media is None:
        raise bad_request("media is not specified")
    if not 2 <= len(media) <= 10:
        raise bad_request("wrong number of media in the album, 2 to 10 are allowed (sandbox)")
    if len({item.get("type") for item in media}) > 1:
        raise bad_request("can't use the media of the specified type in the album")
    chat = telegram.writable_chat(p.text("chat_id"))
    telegram.flood.check(chat.id, len(media) - 1)
    contents = [media_content(telegram, item, p) for item in media]
    album = {"media_group_id": str(telegram.counters.take("album"))}
    return [send(telegram, p, content | album).message for content in contents]


def media_content(telegram: Telegram, item: Any, p: Parameters) -> Json:
    """The fields of a message for one InputMedia."""
    if not isinstance(item, dict) or item.get("type") not in ("photo", "document"):
        raise bad_request("can't parse InputMedia: type must be photo or document (sandbox)")
    own = Parameters(item)
    file = files.from_bot(telegram, item["type"], own.text("media"), p)
    return files.shown(telegram, file) | caption_fields(own)


@method("sendLocation", *SENDING, "latitude", "longitude", "horizontal_accuracy")
def send_location(telegram: Telegram, p: Parameters) -> Json:
    """A place."""
    place = {"latitude": p.number("latitude"), "longitude": p.number("longitude")}
    if abs(place["latitude"]) > 90 or abs(place["longitude"]) > 180:
        raise bad_request("wrong latitude or longitude (sandbox)")
    return send(telegram, p, {"location": place}).message


@method("sendContact", *SENDING, "phone_number", "first_name", "last_name", "vcard")
def send_contact(telegram: Telegram, p: Parameters) -> Json:
    """A phone contact."""
    contact = {"phone_number": p.required("phone_number"), "first_name": p.required("first_name")}
    for name in ("last_name", "vcard"):
        if p.has(name):
            contact[name] = p.text(name)
    return send(telegram, p, {"contact": contact}).message


@method("sendChatAction", "chat_id", "action", "message_thread_id", "business_connection_id")
def send_chat_action(telegram: Telegram, p: Parameters) -> bool:
    """“typing…” for five seconds."""
    if p.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = telegram.writable_chat(p.text("chat_id"))
    telegram.changes.tell("action", chat=chat.id, action=p.text("action"))
    return True


def _source(telegram: Telegram, p: Parameters, what: str) -> Stored:
    chat = telegram.known_chat(p.text("from_chat_id"))
    stored = telegram.message(chat.id, p.integer("message_id"))
    if stored is None:
        raise bad_request(f"message to {what} not found")
    if stored.message.get("has_protected_content"):
        raise bad_request(f"the message can't be {'copied' if what == 'copy' else 'forwarded'}")
    return stored


CONTENT = re.compile(
    r"text|entities|caption|caption_entities|photo|document|voice|location|contact"
)


def content_of(stored: Stored) -> Json:
    """What a forward or a copy takes along."""
    return {name: value for name, value in stored.message.items() if CONTENT.fullmatch(name)}


FORWARDING = tuple(n for n in SENDING if n not in ("reply_parameters", "reply_markup"))


@method("forwardMessage", *FORWARDING, "from_chat_id", "message_id", "video_start_timestamp")
def forward_message(telegram: Telegram, p: Parameters) -> Json:
    """Passes a message on, with its origin."""
    source = _source(telegram, p, "forward")
    author = source.message["from"]
    origin = source.message.get("forward_origin") or {
        "type": "user",
        "sender_user": author,
        "date": source.message["date"],
    }
    return send(telegram, p, content_of(source) | {"forward_origin": origin}).message


@method(
    "copyMessage",
    *SENDING,
    *CAPTION,
    "from_chat_id",
    "message_id",
    "show_caption_above_media",
    "video_start_timestamp",
)
def copy_message(telegram: Telegram, p: Parameters) -> Json:
    """Sends the content of a message anew; answers only the new id."""
    content = content_of(_source(telegram, p, "copy"))
    if p.has("caption") and "text" not in content:
        content.pop("caption_entities", None)
        content |= caption_fields(p)
    return {"message_id": send(telegram, p, content).id}
