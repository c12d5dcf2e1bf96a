"""The only place that opens sessions: one transaction a use case, nothing lost, nobody waits.

SQLite: one writer thread, ``BEGIN IMMEDIATE``, a savepoint a use case, one commit for all that
waited together. PostgreSQL: the same functions on a few threads, SERIALIZABLE, retried whole.
"""

import asyncio
import logging
import random
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from storage.failpoints import failpoint
from storage.house import House, furnish
from storage.sqlite_writer import SqliteWriter

log = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[Session], T]

BUSY_SECONDS = 30
RETRY_SECONDS = 10.0
READERS = 4
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL loses commits on a power cut
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-8000",  # KiB; imports insert all over the tokens' tree
    "wal_autocheckpoint=4000",
)
_PG_READS = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
# SQLite calls a missing column and a locked file alike "operational"; only its codes tell them
# apart: https://sqlite.org/rescode.html
PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}


class UseCaseSession(Session):
    """A session whose transaction belongs to ``Database``; use cases cannot end it."""

    def commit(self) -> None:
        """Refused."""
        raise RuntimeError("the transaction is Database's to commit")

    def rollback(self) -> None:
        """Refused."""
        raise RuntimeError("the transaction is Database's to roll back")


class Backend(Protocol):
    """Runs one use case in one transaction and returns its result after the commit."""

    def write(self, work: Work[Any], claim: bool) -> "Future[Any]":
        """Queue ``work``; the future resolves only once its commit is on disk."""

    def close(self) -> None:
        """Finish what was queued and stop."""


def driver_url(url: str) -> str:
    """Choose the driver: people write ``postgresql://``, we speak psycopg 3."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def make_engine(url: str, *, reads: bool = False) -> Engine:
    """An engine with the pragmas that keep every commit across a power cut.

    With ``reads``, connections to SQLite cannot write, and each transaction is one snapshot.
    """
    parsed = make_url(driver_url(url))
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_size=READERS + 6, max_overflow=4, pool_pre_ping=True)
    engine = create_engine(
        parsed,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        pool_size=READERS + 2,
        execution_options={"sqlite_begin": "BEGIN"} if reads else {},
    )
    event.listen(engine, "connect", _sqlite_connect)
    if reads:
        event.listen(engine, "connect", _sqlite_query_only)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_query_only(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA query_only=ON")


def _sqlite_begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "BEGIN IMMEDIATE")
    connection.exec_driver_sql(mode)


def run_use_case(connection: Connection, work: Work[T], house: House) -> T:
    """Run ``work`` in a savepoint of an open transaction."""
    with UseCaseSession(
        bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False
    ) as session:
        furnish(session, house)
        result = work(session)
        Session.commit(session)  # releases the savepoint, not the transaction
        return result


class SqliteBackend:
    """One writer thread over one connection; everyone who waits together is committed together."""

    def __init__(self, engine: Engine, house: House) -> None:
        self._writer = SqliteWriter(engine, lambda c, w: run_use_case(c, w, house))

    def write(self, work: Work[Any], claim: bool) -> "Future[Any]":
        """Queue the work for the writer thread."""
        return self._writer.submit(work)

    def close(self) -> None:
        """Drain and stop the writer."""
        self._writer.close()


class PostgresBackend:
    """A few threads; each runs a whole transaction and repeats it when PostgreSQL asks for it."""

    def __init__(self, engine: Engine, house: House, threads: int = 4) -> None:
        self._engine, self._house = engine, house
        self._pool = ThreadPoolExecutor(threads, "rounds-write")

    def write(self, work: Work[Any], claim: bool) -> "Future[Any]":
        """Run the work in one transaction; claims need only READ COMMITTED."""
        return self._pool.submit(self._run, work, "READ COMMITTED" if claim else "SERIALIZABLE")

    def _run(self, work: Work[T], isolation: str) -> T:
        deadline = time.monotonic() + RETRY_SECONDS
        pause = 0.005
        while True:
            try:
                return self._once(work, isolation)
            except DBAPIError as error:
                if not transient(error) or time.monotonic() > deadline:
                    raise
                log.info("transaction retried", extra={"reason": sqlstate(error) or "connection"})
            time.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(pause * 2, 0.5)

    def _once(self, work: Work[T], isolation: str) -> T:
        with self._engine.connect().execution_options(isolation_level=isolation) as connection:
            with connection.begin():
                result = run_use_case(connection, work, self._house)
                failpoint("before-commit")
            failpoint("after-commit")
            return result

    def close(self) -> None:
        """Finish what was queued."""
        self._pool.shutdown(wait=True)


def sqlstate(error: DBAPIError) -> str | None:
    """PostgreSQL's five-character code, or None."""
    return getattr(error.orig, "sqlstate", None)


def transient(error: BaseException) -> bool:
    """Whether the same work may succeed a moment later (lock, failover, serialization)."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in PASSING  # the low byte; the rest says more precisely why
    state = sqlstate(error)
    if state in ("40001", "40P01", "55P03") or (state or "").startswith(("08", "57P")):
        return True
    return error.connection_invalidated or isinstance(error, OperationalError)


class Database:
    """Runs use cases: ``write`` in one transaction, ``read`` on a read-only snapshot."""

    def __init__(self, url: str, house: House | None = None) -> None:
        self.engine = make_engine(url)
        self.house = house or House()
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._reading = (
            make_engine(url, reads=True)
            if self.is_sqlite
            else self.engine.execution_options(**_PG_READS)
        )
        self._backend: Backend = (SqliteBackend if self.is_sqlite else PostgresBackend)(
            self.engine, self.house
        )
        self._readers = ThreadPoolExecutor(READERS, "rounds-read")

    async def write(self, work: Work[T], *, claim: bool = False) -> T:
        """Run ``work`` in one transaction; returns after its commit. Errors leave no trace."""
        return await asyncio.wrap_future(self._backend.write(work, claim))

    async def read(self, work: Work[T]) -> T:
        """Run ``work`` on a snapshot that cannot be written to."""
        return await asyncio.wrap_future(self._readers.submit(self._read, work))

    def write_now(self, work: Work[T], *, claim: bool = False) -> T:
        """``write`` for programs without an event loop (the shell commands)."""
        result: T = self._backend.write(work, claim).result()
        return result

    def read_now(self, work: Work[T]) -> T:
        """``read`` for programs without an event loop."""
        return self._read(work)

    def _read(self, work: Work[T]) -> T:
        with (
            self._reading.connect() as connection,
            connection.begin(),
            UseCaseSession(bind=connection, autoflush=False) as session,
        ):
            furnish(session, self.house)
            return work(session)

    def close(self) -> None:
        """Finish queued work, then let go of every connection."""
        self._backend.close()
        self._readers.shutdown(wait=True)
        self._reading.dispose()
        self.engine.dispose()
