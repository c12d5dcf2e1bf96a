"""A small bank: a lead with a team of two, somebody of another team, clients of each tier."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from domain.targets import Levels, Span, period_of
from services.targets import EntryWish, TargetWish, record_entry, set_target
from storage.clients import Client
from storage.contacts import Contact
from storage.database import Database
from storage.people import Person, Team

# Monday 23 November 2026, 10:00 in Shanghai.
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class Bank:
    database: Database
    ids: dict[str, int]

    def write(self, work):
        return self.database.write_now(work)

    def read(self, work):
        return self.database.read_now(work)

    def actor(self, name):
        return self.read(lambda s: s.get_one(Person, self.ids[name]).as_actor())

    def do(self, use_case, name, *wish, now=NOW, **more):
        actor = self.actor(name)
        return self.write(lambda s: use_case(s, actor, *wish, now=now, **more))

    def ask(self, use_case, name, *wish, now=NOW, **more):
        actor = self.actor(name)
        return self.read(lambda s: use_case(s, actor, *wish, now=now, **more))

    def target(self, holder, metric, base, *more, span=Span.MONTH, now=NOW):
        person = None if holder == "team" else self.ids[holder]
        levels = Levels(Decimal(base), *map(Decimal, more))
        wish = TargetWish(person, metric, period_of(span, now.date()), levels)
        return self.do(set_target, "lead", wish, now=now)

    def contact(self, author, client, kind="visit", at=NOW, **more):
        def add(session):
            row = Contact(client_id=self.ids[client], author_id=self.ids[author], kind=kind,
                          happened_at=at, logged_at=at, **more)  # fmt: skip
            session.add(row)
            session.flush()
            return row.id

        return self.write(add)

    def entry(self, name, metric, amount, client=None, *, now=NOW, **more):
        wish = EntryWish(metric, Decimal(amount), now,
                         client_id=self.ids[client] if client else None, **more)  # fmt: skip
        return self.do(record_entry, name, wish, now=now)


PEOPLE = {
    "lead": ("赵敏", "lead", "一部"),
    "wang": ("王芳", "manager", "一部"),
    "li": ("Li Wei", "manager", "一部"),
    "other": ("孙浩", "manager", "二部"),
    "auditor": ("周审", "auditor", None),
}
# name: owner, tier, days since the last contact
CLIENTS = {
    "绿源食品": ("wang", "key", 41),
    "中和制药": ("wang", "strategic", 12),
    "海天物流": ("wang", "basic", 5),
    "东方家具": ("wang", "basic", None),
    "Acme": ("li", "key", 10),
    "云杉科技": ("other", "key", 90),
}


def fill(session):
    ids = {}
    for key, (name, role, team) in PEOPLE.items():
        if team is not None and team not in ids:
            row = Team(name=team)
            session.add(row)
            session.flush()
            ids[team] = row.id
        person = Person(name=name, role=role, team_id=ids.get(team), telegram_id=9000 + len(ids),
                        zone_name="Asia/Shanghai", created_at=NOW, onboarded_at=NOW)  # fmt: skip
        session.add(person)
        session.flush()
        ids[key] = person.id
    for name, (owner, tier, days) in CLIENTS.items():
        last = None if days is None else NOW - timedelta(days=days)
        client = Client(name=name, tier=tier, owner_id=ids[owner], last_contact_at=last,
                        created_at=NOW - timedelta(days=70))  # fmt: skip
        session.add(client)
        session.flush()
        ids[name] = client.id
    return ids


@pytest.fixture
def bank(database):
    return Bank(database, database.write_now(fill))
