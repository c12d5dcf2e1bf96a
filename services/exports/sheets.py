"""What is exported: live rows, one at a time, as large as the house may be.

Instants are ISO 8601 with the offset of the owner's zone; where only a day was named, the day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Executable, and_, func, or_, select
from sqlalchemy.orm import Session

from domain.people import Actor
from domain.problems import Problem
from services.exports.cells import Value
from services.exports.what import What
from services.targets.export import TargetRow, export_rows
from storage import access
from storage.clients import Client
from storage.contacts import Contact
from storage.followups import FollowUp
from storage.people import Person, Team

_AT_ONCE = 500
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The names of the columns, and the rows as they are read."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def sheet(session: Session, what: What, actor: Actor | None, now: datetime) -> Sheet:
    """A list as ``actor`` may see it (None: the operator at the shell, who sees all that is live).

    Targets go out at the shell only; a person who asks for them gets ``Problem('not_allowed')``.

    The rows come from the session while they are taken; take them before it ends.
    """
    if what is What.TARGETS:
        if actor is not None:
            raise Problem("not_allowed")
        return _targets(session, now)
    return _MAKERS[what](session, scope(session, what, actor, now))


def scope(session: Session, what: What, actor: Actor | None, now: datetime) -> ColumnElement[bool]:
    """The rows that ``actor`` may have. A follow-up without a client is its owner's alone."""
    live = access.is_live()
    seen = live if actor is None else access.visible(session, actor, actor.today(now))
    if what is not What.FOLLOWUPS:
        return seen
    private: ColumnElement[bool] = FollowUp.client_id.is_(None)
    if actor is not None:
        private = and_(private, FollowUp.owner_id == actor.id)
    return or_(and_(FollowUp.client_id.is_not(None), seen), private)


def _stream(session: Session, query: Executable) -> Iterator[Any]:
    return iter(session.execute(query.execution_options(yield_per=_AT_ONCE)))


def _clients(session: Session, scope: ColumnElement[bool]) -> Sheet:
    columns = (
        "id", "name", "kind", "tier", "owner", "team", "phone", "code", "email", "contact_name",
        "city", "address", "industry", "remark", "lat", "lon", "last_contact", "created",
    )  # fmt: skip
    query = (
        select(
            Client.id, Client.name, Client.kind, Client.tier, Person.name, Team.name, Client.phone,
            Client.code, Client.email, Client.contact_name, Client.city, Client.address,
            Client.industry, Client.remark, Client.lat, Client.lon, Client.last_contact_at,
            Client.created_at, Person.zone_name,
        )
        .join(Person, Person.id == Client.owner_id, isouter=True)
        .join(Team, Team.id == Client.team_id, isouter=True)
        .where(scope)
        .order_by(Client.id)
    )  # fmt: skip
    rows = (
        (*row[:16], _moment(row[16], row[18]), _moment(row[17], row[18]))
        for row in _stream(session, query)
    )
    return Sheet(columns, rows)


def _visits(session: Session, scope: ColumnElement[bool]) -> Sheet:
    columns = ("id", "client", "owner", "kind", "when", "note", "outcome", "follow_up", "client_id",
               "logged")  # fmt: skip
    earliest = (
        select(func.min(FollowUp.id))
        .where(FollowUp.origin_contact_id == Contact.id, FollowUp.state != "cancelled")
        .correlate(Contact)
        .scalar_subquery()
    )
    query = (
        select(
            Contact.id, Client.name, Person.name, Contact.kind, Contact.happened_at, Contact.note,
            Contact.outcome, FollowUp.due_at, FollowUp.due_day, FollowUp.timed, Client.id,
            Contact.logged_at, Person.zone_name,
        )
        .join(Client, Client.id == Contact.client_id)
        .join(Person, Person.id == Contact.author_id)
        .join(FollowUp, FollowUp.id == earliest, isouter=True)
        .where(Contact.undone_at.is_(None), scope)
        .order_by(Contact.id)
    )  # fmt: skip
    rows = (
        (r[0], r[1], r[2], r[3], _moment(r[4], r[12]), r[5], r[6], _due(r[7], r[8], r[9], r[12]),
         r[10], _moment(r[11], r[12]))
        for r in _stream(session, query)
    )  # fmt: skip
    return Sheet(columns, rows)


def _followups(session: Session, scope: ColumnElement[bool]) -> Sheet:
    columns = ("id", "client", "owner", "kind", "what", "due", "state", "promised", "client_id",
               "created", "closed")  # fmt: skip
    query = (
        select(
            FollowUp.id, Client.name, Person.name, FollowUp.kind, FollowUp.what, FollowUp.due_at,
            FollowUp.due_day, FollowUp.timed, FollowUp.state, FollowUp.promised, Client.id,
            FollowUp.created_at, FollowUp.closed_at, Person.zone_name,
        )
        .join(Client, Client.id == FollowUp.client_id, isouter=True)
        .join(Person, Person.id == FollowUp.owner_id)
        .where(scope)
        .order_by(FollowUp.id)
    )  # fmt: skip
    rows = (
        (r[0], r[1], r[2], r[3], r[4], _due(r[5], r[6], r[7], r[13]), r[8], r[9], r[10],
         _moment(r[11], r[13]), _moment(r[12], r[13]))
        for r in _stream(session, query)
    )  # fmt: skip
    return Sheet(columns, rows)


def _targets(session: Session, now: datetime) -> Sheet:
    columns = tuple(field.name for field in fields(TargetRow))
    rows = (
        tuple(_plain(getattr(row, column)) for column in columns)
        for row in export_rows(session, now)
    )
    return Sheet(columns, rows)


def _plain(value: Any) -> Value:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _due(at: datetime | None, day: date, timed: bool, zone_name: str) -> str | None:
    if at is None:
        return None
    return _moment(at, zone_name) if timed else str(day)


def _moment(instant: datetime | None, zone_name: str | None) -> str | None:
    if instant is None:
        return None
    return instant.astimezone(_zone(zone_name or "UTC")).isoformat(timespec="seconds")


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


_MAKERS: dict[What, Callable[[Session, ColumnElement[bool]], Sheet]] = {
    What.CLIENTS: _clients,
    What.VISITS: _visits,
    What.FOLLOWUPS: _followups,
}
