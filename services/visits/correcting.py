"""Correcting a contact; what it said before is kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.contacts import (
    ContactKind,
    Outcome,
)
from domain.followups import FollowUpKind
from domain.people import Actor
from services import targets
from services.clients import see
from services.followups import When
from services.seen import ContactLine, contact_line
from services.visits.cards import Logged, card, is_current, own
from services.visits.clocks import close_due, recount_clocks
from services.visits.logging import Wish, happened
from services.visits.next_steps import set_next
from services.visits.undoing import reopen_closed
from storage.contacts import Contact, ContactChange
from storage.followups import FollowUp
from storage.house import house


def set_outcome(
    session: Session, actor: Actor, contact_id: int, version: int, outcome: Outcome, now: datetime
) -> Logged:
    """Say what came of it."""
    contact = own(session, actor, contact_id, now)
    if not is_current(contact, version):
        return card(session, actor, contact, now, fresh=False)
    _amend(session, actor, contact, {"outcome": outcome}, "button", now)
    return card(session, actor, contact, now)


def set_kind(
    session: Session, actor: Actor, contact_id: int, version: int, kind: ContactKind, now: datetime
) -> Logged:
    """It was a call, not a visit."""
    contact = own(session, actor, contact_id, now)
    if not is_current(contact, version):
        return card(session, actor, contact, now, fresh=False)
    _amend(session, actor, contact, {"kind": kind}, "button", now)
    return card(session, actor, contact, now, corrected=True)


def _amend(
    session: Session,
    actor: Actor,
    contact: Contact,
    changes: dict[str, Any],
    reason: str,
    now: datetime,
) -> None:
    """Change fields, keep what they said before, and bring the clocks in step."""
    before = {name: getattr(contact, name) for name in changes}
    session.add(
        ContactChange(
            contact_id=contact.id,
            person_id=actor.id,
            at=now,
            reason=reason,
            before=json.dumps(before, ensure_ascii=False, default=str),
        )
    )
    for name, value in changes.items():
        setattr(contact, name, value)
    contact.version += 1
    session.flush()
    reopen_closed(session, contact, now)
    close_due(session, actor, contact, now)
    recount_clocks(session, contact.client_id)
    targets.after_change(session, actor.id, now)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a correction changes; None leaves a field as it is."""

    kind: ContactKind | None = None
    when: When | None = None
    next_step: When | None = None
    next_kind: FollowUpKind = FollowUpKind.VISIT
    outcome: Outcome | None = None
    note: str | None = None
    details: Mapping[str, Any] | None = None
    client_id: int | None = None


def amend(
    session: Session, actor: Actor, contact_id: int, change: Amendment, reason: str, now: datetime
) -> Logged:
    """Correct a contact; ``reason`` is "said" or "edited"."""
    contact = own(session, actor, contact_id, now)
    if contact.undone_at is not None:
        return card(session, actor, contact, now, fresh=False)
    fields: dict[str, Any] = {
        name: value
        for name in ("kind", "outcome", "note")
        if (value := getattr(change, name)) is not None
    }
    if change.details is not None:
        merged = json.loads(contact.details) | dict(change.details)
        fields["details"] = json.dumps(merged, ensure_ascii=False)
    if change.when is not None:
        wish = Wish(
            contact.client_id, ContactKind(contact.kind), contact.logged_at, when=change.when
        )
        fields["happened_at"], fields["timed"] = happened(actor, wish)
    former = contact.client_id
    if change.client_id is not None and change.client_id != former:
        fields["client_id"] = see(session, actor, change.client_id, now).id
    _amend(session, actor, contact, fields, reason, now)
    if contact.client_id != former:
        _move_next(session, contact, former)
    if change.next_step is not None:
        set_next(session, actor, contact, change.next_step, change.next_kind, now)
    return card(session, actor, contact, now, corrected=True)


def _move_next(session: Session, contact: Contact, former: int) -> None:
    """It was another client: the next step belongs to that one, too."""
    recount_clocks(session, former)
    session.execute(
        update(FollowUp)
        .where(FollowUp.origin_contact_id == contact.id)
        .values(client_id=contact.client_id)
    )


def of_message(
    session: Session, actor: Actor, chat_id: int, message_id: int, now: datetime
) -> tuple[int, ...]:
    """Ids of the contacts that were logged from this message and stand."""
    query = (
        select(Contact.id)
        .where(
            Contact.chat_id == chat_id,
            Contact.message_id == message_id,
            Contact.author_id == actor.id,
            Contact.undone_at.is_(None),
        )
        .order_by(Contact.part)
    )
    return tuple(session.scalars(query))


def latest(session: Session, actor: Actor, now: datetime) -> ContactLine | None:
    """The contact that the actor logged last, while it can still be undone or corrected."""
    since = now - timedelta(minutes=house(session).rules.undo_minutes)
    query = (
        select(Contact)
        .where(
            Contact.author_id == actor.id, Contact.logged_at >= since, Contact.undone_at.is_(None)
        )
        .order_by(Contact.logged_at.desc(), Contact.id.desc())
        .limit(1)
    )
    found = session.scalar(query)
    return contact_line(session, found) if found is not None else None
