"""The transactions of an import in their order, for whoever has a way to run them.

Whoever runs them (the shell, the assistant) lets everyone else have their turn in between.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice

from sqlalchemy.orm import Session

from domain.people import Actor
from services.imports import owners, staging
from services.imports.inserting import Prepared, prepare
from services.imports.outcome import Plan
from services.imports.owners import Home, Homes
from services.imports.planning import accepted_rows
from services.imports.table import Table
from storage.failpoints import failpoint

Stage = Callable[[Session, datetime], None]


@dataclass(slots=True)
class Staging:
    """An import under way: ``done`` of ``total`` rows are on their way in, unseen."""

    actor: Actor | None
    table: Table
    plan: Plan
    owner: str | None
    file_name: str
    homes: Homes = field(default_factory=lambda: Homes(Home(None, None), {}))
    batch_id: int = 0
    done: int = 0

    @property
    def total(self) -> int:
        """How many rows are to come in."""
        return self.plan.accepted

    def steps(self) -> Iterator[Stage]:
        """Transactions that add the rows, after ``open``; ``publish`` comes when all are through.

        They depend on nothing but the open batch, so two may be on their way at once.
        """
        rows = accepted_rows(self.table, self.plan)
        while chunk := list(islice(rows, staging.ROWS)):
            self.done += len(chunk)
            yield partial(self._stage, prepared=prepare(chunk))
            failpoint("import-staged")

    def open(self, session: Session, now: datetime) -> None:
        """Begin the batch. Raises ``Problem``."""
        self.homes = owners.homes(session, self.actor, self.owner)
        self.batch_id = staging.open_batch(session, self.actor, self.file_name, self.plan, now)

    def publish(self, session: Session, now: datetime) -> staging.Imported:
        """Make everything visible. Raises ``Problem('import_interrupted')``."""
        return staging.publish(session, self.batch_id, now)

    def _stage(self, session: Session, now: datetime, *, prepared: Prepared) -> None:
        staging.stage(session, self.actor, self.batch_id, prepared, self.homes, now)
