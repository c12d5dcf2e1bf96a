"""The card of a contact: everything a person sees of what was logged."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from domain.followups import FollowUpState
from domain.people import Actor
from domain.problems import Problem
from services import attachments
from services.clients import see
from services.followups import When
from services.seen import ContactLine, FollowUpLine, contact_line, followup_line
from storage.contacts import Contact
from storage.followups import FollowUp
from storage.house import house


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


_NEXT = (
    select(FollowUp)
    .where(FollowUp.origin_contact_id == bindparam("contact"), FollowUp.state == FollowUpState.OPEN)
    .order_by(FollowUp.id.desc())
    .limit(1)
)


def next_of(session: Session, contact: Contact) -> FollowUp | None:
    """The open next step that a contact led to."""
    return session.scalar(_NEXT, {"contact": contact.id})


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
    closed = session.scalars(select(FollowUp).where(FollowUp.closed_by_contact_id == contact.id))
    return drawn(
        session, actor, contact, now, next_of(session, contact), list(closed),
        attachments.count(session, contact.id), fresh=fresh, corrected=corrected, others=others,
    )  # fmt: skip


def drawn(
    session: Session,
    actor: Actor,
    contact: Contact,
    now: datetime,
    upcoming: FollowUp | None,
    closed: list[FollowUp],
    files: int,
    *,
    fresh: bool = True,
    corrected: bool = False,
    others: tuple[When, ...] = (),
) -> Logged:
    """The card from what is already known: what the contact led to, closed, and brought."""
    rules = house(session).rules
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
        files=files,
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


def is_current(contact: Contact, version: int) -> bool:
    """Whether a button was drawn for the contact as it stands."""
    return contact.version == version and contact.undone_at is None
