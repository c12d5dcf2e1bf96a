"""One program a database: who runs alone may free its predecessor's leases at once."""

import fcntl
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, text

from bot.config import ConfigError
from storage.database import Database

_LOCK = 7_205_116  # any number will do as long as it never changes


class Alone:
    """Holds a lock for as long as the program runs; ``first`` says that nobody else does.

    SQLite refuses a second program. PostgreSQL lets several run; the first holds the lock.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None
        self._file: int | None = None
        self.first = False

    def __enter__(self) -> Self:
        """Take the lock. Raises ``ConfigError`` when SQLite is in use by another ``rounds run``."""
        if self._database.is_sqlite:
            self._lock_file()
        else:
            self._connection = self._database.engine.connect()
            query = text("SELECT pg_try_advisory_lock(:key)")
            self.first = bool(self._connection.execute(query, {"key": _LOCK}).scalar())
            self._connection.commit()
        return self

    def _lock_file(self) -> None:
        path = Path(f"{self._database.engine.url.database}.lock")
        handle = path.open("w")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.close()
            raise ConfigError("another rounds run is using this database") from None
        self._handle = handle
        self.first = True

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        """Let go."""
        if self._connection is not None:
            self._connection.close()
        elif self.first:
            self._handle.close()
