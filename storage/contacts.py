"""Contacts: visits, calls, messages and meetings that took place."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Id, UtcDateTime


class Contact(Base):
    """One contact with one client. ``note`` is the whole text as it was sent."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_client_happened", "client_id", "happened_at"),
        Index("ix_contact_author_logged", "author_id", "logged_at"),
        Index("uq_contact_source", "chat_id", "message_id", "part", unique=True),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    outcome: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text, default="")
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Whether a time of day is known, or the writer only named the day.
    timed: Mapped[bool] = mapped_column(default=True)
    logged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    details: Mapped[str] = mapped_column(
        Text, default="{}"
    )  # amounts, rates, needs, people as JSON
    # Where it came from: the chat message it was written in, one part per client named there.
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    part: Mapped[int] = mapped_column(Integer, default=0)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)


class ContactChange(Base):
    """What a contact said before it was corrected; the original is never lost."""

    __tablename__ = "contact_change"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    before: Mapped[str] = mapped_column(Text)  # the changed fields and their former values, JSON
    reason: Mapped[str] = mapped_column(String(20))  # edited, said, button


class Draft(Base):
    """Something a person began and has not finished; it survives a restart."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    data: Mapped[str] = mapped_column(Text)  # JSON
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    open: Mapped[bool] = mapped_column(default=True)
    # Whether a screen has asked for a text; the next one belongs to this draft.
    waits: Mapped[bool] = mapped_column(default=False)
