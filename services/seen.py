"""Small frozen pictures of rows, for the results that views turn into text."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.clients import Band
from domain.contacts import ContactKind, Outcome
from domain.followups import FollowUpKind, FollowUpState
from storage.clients import Client
from storage.contacts import Contact
from storage.followups import FollowUp
from storage.people import Person


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client in a list."""

    id: int
    name: str
    version: int
    band: Band
    last_contact_at: datetime | None
    city: str | None
    phone_tail: str | None


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact in a list or on a card. Instants are UTC."""

    id: int
    client_id: int
    client: str
    author: str
    kind: ContactKind
    outcome: Outcome | None
    note: str
    happened_at: datetime
    timed: bool
    logged_at: datetime
    version: int
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """A follow-up in a list, on a card or on a push. ``due_day`` is the owner's local date."""

    id: int
    client_id: int | None
    client: str
    owner_id: int
    kind: FollowUpKind
    what: str
    due_at: datetime
    due_day: date
    timed: bool
    state: FollowUpState
    version: int


def line(client: Client, band: Band = Band.GREEN) -> ClientLine:
    """A client as a line."""
    tail = "".join(c for c in client.phone or "" if c.isdigit())[-4:] or None
    return ClientLine(client.id, client.name, client.version, band, client.last_contact_at,
                      client.city, tail)  # fmt: skip


def contact_line(session: Session, contact: Contact) -> ContactLine:
    """A contact as a line."""
    client = session.get_one(Client, contact.client_id)
    author = session.get_one(Person, contact.author_id)
    return ContactLine(
        id=contact.id,
        client_id=client.id,
        client=client.name,
        author=author.name,
        kind=ContactKind(contact.kind),
        outcome=Outcome(contact.outcome) if contact.outcome else None,
        note=contact.note,
        happened_at=contact.happened_at,
        timed=contact.timed,
        logged_at=contact.logged_at,
        version=contact.version,
        details=json.loads(contact.details),
    )


def followup_line(session: Session, followup: FollowUp, now: datetime) -> FollowUpLine:
    """A follow-up as a line."""
    client = session.get(Client, followup.client_id) if followup.client_id else None
    return FollowUpLine(
        id=followup.id,
        client_id=followup.client_id,
        client=client.name if client else "",
        owner_id=followup.owner_id,
        kind=FollowUpKind(followup.kind),
        what=followup.what,
        due_at=followup.due_at,
        due_day=followup.due_day,
        timed=followup.timed,
        state=FollowUpState(followup.state),
        version=followup.version,
    )
