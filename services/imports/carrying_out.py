"""The transactions of an import in their order, for whoever has a way to run them.

The shell runs each with ``Database.write_now``, the chat awaits each with ``Database.write``; in
between everyone else gets their turn.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from domain.people import Actor
from services.imports import owners, staging
from services.imports.indexing import tokens_for
from services.imports.outcome import Entrant, Plan
from services.imports.planning import accepted_rows
from services.imports.table import Table
from storage.failpoints import failpoint

Work = Callable[[Session], Any]


@dataclass(slots=True)
class Staging:
    """An import under way: ``done`` of ``total`` rows are in, unseen."""

    actor: Actor | None
    table: Table
    plan: Plan
    owner: str | None
    file_name: str
    batch_id: int = 0
    done: int = 0

    @property
    def total(self) -> int:
        """How many rows are to come in."""
        return self.plan.accepted

    def steps(self, clock: Callable[[], datetime]) -> Iterator[Work]:
        """Transactions to be run one after another; after the last, ``publish`` is left.

        ``clock`` gives business time: every step tells the batch that its import is alive.
        """
        yield self._open(clock())
        rows = accepted_rows(self.table, self.plan)
        while chunk := list(islice(rows, staging.ROWS)):
            self.done += len(chunk)
            tokens = [tokens_for(entrant) for entrant in chunk]
            yield partial(self._stage, chunk=chunk, tokens=tokens, now=clock())
            failpoint("import-staged")

    def _open(self, now: datetime) -> Work:
        def open_batch(session: Session) -> None:
            self.batch_id = staging.open_batch(session, self.actor, self.file_name, self.plan, now)

        return open_batch

    def _stage(self, session: Session, chunk: list[Entrant], tokens: list[frozenset[str]],
               now: datetime) -> None:  # fmt: skip
        homes = owners.homes(session, self.actor, self.owner)
        staging.stage(session, self.actor, self.batch_id, chunk, tokens, homes, now)
