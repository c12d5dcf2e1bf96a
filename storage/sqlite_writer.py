"""SQLite's single writer: a thread that runs use cases one after another and commits in groups.

A result is handed out only after COMMIT. An error of one use case rolls back its savepoint only;
but a full disk makes SQLite silently roll back the whole transaction, so after every error the
writer looks whether the transaction still exists, and if not, reruns each job alone.
"""

import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from storage.failpoints import failpoint

log = logging.getLogger(__name__)
Work = Callable[[Session], Any]
Job = tuple[Work, "Future[Any]"]
GROUP = 64
EXIT_WRITER_DIED = 70


class TransactionLost(Exception):
    """SQLite has ended the transaction behind our back (disk full, I/O error)."""


class SqliteWriter:
    """Owns the one connection that writes."""

    def __init__(self, engine: Engine, run: Callable[[Connection, Work], Any]) -> None:
        self._engine, self._run = engine, run
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._closed = False
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def submit(self, work: Work) -> "Future[Any]":
        """Queue ``work``; the thread starts with the first job."""
        future: Future[Any] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("the database is closed")
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._live, name="rounds-writer", daemon=True
                )
                self._thread.start()
            self._jobs.put((work, future))
        return future

    def close(self) -> None:
        """Run what is queued, then stop the thread."""
        with self._lock:
            self._closed = True
            thread = self._thread
        if thread is not None:
            self._jobs.put(None)
            thread.join()

    def _live(self) -> None:
        try:
            with self._engine.connect() as connection:
                while (group := self._gather()) is not None:
                    self._write(connection, group)
        except BaseException:
            # Without a writer nothing can be promised any more: let the supervisor start us anew.
            log.critical("the writer thread died; leaving", exc_info=True)
            os._exit(EXIT_WRITER_DIED)

    def _gather(self) -> list[Job] | None:
        first = self._jobs.get()
        if first is None:
            return None
        group = [first]
        while len(group) < GROUP:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            group.append(job)
        return group

    def _write(self, connection: Connection, group: list[Job]) -> None:
        # Who has stopped waiting before the work began does not get it done.
        group = [job for job in group if job[1].set_running_or_notify_cancel()]
        if group:
            self._settle(connection, group)

    def _settle(self, connection: Connection, group: list[Job]) -> None:
        try:
            outcomes = self._together(connection, group)
        except (DBAPIError, TransactionLost) as error:
            if len(group) == 1:
                group[0][1].set_exception(error)
                return
            log.warning("group commit failed; running each job alone", exc_info=True)
            for job in group:
                self._settle(connection, [job])
            return
        for (_, future), (ok, value) in zip(group, outcomes, strict=True):
            if ok:
                future.set_result(value)
            else:
                future.set_exception(value)

    def _together(self, connection: Connection, group: list[Job]) -> list[tuple[bool, Any]]:
        with connection.begin():
            outcomes = [self._one(connection, work) for work, _ in group]
            failpoint("before-commit")
        failpoint("after-commit")
        return outcomes

    def _one(self, connection: Connection, work: Work) -> tuple[bool, Any]:
        time.sleep(0)  # hand the GIL to the event loop between use cases
        try:
            return True, self._run(connection, work)
        except Exception as error:
            raw: Any = connection.connection.dbapi_connection
            if not raw.in_transaction:
                raise TransactionLost(str(error)) from error
            return False, error
