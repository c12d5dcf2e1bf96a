"""What the sandbox keeps between runs: one table of JSON documents, or nothing at all.

Memory is the truth while the sandbox runs; every change is put here too, and `flush` is called
before a request is answered. A killed sandbox so loses nothing that was answered.
"""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

SCHEMA = """
CREATE TABLE IF NOT EXISTS thing (
    kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID
"""
PUT = (
    "INSERT INTO thing VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body"
)


class Store(Protocol):
    """Where things are kept."""

    def put(self, kind: str, key: str | int, thing: Any) -> None:
        """Notes a thing to be written at the next flush."""

    def remove(self, kind: str, key: str | int) -> None:
        """Notes a thing to be removed at the next flush."""

    def all(self, kind: str) -> list[dict[str, Any]]:
        """Everything of a kind that an earlier run kept."""

    def put_file(self, name: str, content: bytes) -> None:
        """Keeps the bytes of a file."""

    def file(self, name: str) -> bytes:
        """The bytes of a file."""

    def clear(self, kinds: Sequence[str]) -> None:
        """Forgets everything of these kinds, and all files."""

    def flush(self) -> None:
        """Writes what was noted, in one transaction."""

    def close(self) -> None:
        """Flushes and lets go."""


class Forgetful:
    """Keeps files in memory and the rest nowhere: fast, for tests and benchmarks."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def put(self, kind: str, key: str | int, thing: Any) -> None:
        """Nothing to note."""

    def remove(self, kind: str, key: str | int) -> None:
        """Nothing to note."""

    def all(self, kind: str) -> list[dict[str, Any]]:
        """Nothing was kept."""
        return []

    def put_file(self, name: str, content: bytes) -> None:
        """Keeps the bytes in memory."""
        self._files[name] = content

    def file(self, name: str) -> bytes:
        """The bytes; raises KeyError."""
        return self._files[name]

    def clear(self, kinds: Sequence[str]) -> None:
        """Forgets the files; nothing else was kept."""
        self._files.clear()

    def flush(self) -> None:
        """Nothing to write."""

    def close(self) -> None:
        """Nothing to let go of."""


class Directory:
    """Keeps everything in a directory: an SQLite database and the files beside it."""

    def __init__(self, directory: Path) -> None:
        self._files = directory / "files"
        self._files.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(
            directory / "telegram.sqlite", isolation_level=None, check_same_thread=False
        )
        # A kill loses nothing in WAL mode; only a power cut could.
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute(SCHEMA)
        self._changed: dict[tuple[str, str], Any] = {}

    def put(self, kind: str, key: str | int, thing: Any) -> None:
        """Notes a dataclass instance; it is read at the flush, so later changes count too."""
        self._changed[kind, str(key)] = thing

    def remove(self, kind: str, key: str | int) -> None:
        """Notes a removal."""
        self._changed[kind, str(key)] = None

    def all(self, kind: str) -> list[dict[str, Any]]:
        """All documents of a kind, in no particular order."""
        rows = self._db.execute("SELECT body FROM thing WHERE kind = ?", (kind,))
        return [json.loads(body) for (body,) in rows]

    def put_file(self, name: str, content: bytes) -> None:
        """Writes the bytes at once, before any message can name them."""
        (self._files / name).write_bytes(content)

    def file(self, name: str) -> bytes:
        """The bytes; raises FileNotFoundError."""
        return (self._files / name).read_bytes()

    def clear(self, kinds: Sequence[str]) -> None:
        """Deletes the documents of these kinds, and the files."""
        self.flush()
        for kind in kinds:
            self._db.execute("DELETE FROM thing WHERE kind = ?", (kind,))
        for file in self._files.iterdir():
            file.unlink()

    def flush(self) -> None:
        """One transaction for all that changed since the last flush."""
        if not self._changed:
            return
        changed, self._changed = self._changed, {}
        self._db.execute("BEGIN")
        for (kind, key), thing in changed.items():
            if thing is None:
                self._db.execute("DELETE FROM thing WHERE kind = ? AND key = ?", (kind, key))
            else:
                self._db.execute(PUT, (kind, key, json.dumps(vars(thing))))
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Flushes and closes the database."""
        self.flush()
        self._db.close()
