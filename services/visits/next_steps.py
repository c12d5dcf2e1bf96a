"""The next step that a contact leads to."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.contacts import (
    ContactKind,
)
from domain.followups import FollowUpKind, Step, step_day
from domain.people import Actor
from services import followups
from services.followups import When
from services.visits.cards import Logged, card, is_current, next_of, own
from storage.contacts import Contact
from storage.followups import FollowUp
from storage.house import house
from storage.people import Person


def set_next(
    session: Session, actor: Actor, contact: Contact, when: When, kind: FollowUpKind, now: datetime
) -> FollowUp:
    """The next step that this contact leads to; choosing again moves it."""
    owner = session.get_one(Person, actor.id)
    present = next_of(session, contact)
    if present is None:
        return followups.add(
            session, owner, contact.client_id, kind, _purpose(contact), when, now, origin=contact.id
        )
    followups.move(session, actor, present.id, present.version, when, now)
    return present


def begin_next(
    session: Session,
    actor: Actor,
    contact: Contact,
    when: When | None,
    kind: FollowUpKind,
    now: datetime,
) -> FollowUp | None:
    """The next step of a contact that was just logged, if it named one."""
    if when is None:
        return None
    owner = session.get_one(Person, actor.id)
    return followups.add(
        session, owner, contact.client_id, kind, _purpose(contact), when, now, origin=contact.id
    )


def _purpose(contact: Contact) -> str:
    return " ".join(contact.note.split())[:200]


def set_next_step(
    session: Session, actor: Actor, contact_id: int, version: int, when: When, now: datetime
) -> Logged:
    """Set or move the next step of a contact."""
    contact = own(session, actor, contact_id, now)
    if not is_current(contact, version):
        return card(session, actor, contact, now, fresh=False)
    kind = FollowUpKind.CALL if contact.kind == ContactKind.CALL else FollowUpKind.VISIT
    set_next(session, actor, contact, when, kind, now)
    contact.version += 1
    return card(session, actor, contact, now)


def chip_step(
    session: Session, actor: Actor, contact_id: int, version: int, step: Step, now: datetime
) -> Logged:
    """A next-step chip: tomorrow, in three days, next Monday, in two weeks."""
    day = step_day(step, actor.today(now), house(session).calendar)
    return set_next_step(session, actor, contact_id, version, When(day), now)
