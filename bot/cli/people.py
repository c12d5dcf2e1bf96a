"""``rounds invite``."""

import asyncio

import click

from bot.cli.common import database, put_json, settings
from bot.clock import Clock
from bot.config import ConfigError, Settings
from domain.people import Role
from services import people


@click.command("invite")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--name", required=True, help="Display name; the same name gets a fresh code.")
@click.option("--team", help="Created when unknown.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def invite(role: str, name: str, team: str | None, as_json: bool) -> None:
    """Print a one-time code and its deep link."""
    given = settings()
    now = Clock(given.clock_file).now()
    with database(given) as opened:
        made = opened.write_now(lambda s: people.invite(s, Role(role), name, team, now))
    username = asyncio.run(bot_username(given))
    link = f"https://t.me/{username}?start={made.code}" if username else None
    if as_json:
        put_json({"code": made.code, "link": link, "expires": made.expires.isoformat()})
        return
    click.echo(f"code     {made.code}")
    click.echo(f"link     {link or '(unknown until the bot can be reached)'}")
    click.echo(f"expires  {made.expires:%Y-%m-%d %H:%M} UTC")
    click.echo(f"{made.name} sends:  /start {made.code}")


async def bot_username(given: Settings) -> str | None:
    """The bot's username, None while there is no token or Telegram cannot be reached."""
    from telegram.error import TelegramError

    from bot.program import greeted

    try:
        async with greeted(given) as bot:
            return bot.username
    except (ConfigError, TelegramError):
        return None


commands = [invite]
