"""Targets, and the figures that count towards them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Date, ForeignKey, Index, Integer, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Id, UtcDateTime


class Target(Base):
    """What a person or a team is to reach in a period (first to last day, inclusive)."""

    __tablename__ = "target"
    __table_args__ = (
        Index("ix_target_person_period", "person_id", "period_end"),
        Index("ix_target_team_period", "team_id", "period_end"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    metric: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    period_start: Mapped[date] = mapped_column(Date)
    period_end: Mapped[date] = mapped_column(Date)
    base: Mapped[Decimal] = mapped_column(Numeric(20, 2))
    stretch: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    challenge: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    set_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)


class Entry(Base):
    """A figure from the chat (self, 自报) or from an import (core, 核心; it wins)."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_person_metric", "person_id", "metric", "day"),
        Index("uq_entry_source", "chat_id", "message_id", "metric", unique=True),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    metric: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    amount: Mapped[Decimal] = mapped_column(Numeric(20, 2))
    currency: Mapped[str] = mapped_column(String(3))
    day: Mapped[date] = mapped_column(Date)  # as-of date, local
    source: Mapped[str] = mapped_column(String(8), default="self")
    note: Mapped[str] = mapped_column(Text, default="")
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)


class EntryChange(Base):
    """What an entry said before it was corrected; the original is never lost."""

    __tablename__ = "entry_change"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    before: Mapped[str] = mapped_column(Text)  # the changed fields and their former values, JSON


class Routine(Base):
    """The next local occurrence of something that comes every day or week, as an instant."""

    __tablename__ = "routine"
    __table_args__ = (Index("ix_routine_next", "next_at"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)  # digest, plan, gap
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
