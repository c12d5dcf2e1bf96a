"""``rounds run``: builds the house, opens the doors, and closes them in order."""

import asyncio
import gc
import logging
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import select, text
from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.alone import Alone
from bot.clock import Clock
from bot.config import ConfigError, Settings
from bot.delivery import Delivery
from bot.intake import Intake
from bot.making import make_file
from bot.office import Office
from bot.opening import open_database
from bot.pace import Pace
from bot.reception import wire
from bot.request import AiohttpRequest
from bot.scheduler import start
from bot.sending import Sender
from bot.tasks import spawn
from handlers.locale import LANGUAGES, sentence
from services.imports import staging
from storage import outbox
from storage.clients import Setting
from storage.database import Database

log = logging.getLogger(__name__)
DRAIN_SECONDS = 8.0
LISTED = ("today", "log", "find", "targets", "menu")


def build_bot(settings: Settings) -> Bot:
    """A bot on our transport; ``/bot<token>/METHOD`` and ``/file/bot<token>/PATH`` are appended."""
    proxy = settings.telegram.proxy
    root = settings.telegram.api_url
    return Bot(
        settings.token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=AiohttpRequest(proxy),
        get_updates_request=AiohttpRequest(proxy),
    )


@asynccontextmanager
async def greeted(settings: Settings) -> AsyncIterator[Bot]:
    """A bot that has said hello, for as long as the block lasts. Raises ``TelegramError``."""
    bot = build_bot(settings)
    try:
        await bot.initialize()
        yield bot
    finally:
        await close_transports(bot)


async def close_transports(bot: Bot) -> None:
    """Close the connections, also of a bot whose hello failed (its shutdown would skip them)."""
    for transport in bot._request:
        await transport.shutdown()


def build_application(settings: Settings) -> "Application[Any, Any, Any, Any, Any, Any]":
    """python-telegram-bot's dispatcher without an updater: fetching is the intake's."""
    application = (
        ApplicationBuilder().bot(build_bot(settings)).updater(None).job_queue(None).build()
    )
    wire(application)
    return application


def build_office(settings: Settings, database: Database) -> Office:
    """The shared parts, with the key that seals this installation's buttons."""
    key = database.read_now(
        lambda session: session.scalar(select(Setting.value).where(Setting.name == "button_key"))
    )
    if key is None:
        raise ConfigError("the database has no button key: run rounds migrate")
    owner = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(3)}"
    return Office(database, Clock(settings.clock_file), settings.rules(), bytes.fromhex(key), owner)


async def run(settings: Settings, stop: asyncio.Event | None = None) -> None:
    """Run until ``stop`` is set, by default by SIGTERM or SIGINT. Raises ``ConfigError``."""
    stop = stop or _stop_signal()
    database = open_database(settings)
    try:
        with Alone(database) as alone:
            office = build_office(settings, database)
            if alone.first:
                freed = await database.write(lambda s: outbox.free_leases(s, office.owner))
                if freed:
                    log.info("leases of a former run freed", extra={"notices": freed})
            spawn(clear_dead_imports(office), "clear imports")
            await _open_doors(settings, office, stop)
    finally:
        database.close()


async def clear_dead_imports(office: Office) -> None:
    """Take away, a little at a time, what imports left that died half-way; nobody ever saw it."""
    more = 1
    while more:
        more = await office.database.write(lambda s: staging.clear_some(s, office.clock.now()))


async def _open_doors(settings: Settings, office: Office, stop: asyncio.Event) -> None:
    application = build_application(settings)
    pace = Pace(settings.push.per_second)
    sender = Sender(application.bot, pace, make_file(office))
    intake = Intake(office, application, sender, settings.telegram.poll_seconds)
    delivery = Delivery(office, sender, pace)
    try:
        await _initialize(application)
    except InvalidToken:
        await close_transports(application.bot)
        raise ConfigError("Telegram does not know this token (telegram.token)") from None
    scheduler = start(office, delivery)
    delivering = spawn(delivery.run(), "delivery")
    polling = spawn(intake.run(), "intake")
    listing = spawn(list_commands(application.bot), "commands")
    # What is loaded now stays: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)
    log.info("rounds is running")
    try:
        await asyncio.wait(
            {polling, delivering, spawn(stop.wait(), "stop")}, return_when="FIRST_COMPLETED"
        )
        if polling.done() and not stop.is_set():
            polling.result()
    except InvalidToken:
        raise ConfigError("Telegram does not know this token (telegram.token)") from None
    finally:
        log.info("rounds is stopping")
        scheduler.shutdown(wait=False)
        for task in (polling, listing):
            task.cancel()
        await asyncio.gather(intake.drain(DRAIN_SECONDS), delivery.drain(DRAIN_SECONDS))
        delivering.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await delivering
        await office.database.write(lambda s: outbox.release(s, office.owner))
        await application.shutdown()


async def _initialize(application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
    """Say hello to Telegram; wait for it when it is down, give up only on a bad token."""
    failures = 0
    while True:
        try:
            await application.initialize()
            return
        except InvalidToken:
            raise
        except TelegramError as error:
            failures += 1
            log.warning("telegram not reached", extra={"reason": type(error).__name__})
            await asyncio.sleep(min(15.0, 0.5 * 2**failures))


async def list_commands(bot: Bot) -> None:
    """Tell Telegram the listed commands, in both languages."""
    for code, lang in ((None, "en"), *((lang, lang) for lang in LANGUAGES)):
        commands = [BotCommand(name, sentence(lang, f"command.{name}")) for name in LISTED]
        try:
            await bot.set_my_commands(commands, language_code=code)
        except TelegramError as error:
            log.warning("commands not listed", extra={"reason": type(error).__name__})
            return


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    return stop


def ping(database: Database) -> None:
    """Ask the database for a sign of life. Raises ``ConfigError``."""
    database.read_now(lambda session: session.execute(text("SELECT 1")))
