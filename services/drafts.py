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
    if data.get("waits"):
        settle_waiting(session, actor, now)
    row = Draft(
        person_id=actor.id, kind=kind, data=json.dumps(dict(data), ensure_ascii=False), at=now
    )
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
    query = (
        select(Draft)
        .where(Draft.person_id == actor.id, Draft.open.is_(True))
        .order_by(Draft.id.desc())
        .limit(1)
    )
    row = session.scalar(query)
    if row is None:
        return None
    data = json.loads(row.data)
    return Begun(row.id, row.kind, data) if data.get("waits") else None


_OPEN = (
    select(Draft.id).where(Draft.person_id == bindparam("person"), Draft.open.is_(True)).limit(1)
)


def any_open(session: Session, actor: Actor) -> bool:
    """Whether ``waiting`` may find anything; cheap enough to ask with every update."""
    return session.scalar(_OPEN, {"person": actor.id}) is not None


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
