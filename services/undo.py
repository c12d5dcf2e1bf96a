"""/undo and “不对”: which of the things that a person recorded came last."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.people import Actor
from services import targets, visits
from services.targets import EntryRecorded
from services.visits import Undone
from storage.house import house
from storage.targets import Entry

Last = Undone | EntryRecorded | None


def last(session: Session, actor: Actor, now: datetime) -> Last:
    """Undo the latest contact or entry that can still be undone; None when there is none."""
    if entry_is_last(session, actor, now):
        entry = targets.latest_entry(session, actor, now)
        assert entry is not None
        return targets.undo_entry(session, actor, entry.id, entry.version, now)
    latest = visits.latest(session, actor, now)
    return visits.undo(session, actor, latest.id, now) if latest is not None else None


def entry_is_last(session: Session, actor: Actor, now: datetime) -> bool:
    """Whether an entry was recorded after the latest contact, both within the undo time."""
    since = now - timedelta(minutes=house(session).rules.undo_minutes)
    mine = (Entry.person_id == actor.id, Entry.source == "self", Entry.undone_at.is_(None))
    query = select(Entry.at).where(*mine, Entry.at >= since).order_by(Entry.at.desc()).limit(1)
    entry_at = session.scalar(query)
    latest = visits.latest(session, actor, now)
    return entry_at is not None and (latest is None or entry_at > latest.logged_at)
