"""The two clocks of a client, contact and meeting in person, and what a contact finishes."""

from datetime import datetime

from sqlalchemy import Date, bindparam, func, select
from sqlalchemy.orm import Session

from domain.contacts import (
    IN_PERSON,
    MISSED,
    ContactKind,
    Outcome,
    counts_as_contact,
    counts_as_meeting,
)
from domain.followups import FollowUpKind, FollowUpState
from domain.people import Actor
from services import followups
from storage.base import UtcDateTime
from storage.clients import Client
from storage.contacts import Contact
from storage.followups import FollowUp


def reset_clocks(client: Client, contact: Contact) -> None:
    """Reset the clocks that a new contact counts for; a later one is never put back."""
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


_DUE = select(FollowUp).where(
    FollowUp.client_id == bindparam("client"),
    FollowUp.state == FollowUpState.OPEN,
    FollowUp.kind.in_(bindparam("kinds", expanding=True)),
    FollowUp.due_day <= bindparam("day", type_=Date),
    FollowUp.created_at < bindparam("logged_at", type_=UtcDateTime),
)


def close_due(session: Session, actor: Actor, contact: Contact, now: datetime) -> list[FollowUp]:
    """A contact that counts finishes the visits and calls that were due with this client."""
    outcome = Outcome(contact.outcome) if contact.outcome else None
    if not counts_as_contact(outcome):
        return []
    fitting = [FollowUpKind.CALL]
    if contact.kind in IN_PERSON:
        fitting.append(FollowUpKind.VISIT)
    wanted = {
        "client": contact.client_id,
        "kinds": fitting,
        "day": actor.today(contact.happened_at),
        "logged_at": contact.logged_at,
    }
    due = list(session.scalars(_DUE, wanted))
    for followup in due:
        followups.close(session, followup, FollowUpState.DONE, contact.id, now)
    return due
