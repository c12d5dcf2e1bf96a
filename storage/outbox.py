"""The outbox: notices that Rounds owes someone, claimed with a lease, settled when sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Id, UtcDateTime

WAITING, SENT, MOOT, PARKED = "waiting", "sent", "moot", "parked"
LEASE = timedelta(seconds=30)
BATCH = 100


class Lane(IntEnum):
    """Who goes first when Telegram's rate is the limit."""

    INTERACTIVE = 0
    DUE = 1
    DIGEST = 2
    BROADCAST = 3


class Notice(Base):
    """One push. ``run_at`` is business time; ``hold_until`` (lease, back-off) is real time."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "ix_notice_due",
            "run_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_notice_person_sent", "person_id", "sent_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    facts: Mapped[str] = mapped_column(Text, default="{}")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lane: Mapped[int] = mapped_column(Integer, default=Lane.DUE)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    run_at: Mapped[datetime] = mapped_column(UtcDateTime)
    silent: Mapped[bool] = mapped_column(Boolean, default=False)
    hold_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    attempt: Mapped[int] = mapped_column(Integer, default=0)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    # True from the claim until the outcome is known; found True at a claim, the message may be out.
    in_flight: Mapped[bool] = mapped_column(Boolean, default=False)
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message_id: Mapped[int | None] = mapped_column(Id)
    error: Mapped[str | None] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Claim:
    """A notice that this process may send until its lease ends."""

    id: int
    kind: str
    facts: Mapping[str, Any]
    person_id: int
    lane: int
    due_at: datetime
    silent: bool
    attempt: int
    failures: int
    repeat: bool


def owe(
    session: Session,
    key: str,
    kind: str,
    person_id: int,
    at: datetime,
    *,
    facts: Mapping[str, Any] | None = None,
    lane: Lane = Lane.DUE,
    silent: bool = False,
) -> bool:
    """Put a notice in the outbox unless its key is there already. ``at`` is business time, UTC."""
    row = {
        "key": key, "kind": kind, "person_id": person_id, "lane": int(lane), "due_at": at,
        "run_at": at, "silent": silent, "facts": json.dumps(facts or {}, ensure_ascii=False),
        "attempt": 0, "failures": 0, "in_flight": False, "state": WAITING,
    }  # fmt: skip
    statement = _OWE[session.get_bind().dialect.name]
    return session.execute(statement, row).scalar() is not None


_OWE = {
    name: make(Notice.__table__)  # type: ignore[arg-type]
    .on_conflict_do_nothing(index_elements=["key"])
    .returning(Notice.__table__.c.id)
    for name, make in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}


def withdraw(session: Session, prefix: str) -> None:
    """Notices of a cause that is gone (closed, moved) are no longer owed."""
    session.execute(
        update(Notice)
        .where(Notice.key >= prefix, Notice.key < prefix + "\uffff", Notice.state == WAITING)
        .values(state=MOOT)
        .execution_options(synchronize_session=False)
    )


def claim(
    session: Session, owner: str, now: datetime, real: datetime, limit: int = BATCH
) -> list[Claim]:
    """Take due notices for ``LEASE``; no other process gets them meanwhile."""
    n = Notice.__table__.c
    due = (
        select(n.id)
        .where(
            n.state == WAITING, n.run_at <= now, or_(n.hold_until.is_(None), n.hold_until <= real)
        )
        .order_by(n.lane, n.run_at, n.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    flying = dict(session.execute(select(n.id, n.in_flight).where(n.id.in_(due))).all())
    if not flying:
        return []
    rows = session.execute(
        update(Notice.__table__)  # type: ignore[arg-type]
        .where(n.id.in_(list(flying)))
        .values(lease_owner=owner, hold_until=real + LEASE, attempt=n.attempt + 1, in_flight=True)
        .returning(
            n.id,
            n.kind,
            n.facts,
            n.person_id,
            n.lane,
            n.due_at,
            n.silent,
            n.attempt,
            n.failures,
            n.run_at,
        )
    ).all()
    ordered = sorted(rows, key=lambda row: (row.lane, row.run_at, row.id))
    return [
        Claim(row.id, row.kind, json.loads(row.facts), row.person_id, row.lane, row.due_at,
              row.silent, row.attempt, row.failures, bool(flying[row.id]))
        for row in ordered
    ]  # fmt: skip


def settle(session: Session, notice: Claim, owner: str, **values: object) -> bool:
    """Write the outcome, unless the lease has meanwhile gone to someone else."""
    n = Notice.__table__.c
    result = session.execute(
        update(Notice.__table__)  # type: ignore[arg-type]
        .where(n.id == notice.id, n.lease_owner == owner, n.attempt == notice.attempt)
        .values({"in_flight": False, "lease_owner": None, **values})
        .returning(n.id)
    )
    return result.scalar() is not None


def free_leases(session: Session, owner: str) -> int:
    """Called by a process that runs alone: what its predecessor held is free at once."""
    n = Notice.__table__.c
    result = session.execute(
        update(Notice.__table__)  # type: ignore[arg-type]
        .where(n.state == WAITING, n.lease_owner.is_not(None), n.lease_owner != owner)
        .values(lease_owner=None, hold_until=None)
        .returning(n.id)
    )
    return len(result.all())


def parked(session: Session) -> list[Notice]:
    """What could not be sent, oldest first."""
    return list(session.scalars(select(Notice).where(Notice.state == PARKED).order_by(Notice.id)))


def any_due(session: Session, now: datetime, real: datetime) -> bool:
    """Whether a claim would find anything; a read, so that idle ticks cost no transaction."""
    n = Notice.__table__.c
    query = select(n.id).where(
        n.state == WAITING, n.run_at <= now, or_(n.hold_until.is_(None), n.hold_until <= real)
    )
    return session.execute(query.limit(1)).first() is not None


def retry(session: Session, notice_id: int) -> bool:
    """Owe a parked notice again."""
    n = Notice.__table__.c
    result = session.execute(
        update(Notice.__table__)  # type: ignore[arg-type]
        .where(n.id == notice_id, n.state == PARKED)
        .values(state=WAITING, hold_until=None, error=None, failures=0)
        .returning(n.id)
    )
    return result.scalar() is not None


def release(session: Session, owner: str) -> None:
    """Give back what this process has claimed and not begun to send; called when it stops."""
    n = Notice.__table__.c
    session.execute(
        update(Notice.__table__)  # type: ignore[arg-type]
        .where(n.state == WAITING, n.lease_owner == owner)
        .values(lease_owner=None, hold_until=None)
    )


def bring_back(session: Session, person_id: int) -> None:
    """Notices that waited for the end of a leave are due when they always were."""
    n = Notice.__table__.c
    session.execute(
        update(Notice.__table__)  # type: ignore[arg-type]
        .where(n.person_id == person_id, n.state == WAITING, n.run_at > n.due_at)
        .values(run_at=n.due_at)
    )
