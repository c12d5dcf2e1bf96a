"""/undo: take back whatever the person recorded last."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.people import Actor
from services import visits
from services.visits import Undone

Last = Undone | None


def last(session: Session, actor: Actor, now: datetime) -> Last:
    """Undo the latest contact that can still be undone; None when there is none."""
    latest = visits.latest(session, actor, now)
    return visits.undo(session, actor, latest.id, now) if latest is not None else None
