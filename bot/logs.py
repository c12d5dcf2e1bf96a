"""The program's log: structured, and without tokens or clients' words."""

import json
import logging
import re
import sys
from typing import Any

import structlog

_TOKEN = re.compile(r"(?:bot)?\d{1,20}:[A-Za-z0-9_-]{20,}")
_PASSWORD = re.compile(r"(?<=://)([^:/@\s]+):[^@/\s]+@")
HIDDEN = "[token]"


def redact(text: str) -> str:
    """Hide whatever has the shape of a bot token or a password in an address."""
    return _PASSWORD.sub(r"\1:[password]@", _TOKEN.sub(HIDDEN, text))


class Redacting(structlog.stdlib.ProcessorFormatter):
    """Redacts the finished line, so that exceptions and other people's libraries are covered."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without secrets."""
        return redact(super().format(record))


def set_up(level: str, form: str, stream: Any = None) -> None:
    """Send every log record, ours and the libraries', through one redacting formatter."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = (
        structlog.processors.JSONRenderer(serializer=lambda o, **_: json.dumps(o, default=str))
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        Redacting(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                last,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # These log whole addresses (with the token) or bodies (with clients' words) below WARNING.
    for name in (
        "httpx",
        "httpcore",
        "telegram",
        "aiohttp",
        "apscheduler",
        "sqlalchemy",
        "alembic",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
