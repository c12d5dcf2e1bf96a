"""What the bot says about itself: commands, descriptions, the menu button."""

import json
import re

from sandbox.methods.table import method
from sandbox.parameters import Parameters
from sandbox.records import Json
from sandbox.refusal import bad_request
from sandbox.telegram import Telegram

MOST_COMMANDS = 100
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}


def _key(telegram: Telegram, p: Parameters) -> str:
    scope = p.object("scope") or {"type": "default"}
    if scope.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in scope:
        telegram.known_chat(scope["chat_id"])
    language = p.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return scope_key(scope["type"], scope.get("chat_id"), language)


def scope_key(kind: str, chat_id: object, language: str) -> str:
    """How a list of commands is filed."""
    return f"{kind}:{chat_id or ''}:{language}"


def _changed(telegram: Telegram) -> bool:
    telegram.store.put("profile", 0, telegram.profile)
    telegram.changes.tell("profile")
    return True


@method("setMyCommands", "commands", "scope", "language_code")
def set_my_commands(telegram: Telegram, p: Parameters) -> bool:
    """The menu of commands for a scope and a language."""
    commands = p.array("commands") or []
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    telegram.profile.commands[_key(telegram, p)] = [_command(given) for given in commands]
    return _changed(telegram)


def _command(given: Json) -> Json:
    if not isinstance(given, dict) or not {"command", "description"} <= given.keys():
        raise bad_request("can't parse BotCommand: expected an Object")
    command = str(given["command"]).removeprefix("/")
    description = str(given["description"]).strip()
    if not COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


@method("getMyCommands", "scope", "language_code")
def get_my_commands(telegram: Telegram, p: Parameters) -> list[Json]:
    """The list that was set for exactly this scope and language."""
    return telegram.profile.commands.get(_key(telegram, p), [])


@method("deleteMyCommands", "scope", "language_code")
def delete_my_commands(telegram: Telegram, p: Parameters) -> bool:
    """Removes that list."""
    telegram.profile.commands.pop(_key(telegram, p), None)
    return _changed(telegram)


def commands_for(telegram: Telegram, person: int, language: str) -> list[Json]:
    """What somebody's menu shows: the narrowest scope first, their language before none."""
    scopes = (("chat", person), ("all_private_chats", None), ("default", None))
    for kind, chat_id in scopes:
        for code in (language[:2], ""):
            key = scope_key(kind, chat_id, code)
            if key in telegram.profile.commands:
                return telegram.profile.commands[key]
    return []


@method("setMyDescription", "description", "language_code")
def set_my_description(telegram: Telegram, p: Parameters) -> bool:
    """The text in the empty chat, up to 512 characters."""
    return _set(telegram, telegram.profile.description, p, "description", 512)


@method("setMyShortDescription", "short_description", "language_code")
def set_my_short_description(telegram: Telegram, p: Parameters) -> bool:
    """The text on the profile page, up to 120 characters."""
    return _set(telegram, telegram.profile.short_description, p, "short_description", 120)


@method("setMyName", "name", "language_code")
def set_my_name(telegram: Telegram, p: Parameters) -> bool:
    """The bot's display name, up to 64 characters."""
    return _set(telegram, telegram.profile.name, p, "name", 64)


def _set(telegram: Telegram, values: dict[str, str], p: Parameters, field: str, limit: int) -> bool:
    text = p.text(field)
    if len(text) > limit:
        raise bad_request(f"{field.replace('_', ' ')} is too long")
    language = p.text("language_code")
    if text:
        values[language] = text
    else:
        values.pop(language, None)
    return _changed(telegram)


@method("getMyDescription", "language_code")
def get_my_description(telegram: Telegram, p: Parameters) -> Json:
    """The description in a language, or the general one."""
    known = telegram.profile.description
    return {"description": known.get(p.text("language_code"), known.get("", ""))}


@method("getMyShortDescription", "language_code")
def get_my_short_description(telegram: Telegram, p: Parameters) -> Json:
    """The short description in a language, or the general one."""
    known = telegram.profile.short_description
    return {"short_description": known.get(p.text("language_code"), known.get("", ""))}


@method("getMyName", "language_code")
def get_my_name(telegram: Telegram, p: Parameters) -> Json:
    """The name in a language, or the general one."""
    known = telegram.profile.name
    return {"name": known.get(p.text("language_code"), known.get("", "Rounds"))}


@method("setChatMenuButton", "chat_id", "menu_button")
def set_chat_menu_button(telegram: Telegram, p: Parameters) -> bool:
    """What the button beside the text field does."""
    button = p.object("menu_button") or {"type": "default"}
    if button.get("type") not in ("default", "commands"):
        raise bad_request(
            f"the sandbox has no menu button of type {json.dumps(button.get('type'))}"
        )
    if p.has("chat_id"):
        chat = telegram.known_chat(p.text("chat_id"))
        chat.menu_button = button
        telegram.save_chat(chat)
    else:
        telegram.profile.menu_button = button
    return _changed(telegram)


@method("getChatMenuButton", "chat_id")
def get_chat_menu_button(telegram: Telegram, p: Parameters) -> Json:
    """The button of a chat, or the general one."""
    own = telegram.known_chat(p.text("chat_id")).menu_button if p.has("chat_id") else None
    return own or telegram.profile.menu_button or {"type": "default"}
