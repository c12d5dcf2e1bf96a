"""Fixtures: databases of both kinds, and a world with the sandbox and the real bot."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox.clock import Clock
from sandbox.running import Running
from storage import migrate
from storage.database import Database
from tests.postgres import Cluster
from tests.world import TOKEN, World

for name in [name for name in os.environ if name.startswith("ROUNDS_")]:
    del os.environ[name]  # a developer's own settings have no say in the tests

BOTH = ["sqlite", "postgresql"]
Tell = Callable[[], str]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server, started when the first test needs it."""
    made = Cluster()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "rounds.sqlite"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(cluster: Cluster) -> str:
    """The name of a migrated, empty PostgreSQL database to copy."""
    migrate.upgrade(cluster.create("rounds_template"))
    return "rounds_template"


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database, once of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "rounds.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    template = request.getfixturevalue("postgres_template")
    name = f"t_{uuid.uuid4().hex[:12]}"
    yield cluster.create(name, template)
    cluster.drop(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database, opened."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    """The sandbox, a database and the running bot; Monday 23 November 2026, 10:00 in Shanghai."""
    yield from _world(tmp_path, database_url)


@pytest.fixture
def small_world(tmp_path: Path, sqlite_template: Path) -> Iterator[World]:
    """The same on SQLite only, for what does not depend on the database."""
    path = tmp_path / "rounds.sqlite"
    shutil.copy(sqlite_template, path)
    yield from _world(tmp_path, f"sqlite:///{path}")


def _world(folder: Path, url: str) -> Iterator[World]:
    running = Running(token=TOKEN, clock=Clock(folder / "clock"))
    made = World(folder, url, running)
    try:
        yield made.start()
    finally:
        made.close()
        running.stop()
