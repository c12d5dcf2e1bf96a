"""Which versions of the database this program knows. Alembic itself is loaded only to migrate.

A test compares the list with the migrations; it grows by one line with each of them.
"""

from sqlalchemy import Engine, inspect, text

VERSIONS = ("0001",)


class NewerSchema(Exception):
    """The database was made by a newer Rounds than this one."""


def head() -> str:
    """The version this program works with."""
    return VERSIONS[-1]


def current(engine: Engine) -> str | None:
    """The version of the database, None when it is empty. Raises ``NewerSchema``."""
    with engine.connect().execution_options(sqlite_begin="BEGIN") as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version is not None and version not in VERSIONS:
        raise NewerSchema(version)
    return version
