"""Keyboards under messages and in place of the phone's keyboard, checked as Telegram does."""

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.refusal import bad_request

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
CALLBACK_BYTES = 64
COPY_LENGTH = 256

ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
LOOKS = {"text", "icon_custom_emoji_id", "style"}
INLINE_FIELDS = {"inline_keyboard"}
REPLY_FIELDS = {
    "keyboard",
    "is_persistent",
    "resize_keyboard",
    "one_time_keyboard",
    "input_field_placeholder",
    "selective",
}
REPLY_BUTTON = LOOKS | {
    "request_contact",
    "request_location",
    "request_poll",
    "request_users",
    "request_chat",
    "web_app",
}
Markup = dict[str, Any]


def checked(markup: Any, *, inline_only: bool = False, private: bool = True) -> Markup | None:
    """The keyboard as Telegram would take it, None when it is empty; raises Refusal."""
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup)
    if inline_only and markup:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        return _reply(markup, private)
    for kind in ("remove_keyboard", "force_reply"):
        if markup.get(kind):
            _known(markup, {kind, "selective", "input_field_placeholder"})
            return markup
    if markup:
        raise bad_request("unknown kind of reply markup (sandbox)")
    return None


def _known(found: Markup, fields: set[str]) -> None:
    unknown = found.keys() - fields
    if unknown:
        names = ", ".join(sorted(unknown))
        raise bad_request(f"unknown field in the reply markup: {names} (sandbox)")


def _rows(markup: Markup, field: str, kind: str) -> list[list[Any]]:
    rows = markup[field]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" of the {kind} must be an Array of Arrays')
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    if any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request(f"more than {MOST_IN_A_ROW} buttons in a keyboard row (sandbox)")
    return [row for row in rows if row]


def _inline(markup: Markup) -> Markup | None:
    _known(markup, INLINE_FIELDS)
    rows = _rows(markup, "inline_keyboard", "InlineKeyboardMarkup")
    for row in rows:
        for button in row:
            _check_inline_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_inline_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise _unparsable('Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    unknown = button.keys() - LOOKS - ACTIONS
    if unknown:
        raise _unparsable(f"unknown field {', '.join(sorted(unknown))} (sandbox)")
    actions = button.keys() & ACTIONS
    if not actions or button.get("callback_data") == "" or button.get("url") == "":
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unparsable("exactly one action must be given (sandbox)")
    _check_action(actions.pop(), button)


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def _check_action(action: str, button: Markup) -> None:
    value = button[action]
    match action:
        case "callback_data":
            if not isinstance(value, str) or len(value.encode()) > CALLBACK_BYTES:
                raise bad_request("BUTTON_DATA_INVALID")
        case "url":
            check_url(value, "inline keyboard button URL")
        case "copy_text":
            text = value.get("text") if isinstance(value, dict) else None
            if not isinstance(text, str) or not 1 <= len(text) <= COPY_LENGTH:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
        case "switch_inline_query" | "switch_inline_query_current_chat":
            if not isinstance(value, str):
                raise _unparsable(f'Field "{action}" must be of type String')
        case "web_app" | "login_url" | "callback_game" | "pay":
            raise bad_request(f"the sandbox has no {action} buttons")


def check_url(url: Any, what: str) -> None:
    """Raises Refusal unless `url` is one that Telegram lets a button open."""
    if not isinstance(url, str):
        raise _unparsable('Field "url" must be of type String')
    reason = _fault_of(url)
    if reason:
        raise bad_request(f"{what} '{url}' is invalid: {reason}")


def _fault_of(url: str) -> str:
    if url.lower().startswith("tg:"):
        return ""
    scheme, separator, rest = url.partition("://")
    if separator and scheme.lower() not in ("http", "https"):
        return "Unsupported URL protocol"
    address = rest if separator else url
    # "tel:+86…" and "mailto:…" are read as a host with a port that is no number.
    port = re.match(r"[^/?#]*:([^/?#@]*)(?:[/?#]|$)", address)
    if port and not port.group(1).isdigit():
        return "Wrong port number specified in the URL"
    host = urlsplit(f"//{address}").hostname
    if not host:
        return "URL host is empty"
    return "" if "." in host or host == "localhost" else "Wrong HTTP URL"


def _reply(markup: Markup, private: bool) -> Markup | None:
    _known(markup, REPLY_FIELDS)
    rows = _rows(markup, "keyboard", "ReplyKeyboardMarkup")
    shown = [[_reply_button(button, private) for button in row] for row in rows]
    return {**markup, "keyboard": shown} if shown else None


def _reply_button(button: Any, private: bool) -> Markup:
    button = {"text": button} if isinstance(button, str) else button
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse keyboard button: KeyboardButton must be a String or an Object"
        )
    _known(button, REPLY_BUTTON)
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    if button.get("request_contact") and not private:
        raise bad_request("phone number can be requested in private chats only")
    if button.get("request_location") and not private:
        raise bad_request("location can be requested in private chats only")
    return button
