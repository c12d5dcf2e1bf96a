"""Taking a contact back, with everything that came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.followups import FollowUpState
from domain.people import Actor
from services import followups
from services.seen import ContactLine, contact_line
from services.visits.cards import own
from services.visits.clocks import recount_clocks
from storage.contacts import Contact
from storage.followups import FollowUp
from storage.house import house


def reopen_closed(session: Session, contact: Contact, now: datetime) -> None:
    """Open the follow-ups again that a contact closed."""
    closed = session.scalars(select(FollowUp).where(FollowUp.closed_by_contact_id == contact.id))
    for followup in closed.all():
        followups.reopen(session, followup, now)


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
    reopen_closed(session, contact, now)
    recount_clocks(session, contact.client_id)
    return reopened
