"""Contacts: logged in one step, corrected, undone; follow-ups open and close with them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from domain.contacts import (
    IN_PERSON,
    MISSED,
    ContactKind,
    Outcome,
    counts_as_contact,
    counts_as_meeting,
)
from domain.followups import Action, FollowUpKind, FollowUpState, Step, step_day
from domain.hours import instant
from domain.people import LOGGING_ROLES, Actor
from domain.problems import Problem
from services import attachments, followups, targets
from services.attachments import FileWish
from services.clients import learn_alias, see
from services.followups import When
from services.seen import ContactLine, FollowUpLine, contact_line, followup_line
from storage.clients import Client
from storage.contacts import Contact, ContactChange
from storage.followups import FollowUp
from storage.house import house
from storage.people import Person


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


@dataclass(frozen=True, slots=True)
class Logged:
    """A contact as the card shows it."""

    contact: ContactLine
    next_step: FollowUpLine | None
    closed: tuple[FollowUpLine, ...]
    late_days: int
    undoable: bool
    others: tuple[When, ...] = ()
    fresh: bool = True
    corrected: bool = False
    undone: bool = False
    files: int = 0


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
    happened_at, timed = _happened(actor, wish)
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
    attachments.join(session, actor, wish.file, contact)
    if wish.called:
        learn_alias(session, client.id, wish.called)
    _reset_clocks(client, contact)
    close_due(session, actor, contact, now)
    if wish.next_step is not None:
        _set_next(session, actor, contact, wish.next_step, wish.next_kind, now)
    targets.after_change(session, actor.id, now)
    return card(session, actor, contact, now, others=wish.others)


def _same_message(session: Session, wish: Wish, part: int) -> Contact | None:
    if wish.message_id is None:
        return None
    return session.scalar(
        select(Contact).where(
            Contact.chat_id == wish.chat_id,
            Contact.message_id == wish.message_id,
            Contact.part == part,
        )
    )


def _happened(actor: Actor, wish: Wish) -> tuple[datetime, bool]:
    """The message's own time, or the day (at noon) or moment that the text names."""
    if wish.when is None:
        return wish.said_at, True
    if wish.when.at is None:
        if wish.when.day == actor.today(wish.said_at):
            return wish.said_at, True
        return instant(wish.when.day, time(12), actor.zone), False
    return instant(wish.when.day, wish.when.at, actor.zone), True


def _reset_clocks(client: Client, contact: Contact) -> None:
    outcome = Outcome(contact.outcome) if contact.outcome else None
    if counts_as_contact(outcome):
        client.last_contact_at = max(
            client.last_contact_at or contact.happened_at, contact.happened_at
        )
    if counts_as_meeting(ContactKind(contact.kind), outcome):
        client.last_meeting_at = max(
            client.last_meeting_at or contact.happened_at, contact.happened_at
        )
    client.version += 1


def recount_clocks(session: Session, client_id: int) -> None:
    """Both clocks from the contacts that stand, after an undo or a correction."""
    counting = (
        Contact.client_id == client_id,
        Contact.undone_at.is_(None),
        Contact.outcome.is_(None) | Contact.outcome.not_in(MISSED),
    )
    latest = select(func.max(Contact.happened_at)).where(*counting)
    client = session.get_one(Client, client_id)
    client.last_contact_at = session.scalar(latest)
    client.last_meeting_at = session.scalar(latest.where(Contact.kind.in_(IN_PERSON)))
    client.version += 1


def close_due(session: Session, actor: Actor, contact: Contact, now: datetime) -> None:
    """A contact that counts finishes the visits and calls that were due with this client."""
    outcome = Outcome(contact.outcome) if contact.outcome else None
    if not counts_as_contact(outcome):
        return
    fitting = [FollowUpKind.CALL]
    if contact.kind in IN_PERSON:
        fitting.append(FollowUpKind.VISIT)
    due = session.scalars(
        select(FollowUp).where(
            FollowUp.client_id == contact.client_id,
            FollowUp.state == FollowUpState.OPEN,
            FollowUp.kind.in_(fitting),
            FollowUp.due_day <= actor.today(contact.happened_at),
            FollowUp.created_at < contact.logged_at,
        )
    )
    for followup in due.all():
        followups.close(session, followup, FollowUpState.DONE, contact.id, now)


