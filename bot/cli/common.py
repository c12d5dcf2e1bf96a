"""What every command shares: settings or one clear line, the database, JSON on standard output."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from sqlalchemy.exc import DBAPIError

from bot import config, logs
from bot.config import ConfigError, Settings
from domain.problems import Problem
from handlers.locale import sentence
from handlers.markup import fill
from storage.database import Database


def fail(message: str) -> NoReturn:
    """One line on standard error, and a non-zero exit."""
    click.echo(f"rounds: {logs.redact(' '.join(message.split()))}", err=True)
    sys.exit(1)


def settings() -> Settings:
    """The settings, or one clear line."""
    try:
        found = config.load()
    except ConfigError as error:
        fail(str(error))
    logs.set_up(found.logging.level, found.logging.format)
    return found


@contextmanager
def database(given: Settings) -> Iterator[Database]:
    """The database at today's version; its troubles become one clear line."""
    from bot.opening import open_database, reason

    try:
        opened = open_database(given)
    except ConfigError as error:
        fail(str(error))
    try:
        yield opened
    except Problem as problem:
        fail(in_english(problem))
    except DBAPIError as error:
        fail(f"the database failed: {reason(error)}")
    finally:
        opened.close()


def in_english(problem: Problem) -> str:
    """A problem as a sentence for the shell."""
    from html import unescape

    return unescape(fill(sentence("en", f"problem.{problem.key}"), problem.facts))


def put_json(document: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, default=str))
