"""Photos and documents that come with a contact. Telegram keeps the bytes, we keep their keys."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from domain.people import Actor
from storage.base import UtcDateTime
from storage.clients import Attachment, Client
from storage.contacts import Contact
from storage.house import house

NEAR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class FileWish:
    """A photo, document or voice message that came in; ``album`` ties several together."""

    kind: str
    file_id: str
    unique_id: str
    album: str | None
    chat_id: int
    message_id: int

    def as_json(self) -> dict[str, Any]:
        """For a draft."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FileWish":
        """From a draft."""
        return cls(**data)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a file; ``say`` is False for the further parts of an album."""

    client: str | None
    say: bool


_WAITING = (
    select(Attachment.id)
    .where(
        Attachment.person_id == bindparam("person"),
        Attachment.contact_id.is_(None),
        Attachment.at >= bindparam("since", type_=UtcDateTime),
    )
    .limit(1)
)


def join(session: Session, actor: Actor, file: FileWish | None, contact: Contact) -> int:
    """Add a file (and the rest of its album, and what was sent just before) to a contact.

    Returns how many files the contact has now.
    """
    near = {"person": actor.id, "since": contact.logged_at - NEAR}
    if file is None and session.scalar(_WAITING, near) is None:
        return 0
    if file is not None:
        _remember(session, actor, file, contact.id, contact.logged_at)
    waiting = (Attachment.person_id == actor.id, Attachment.contact_id.is_(None),
               Attachment.at >= contact.logged_at - NEAR)  # fmt: skip
    session.execute(update(Attachment).where(*waiting).values(contact_id=contact.id))
    if file is not None and file.album is not None:
        session.execute(
            update(Attachment)
            .where(Attachment.person_id == actor.id, Attachment.album == file.album)
            .values(contact_id=contact.id)
        )
    return count(session, contact.id)


def keep(session: Session, actor: Actor, file: FileWish, now: datetime) -> Kept:
    """A file without words joins its album's contact, or the one just logged, or waits for one."""
    siblings = select(Attachment).where(
        Attachment.person_id == actor.id, Attachment.album == file.album
    )
    sibling = session.scalar(siblings.limit(1)) if file.album is not None else None
    contact_id = sibling.contact_id if sibling is not None else _latest(session, actor, now)
    _remember(session, actor, file, contact_id, now)
    return Kept(_client_name(session, contact_id), say=sibling is None)


def _remember(session: Session, actor: Actor, file: FileWish, contact_id: int | None,
              now: datetime) -> None:  # fmt: skip
    session.add(
        Attachment(
            contact_id=contact_id, person_id=actor.id, kind=file.kind, file_id=file.file_id,
            unique_id=file.unique_id, album=file.album, chat_id=file.chat_id,
            message_id=file.message_id, at=now,
        )
    )  # fmt: skip
    session.flush()


def _latest(session: Session, actor: Actor, now: datetime) -> int | None:
    since = now - timedelta(minutes=house(session).rules.undo_minutes)
    query = (
        select(Contact.id)
        .where(
            Contact.author_id == actor.id, Contact.logged_at >= since, Contact.undone_at.is_(None)
        )
        .order_by(Contact.logged_at.desc(), Contact.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def _client_name(session: Session, contact_id: int | None) -> str | None:
    if contact_id is None:
        return None
    return session.scalar(
        select(Client.name)
        .join(Contact, Contact.client_id == Client.id)
        .where(Contact.id == contact_id)
    )


def count(session: Session, contact_id: int) -> int:
    """How many files a contact has."""
    query = select(Attachment.id).where(Attachment.contact_id == contact_id)
    return len(session.scalars(query).all())
