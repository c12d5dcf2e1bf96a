"""What one person takes out by chat: only what they may see, limited, and marked with who and when.

The workbook is made when it is sent; access is asked again then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.people import Actor
from domain.problems import Problem
from services.exports import writing
from services.exports.sheets import scope, sheet
from services.exports.what import OWN, What
from storage.clients import Client
from storage.contacts import Contact
from storage.followups import FollowUp
from storage.people import Person

LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Ready:
    """A list that may go out now."""

    what: What
    person_id: int
    rows: int


def ready(session: Session, actor: Actor, what: What, now: datetime) -> Ready:
    """How much there is to take out. Raises ``Problem`` when that is nothing, or too much."""
    if what not in OWN:
        raise Problem("not_allowed")
    rows = _count(session, actor, what, now)
    if rows == 0:
        raise Problem("export_nothing")
    if rows > LIMIT:
        raise Problem("export_too_many", limit=LIMIT)
    return Ready(what, actor.id, rows)


def _count(session: Session, actor: Actor, what: What, now: datetime) -> int:
    query = select(func.count())
    if what is What.CLIENTS:
        query = query.select_from(Client)
    elif what is What.VISITS:
        query = query.select_from(Contact).join(Client, Client.id == Contact.client_id)
    else:
        query = query.select_from(FollowUp)
        query = query.join(Client, Client.id == FollowUp.client_id, isouter=True)
    if what is What.VISITS:
        query = query.where(Contact.undone_at.is_(None))
    return session.scalar(query.where(scope(session, what, actor, now))) or 0


def workbook(session: Session, person_id: int, what: What, labels: Mapping[str, str], marked: str,
             now: datetime) -> bytes:  # fmt: skip
    """The XLSX file for this person, as of now. Raises ``Problem`` for someone who has left."""
    person = session.get(Person, person_id)
    if person is None or not person.active:
        raise Problem("not_allowed")
    with TemporaryDirectory(prefix="rounds-") as folder:
        path = Path(folder) / "export.xlsx"
        found = sheet(session, what, person.as_actor(), now)
        writing.write_xlsx(path, found, labels=labels, marked=marked)
        return path.read_bytes()
