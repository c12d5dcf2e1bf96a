"""Migrations on both databases: up and down step by step, equal to the models, killed half-way."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage import migrate
from storage.database import make_engine
from storage.models import metadata
from tests.faults.harness import environment_of
from tests.postgres import Cluster

REVISIONS = [
    script.revision for script in ScriptDirectory.from_config(migrate._config()).walk_revisions()
][::-1]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'rounds.sqlite'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    yield cluster.create("t_migrations")
    cluster.drop("t_migrations")


def tables(url: str) -> set[str]:
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def test_stairway(empty_url: str) -> None:
    """Each step goes up, down and up again. Fails when a downgrade forgets a table."""
    below = "base"
    for revision in REVISIONS:
        before = tables(empty_url)
        assert migrate.upgrade(empty_url, revision) == revision
        after = tables(empty_url)
        migrate.downgrade(empty_url, below)
        assert tables(empty_url) == before
        assert migrate.upgrade(empty_url, revision) == revision
        assert tables(empty_url) == after
        below = revision
    assert migrate.head() == REVISIONS[-1]


def test_models_match_the_migrations(empty_url: str) -> None:
    """Fails when a column is added to a model without a migration."""
    migrate.upgrade(empty_url)
    engine = make_engine(empty_url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, metadata) == []
    finally:
        engine.dispose()


def test_repeating_changes_nothing(empty_url: str) -> None:
    """The key that seals the buttons stays: presses of yesterday go on working."""
    migrate.upgrade(empty_url)
    key = button_key(empty_url)
    migrate.upgrade(empty_url)
    assert button_key(empty_url) == key
    assert len(key) == 64


def button_key(url: str) -> str:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            query = text("SELECT value FROM setting WHERE name = 'button_key'")
            return str(connection.execute(query).scalar_one())
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("failpoint", "kept"), [("migrate-before-commit", False), ("migrate-after-commit", True)]
)
def test_08_killed_during_a_migration(
    empty_url: str, failpoint: str, kept: bool, tmp_path: Path
) -> None:
    """Wholly there or wholly absent, and repeating completes it.

    Fails when ``migrate`` runs in autocommit: the killed migration then leaves tables behind.
    """
    given = {"ROUNDS_STORAGE__URL": empty_url, "ROUNDS_FAILPOINT": failpoint}
    killed = subprocess.run(
        [sys.executable, "-m", "bot", "migrate"], cwd=tmp_path, env=environment_of(given),
        stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    assert bool(tables(empty_url)) is kept
    assert migrate.upgrade(empty_url) == migrate.head()
    assert tables(empty_url) == set(metadata.tables)
    assert len(button_key(empty_url)) == 64
