"""A database of one kind, for what does not depend on which."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database


@pytest.fixture
def small_database(tmp_path: Path, sqlite_template: Path) -> Iterator[Database]:
    """A fresh SQLite database."""
    path = tmp_path / "small.sqlite"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()
