"""Follow-ups: what was promised and when it is due."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Id, UtcDateTime


class FollowUp(Base):
    """A next step. ``due_at`` is an instant; ``due_day`` the owner's local date it falls on.

    ``timed`` False means that only a date was named: the instant is then the start of the owner's
    working day.
    """

    __tablename__ = "followup"
    __table_args__ = (
        Index("ix_followup_owner_due", "owner_id", "state", "due_at"),
        Index("ix_followup_client", "client_id", "state"),
        Index("ix_followup_message", "chat_id", "message_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    what: Mapped[str] = mapped_column(Text, default="")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_day: Mapped[date] = mapped_column(Date)
    timed: Mapped[bool] = mapped_column(Boolean, default=False)
    state: Mapped[str] = mapped_column(String(12), default="open")
    promised: Mapped[bool] = mapped_column(Boolean, default=False)
    # A snooze moves only the push, not the appointment.
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The contact that led to it, and the one that closed it.
    origin_contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    closed_by_contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    # The chat message that planned it, so that an edit of the message moves it.
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)
