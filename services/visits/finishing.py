"""A button on a push: the contact is logged and the follow-up finished in one step."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.followups import Action, FollowUpKind, FollowUpState
from domain.people import LOGGING_ROLES, Actor
from domain.problems import Problem
from services import followups, targets
from services.seen import followup_line
from services.visits.cards import Logged, card
from services.visits.clocks import close_due, reset_clocks
from storage.clients import Client
from storage.contacts import Contact


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
    reset_clocks(session.get_one(Client, contact.client_id), contact)
    close_due(session, actor, contact, now)
    targets.after_change(session, actor.id, now)
    return card(session, actor, contact, now)
