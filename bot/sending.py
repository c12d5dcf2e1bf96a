"""Sending one Reply: what Telegram answers is sorted into done, later, never."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram import (
    Bot,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.pace import Pace
from bot.splitting import split
from handlers.reply import Attached, Key, Reply, Rows

log = logging.getLogger(__name__)
NO_PREVIEW = {"is_disabled": True}
# Telegram has no codes for these: the beginning of the description is all there is.
DONE_ALREADY = ("message is not modified",)
GONE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
    "message identifier is not specified",
)
TOO_OLD = ("query is too old", "query id is invalid")
UNREACHABLE = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")

Maker = Callable[[Attached], Awaitable[tuple[str, bytes]]]


class Unreachable(Exception):
    """Telegram will not deliver to this account; the message says why, for the log."""


class Refused(Exception):
    """Telegram will never take this message as it is."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The screen that was pressed: what is answered and edited."""

    query_id: str
    message_id: int | None
    has_text: bool


def says(error: BadRequest | Forbidden, phrases: tuple[str, ...]) -> bool:
    """Whether Telegram's description is one of these."""
    text = error.message.lower()
    return any(phrase in text for phrase in phrases)


class Sender:
    """Turns replies into Bot API calls."""

    def __init__(self, bot: Bot, pace: Pace, make: Maker) -> None:
        self._bot, self._pace, self._make = bot, pace, make

    async def answer(self, chat_id: int, reply: Reply, pressed: Pressed | None) -> None:
        """Send an answer, however long it takes: waits out floods and outages.

        Raises ``Unreachable`` or ``Refused`` when it never will.
        """
        failures = 0
        while True:
            await self._pace.clear()
            try:
                await self.send(chat_id, reply, pressed)
                return
            except RetryAfter as error:
                self._pace.halt(seconds_of(error))
            except NetworkError as error:
                failures += 1
                log.warning("answer delayed", extra={"reason": type(error).__name__})
                await asyncio.sleep(back_off(failures, longest=20.0))

    async def send(self, chat_id: int, reply: Reply, pressed: Pressed | None = None) -> int | None:
        """Send once. Returns the id of the new message, None when one was edited.

        Raises ``RetryAfter``, ``NetworkError`` (result unknown or Telegram down), ``Unreachable``,
        ``Refused``.
        """
        try:
            if pressed is not None:
                await self._acknowledge(pressed, reply)
            sent = await self._visible(chat_id, reply, pressed)
            for message_id in reply.delete:
                await self._delete(chat_id, message_id)
            return sent
        except Forbidden as error:
            raise Unreachable(error.message) from None
        except ChatMigrated as error:
            return await self.send(error.new_chat_id, reply, None)
        except BadRequest as error:
            if says(error, UNREACHABLE):
                raise Unreachable(error.message) from None
            raise Refused(error.message) from error

    async def _acknowledge(self, pressed: Pressed, reply: Reply) -> None:
        try:
            await self._bot.answer_callback_query(
                pressed.query_id,
                text=reply.toast[:200] if reply.toast else None,
                show_alert=reply.alert or None,
            )
        except BadRequest as error:
            if not says(error, TOO_OLD):
                raise

    async def _visible(self, chat_id: int, reply: Reply, pressed: Pressed | None) -> int | None:
        if reply.attached is not None:
            return await self._file(chat_id, reply, reply.attached)
        if not reply.text:
            return None
        screen = pressed.message_id if pressed is not None and pressed.has_text else None
        if reply.edit and screen is not None and await self._edit(chat_id, screen, reply):
            return None
        return await self._message(chat_id, reply)

    async def _edit(self, chat_id: int, message_id: int, reply: Reply) -> bool:
        """Change the pressed message; False when it is gone and a fresh one is needed."""
        try:
            await self._bot.edit_message_text(
                reply.text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                api_kwargs=_extras(reply.rows),
            )
        except BadRequest as error:
            if says(error, DONE_ALREADY):
                return True
            if says(error, GONE):
                return False
            raise
        return True

    async def _message(self, chat_id: int, reply: Reply) -> int:
        parts = split(reply.text)
        sent: Message | None = None
        for place, part in enumerate(parts, 1):
            last = place == len(parts)
            sent = await self._bot.send_message(
                chat_id,
                part,
                parse_mode=ParseMode.HTML,
                api_kwargs=_extras(reply.rows if last else ()),
                protect_content=reply.protect or None,
                disable_notification=reply.silent or None,
            )
        assert sent is not None
        return sent.message_id

    async def _file(self, chat_id: int, reply: Reply, attached: Attached) -> int:
        name, content = await self._make(attached)
        common: dict[str, Any] = {
            "chat_id": chat_id,
            "filename": name,
            "caption": reply.text or None,
            "parse_mode": ParseMode.HTML,
            "api_kwargs": {"reply_markup": keyboard(reply.rows)} if reply.rows else None,
            "protect_content": reply.protect or None,
            "disable_notification": reply.silent or None,
        }
        if attached.kind == "photo":
            return (await self._bot.send_photo(photo=content, **common)).message_id
        return (await self._bot.send_document(document=content, **common)).message_id

    async def _delete(self, chat_id: int, message_id: int) -> None:
        try:
            await self._bot.delete_message(chat_id, message_id)
        except BadRequest as error:
            log.warning("message not deleted", extra={"reason": error.message})


def _extras(rows: Rows) -> dict[str, Any]:
    """Parameters that are sent as they are: the library's own objects for them cost more."""
    extras: dict[str, Any] = {"link_preview_options": NO_PREVIEW}
    if rows:
        extras["reply_markup"] = keyboard(rows)
    return extras


def keyboard(rows: Rows) -> dict[str, Any]:
    """Rows of keys as Telegram wants them: an InlineKeyboardMarkup."""
    return {"inline_keyboard": [[_button(key) for key in row] for row in rows]}


def _button(key: Key) -> dict[str, Any]:
    if key.copy is not None:
        return {"text": key.label, "copy_text": {"text": key.copy}}
    if key.url is not None:
        return {"text": key.label, "url": key.url}
    return {"text": key.label, "callback_data": key.data}


def seconds_of(error: RetryAfter) -> float:
    """The wait that Telegram asks for, to the letter, and a little more."""
    wait = error.retry_after
    return (wait if isinstance(wait, int | float) else wait.total_seconds()) + 0.05


def back_off(failures: int, longest: float = 300.0) -> float:
    """Seconds to wait after so many failures in a row, with jitter."""
    return min(longest, 0.5 * 2.0 ** min(failures, 12)) * random.uniform(0.5, 1.0)


__all__ = ["Refused", "Sender", "TimedOut", "Unreachable", "back_off", "seconds_of"]
