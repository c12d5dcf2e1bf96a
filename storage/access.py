"""Who may see which client. Search, buttons, reports, exports and pushes all ask here."""

from datetime import date

from sqlalchemy import ColumnElement, Date, and_, bindparam, false, or_, select
from sqlalchemy.orm import Session

from domain.people import Actor, Role
from storage.clients import Client, ImportBatch
from storage.people import Person


def is_live() -> ColumnElement[bool]:
    """Clients of an import that is not (or no longer) live exist for nobody."""
    hidden = select(ImportBatch.id).where(ImportBatch.state != "live")
    return or_(Client.batch_id.is_(None), Client.batch_id.not_in(hidden))


def visible(session: Session, actor: Actor, today: date) -> ColumnElement[bool]:
    """The clients that ``actor`` may see on ``today`` (a date in the actor's zone).

    A manager: own clients, and those of people on leave whom the manager stands in for. A lead:
    the team's as well. An auditor: all. Everyone else: none.
    """
    if actor.role is Role.AUDITOR:
        return is_live()
    owners = owners_seen(session, actor, today)
    if not owners:
        return false()
    mine: ColumnElement[bool] = Client.owner_id.in_(owners)
    if actor.role is Role.LEAD and actor.team_id is not None:
        mine = or_(mine, and_(Client.team_id == actor.team_id, Client.owner_id.is_(None)))
    return and_(mine, is_live())


def owners_seen(session: Session, actor: Actor, today: date) -> list[int]:
    """Ids of the people whose portfolios ``actor`` may work with."""
    if actor.role not in (Role.MANAGER, Role.LEAD):
        return []
    memo: dict[tuple[int, date], list[int]] = session.info.setdefault("owners_seen", {})
    if (actor.id, today) not in memo:
        owners = [actor.id, *covered(session, actor.id, today)]
        if actor.role is Role.LEAD and actor.team_id is not None:
            owners += session.scalars(select(Person.id).where(Person.team_id == actor.team_id))
        memo[actor.id, today] = sorted(set(owners))
    return memo[actor.id, today]


def covered(session: Session, person_id: int, today: date) -> list[int]:
    """Ids of the people on leave whom this person stands in for today (代管)."""
    return list(session.scalars(_COVERED, {"stand_in": person_id, "today": today}))


_COVERED = select(Person.id).where(
    Person.stand_in_id == bindparam("stand_in"),
    Person.away_from <= bindparam("today", type_=Date),
    Person.away_until >= bindparam("today", type_=Date),
)
_OWNED = select(Client).where(
    Client.id == bindparam("client_id"),
    Client.owner_id.in_(bindparam("owners", expanding=True)),
    is_live(),
)


def find_client(session: Session, actor: Actor, client_id: int, today: date) -> Client | None:
    """This client, if the actor may see it; otherwise None, whether or not it exists."""
    if actor.role is Role.MANAGER:  # the hot path: the same rule as ``visible``, built once
        owners = owners_seen(session, actor, today)
        return session.scalar(_OWNED, {"client_id": client_id, "owners": owners})
    query = select(Client).where(Client.id == client_id, visible(session, actor, today))
    return session.scalar(query)
