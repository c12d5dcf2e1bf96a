"""A whole import can be taken back for as long as nobody has worked with its clients."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from domain.people import Actor, Role
from domain.problems import Problem
from services.imports.staging import Imported, imported, touch_owners
from storage.clients import Client, ImportBatch
from storage.contacts import Contact
from storage.followups import FollowUp
from storage.targets import Entry

NAMED = 3


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back; ``again`` says that it had been before."""

    batch: Imported
    again: bool = False


def undo_import(session: Session, actor: Actor | None, batch_id: int, now: datetime) -> Undone:
    """Hide every client of an import again. Raises ``Problem``.

    Only who imported it, an admin or the operator at the shell may. A client with a contact, a
    follow-up or a figure of its own keeps the whole import: the problem names the first ones.
    """
    batch = session.scalar(select(ImportBatch).where(ImportBatch.id == batch_id).with_for_update())
    if batch is None or not _may(actor, batch):
        raise Problem("import_unknown")
    if batch.state == "undone":
        return Undone(imported(batch), again=True)
    if batch.state != "live":
        raise Problem("import_unknown")
    _refuse_if_worked_with(session, batch_id)
    batch.state = "undone"
    session.flush()
    touch_owners(session, batch_id)
    return Undone(imported(batch))


def _may(actor: Actor | None, batch: ImportBatch) -> bool:
    return actor is None or actor.role is Role.ADMIN or batch.person_id == actor.id


def _refuse_if_worked_with(session: Session, batch_id: int) -> None:
    touched = Client.batch_id == batch_id, _worked_with()
    total = session.scalar(select(func.count()).select_from(Client).where(*touched))
    if total:
        names = session.scalars(
            select(Client.name).where(*touched).order_by(Client.id).limit(NAMED)
        )
        raise Problem("import_worked_with", names=", ".join(names), n=total)


def _worked_with() -> ColumnElement[bool]:
    contacts = select(Contact.id).where(Contact.client_id == Client.id, Contact.undone_at.is_(None))
    followups = select(FollowUp.id).where(FollowUp.client_id == Client.id, FollowUp.state == "open")
    entries = select(Entry.id).where(Entry.client_id == Client.id, Entry.undone_at.is_(None))
    return or_(contacts.exists(), followups.exists(), entries.exists())
