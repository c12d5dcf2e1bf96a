"""Rows come in unseen, some hundred at a time; one short transaction makes them all visible.

A batch is ``staging`` while it grows, then ``live``. A batch that stopped growing belongs to a
process that died: it is ``abandoned`` and taken away, some hundred rows at a time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from domain.people import Actor
from domain.problems import Problem
from services.imports.inserting import Prepared, insert_clients
from services.imports.outcome import Entrant, Plan
from services.imports.owners import Homes
from storage.clients import Client, ClientAlias, ClientToken, ImportBatch, touch_portfolio

ROWS = 500
# A living import adds rows every second; one that has been silent this long is dead.
SILENCE = timedelta(minutes=2)
_FIELDS = ("name", "kind", "tier", "phone", "code", "email", "contact_name", "city", "address",
           "industry", "remark", "lat", "lon")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """A finished import."""

    batch_id: int
    file_name: str
    accepted: int
    refused: int
    duplicates: int


def open_batch(session: Session, actor: Actor | None, file_name: str, plan: Plan,
               now: datetime) -> int:  # fmt: skip
    """Begin an import; nothing of it can be seen yet. Returns the batch's id."""
    batch = ImportBatch(
        person_id=actor.id if actor else None, file_name=file_name[-255:], state="staging", at=now,
        accepted=plan.accepted, refused=len(plan.refused), duplicates=len(plan.duplicates),
    )  # fmt: skip
    session.add(batch)
    session.flush()
    return batch.id


def stage(session: Session, actor: Actor | None, batch_id: int, prepared: Prepared,
          homes: Homes, now: datetime) -> int:  # fmt: skip
    """Add rows to a batch with everything they can be found by. Returns how many.

    Raises ``Problem('import_interrupted')`` when the batch was taken for dead meanwhile.
    """
    if session.scalar(select(ImportBatch.state).where(ImportBatch.id == batch_id)) != "staging":
        raise Problem("import_interrupted")
    rows = [_row(entrant, homes) for entrant in prepared.entrants]
    author = actor.id if actor else None
    ids = insert_clients(session, rows, prepared, batch_id, author, now)
    pairs = zip(ids, prepared.entrants, strict=True)
    aliases = [{"client_id": id_, "alias": one.alias} for id_, one in pairs if one.alias]
    if aliases:
        session.execute(insert(ClientAlias), aliases)
    return len(ids)


def beat(session: Session, batch_id: int, now: datetime) -> None:
    """Tell that the import of a batch is alive. Raises ``Problem('import_interrupted')``."""
    _mine(session, batch_id).at = now


def _mine(session: Session, batch_id: int) -> ImportBatch:
    query = select(ImportBatch).where(ImportBatch.id == batch_id).with_for_update()
    batch = session.scalar(query)
    if batch is None or batch.state != "staging":
        raise Problem("import_interrupted")
    return batch


def _row(entrant: Entrant, homes: Homes) -> dict[str, Any]:
    home = homes.of(entrant.owner)
    row = {name: getattr(entrant, name) for name in _FIELDS}
    datum = "unknown" if entrant.lat is not None else None
    return row | {"owner_id": home.owner_id, "team_id": home.team_id, "datum": datum}


def publish(session: Session, batch_id: int, now: datetime) -> Imported:
    """Make a whole batch visible at once. Raises ``Problem('import_interrupted')``."""
    batch = _mine(session, batch_id)
    batch.state, batch.at = "live", now
    session.flush()
    touch_owners(session, batch_id)
    return imported(batch)


def imported(batch: ImportBatch) -> Imported:
    """The frozen result of a batch."""
    return Imported(batch.id, batch.file_name, batch.accepted, batch.refused, batch.duplicates)


def touch_owners(session: Session, batch_id: int) -> None:
    """Whatever is cached of the portfolios that a batch reaches is out of date."""
    owners = select(Client.owner_id).where(Client.batch_id == batch_id).distinct()
    touch_portfolio(session, *session.scalars(owners))


def abandon(session: Session, batch_id: int, now: datetime) -> None:
    """Give up a batch that has not become live; ``clear_some`` takes its rows away."""
    session.execute(
        update(ImportBatch)
        .where(ImportBatch.id == batch_id, ImportBatch.state == "staging")
        .values(state="abandoned", at=now)
    )


def clear_some(session: Session, now: datetime) -> int:
    """Take away up to ``ROWS`` clients of imports that died; 0 when nothing is left to do.

    Called again and again, by the next import and when the assistant starts.
    """
    dead = ImportBatch.state == "staging", ImportBatch.at < now - SILENCE
    session.execute(update(ImportBatch).where(*dead).values(state="abandoned", at=now))
    batches = select(ImportBatch.id).where(ImportBatch.state == "abandoned")
    query = select(Client.id).where(Client.batch_id.in_(batches)).order_by(Client.id).limit(ROWS)
    ids = list(session.scalars(query))
    for table, column in ((ClientToken, ClientToken.client_id),
                          (ClientAlias, ClientAlias.client_id), (Client, Client.id)):  # fmt: skip
        session.execute(delete(table).where(column.in_(ids)))
    return len(ids)
