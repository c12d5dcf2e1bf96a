"""Today: what is overdue, due, promised, and whom one has neglected, the most pressing first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from domain.clients import Tier
from domain.followups import FollowUpKind, FollowUpState
from domain.people import Actor
from services.clients import client_state
from services.seen import ClientLine, FollowUpLine, followup_line
from storage import access
from storage.clients import Client
from storage.contacts import Contact
from storage.followups import FollowUp
from storage.house import house
from storage.people import Person

PAGE = 5
MOST_NEGLECTED = 20
AHEAD = timedelta(days=3)


class Why(StrEnum):
    """Why something is on today's list."""

    OVERDUE = "overdue"
    DUE = "due"
    PROMISED = "promised"
    SOON = "soon"
    NEGLECTED = "neglected"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: a follow-up, or a client who is past the contact cadence."""

    why: Why
    followup: FollowUpLine | None
    client: ClientLine | None
    owner: str | None  # only when it is somebody else's


@dataclass(frozen=True, slots=True)
class Today:
    """A page of the list."""

    items: tuple[Item, ...]
    page: int
    pages: int
    overdue: int
    due: int
    neglected: int
    contacts_today: int


def today(session: Session, actor: Actor, now: datetime, page: int = 0) -> Today:
    """The actor's own list (and that of people the actor stands in for)."""
    items = _followups(session, actor, now) + _neglected(session, actor, now)
    pages = max(1, -(-len(items) // PAGE))
    page = min(max(page, 0), pages - 1)
    counted = {why: sum(item.why is why for item in items) for why in Why}
    return Today(
        items=tuple(items[page * PAGE : page * PAGE + PAGE]),
        page=page,
        pages=pages,
        overdue=counted[Why.OVERDUE],
        due=counted[Why.DUE],
        neglected=counted[Why.NEGLECTED],
        contacts_today=_contacts_today(session, actor, now),
    )


def next_item(session: Session, actor: Actor, now: datetime, after: int) -> tuple[Item | None, int]:
    """The item at place ``after`` (0 first) of the working-through, and how many there are."""
    items = _followups(session, actor, now) + _neglected(session, actor, now)
    return (items[after] if 0 <= after < len(items) else None), len(items)


def _owners(session: Session, actor: Actor, now: datetime) -> list[int]:
    return [actor.id, *access.covered(session, actor.id, actor.today(now))]


def _followups(session: Session, actor: Actor, now: datetime) -> list[Item]:
    today = actor.today(now)
    query = (
        select(FollowUp, Person.name)
        .join(Person, Person.id == FollowUp.owner_id)
        .where(
            FollowUp.owner_id.in_(_owners(session, actor, now)),
            FollowUp.state == FollowUpState.OPEN,
            FollowUp.due_day <= today + AHEAD,
        )
        .order_by(FollowUp.due_day, FollowUp.timed.desc(), FollowUp.due_at, FollowUp.id)
    )
    found = []
    for followup, name in session.execute(query):
        line = followup_line(session, followup, now)
        if (why := _why(line, today)) is not None:
            found.append(Item(why, line, None, name if followup.owner_id != actor.id else None))
    return sorted(found, key=lambda item: list(Why).index(item.why))


def _why(followup: FollowUpLine, today: date) -> Why | None:
    """What one has promised to deliver shows some days ahead, a visit or call one day ahead."""
    ahead = (followup.due_day - today).days
    if ahead <= 0:
        return Why.OVERDUE if ahead < 0 else Why.DUE
    if followup.kind is FollowUpKind.TASK:
        return Why.PROMISED
    return Why.SOON if ahead == 1 else None


def _neglected(session: Session, actor: Actor, now: datetime) -> list[Item]:
    """Clients past their cadence without an open follow-up, the most neglected first."""
    cadence = house(session).rules.cadence
    since = func.coalesce(Client.last_contact_at, Client.created_at)
    late = [
        and_(Client.tier == tier, since <= now - timedelta(days=days))
        for tier, days in cadence.items()
        if days is not None
    ]
    planned = select(FollowUp.client_id).where(
        FollowUp.state == FollowUpState.OPEN, FollowUp.client_id.is_not(None)
    )
    query = (
        select(Client)
        .where(
            Client.owner_id.in_(_owners(session, actor, now)),
            access.is_live(),
            or_(*late),
            Client.id.not_in(planned),
        )
        .order_by(since, Client.id)
        .limit(200)
    )
    clients = list(session.scalars(query))

    def overdue(client: Client) -> float:
        days = cadence[Tier(client.tier)] or 1
        return (now - (client.last_contact_at or client.created_at)) / timedelta(days=days)

    clients.sort(key=overdue, reverse=True)
    shown = clients[:MOST_NEGLECTED]
    return [Item(Why.NEGLECTED, None, client_state(session, actor, c, now), None) for c in shown]


def _contacts_today(session: Session, actor: Actor, now: datetime) -> int:
    local = actor.local(now)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    query = select(func.count()).where(
        Contact.author_id == actor.id, Contact.undone_at.is_(None), Contact.happened_at >= start
    )
    return session.scalar(query) or 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A page of all open follow-ups, the soonest first."""

    items: tuple[FollowUpLine, ...]
    page: int
    pages: int
    total: int


def all_followups(session: Session, actor: Actor, now: datetime, page: int = 0) -> Plan:
    """Every open follow-up of the actor (and of people the actor stands in for)."""
    open_ones = (
        FollowUp.owner_id.in_(_owners(session, actor, now)),
        FollowUp.state == FollowUpState.OPEN,
    )
    total = session.scalar(select(func.count()).where(*open_ones)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 0), pages - 1)
    query = select(FollowUp).where(*open_ones).order_by(FollowUp.due_at, FollowUp.id)
    found = session.scalars(query.offset(page * PAGE).limit(PAGE))
    lines = tuple(followup_line(session, followup, now) for followup in found)
    return Plan(lines, page, pages, total)
