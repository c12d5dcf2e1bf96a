"""``rounds run`` and ``rounds check``."""

import asyncio

import click

from bot.cli.common import fail, settings
from bot.config import ConfigError, Settings


@click.command("run")
def run() -> None:
    """Run the assistant against Telegram (long polling)."""
    from bot import program

    given = settings()
    try:
        _ = given.token
        asyncio.run(program.run(given))
    except ConfigError as error:
        fail(str(error))
    except KeyboardInterrupt:
        pass


@click.command("check")
def check() -> None:
    """Validate settings, database version and token: exit 0, or one clear line."""
    given = settings()
    try:
        name = asyncio.run(checked(given))
    except ConfigError as error:
        fail(str(error))
    click.echo(f"ok: settings valid, database up to date, bot @{name}")


async def checked(given: Settings) -> str:
    """The bot's username. Raises ``ConfigError`` for whatever is wrong."""
    from telegram.error import InvalidToken, TelegramError

    from bot.opening import open_database
    from bot.program import greeted, ping

    _ = given.token
    opened = open_database(given)
    try:
        ping(opened)
    finally:
        opened.close()
    try:
        async with greeted(given) as bot:
            return str(bot.username)
    except InvalidToken:
        raise ConfigError("Telegram does not know this token (telegram.token)") from None
    except TelegramError as error:
        raise ConfigError(f"{given.telegram.api_url} cannot be reached: {error.message}") from None


commands = [run, check]