def _set_next(
    session: Session, actor: Actor, contact: Contact, when: When, kind: FollowUpKind, now: datetime
) -> FollowUp:
    """The next step that this contact leads to; choosing again moves it."""
    owner = session.get_one(Person, actor.id)
    present = _next_of(session, contact)
    if present is None:
        return followups.add(
            session, owner, contact.client_id, kind, _purpose(contact), when, now, origin=contact.id
        )
    followups.move(session, actor, present.id, present.version, when, now)
    return present


def _purpose(contact: Contact) -> str:
    return " ".join(contact.note.split())[:200]


def _next_of(session: Session, contact: Contact) -> FollowUp | None:
    return session.scalar(
        select(FollowUp)
        .where(FollowUp.origin_contact_id == contact.id, FollowUp.state == FollowUpState.OPEN)
        .order_by(FollowUp.id.desc())
        .limit(1)
    )


def card(
    session: Session,
    actor: Actor,
    contact: Contact,
    now: datetime,
    *,
    fresh: bool = True,
    corrected: bool = False,
    others: tuple[When, ...] = (),
) -> Logged:
    """The card of a contact as it stands."""
    rules = house(session).rules
    upcoming = _next_of(session, contact)
    closed = session.scalars(select(FollowUp).where(FollowUp.closed_by_contact_id == contact.id))
    behind = actor.today(contact.logged_at) - actor.today(contact.happened_at)
    return Logged(
        contact=contact_line(session, contact),
        next_step=followup_line(session, upcoming, now) if upcoming else None,
        closed=tuple(followup_line(session, f, now) for f in closed),
        late_days=behind.days if behind.days > rules.late_entry_days else 0,
        undoable=contact.undone_at is None
        and now - contact.logged_at <= timedelta(minutes=rules.undo_minutes),
        others=others,
        fresh=fresh,
        corrected=corrected,
        undone=contact.undone_at is not None,
        files=attachments.count(session, contact.id),
    )


def own(session: Session, actor: Actor, contact_id: int, now: datetime) -> Contact:
    """The contact, if the actor wrote it and still sees its client."""
    contact = session.get(Contact, contact_id)
    if contact is None or contact.author_id != actor.id:
        raise Problem("no_contact")
    see(session, actor, contact.client_id, now)
    return contact


def look(session: Session, actor: Actor, contact_id: int, now: datetime) -> Logged:
    """The card of one's own contact."""
    return card(session, actor, own(session, actor, contact_id, now), now)


def set_outcome(
    session: Session, actor: Actor, contact_id: int, version: int, outcome: Outcome, now: datetime
) -> Logged:
    """Say what came of it."""
    contact = own(session, actor, contact_id, now)
    if not _open(contact, version):
        return card(session, actor, contact, now, fresh=False)
    _amend(session, actor, contact, {"outcome": outcome}, "button", now)
    return card(session, actor, contact, now)


def set_next_step(
    session: Session, actor: Actor, contact_id: int, version: int, when: When, now: datetime
) -> Logged:
    """Set or move the next step of a contact."""
    contact = own(session, actor, contact_id, now)
    if not _open(contact, version):
        return card(session, actor, contact, now, fresh=False)
    kind = FollowUpKind.CALL if contact.kind == ContactKind.CALL else FollowUpKind.VISIT
    _set_next(session, actor, contact, when, kind, now)
    contact.version += 1
    return card(session, actor, contact, now)


def chip_step(
    session: Session, actor: Actor, contact_id: int, version: int, step: Step, now: datetime
) -> Logged:
    """A next-step chip: tomorrow, in three days, next Monday, in two weeks."""
    day = step_day(step, actor.today(now), house(session).calendar)
    return set_next_step(session, actor, contact_id, version, When(day), now)


def set_kind(
    session: Session, actor: Actor, contact_id: int, version: int, kind: ContactKind, now: datetime
) -> Logged:
    """It was a call, not a visit."""
    contact = own(session, actor, contact_id, now)
    if not _open(contact, version):
        return card(session, actor, contact, now, fresh=False)
    _amend(session, actor, contact, {"kind": kind}, "button", now)
    return card(session, actor, contact, now, corrected=True)


