"""Figures from the bank's core system (核心): imported as rows, they win over what was reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.figures import CORE, ZERO
from domain.problems import Problem
from domain.targets import AVERAGED, COUNTED
from services.targets import crossing
from storage.clients import Client
from storage.house import house
from storage.people import Person
from storage.targets import Entry


@dataclass(frozen=True, slots=True)
class CoreRow:
    """One figure of the core system.

    ``amount`` is the balance at the end of ``day`` for deposits, and what was booked on ``day``
    for everything else, in the bank's own currency. Without a client (its name or code) it is
    the whole figure of the person. ``row`` is the row's number in its file, for the report.
    """

    row: int
    metric: str
    person: str
    amount: Decimal
    day: date
    client: str | None = None


@dataclass(frozen=True, slots=True)
class CoreRecorded:
    """What came of an import: figures stored, and refused rows with the key of the reason."""

    accepted: int
    refused: tuple[tuple[int, str], ...]


_Key = tuple[str, int, int | None, date]


def record_core(session: Session, rows: Iterable[CoreRow], now: datetime) -> CoreRecorded:
    """Store core figures; the same metric, person, client and day again replaces the former one.

    Several rows of one call for the same add up (two loans on one day, two accounts of a client).
    Rows that name an unknown person,
    client or metric are refused with the catalogue key of the reason and change nothing.
    """
    sums: dict[_Key, Decimal] = {}
    refused: list[tuple[int, str]] = []
    accepted = 0
    for row in rows:
        try:
            key = _key(session, row, now)
        except Problem as problem:
            refused.append((row.row, problem.key))
            continue
        sums[key] = sums.get(key, ZERO) + row.amount
        accepted += 1
    for key, amount in sums.items():
        _store(session, key, amount, now)
    session.flush()
    for person_id in sorted({key[1] for key in sums}):
        crossing.after_change(session, person_id, now, {key[0] for key in sums})
    return CoreRecorded(accepted, tuple(refused))


def _key(session: Session, row: CoreRow, now: datetime) -> _Key:
    if row.metric not in house(session).rules.metrics or row.metric in COUNTED:
        raise Problem("core_metric", metric=row.metric)
    if row.metric in AVERAGED and row.amount < 0:
        raise Problem("core_amount")
    person = session.scalar(select(Person).where(Person.name == " ".join(row.person.split())))
    if person is None:
        raise Problem("core_person", name=row.person)
    if row.day > person.as_actor().today(now):
        raise Problem("core_future")
    return row.metric, person.id, _client(session, row, person), row.day


def _client(session: Session, row: CoreRow, person: Person) -> int | None:
    """By code first, then by the exact name, among the person's clients before all others."""
    if row.client is None or not row.client.strip():
        return None
    text = row.client.strip()
    query = (
        select(Client.id)
        .where((Client.code == text) | (Client.name == text))
        .order_by(Client.code != text, Client.owner_id != person.id, Client.id)
        .limit(1)
    )
    found = session.scalar(query)
    if found is None:
        raise Problem("core_client", name=text)
    return found


def _store(session: Session, key: _Key, amount: Decimal, now: datetime) -> None:
    metric, person_id, client_id, day = key
    row = session.scalar(
        select(Entry).where(
            Entry.source == CORE, Entry.metric == metric, Entry.person_id == person_id,
            Entry.client_id.is_(None) if client_id is None else Entry.client_id == client_id,
            Entry.day == day, Entry.undone_at.is_(None),
        )
    )  # fmt: skip
    if row is None:
        row = Entry(metric=metric, person_id=person_id, client_id=client_id, day=day, source=CORE,
                    amount=amount, currency=house(session).rules.currency, at=now)  # fmt: skip
        session.add(row)
        return
    if row.amount != amount:
        row.amount, row.at, row.version = amount, now, row.version + 1
