"""Creating and upgrading the database, each step in one transaction."""

import secrets
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

from storage.database import make_engine
from storage.failpoints import failpoint
from storage.schema import NewerSchema, current, head

__all__ = ["NewerSchema", "current", "downgrade", "head", "upgrade"]

_SCRIPTS = Path(__file__).parent / "migrations"
# One migration at a time on PostgreSQL; any number will do as long as it never changes.
_LOCK = 7_205_115


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(url: str, revision: str = "head") -> str:
    """Bring the database to ``revision``; safe to repeat after a kill at any point."""
    return _move(url, revision, command.upgrade)


def downgrade(url: str, revision: str) -> str:
    """Take the database back to ``revision``."""
    return _move(url, revision, command.downgrade)


def _move(url: str, revision: str, step: Callable[[Config, str], None]) -> str:
    engine = make_engine(url)
    try:
        current(engine)
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            step(_config(connection), revision)
            if inspect(connection).has_table("setting"):
                _ensure_keys(connection)
            failpoint("migrate-before-commit")
        failpoint("migrate-after-commit")
        return current(engine) or "empty"
    finally:
        engine.dispose()


def _ensure_keys(connection: Connection) -> None:
    present = text("SELECT 1 FROM setting WHERE name = 'button_key'")
    if connection.execute(present).first() is None:
        connection.execute(
            text("INSERT INTO setting (name, value) VALUES ('button_key', :key)"),
            {"key": secrets.token_hex(32)},
        )