def _open(contact: Contact, version: int) -> bool:
    return contact.version == version and contact.undone_at is None


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
    _reopen_closed(session, contact, now)
    close_due(session, actor, contact, now)
    recount_clocks(session, contact.client_id)
    targets.after_change(session, actor.id, now)


def _reopen_closed(session: Session, contact: Contact, now: datetime) -> None:
    closed = session.scalars(select(FollowUp).where(FollowUp.closed_by_contact_id == contact.id))
    for followup in closed.all():
        followups.reopen(session, followup, now)


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
        fields["happened_at"], fields["timed"] = _happened(actor, wish)
    former = contact.client_id
    if change.client_id is not None and change.client_id != former:
        fields["client_id"] = see(session, actor, change.client_id, now).id
    _amend(session, actor, contact, fields, reason, now)
    if contact.client_id != former:
        _move_next(session, contact, former)
    if change.next_step is not None:
        _set_next(session, actor, contact, change.next_step, change.next_kind, now)
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


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back."""

    contacts: tuple[ContactLine, ...]
    reopened: int
    too_late: bool = False


def undo(session: Session, actor: Actor, contact_id: int, now: datetime) -> Undone:
    """Take back a contact and everything of its message, within the time the rules give.

    Next steps it led to go, follow-ups it closed are open again, the clocks are recounted. The
    rows stay, marked; pressing twice changes nothing.
    """
    contact = own(session, actor, contact_id, now)
    if contact.undone_at is not None:
        return Undone((contact_line(session, contact),), 0)
    if now - contact.logged_at > timedelta(minutes=house(session).rules.undo_minutes):
        return Undone((), 0, too_late=True)
    family = [contact]
    if contact.message_id is not None:
        family = list(
            session.scalars(
                select(Contact).where(
                    Contact.chat_id == contact.chat_id,
                    Contact.message_id == contact.message_id,
                    Contact.undone_at.is_(None),
                )
            )
        )
    reopened = sum(_undo_one(session, member, now) for member in family)
    return Undone(tuple(contact_line(session, member) for member in family), reopened)


def _undo_one(session: Session, contact: Contact, now: datetime) -> int:
    contact.undone_at = now
    contact.version += 1
    led_to = session.scalars(
        select(FollowUp).where(
            FollowUp.origin_contact_id == contact.id, FollowUp.state == FollowUpState.OPEN
        )
    )
    for followup in led_to.all():
        followups.close(session, followup, FollowUpState.CANCELLED, None, now)
    closed = select(func.count()).where(FollowUp.closed_by_contact_id == contact.id)
    reopened = session.scalar(closed) or 0
    _reopen_closed(session, contact, now)
    recount_clocks(session, contact.client_id)
    return reopened


def act(
    session: Session, actor: Actor, followup_id: int, version: int, action: Action, now: datetime
) -> Logged | followups.Acted:
    """A button on the push: the contact is logged and the follow-up finished in one step."""
    followup = followups.theirs(session, actor, followup_id, now)
    if followup.version != version or followup.state != FollowUpState.OPEN:
        return followups.Acted(followup_line(session, followup, now), fresh=False)
    if actor.role not in LOGGING_ROLES or followup.client_id is None:
        raise Problem("not_allowed")
    kind, outcome = followups.outcome_of(action, FollowUpKind(followup.kind))
    contact = Contact(
        client_id=followup.client_id,
        author_id=actor.id,
        kind=kind,
        outcome=outcome,
        note=followup.what,
        happened_at=now,
        timed=True,
        logged_at=now,
    )
    session.add(contact)
    session.flush()
    followups.close(session, followup, FollowUpState.DONE, contact.id, now)
    _reset_clocks(session.get_one(Client, contact.client_id), contact)
    close_due(session, actor, contact, now)
    targets.after_change(session, actor.id, now)
    return card(session, actor, contact, now)


def log_by_button(
    session: Session, actor: Actor, client_id: int, version: int, kind: ContactKind, now: datetime
) -> Logged | None:
    """A contact just now, by buttons only; None when the screen was stale (a second tap)."""
    client = see(session, actor, client_id, now)
    if client.version != version:
        return None
    return log(session, actor, (Wish(client_id, kind, now),), now)[0]
