"""Figures from the chat (自报): recorded, corrected by editing the message, undone in time."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.figures import SELF
from domain.people import LOGGING_ROLES, Actor
from domain.problems import Problem
from domain.targets import COUNTED, Period
from services.targets import crossing
from services.targets.actuals import figures
from services.targets.standing import Standing, levels_of, pace_for, standing
from storage import access
from storage.clients import Client
from storage.house import house
from storage.people import Person
from storage.targets import Entry, EntryChange, Target

MOST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class EntryWish:
    """A figure as it was understood.

    ``amount`` is a change, negative for what went away. ``currency`` None means the bank's own.
    ``day`` is the as-of date on the writer's calendar, None for the day of ``said_at`` (UTC).
    """

    metric: str
    amount: Decimal
    said_at: datetime
    client_id: int | None = None
    currency: str | None = None
    day: date | None = None
    note: str = ""
    chat_id: int | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class EntryRecorded:
    """An entry as the card shows it, with the targets that it counts towards."""

    id: int
    version: int
    metric: str
    amount: Decimal
    currency: str
    client_id: int | None
    client: str | None
    day: date
    standings: tuple[Standing, ...]
    undoable: bool
    fresh: bool = True
    corrected: bool = False
    undone: bool = False


def record_entry(session: Session, actor: Actor, wish: EntryWish, now: datetime) -> EntryRecorded:
    """Record a figure; the same message again corrects it, and changes nothing if it is equal.

    Raises ``Problem``: ``not_allowed``, ``no_client``, ``entry_metric`` (not among the bank's),
    ``entry_counted`` (counts itself from the log), ``entry_amount``, ``entry_currency``,
    ``entry_future``.
    """
    values = _understood(session, actor, wish)
    row = of_message(session, actor, wish.chat_id, wish.message_id)
    if row is None:
        row = Entry(person_id=actor.id, source=SELF, chat_id=wish.chat_id, at=now,
                    message_id=wish.message_id, **values)  # fmt: skip
        session.add(row)
        session.flush()
        crossing.after_change(session, actor.id, now, {row.metric})
        return card(session, actor, row, now)
    changed = _correct(session, actor, row, values, now)
    return card(session, actor, row, now, fresh=changed, corrected=changed)


def _understood(session: Session, actor: Actor, wish: EntryWish) -> dict[str, object]:
    """The columns of the row, once everything about the wish is in order."""
    rules = house(session).rules
    if actor.role not in LOGGING_ROLES:
        raise Problem("not_allowed")
    if wish.metric in COUNTED:
        raise Problem("entry_counted", metric=wish.metric)
    if wish.metric not in rules.metrics:
        raise Problem("entry_metric", metric=wish.metric)
    if wish.amount == 0 or abs(wish.amount) >= MOST:
        raise Problem("entry_amount")
    if wish.currency not in (None, rules.currency):
        raise Problem("entry_currency", currency=wish.currency, own=rules.currency)
    said = actor.today(wish.said_at)
    if wish.day is not None and wish.day > said:
        raise Problem("entry_future")
    _client_of(session, actor, wish.client_id, said)
    return {
        "metric": wish.metric, "amount": wish.amount, "currency": rules.currency,
        "client_id": wish.client_id, "day": wish.day or said, "note": wish.note,
    }  # fmt: skip


def _client_of(session: Session, actor: Actor, client_id: int | None, today: date) -> None:
    if client_id is not None and access.find_client(session, actor, client_id, today) is None:
        raise Problem("no_client")


def of_message(
    session: Session, actor: Actor, chat_id: int | None, message_id: int | None
) -> Entry | None:
    """The entry that the actor wrote in this message, undone or not."""
    if chat_id is None or message_id is None:
        return None
    query = select(Entry).where(
        Entry.chat_id == chat_id, Entry.message_id == message_id, Entry.person_id == actor.id
    )
    return session.scalar(query.with_for_update())


def retract(session: Session, actor: Actor, source: tuple[int, int], now: datetime) -> None:
    """The message (chat id, message id) was edited into something else: its entry is gone."""
    row = of_message(session, actor, *source)
    if row is not None and row.undone_at is None:
        row.undone_at, row.version = now, row.version + 1
        session.flush()


def _correct(
    session: Session, actor: Actor, row: Entry, values: dict[str, object], now: datetime
) -> bool:
    """Bring the row to what the edited message says; an undone one counts again."""
    if row.undone_at is not None:
        values = values | {"undone_at": None}
    before = {
        name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value
    }
    if not before:
        return False
    kept = json.dumps(before, ensure_ascii=False, default=str)
    session.add(EntryChange(entry_id=row.id, person_id=actor.id, at=now, before=kept))
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    session.flush()
    crossing.after_change(session, actor.id, now, {row.metric})
    return True


def undo_entry(
    session: Session, actor: Actor, entry_id: int, version: int, now: datetime
) -> EntryRecorded:
    """Take an entry back within the undo time; a stale press shows how it stands.

    Raises ``Problem``: ``entry_gone``, ``undo_too_late``.
    """
    row = _own(session, actor, entry_id)
    if row.version != version or row.undone_at is not None:
        return card(session, actor, row, now, fresh=False)
    if not _undoable(session, row, now):
        raise Problem("undo_too_late")
    row.undone_at, row.version = now, row.version + 1
    session.flush()
    return card(session, actor, row, now)


def assign_client(
    session: Session, actor: Actor, entry_id: int, version: int, client_id: int, now: datetime
) -> EntryRecorded:
    """The entry is about this client.

    Raises ``Problem``: ``entry_gone``, ``no_client``.
    """
    row = _own(session, actor, entry_id)
    if row.version != version or row.undone_at is not None:
        return card(session, actor, row, now, fresh=False)
    _client_of(session, actor, client_id, actor.today(now))
    changed = _correct(session, actor, row, {"client_id": client_id}, now)
    return card(session, actor, row, now, fresh=changed)


def set_amount(
    session: Session, actor: Actor, entry_id: int, version: int, amount: Decimal, now: datetime
) -> EntryRecorded:
    """It was another amount (a button, or “no, 300k”).

    Raises ``Problem``: ``entry_gone``, ``entry_amount``.
    """
    row = _own(session, actor, entry_id)
    if row.version != version or row.undone_at is not None:
        return card(session, actor, row, now, fresh=False)
    if amount == 0 or abs(amount) >= MOST:
        raise Problem("entry_amount")
    changed = _correct(session, actor, row, {"amount": amount}, now)
    return card(session, actor, row, now, fresh=changed, corrected=changed)


def _own(session: Session, actor: Actor, entry_id: int) -> Entry:
    row = session.get(Entry, entry_id, with_for_update=True)
    if row is None or row.person_id != actor.id or row.source != SELF:
        raise Problem("entry_gone")
    return row


def _undoable(session: Session, row: Entry, now: datetime) -> bool:
    time = timedelta(minutes=house(session).rules.undo_minutes)
    return row.undone_at is None and now - row.at <= time


def card(session: Session, actor: Actor, row: Entry, now: datetime, *, fresh: bool = True,
         corrected: bool = False) -> EntryRecorded:  # fmt: skip
    """The entry as it stands, beside the present state of every target that it counts towards."""
    client = session.get(Client, row.client_id) if row.client_id is not None else None
    return EntryRecorded(
        id=row.id,
        version=row.version,
        metric=row.metric,
        amount=row.amount,
        currency=row.currency,
        client_id=row.client_id,
        client=client.name if client else None,
        day=row.day,
        standings=_touched(session, row, now),
        undoable=_undoable(session, row, now),
        fresh=fresh,
        corrected=corrected,
        undone=row.undone_at is not None,
    )


def _touched(session: Session, row: Entry, now: datetime) -> tuple[Standing, ...]:
    person = session.get_one(Person, row.person_id)
    query = select(Target).where(
        Target.person_id == person.id, Target.metric == row.metric,
        Target.period_start <= row.day, Target.period_end >= row.day,
    ).order_by(Target.period_end)  # fmt: skip
    return tuple(_stand(session, target, person, now) for target in session.scalars(query))


def _stand(session: Session, target: Target, person: Person, now: datetime) -> Standing:
    period, today = Period(target.period_start, target.period_end), person.as_actor().today(now)
    figure = figures(session, [person], target.metric, period, today)[person.id]
    steps = pace_for(session, person, period, now)
    return standing(target.metric, period, levels_of(target), figure, steps, today, target.id,
                    target.version)  # fmt: skip


def latest_entry(session: Session, actor: Actor, now: datetime) -> EntryRecorded | None:
    """The actor's last entry while it can still be undone (for /undo and spoken corrections)."""
    since = now - timedelta(minutes=house(session).rules.undo_minutes)
    query = (
        select(Entry)
        .where(Entry.person_id == actor.id, Entry.source == SELF, Entry.at >= since,
               Entry.undone_at.is_(None))
        .order_by(Entry.at.desc(), Entry.id.desc())
        .limit(1)
    )  # fmt: skip
    row = session.scalar(query)
    return card(session, actor, row, now) if row is not None else None
