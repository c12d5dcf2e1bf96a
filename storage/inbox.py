"""The inbox: every update is committed here before Telegram may forget it."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String, Text, bindparam, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Id, UtcDateTime

NEW, ANSWERED, DONE, PARKED = "new", "answered", "done", "parked"


class Received(Base):
    """One update, raw, with the answer once there is one.

    ``identity`` is a hash of the update's content with its id: a redelivery has the same, while
    an update after a reset of Telegram's ids has another.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "ix_inbox_open",
            "id",
            sqlite_where=text("state IN ('new', 'answered')"),
            postgresql_where=text("state IN ('new', 'answered')"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    identity: Mapped[str] = mapped_column(String(64), unique=True)
    update_id: Mapped[int] = mapped_column(BigInteger)
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    raw: Mapped[str] = mapped_column(Text)
    # What was hidden in it before it was stored, such as "card"; the raw update never had it.
    masked: Mapped[str | None] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10), default=NEW)
    reply: Mapped[str | None] = mapped_column(Text)
    error: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


_ROWS = Received.__table__
_REPLY = select(_ROWS.c.reply).where(_ROWS.c.id == bindparam("row"))
_ANSWER = (
    update(_ROWS)  # type: ignore[arg-type]
    .where(_ROWS.c.id == bindparam("row"))
    .values(reply=bindparam("given"), state=ANSWERED)
)
_DONE = (
    update(_ROWS)  # type: ignore[arg-type]
    .where(_ROWS.c.id.in_(bindparam("rows", expanding=True)), _ROWS.c.state != PARKED)
    .values(state=DONE, settled_at=bindparam("at"), error=None)
)
_KEEP = {
    name: insert(_ROWS)  # type: ignore[arg-type]
    .on_conflict_do_nothing(index_elements=["identity"])
    .returning(_ROWS.c.id, _ROWS.c.identity)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def keep(session: Session, rows: list[dict[str, object]]) -> list[tuple[int, str]]:
    """Store new updates in order; redelivered ones are dropped. Returns (row id, identity)."""
    if not rows:
        return []
    statement = _KEEP[session.get_bind().dialect.name]
    return [(row.id, row.identity) for row in session.connection().execute(statement, rows)]


def unfinished(session: Session) -> list[Received]:
    """Rows that a former run left unfinished, oldest first."""
    query = select(Received).where(Received.state.in_([NEW, ANSWERED])).order_by(Received.id)
    return list(session.scalars(query))


def stored_reply(session: Session, row_id: int) -> str | None:
    """The answer that this update's use case has already produced."""
    return session.execute(_REPLY, {"row": row_id}).scalar()


def answer(session: Session, row_id: int, reply: str) -> None:
    """Keep the answer in the same transaction as its effects."""
    session.execute(_ANSWER, {"row": row_id, "given": reply})


def settle(session: Session, row_id: int, state: str, at: datetime, error: str | None) -> None:
    """The answer has left, or the update is set aside for a person to look at."""
    session.execute(
        update(Received.__table__)  # type: ignore[arg-type]
        .where(Received.__table__.c.id == row_id)
        .values(state=state, settled_at=at, error=error)
    )


def done(session: Session, row_ids: list[int], at: datetime) -> None:
    """Their answers have left; what was parked meanwhile stays parked. ``at`` is real time."""
    session.execute(_DONE, {"rows": row_ids, "at": at})


def parked(session: Session) -> list[Received]:
    """Updates that were set aside, oldest first."""
    query = select(Received).where(Received.state == PARKED).order_by(Received.id)
    return list(session.scalars(query))


def retry(session: Session, row_id: int) -> bool:
    """Let a parked update be handled again, when the assistant next starts."""
    table = Received.__table__
    result = session.execute(
        update(table)  # type: ignore[arg-type]
        .where(table.c.id == row_id, table.c.state == PARKED)
        .values(state=NEW, error=None, settled_at=None, reply=None)
        .returning(table.c.id)
    )
    return result.scalar() is not None
