"""Drafts: what was begun and not finished. A row, so that a restart forgets nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from domain.people import Actor
from domain.problems import Problem
from storage.contacts import Draft


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft and what it holds."""

    id: int
    kind: str
    data: Mapping[str, Any]


def begin(
    session: Session, actor: Actor, kind: str, data: Mapping[str, Any], now: datetime
) -> Begun:
    """Start a draft of this kind; an older one that waited for text no longer does."""
    waits = bool(data.get("waits"))
    if waits:
        stop_waiting(session, actor, now)
    text = json.dumps(dict(data), ensure_ascii=False)
    row = Draft(person_id=actor.id, kind=kind, data=text, at=now, waits=waits)
    session.add(row)
    session.flush()
    return Begun(row.id, kind, dict(data))


def open_draft(session: Session, actor: Actor, draft_id: int, now: datetime) -> Begun:
    """The actor's own open draft. Raises ``Problem('draft_gone')``."""
    row = session.get(Draft, draft_id)
    if row is None or row.person_id != actor.id or not row.open:
        raise Problem("draft_gone")
    return Begun(row.id, row.kind, json.loads(row.data))


def finish(session: Session, draft_id: int) -> None:
    """The draft has become something."""
    session.get_one(Draft, draft_id).open = False


def waiting(session: Session, actor: Actor, now: datetime) -> Begun | None:
    """The draft that the next text belongs to, if a screen has asked for one."""
    row = session.scalar(_WAITING, {"person": actor.id})
    return Begun(row.id, row.kind, json.loads(row.data)) if row is not None else None


_WAITING = (
    select(Draft)
    .where(Draft.person_id == bindparam("person"), Draft.open.is_(True), Draft.waits.is_(True))
    .order_by(Draft.id.desc())
    .limit(1)
)
_WAITS = _WAITING.with_only_columns(Draft.id)


def any_open(session: Session, actor: Actor) -> bool:
    """Whether ``waiting`` would find anything; cheap enough to ask with every update."""
    return session.scalar(_WAITS, {"person": actor.id}) is not None


def stop_waiting(session: Session, actor: Actor, now: datetime) -> None:
    """The person has gone elsewhere: no screen waits for a text any more."""
    session.execute(
        update(Draft)
        .where(Draft.person_id == actor.id, Draft.open.is_(True), Draft.waits.is_(True))
        .values(open=False)
    )


def asked_since(session: Session, actor: Actor, since: datetime | None, now: datetime) -> bool:
    """Whether a question about a log is open, asked after ``since`` (UTC)."""
    query = select(Draft.id).where(
        Draft.person_id == actor.id, Draft.open.is_(True), Draft.kind == "log"
    )
    if since is not None:
        query = query.where(Draft.at >= since)
    return session.scalar(query.limit(1)) is not None


def settle_waiting(session: Session, actor: Actor, now: datetime) -> int:
    """Close every open draft (/cancel, or a new beginning). Returns how many there were."""
    result = session.execute(
        update(Draft)
        .where(Draft.person_id == actor.id, Draft.open.is_(True))
        .values(open=False)
        .returning(Draft.id)
    )
    return len(result.all())


def drop(session: Session, actor: Actor, draft_id: int, now: datetime) -> bool:
    """Forget a draft; one that is gone already is no error."""
    row = session.get(Draft, draft_id)
    if row is None or row.person_id != actor.id or not row.open:
        return False
    row.open = False
    return True


def is_open(session: Session, actor: Actor, draft_id: int) -> bool:
    """Whether this draft of the actor's has not become anything yet."""
    row = session.get(Draft, draft_id)
    return row is not None and row.person_id == actor.id and row.open
