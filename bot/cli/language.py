"""``rounds parse``: how a quick-log text is understood, saving nothing."""

import json
import sys
from collections.abc import Iterable
from datetime import datetime

import click

from bot.calendars import calendar_of
from bot.cli.common import fail, put_json, settings
from bot.clock import Clock
from bot.config import Settings
from domain.quicklog import as_json, read


@click.command("parse")
@click.argument("text")
@click.option("--now", "now_text", help="ISO 8601; by default the present.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--json", "json_wanted", is_flag=True, help="One JSON document a line.")
def parse(text: str, now_text: str | None, lang: str, json_wanted: bool) -> None:
    """Show how TEXT is understood; with ``-`` one text a line from standard input."""
    given = settings()
    now = moment(given, now_text)
    texts: Iterable[str] = (line.rstrip("\r\n") for line in sys.stdin) if text == "-" else [text]
    calendar = calendar_of(given)
    for one in texts:
        found = as_json(read(one, now, lang=lang, calendar=calendar))
        if json_wanted:
            put_json(found)
        else:
            click.echo(
                "\n".join(
                    f"{name:10} {json.dumps(v, ensure_ascii=False)}" for name, v in found.items()
                )
            )


def moment(given: Settings, text: str | None) -> datetime:
    """The writer's local time; a time without a zone is in the configured zone."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(given.people.zone)
    if text is None:
        return Clock(given.clock_file).now().astimezone(zone)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        fail(f"--now: {text} is not an ISO 8601 date and time")
    return found if found.tzinfo else found.replace(tzinfo=zone)


commands = [parse]
