"""The outbox loop: claims what is due, renders it for its reader, paces it, sends, settles."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from telegram.error import NetworkError, RetryAfter

from bot.office import Office
from bot.pace import Pace
from bot.request import NotConnected
from bot.sending import Refused, Sender, Unreachable, back_off, seconds_of
from handlers.markup import Html, lines
from handlers.reply import Reply
from handlers.ui import Ui
from handlers.views.notices import render
from services import reminders
from services.reminders import Moot, Postponed, Ready
from storage import outbox
from storage.failpoints import failpoint
from storage.outbox import Claim

log = logging.getLogger(__name__)
BATCH = 20  # at the usual pace a batch leaves well within its lease
AT_ONCE = 8


class Delivery:
    """Sends what is owed."""

    def __init__(self, office: Office, sender: Sender, pace: Pace) -> None:
        self._office, self._sender, self._pace = office, sender, pace
        self._wake = asyncio.Event()
        self._stopping = False
        self._ended = asyncio.Event()

    def wake(self) -> None:
        """Something may be due."""
        self._wake.set()

    async def run(self) -> None:
        """Send until told to stop; sleeps until woken."""
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            try:
                while not self._stopping and await self._batch():
                    pass
            except DBAPIError as error:
                log.warning("delivery delayed", extra={"reason": type(error).__name__})
        self._ended.set()

    async def drain(self, seconds: float) -> None:
        """Let what is on its way arrive, for at most so long; the rest is given back unsent."""
        self._stopping = True
        self.wake()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), seconds)

    async def _batch(self) -> int:
        """Claim and send one batch; returns its size."""
        now, real = self._office.clock.now(), self._office.clock.real()
        database = self._office.database
        if not await database.read(lambda session: outbox.any_due(session, now, real)):
            return 0
        claims = await database.write(
            lambda session: outbox.claim(session, self._office.owner, now, real, BATCH), claim=True
        )
        failpoint("after-claim")
        await self._each_reader(claims)
        return len(claims)

    async def _each_reader(self, claims: list[Claim]) -> None:
        """Several readers at once, but one push after another to each: the next one must know
        how loud the day has been so far."""
        room = asyncio.Semaphore(AT_ONCE)
        by_reader: dict[int, list[Claim]] = {}
        for claim in claims:
            by_reader.setdefault(claim.person_id, []).append(claim)

        async def one(theirs: list[Claim]) -> None:
            async with room:
                for claim in theirs:
                    await (self._give_back if self._stopping else self._deliver)(claim)

        async with asyncio.TaskGroup() as group:
            for theirs in by_reader.values():
                group.create_task(one(theirs))

    async def _deliver(self, claim: Claim) -> None:
        now = self._office.clock.now()
        try:
            found = await self._office.database.read(
                lambda session: reminders.prepare(session, claim, now)
            )
            if isinstance(found, Moot):
                await self._settle(claim, state=outbox.MOOT)
            elif isinstance(found, Postponed):
                await self._settle(claim, run_at=found.until, hold_until=None)
            else:
                await self._send(claim, found, self._render(claim, found, now))
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 – parked and reported; the others go on
            await self._park(claim, error)

    def _render(self, claim: Claim, found: Ready, now: datetime) -> Reply:
        ui = Ui.of(found.reader, now, self._office.button_key, self._office.rules.currency)
        reply = render(ui, found)
        if claim.repeat:
            reply = replace(reply, text=lines(Html(reply.text), ui.t("repeat.mark")))
        return replace(reply, silent=found.silent, edit=False)

    async def _send(self, claim: Claim, found: Ready, reply: Reply) -> None:
        chat_id = found.reader.telegram_id
        await self._pace.turn(chat_id)
        if self._stopping:
            await self._give_back(claim)
            return
        failpoint("before-push")
        try:
            message_id = await self._sender.send(chat_id, reply)
        except RetryAfter as error:
            self._pace.halt(seconds_of(error))
            await self._settle(claim, hold_until=self._later(seconds_of(error)))
        except NetworkError as error:
            log.warning("push delayed", extra={"notice": claim.id, "reason": type(error).__name__})
            # Unless it never left, it may have arrived: the next try says so.
            unknown = not isinstance(error, NotConnected)
            await self._settle(claim, hold_until=self._later(back_off(claim.failures + 1)),
                               failures=claim.failures + 1, in_flight=unknown)  # fmt: skip
        except Unreachable as error:
            await self._unreachable(claim, found, str(error))
        except Refused as error:
            await self._park(claim, error)
        else:
            failpoint("after-push")
            await self._settle(claim, state=outbox.SENT, sent_at=self._office.clock.now(),
                               message_id=message_id, silent=found.silent)  # fmt: skip

    async def _give_back(self, claim: Claim) -> None:
        """It was not begun: the next program sends it, and it is no repeat."""
        await self._settle(claim, hold_until=None)

    def _later(self, seconds: float) -> datetime:
        return self._office.clock.real() + timedelta(seconds=seconds)

    async def _settle(self, claim: Claim, **values: Any) -> None:
        kept = await self._office.database.write(
            lambda session: outbox.settle(session, claim, self._office.owner, **values), claim=True
        )
        if not kept:
            log.warning("lease lost before settling", extra={"notice": claim.id})

    async def _unreachable(self, claim: Claim, found: Ready, why: str) -> None:
        log.warning("reader unreachable", extra={"person": found.reader.id, "reason": why})
        now = self._office.clock.now()
        kind = "blocked" if "blocked" in why.lower() else "gone"

        def work(session: Session) -> None:
            outbox.settle(session, claim, self._office.owner, state=outbox.MOOT, error=why[:200])
            reminders.unreachable(session, found.reader.id, kind, now)

        await self._office.database.write(work)
        self.wake()

    async def _park(self, claim: Claim, error: Exception) -> None:
        log.error("notice parked", extra={"notice": claim.id}, exc_info=error)
        now, reason = self._office.clock.now(), type(error).__name__

        def work(session: Session) -> None:
            outbox.settle(session, claim, self._office.owner, state=outbox.PARKED, error=reason)
            if claim.kind != "alert":
                reminders.alert_admins(session, f"notice:{claim.id}", {"id": f"N{claim.id}"}, now)

        with suppress(DBAPIError):
            await self._office.database.write(work)
