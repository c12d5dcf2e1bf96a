"""Clients: new ones, corrections, names to find them by, and the one-page brief."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.clients import DEFAULT_TIER, Band, ClientKind, Tier, band, tiers_of
from domain.names import Names, folded
from domain.people import Actor, Role
from domain.problems import Problem
from services.seen import ClientLine, ContactLine, FollowUpLine, contact_line, followup_line, line
from storage import access, search
from storage.clients import Client, ClientAlias, ClientChange, touch_portfolio
from storage.contacts import Contact
from storage.followups import FollowUp
from storage.house import house
from storage.people import Person

RECENT_CONTACTS = 3
EDITABLE = ("name", "phone", "contact_name", "address")


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything to know before walking in. Instants are UTC."""

    client: ClientLine
    tier: Tier
    kind: ClientKind
    owner: str | None
    phone: str | None
    code: str | None
    contact_name: str | None
    address: str | None
    industry: str | None
    remark: str | None
    may_log: bool
    cadence_days: int | None
    last_contact: ContactLine | None
    last_meeting_at: datetime | None
    overdue: tuple[FollowUpLine, ...]
    upcoming: tuple[FollowUpLine, ...]
    contacts_total: int
    amounts: tuple[tuple[Decimal, str | None], ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client that was just entered, and older ones that look the same."""

    client: ClientLine
    twins: tuple[ClientLine, ...]


def see(session: Session, actor: Actor, client_id: int, now: datetime) -> Client:
    """The client, or ``Problem('no_client')`` – the same whether it is missing or not theirs."""
    client = access.find_client(session, actor, client_id, actor.today(now))
    if client is None:
        raise Problem("no_client")
    return client


def names(session: Session, actor: Actor, now: datetime) -> Names:
    """The index that finds this actor's clients inside a sentence."""
    mine = access.visible(session, actor, actor.today(now))
    aliases: dict[int, list[str]] = {}
    query = select(ClientAlias.client_id, ClientAlias.alias).join(Client).where(mine)
    for client_id, alias in session.execute(query):
        aliases.setdefault(client_id, []).append(alias)
    rows = session.execute(select(Client.id, Client.name).where(mine))
    return Names((client_id, name, tuple(aliases.get(client_id, ()))) for client_id, name in rows)


def create(session: Session, actor: Actor, name: str, now: datetime, *,
           kind: ClientKind = ClientKind.CORPORATE, tier: Tier | None = None,
           phone: str | None = None) -> NewClient:  # fmt: skip
    """Enter a client as the actor's own. Raises ``Problem`` for an empty or overlong name."""
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise Problem("client_name_length")
    twins = _twins(session, actor, name, now)
    client = Client(
        name=name, kind=kind, tier=tier or DEFAULT_TIER[kind], phone=phone, owner_id=actor.id,
        team_id=actor.team_id, created_at=now, created_by=actor.id,
    )  # fmt: skip
    session.add(client)
    session.flush()
    search.index(session, client)
    touch_portfolio(session, actor.id)
    return NewClient(line(client), twins)


def _twins(session: Session, actor: Actor, name: str, now: datetime) -> tuple[ClientLine, ...]:
    mine = access.visible(session, actor, actor.today(now))
    found = session.scalars(select(Client).where(mine, Client.name == name).limit(3))
    return tuple(line(client) for client in found)


def change(session: Session, actor: Actor, client_id: int, field: str, value: str,
           now: datetime) -> Brief:  # fmt: skip
    """Correct one field; what it said before is kept. Raises ``Problem``."""
    client = see(session, actor, client_id, now)
    if field not in EDITABLE or actor.role is Role.AUDITOR:
        raise Problem("not_allowed")
    value = " ".join(value.split())
    limit: int = Client.__table__.c[field].type.length  # type: ignore[attr-defined]
    if len(value) > limit or (field == "name" and not value):
        raise Problem("value_length", limit=limit)
    _record(session, actor, client, field, value or None, now)
    search.index(session, client)
    touch_portfolio(session, client.owner_id)
    return brief(session, actor, client_id, now)


def set_tier(session: Session, actor: Actor, client_id: int, tier: Tier, version: int,
             now: datetime) -> Brief:  # fmt: skip
    """Choose the tier that the contact cadence follows."""
    client = see(session, actor, client_id, now)
    if tier not in tiers_of(ClientKind(client.kind)):
        raise Problem("not_allowed")
    if client.version == version and client.tier != tier:
        _record(session, actor, client, "tier", tier, now)
    return brief(session, actor, client_id, now)


def _record(session: Session, actor: Actor, client: Client, field: str, value: str | None,
            now: datetime) -> None:  # fmt: skip
    session.add(ClientChange(client_id=client.id, person_id=actor.id, at=now, field=field,
                             before=getattr(client, field), after=value))  # fmt: skip
    setattr(client, field, value)
    client.version += 1
    session.flush()


def learn_alias(session: Session, client_id: int, alias: str) -> None:
    """Remember what somebody called a client when they had to choose it."""
    client = session.get_one(Client, client_id)
    alias = " ".join(alias.split())[:200]
    if len(alias) < 2 or folded(alias) == folded(client.name):
        return
    if session.get(ClientAlias, (client_id, alias)) is None:
        session.add(ClientAlias(client_id=client_id, alias=alias))
        session.flush()
        search.index(session, client)
        touch_portfolio(session, client.owner_id)


def brief(session: Session, actor: Actor, client_id: int, now: datetime) -> Brief:
    """The one-page brief, red flags first. Raises ``Problem('no_client')``."""
    client = see(session, actor, client_id, now)
    today = actor.today(now)
    live = (Contact.client_id == client.id, Contact.undone_at.is_(None))
    recent = session.scalars(
        select(Contact)
        .where(*live)
        .order_by(Contact.happened_at.desc(), Contact.id.desc())
        .limit(20)
    ).all()
    followups = session.scalars(
        select(FollowUp)
        .where(FollowUp.client_id == client.id, FollowUp.state == "open")
        .order_by(FollowUp.due_at, FollowUp.id)
        .limit(20)
    ).all()
    owner = session.get(Person, client.owner_id) if client.owner_id else None
    details = [json.loads(contact.details) for contact in recent]
    tier = Tier(client.tier)
    return Brief(
        client=client_state(session, actor, client, now),
        tier=tier,
        kind=ClientKind(client.kind),
        owner=owner.name if owner else None,
        phone=client.phone,
        code=client.code,
        contact_name=client.contact_name,
        address=" ".join(part for part in (client.city, client.address) if part) or None,
        industry=client.industry,
        remark=client.remark,
        may_log=actor.role in (Role.MANAGER, Role.LEAD),
        cadence_days=house(session).rules.cadence[tier],
        last_contact=contact_line(session, recent[0]) if recent else None,
        last_meeting_at=client.last_meeting_at,
        overdue=tuple(followup_line(session, f, now) for f in followups if f.due_day < today),
        upcoming=tuple(followup_line(session, f, now) for f in followups if f.due_day >= today),
        contacts_total=session.scalar(select(func.count()).where(*live)) or 0,
        amounts=_amounts(details),
        needs=tuple(dict.fromkeys(need for d in details for need in d.get("needs", ()))),
    )


def _amounts(
    details: list[dict[str, list[dict[str, str]]]],
) -> tuple[tuple[Decimal, str | None], ...]:
    found = [
        (Decimal(str(a["value"])), a.get("currency")) for d in details for a in d.get("amounts", ())
    ]
    return tuple(dict.fromkeys(found))[:3]


def client_state(session: Session, actor: Actor, client: Client, now: datetime) -> ClientLine:
    """A client with its cadence band as of ``now``."""
    rules = house(session).rules
    colour = band(client.last_contact_at, client.created_at, rules.cadence[Tier(client.tier)], now,
                  rules.amber)  # fmt: skip
    return line(client, colour if client.owner_id is not None else Band.GREEN)


@dataclass(frozen=True, slots=True)
class History:
    """One page of a client's contacts, newest first."""

    client: ClientLine
    contacts: tuple[ContactLine, ...]
    page: int
    pages: int


PAGE = 5


def history(session: Session, actor: Actor, client_id: int, page: int, now: datetime) -> History:
    """A page of contacts (page 0 is the newest)."""
    client = see(session, actor, client_id, now)
    live = (Contact.client_id == client.id, Contact.undone_at.is_(None))
    total = session.scalar(select(func.count()).where(*live)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 0), pages - 1)
    found = session.scalars(
        select(Contact)
        .where(*live)
        .order_by(Contact.happened_at.desc(), Contact.id.desc())
        .offset(page * PAGE)
        .limit(PAGE)
    )
    lines = tuple(contact_line(session, contact) for contact in found)
    return History(line(client), lines, page, pages)


def recent(session: Session, actor: Actor, limit: int, now: datetime) -> tuple[ClientLine, ...]:
    """The clients last worked with; then those with a follow-up soon; then by name."""
    today = actor.today(now)
    soonest = (
        select(func.min(FollowUp.due_at))
        .where(FollowUp.client_id == Client.id, FollowUp.state == "open")
        .correlate(Client)
        .scalar_subquery()
    )
    query = (
        select(Client)
        .where(access.visible(session, actor, today))
        .order_by(
            Client.last_contact_at.is_(None), Client.last_contact_at.desc(), soonest.is_(None),
            soonest, Client.id,
        )
        .limit(limit)
    )  # fmt: skip
    return tuple(client_state(session, actor, client, now) for client in session.scalars(query))
