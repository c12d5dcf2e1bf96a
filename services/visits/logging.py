"""Logging a contact: by one message, or by buttons."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from domain.contacts import (
    ContactKind,
    Outcome,
)
from domain.followups import FollowUpKind
from domain.hours import instant
from domain.people import LOGGING_ROLES, Actor
from domain.problems import Problem
from services import attachments, targets
from services.attachments import FileWish
from services.clients import learn_alias, see
from services.followups import When
from services.visits.cards import Logged, card, drawn
from services.visits.clocks import close_due, reset_clocks
from services.visits.next_steps import begin_next
from storage.contacts import Contact


@dataclass(frozen=True, slots=True)
class Wish:
    """One contact with one client, as it was understood. ``said_at`` is UTC."""

    client_id: int
    kind: ContactKind
    said_at: datetime
    note: str = ""
    when: When | None = None
    outcome: Outcome | None = None
    next_step: When | None = None
    next_kind: FollowUpKind = FollowUpKind.VISIT
    others: tuple[When, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    chat_id: int | None = None
    message_id: int | None = None
    called: str | None = None
    file: FileWish | None = None


def log(
    session: Session, actor: Actor, wishes: tuple[Wish, ...], now: datetime
) -> tuple[Logged, ...]:
    """Log what one message says. The same message twice is logged once."""
    if actor.role not in LOGGING_ROLES:
        raise Problem("not_allowed")
    return tuple(_log_one(session, actor, wish, part, now) for part, wish in enumerate(wishes))


def _log_one(session: Session, actor: Actor, wish: Wish, part: int, now: datetime) -> Logged:
    client = see(session, actor, wish.client_id, now)
    if (known := _same_message(session, wish, part)) is not None:
        return card(session, actor, known, now, fresh=False)
    happened_at, timed = happened(actor, wish)
    contact = Contact(
        client_id=client.id,
        author_id=actor.id,
        kind=wish.kind,
        outcome=wish.outcome,
        note=wish.note,
        happened_at=happened_at,
        timed=timed,
        logged_at=now,
        details=json.dumps(dict(wish.details), ensure_ascii=False),
        chat_id=wish.chat_id,
        message_id=wish.message_id,
        part=part,
    )
    session.add(contact)
    session.flush()
    files = attachments.join(session, actor, wish.file, contact)
    if wish.called:
        learn_alias(session, client.id, wish.called)
    reset_clocks(client, contact)
    closed = close_due(session, actor, contact, now)
    upcoming = begin_next(session, actor, contact, wish.next_step, wish.next_kind, now)
    targets.after_change(session, actor.id, now)
    return drawn(session, actor, contact, now, upcoming, closed, files, others=wish.others)


def _same_message(session: Session, wish: Wish, part: int) -> Contact | None:
    if wish.message_id is None:
        return None
    source = {"chat": wish.chat_id, "message": wish.message_id, "part": part}
    return session.scalar(_SAME_MESSAGE, source)


_SAME_MESSAGE = select(Contact).where(
    Contact.chat_id == bindparam("chat"),
    Contact.message_id == bindparam("message"),
    Contact.part == bindparam("part"),
)


def happened(actor: Actor, wish: Wish) -> tuple[datetime, bool]:
    """The message's own time, or the day (at noon) or moment that the text names."""
    if wish.when is None:
        return wish.said_at, True
    if wish.when.at is None:
        if wish.when.day == actor.today(wish.said_at):
            return wish.said_at, True
        return instant(wish.when.day, time(12), actor.zone), False
    return instant(wish.when.day, wish.when.at, actor.zone), True


def log_by_button(
    session: Session, actor: Actor, client_id: int, version: int, kind: ContactKind, now: datetime
) -> Logged | None:
    """A contact just now, by buttons only; None when the screen was stale (a second tap)."""
    client = see(session, actor, client_id, now)
    if client.version != version:
        return None
    return log(session, actor, (Wish(client_id, kind, now),), now)[0]
