"""Finding a client by whatever comes to mind: a name, a part, pinyin, initials, a phone's tail."""

from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from domain.names import core_name, folded
from domain.people import Actor
from services.clients import client_state
from services.seen import ClientLine
from storage import access
from storage.clients import Client, ClientToken
from storage.search import HIGHEST, query_tokens

PAGE = 4
MOST = 200
TYPO_SCORE = 80


@dataclass(frozen=True, slots=True)
class Found:
    """A page of matches, the best first. ``certain`` when there is exactly one way to read it."""

    query: str
    clients: tuple[ClientLine, ...]
    page: int
    total: int
    certain: bool


def find(session: Session, actor: Actor, query: str, now: datetime, page: int = 0) -> Found:
    """Clients that the actor may see and the query fits; own spelling first, then typos."""
    matches = _by_tokens(session, actor, query, now) or _by_typo(session, actor, query, now)
    ranked = sorted(matches, key=lambda client: _rank(client, query, actor))
    exact = [c for c in ranked if _is_exact(c, query)]
    certain = len(ranked) == 1 or len(exact) == 1
    shown = ranked[page * PAGE : page * PAGE + PAGE]
    lines = tuple(client_state(session, actor, client, now) for client in shown)
    return Found(query, lines, page, len(ranked), certain)


def _by_tokens(session: Session, actor: Actor, query: str, now: datetime) -> list[Client]:
    parts = query_tokens(query)
    if not parts:
        return []
    wanted = and_(*(_has_token(part) for part in parts))
    mine = access.visible(session, actor, actor.today(now))
    return list(session.scalars(select(Client).where(mine, wanted).limit(MOST)))


def _has_token(part: str) -> ColumnElement[bool]:
    return exists().where(
        ClientToken.client_id == Client.id,
        ClientToken.token >= part,
        ClientToken.token < part + HIGHEST,
    )


def _by_typo(session: Session, actor: Actor, query: str, now: datetime) -> list[Client]:
    wanted = core_name(query) or folded(query)
    if len(wanted) < 3:
        return []
    mine = access.visible(session, actor, actor.today(now))
    rows = session.execute(select(Client.id, Client.name).where(mine))
    scored = [(fuzz.ratio(wanted, core_name(name)), client_id) for client_id, name in rows]
    close = sorted((s for s in scored if s[0] >= TYPO_SCORE), reverse=True)[: PAGE * 2]
    return [session.get_one(Client, client_id) for _, client_id in close]


def _is_exact(client: Client, query: str) -> bool:
    wanted = folded(query)
    return wanted in (folded(client.name), core_name(client.name))


def _rank(client: Client, query: str, actor: Actor) -> tuple[object, ...]:
    whole = folded(client.name)
    wanted = core_name(query) or folded(query)
    recent = -(client.last_contact_at.timestamp() if client.last_contact_at else 0)
    starts = not whole.startswith(wanted)
    return (client.owner_id != actor.id, not _is_exact(client, query), starts, recent, client.name)
