"""The inbox loop: an update is committed before Telegram may forget it, then handled in order.

One update per chat at a time, many chats at once. Whatever a former run left unfinished comes
first. Nothing ends silently: what cannot be handled is parked, logged and reported.
"""

import asyncio
import json
import logging
import warnings
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from telegram import Bot, Update
from telegram.error import (
    BadRequest,
    Conflict,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import Application

from bot.desk import UpdateDesk
from bot.door import Opened, completed, open_update
from bot.office import Office
from bot.reception import current, pressed_of
from bot.sending import Refused, Sender, Unreachable, back_off, seconds_of
from bot.settling import Settling
from bot.tasks import spawn
from handlers.reply import Reply
from handlers.views import refusals
from services import people, reminders
from storage import inbox
from storage.database import transient
from storage.failpoints import failpoint

log = logging.getLogger(__name__)
# Raw dicts are the point: an update that the library cannot parse must not stop the others.
warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'")
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
AT_ONCE = 32
BACKLOG = 1000
CONFLICT_SECONDS = 5.0


# A server that repeats itself so often does not remember what was confirmed; Telegram does.
STALE_ROUNDS = 10


def passing(error: Exception) -> bool:
    """Whether the same update may well succeed a moment later."""
    if isinstance(error, NetworkError):
        return not isinstance(error, BadRequest)
    return isinstance(error, RetryAfter) or transient(error)


@dataclass(frozen=True, slots=True)
class Row:
    """An update in the inbox, waiting for its turn."""

    id: int
    chat_id: int | None
    raw: str
    masked: str | None
    reply: str | None


class Intake:
    """Fetches, keeps and handles updates."""

    def __init__(
        self,
        office: Office,
        application: "Application[Any, Any, Any, Any, Any, Any]",
        sender: Sender,
        poll_seconds: int,
    ) -> None:
        self._office, self._application, self._sender = office, application, sender
        self._bot: Bot = application.bot
        self._settling = Settling(office.database, office.clock.real)
        self._poll_seconds = poll_seconds
        self._lanes: dict[int | None, deque[Row]] = {}
        self._waiting = 0
        self._room = asyncio.Semaphore(AT_ONCE)
        self._drained = asyncio.Event()
        self._drained.set()
        self._stopping = False
        self._remembers = True  # whether the server itself remembers what was confirmed
        self._stale: tuple[int, frozenset[int]] = (0, frozenset())

    # Fetching ----------------------------------------------------------------------------------

    async def run(self) -> None:
        """Poll until cancelled. Raises ``InvalidToken`` when Telegram does not know the token."""
        await self._resume()
        offset: int | None = None
        failures = 0
        while not self._stopping:
            try:
                offset = await self._poll(offset)
                failures = 0
            except InvalidToken:
                raise
            except Conflict:
                log.error("another program polls with this token, or a webhook is set; waiting")
                await asyncio.sleep(CONFLICT_SECONDS)
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error))
            except (TelegramError, DBAPIError) as error:
                failures += 1
                log.warning("updates not fetched", extra={"reason": type(error).__name__})
                await asyncio.sleep(back_off(failures, longest=15.0))

    async def _poll(self, offset: int | None) -> int | None:
        """One round: fetch, keep, hand over. Returns the offset that confirms what was kept.

        The confirming request does not wait; only the next one, which needs no offset, does. So
        an update whose id is lower than the last (Telegram restarts its ids after a quiet week)
        is not mistaken for a confirmed one.
        """
        confirming = offset is not None and self._remembers
        updates = await self._fetch(offset, 0 if confirming else self._poll_seconds)
        if not updates:
            return None if self._remembers else offset
        fresh = await self._keep(updates)
        failpoint("before-confirm")
        if offset is None and self._remembers:
            self._notice_repeats(fresh, frozenset(update["update_id"] for update in updates))
        while self._waiting > BACKLOG:  # noqa: ASYNC110 – a brake, not a signal
            await asyncio.sleep(0.05)
        return max(int(update["update_id"]) for update in updates) + 1

    def _notice_repeats(self, fresh: int, ids: frozenset[int]) -> None:
        """A simple server offers what was confirmed again and again: then always send the offset.

        Redelivery after a crash, or a repeated update, is no sign of that.
        """
        rounds, before = self._stale
        self._stale = (0 if fresh or ids != before else rounds + 1, ids)
        self._remembers = self._stale[0] < STALE_ROUNDS

    async def _fetch(self, offset: int | None, wait: int) -> list[dict[str, Any]]:
        wishes: dict[str, Any] = {"timeout": wait, "allowed_updates": ALLOWED, "limit": 100}
        if offset is not None:
            wishes["offset"] = offset
        found = await self._bot.do_api_request(
            "getUpdates", api_kwargs=wishes, read_timeout=wait + 10.0
        )
        return list(found)

    async def _keep(self, updates: list[dict[str, Any]]) -> int:
        """Commit a batch to the inbox; only then is it handled. Returns how many are new."""
        opened: list[Opened] = [open_update(update) for update in updates]
        real = self._office.clock.real()
        failpoint("before-inbox")
        kept = await self._office.database.write(
            lambda session: inbox.keep(session, [each.row(real) for each in opened])
        )
        failpoint("after-inbox")
        ids = {identity: row_id for row_id, identity in kept}
        for each in opened:
            row_id = ids.pop(each.identity, None)
            if row_id is not None:
                self.hand_over(Row(row_id, each.chat_id, each.raw, each.masked, None))
        return len(kept)

    async def _resume(self) -> None:
        """Take up what a former run left unfinished."""
        rows = await self._office.database.read(
            lambda session: [
                Row(r.id, r.chat_id, r.raw, r.masked, r.reply) for r in inbox.unfinished(session)
            ]
        )
        if rows:
            log.info("resuming", extra={"updates": len(rows)})
        for row in rows:
            self.hand_over(row)

    # Handling ----------------------------------------------------------------------------------

    def hand_over(self, row: Row) -> None:
        """Queue an update behind the others of its chat."""
        self._waiting += 1
        self._drained.clear()
        lane = self._lanes.get(row.chat_id)
        if lane is not None:
            lane.append(row)
            return
        self._lanes[row.chat_id] = deque([row])
        spawn(self._serve(row.chat_id), f"chat {row.chat_id}")

    async def _serve(self, chat_id: int | None) -> None:
        lane = self._lanes[chat_id]
        while lane and not self._stopping:
            async with self._room:
                await self._handle(lane[0])
            lane.popleft()
            self._waiting -= 1
        del self._lanes[chat_id]
        if not self._lanes:
            self._drained.set()

    async def _handle(self, row: Row) -> None:
        """Handle one update to its end, through passing troubles of database and Telegram."""
        failures = 0
        while not self._stopping:
            try:
                await self._once(row)
                return
            except Exception as error:  # noqa: BLE001 – kept, reported, and the chat goes on
                if not passing(error):
                    await self._park(row, error)
                    return
                failures += 1
                reason = type(error).__name__
                log.warning("update delayed", extra={"row": row.id, "reason": reason})
                await asyncio.sleep(back_off(failures, longest=5.0))

    async def _once(self, row: Row) -> None:
        data = json.loads(row.raw)
        update = Update.de_json(completed(data), self._bot)
        if update is None or update.effective_user is None:
            await self._settling.done(row.id)
            return
        if update.my_chat_member is not None:
            await self._membership(update)
            await self._settling.done(row.id)
            return
        reply = Reply.from_json(row.reply) if row.reply else await self._answer(row, update)
        if reply is not None:
            await self._send(row, update, reply)
        failpoint("before-done")
        await self._settling.done(row.id)

    async def _answer(self, row: Row, update: Update) -> Reply | None:
        assert update.effective_user is not None
        user_id, now = update.effective_user.id, self._office.clock.now()
        arrival = await self._office.database.read(
            lambda session: people.arrive(session, user_id, now)
        )
        if arrival is not None and arrival.unreachable:
            await self._office.database.write(
                lambda session: reminders.reachable(session, user_id, now)
            )
        desk = UpdateDesk(self._office, self._bot, row.id, update, arrival, row.masked)
        mark = current.set(desk)
        try:
            await self._application.process_update(update)
        finally:
            current.reset(mark)
            desk.clear()
        if desk.failure is not None:
            if passing(desk.failure):
                raise desk.failure
            await self._park(row, desk.failure)
            return refusals.failed(desk.ui, row.id) if arrival is not None else None
        return desk.reply

    async def _send(self, row: Row, update: Update, reply: Reply) -> None:
        failpoint("before-reply")
        chat = update.effective_chat
        pressed = pressed_of(update)
        try:
            user = update.effective_user
            where = chat.id if chat is not None else user.id if user is not None else 0
            await self._sender.answer(where, reply, pressed)
        except Unreachable as error:
            log.warning("answer undeliverable", extra={"row": row.id, "reason": str(error)})
        except Refused as error:
            await self._park(row, error)
        failpoint("after-reply")

    async def _membership(self, update: Update) -> None:
        """Somebody blocked the bot, or let it in again."""
        change, now = update.my_chat_member, self._office.clock.now()
        assert change is not None
        if change.chat.type == "private" and change.new_chat_member.status == "member":
            await self._office.database.write(
                lambda session: reminders.reachable(session, change.from_user.id, now)
            )

    async def _park(self, row: Row, error: Exception) -> None:
        """Set an update aside: kept raw, logged, reported to the administrators."""
        log.error("update parked", extra={"row": row.id}, exc_info=error)
        real, now = self._office.clock.real(), self._office.clock.now()
        reason = f"{type(error).__name__}"

        def work(session: Session) -> None:
            inbox.settle(session, row.id, inbox.PARKED, real, reason)
            reminders.alert_admins(session, f"inbox:{row.id}", {"id": f"U{row.id}"}, now)

        with suppress(DBAPIError):
            await self._office.database.write(work)

    # Stopping ----------------------------------------------------------------------------------

    async def drain(self, seconds: float) -> None:
        """Let what was begun end, for at most so long; the rest waits in the inbox."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._drained.wait(), seconds)
        self._stopping = True
