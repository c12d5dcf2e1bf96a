"""The demo's first day: colleagues, clients, what was said to them, what is due, targets."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.people import (
    COLLEAGUES,
    ENTRIES,
    FOLLOW_UPS,
    NEWCOMER,
    PORTFOLIOS,
    TARGETS,
    TEAM,
    Colleague,
    DemoClient,
)
from domain.calendar import Calendar
from domain.followups import FollowUpKind
from domain.hours import instant
from domain.people import Actor
from domain.quicklog import read
from services import clients, followups, people, targets, understanding, visits
from services.followups import When
from services.routines import plan_all
from services.targets import EntryWish
from storage.clients import Client
from storage.database import Database
from storage.house import house
from storage.people import Person, by_name


def seed(database: Database, now: datetime) -> None:
    """Fill an empty database; every step is an ordinary use case at an earlier time."""
    for colleague in COLLEAGUES:
        database.write_now(lambda s, c=colleague: _bind(s, c, now))  # type: ignore[misc]
    for owner, portfolio in PORTFOLIOS.items():
        database.write_now(lambda s, o=owner, p=portfolio: _clients(s, o, p, now))  # type: ignore[misc]
    database.write_now(lambda s: _due(s, now))
    database.write_now(lambda s: _targets(s, now))


def newcomer_code(database: Database, now: datetime) -> str | None:
    """A fresh code for the colleague who has not joined yet; None once they have."""

    def work(session: Session) -> str | None:
        present = by_name(session, NEWCOMER.name)
        if present is not None and present.telegram_id is not None:
            return None
        return people.invite(session, NEWCOMER.role, NEWCOMER.name, TEAM, now).code

    return database.write_now(work)


def is_empty(database: Database) -> bool:
    """Whether the demo has not begun yet."""
    return database.read_now(lambda s: s.scalar(select(Person.id).limit(1))) is None


def _bind(session: Session, colleague: Colleague, now: datetime) -> None:
    people.invite(session, colleague.role, colleague.name, TEAM, now)
    person = by_name(session, colleague.name)
    assert person is not None
    person.telegram_id, person.lang, person.onboarded_at = (
        colleague.telegram_id,
        colleague.lang,
        now,
    )
    session.flush()
    plan_all(session, person, now)


def _actor(session: Session, name: str) -> Actor:
    person = by_name(session, name)
    assert person is not None
    return person.as_actor()


def _clients(
    session: Session, owner: str, portfolio: tuple[DemoClient, ...], now: datetime
) -> None:
    actor = _actor(session, owner)
    for wish in portfolio:
        began = now - timedelta(days=100)
        made = clients.create(
            session, actor, wish.name, began, kind=wish.kind, tier=wish.tier, phone=wish.phone
        )
        client = session.get_one(Client, made.client.id)
        client.contact_name, client.city = wish.contact, wish.city
        for days, text in reversed(wish.history):
            _log(session, actor, client.id, text, now - timedelta(days=days))


def _log(session: Session, actor: Actor, client_id: int, text: str, at: datetime) -> None:
    calendar: Calendar = house(session).calendar
    at = instant(actor.today(at), time(10, 30), actor.zone)
    reading = read(text, actor.local(at), lang=actor.lang, calendar=calendar)
    (part, *_) = understanding.parts_of(reading, actor, at, calendar, (actor.telegram_id, 0))
    wish = part.said.wish(client_id)
    visits.log(
        session,
        actor,
        (
            visits.Wish(
                client_id, wish.kind, at, note=text, outcome=wish.outcome, details=wish.details
            ),
        ),
        at,
    )


def _due(session: Session, now: datetime) -> None:
    for owner, client, kind, what, days, at in FOLLOW_UPS:
        actor = _actor(session, owner)
        client_id = session.scalar(select(Client.id).where(Client.name == client))
        assert client_id is not None
        when = When(actor.today(now) + timedelta(days=days), time.fromisoformat(at) if at else None)
        planned = now - timedelta(days=4)
        followups.plan(session, actor, client_id, FollowUpKind(kind), what, when, planned)


def _targets(session: Session, now: datetime) -> None:
    lead = _actor(session, "陈立")
    month = f"{lead.today(now):%Y-%m}"
    for text in TARGETS:
        targets.set_by_text(session, lead, text.format(month=month), now)
    for owner, metric, amount, client in ENTRIES:
        actor = _actor(session, owner)
        client_id = session.scalar(select(Client.id).where(Client.name == client))
        first = lead.today(now).replace(day=1)
        wish = EntryWish(metric, Decimal(amount), now, client_id, day=first)
        targets.record_entry(session, actor, wish, now)
