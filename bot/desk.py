"""One update on its way through the house: the Desk that handlers are given."""

import logging
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.orm import Session
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.office import Office
from domain.calendar import Calendar
from domain.names import Names
from domain.people import Actor
from domain.problems import Problem
from domain.rules import Rules
from handlers.buttons import Seal
from handlers.desk import UseCase, View
from handlers.locale import language_of
from handlers.markup import Html, blocks
from handlers.reply import Reply
from handlers.ui import Ui
from services import clients, drafts, people
from services.people import Arrival, Redeemed
from storage import inbox
from storage.failpoints import failpoint

log = logging.getLogger(__name__)
T = TypeVar("T")


class Revoked(Exception):
    """The person lost access between the update's arrival and its use case."""


class UpdateDesk:
    """The Desk of one update. See ``handlers.desk.Desk``."""

    def __init__(self, office: Office, bot: Bot, row_id: int, update: Update,
                 arrival: Arrival | None, masked: str | None) -> None:  # fmt: skip
        self.office, self.bot, self.row_id, self.update = office, bot, row_id, update
        self.arrival, self.masked = arrival, masked
        self.now: datetime = office.clock.now()
        self.said_at = self._said_at()
        self.args = ""
        self.reply: Reply | None = None
        self.failure: Exception | None = None
        self._folder: Path | None = None

    @property
    def actor(self) -> Actor:
        """Who sent the update; only people who are bound reach a handler."""
        assert self.arrival is not None
        return self.arrival.actor

    @property
    def rules(self) -> Rules:
        """The bank's rules."""
        return self.office.rules

    @property
    def calendar(self) -> Calendar:
        """The bank's calendar."""
        return self.office.database.house.calendar

    @property
    def telegram_id(self) -> int:
        """The account behind the update."""
        assert self.update.effective_user is not None
        return self.update.effective_user.id

    @property
    def guessed_lang(self) -> str:
        """The language of the person's app."""
        assert self.update.effective_user is not None
        return language_of(self.update.effective_user.language_code)

    @property
    def ui(self) -> Ui:
        """How the sender is spoken to."""
        return self._ui(self.actor)

    def _ui(self, actor: Actor) -> Ui:
        return Ui.of(actor, self.now, self.office.button_key, self.rules.currency)

    @property
    def waits_for_text(self) -> bool:
        """Whether a screen has asked this person for a text."""
        return self.arrival is not None and self.arrival.waiting

    def seal(self) -> Seal:
        """Opens the buttons that were made for this account."""
        return Seal(self.office.button_key, self.telegram_id)

    def _said_at(self) -> datetime:
        """A message's own time; for a press, which has none, now."""
        message = self.update.edited_message or self.update.message
        return message.date if message is not None else self.now

    async def read(self, ask: UseCase[T], /, *wish: Any, **more: Any) -> T:
        """Ask on a snapshot, as the person is now."""

        def work(session: Session) -> T:
            return ask(session, self._present(session), *wish, now=self.now, **more)

        return await self.office.database.read(work)

    async def write(self, use_case: UseCase[T], /, *wish: Any, show: View[T], **more: Any) -> Reply:
        """Run the use case and keep its answer beside its effects, once."""

        def work(session: Session) -> Reply:
            if (stored := inbox.stored_reply(session, self.row_id)) is not None:
                return Reply.from_json(stored)
            actor = self._present(session)
            result = use_case(session, actor, *wish, now=self.now, **more)
            failpoint("mid-handler")
            # A use case may have changed who the person is to us (language, zone).
            shown = result if isinstance(result, Actor) else actor
            reply = self._dress(show(self._ui(shown), result))
            inbox.answer(session, self.row_id, reply.to_json())
            return reply

        self.reply = await self.office.database.write(work)
        return self.reply

    async def step(self, work: Callable[[Session, datetime], T], /) -> T:
        """Run one short transaction of a longer work; see ``handlers.desk.Desk``."""
        now = self.now
        return await self.office.database.write(lambda session: work(session, now), claim=True)

    async def progress(self, reply: Reply) -> None:
        """Show in the pressed message how far a longer work is; losing it does no harm."""
        query = self.update.callback_query
        if query is None or query.message is None:
            return
        try:
            await self.bot.edit_message_text(
                reply.text,
                chat_id=query.message.chat.id,
                message_id=query.message.message_id,
                parse_mode="HTML",
            )
        except TelegramError as error:
            log.info("progress not shown", extra={"reason": type(error).__name__})

    async def leave_waiting(self) -> None:
        """No screen waits for a text any more; harmless to repeat, so it has no answer to keep."""
        if self.waits_for_text:
            actor = self.actor
            await self.office.database.write(
                lambda session: drafts.stop_waiting(session, actor, self.now)
            )

    async def redeem(self, code: str, show: View[Redeemed | None]) -> None:
        """Try an invitation code for this account."""

        def work(session: Session) -> Reply:
            if (stored := inbox.stored_reply(session, self.row_id)) is not None:
                return Reply.from_json(stored)
            result = people.redeem(session, self.telegram_id, code, self.guessed_lang, self.now)
            actor = result.actor if result else None
            reply = show(self._ui(actor or _nobody(self.telegram_id, self.guessed_lang)), result)
            inbox.answer(session, self.row_id, reply.to_json())
            return reply

        self.reply = await self.office.database.write(work)

    def show(self, reply: Reply) -> None:
        """Answer without having written anything."""
        self.reply = self._dress(reply)

    async def names(self) -> Names:
        """The index over the names that the person may see."""
        assert self.arrival is not None
        found = self.office.names.get(self.actor.id, self.arrival.stamp)
        if found is None:
            found = await self.read(clients.names)
            self.office.names.put(self.actor.id, self.arrival.stamp, found)
        return found

    async def download(self, file_id: str, limit: int) -> Path:
        """Fetch a file of at most ``limit`` bytes. Raises ``Problem('file_too_big')``."""
        file = await self.bot.get_file(file_id)
        if file.file_size is not None and file.file_size > limit:
            raise Problem("file_too_big", megabytes=limit // 1_000_000)
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="rounds-", dir=self.office.downloads))
        path = self._folder / "upload"
        await file.download_to_drive(path)
        if path.stat().st_size > limit:
            raise Problem("file_too_big", megabytes=limit // 1_000_000)
        return path

    def clear(self) -> None:
        """Leave nothing behind on disk."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _present(self, session: Session) -> Actor:
        actor = people.acting(session, self.telegram_id)
        if actor is None:
            raise Revoked
        return actor

    def _dress(self, reply: Reply) -> Reply:
        """When something had to be hidden: say so, and delete the message that held it."""
        message = self.update.effective_message
        if not self.masked or message is None or self.update.callback_query is not None:
            return reply
        ui = self.ui
        separator = "、" if ui.lang == "zh" else ", "
        what = separator.join(ui.word(f"secret.{kind}") for kind in self.masked.split(","))
        text = blocks(Html(reply.text), ui.t("secret.hidden", what=what))
        return replace(reply, text=text, delete=(*reply.delete, message.message_id))


def _nobody(telegram_id: int, lang: str) -> Actor:
    """Someone who is not bound, spoken to in the language of their app."""
    from datetime import time

    from domain.people import Role

    return Actor(
        0, telegram_id, "", Role.MANAGER, None, lang, "UTC", time(9), time(18), onboarded=False
    )
