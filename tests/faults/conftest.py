"""A town: the sandbox, a database of either kind, and programs that can be killed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.clock import Clock
from sandbox.running import Running
from tests.faults.harness import Town
from tests.world import TOKEN


@pytest.fixture
def town(tmp_path: Path, database_url: str) -> Iterator[Town]:
    """Nobody runs yet; Monday 23 November 2026, 10:00 in Shanghai."""
    yield from _town(tmp_path, database_url)


@pytest.fixture
def small_town(tmp_path: Path, sqlite_template: Path) -> Iterator[Town]:
    """The same on SQLite only, for what does not depend on the database."""
    path = tmp_path / "rounds.sqlite"
    shutil.copy(sqlite_template, path)
    yield from _town(tmp_path, f"sqlite:///{path}")


def _town(folder: Path, url: str) -> Iterator[Town]:
    running = Running(token=TOKEN, clock=Clock(folder / "clock"))
    made = Town(folder, url, running)
    try:
        yield made
    finally:
        made.close()
        running.stop()
