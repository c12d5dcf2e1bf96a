"""Who comes in: invitations, binding, onboarding, settings, leave."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from domain.people import Actor, Role
from domain.problems import Problem
from services import drafts, routines
from storage import access, people
from storage.house import house
from storage.outbox import Lane, bring_back, owe
from storage.people import Guess, Invite, Person

MAX_GUESSES_AN_HOUR = 5
CODE_BYTES = 20  # 160 random bits


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation. The code is shown once and kept only as a hash; times are UTC."""

    code: str
    name: str
    role: Role
    expires: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """The person behind an update, and a number that changes with the portfolio they see."""

    actor: Actor
    stamp: int
    unreachable: bool
    waiting: bool  # whether a screen waits for their next text


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What came of an invitation code."""

    actor: Actor


def hash_code(code: str) -> str:
    """How a code is kept."""
    return hashlib.sha256(code.strip().encode()).hexdigest()


def invite(session: Session, role: Role, name: str, team: str | None, now: datetime) -> Invited:
    """A one-time code for a new person, or a fresh one for somebody with a new phone.

    NAME is the display name and the key of a person; an unknown team is created; codes given
    earlier to the same person stop working.
    """
    name = " ".join(name.split())
    if not name or len(name) > 120:
        raise Problem("name_length")
    person = people.by_name(session, name)
    rules = house(session).rules
    if person is None:
        person = Person(name=name, role=role, created_at=now, zone_name=rules.default_zone,
                        work_start=rules.work_start, work_end=rules.work_end)  # fmt: skip
        session.add(person)
    person.role, person.active = role, True
    if team is not None:
        person.team_id = people.team_named(session, team).id
    session.flush()
    session.execute(
        update(Invite)
        .where(Invite.person_id == person.id, Invite.used_at.is_(None))
        .values(revoked_at=now)
    )
    code = secrets.token_urlsafe(CODE_BYTES)
    expires = now + timedelta(hours=rules.invite_hours)
    session.add(Invite(code_hash=hash_code(code), person_id=person.id, role=role,
                       created_at=now, expires_at=expires))  # fmt: skip
    return Invited(code, name, role, expires)


def arrive(session: Session, telegram_id: int, now: datetime) -> Arrival | None:
    """The person behind a Telegram account; None for strangers and people who left."""
    person = people.by_telegram(session, telegram_id)
    if person is None:
        return None
    actor = person.as_actor()
    away = person.unreachable_at is not None
    waiting = drafts.any_open(session, actor)
    owners = access.owners_seen(session, actor, actor.today(now))
    if owners == [person.id]:
        return Arrival(actor, person.portfolio_stamp, away, waiting)
    query = select(func.sum(Person.portfolio_stamp), func.count()).where(Person.id.in_(owners))
    total, count = session.execute(query).one()
    stamp = hash((total, count, tuple(owners)))
    return Arrival(actor, stamp, away, waiting)


def acting(session: Session, telegram_id: int) -> Actor | None:
    """The person behind a Telegram account as they are now; None without access."""
    person = people.by_telegram(session, telegram_id)
    session.info["acting"] = person  # held, so that the use case finds it without asking again
    return person.as_actor() if person is not None else None


def redeem(
    session: Session, telegram_id: int, code: str, lang: str, now: datetime
) -> Redeemed | None:
    """Bind an account to the person a code was made for.

    None for every code that does not work, whatever the reason, and for accounts that guessed too
    often in the last hour, so that a guess learns nothing.
    """
    since = now - timedelta(hours=1)
    if people.guesses_since(session, telegram_id, since) >= MAX_GUESSES_AN_HOUR:
        return None
    found = session.scalar(
        select(Invite).where(Invite.code_hash == hash_code(code)).with_for_update()
    )
    usable = found is not None and found.used_at is None and found.revoked_at is None
    if found is None or not usable or found.expires_at <= now:
        session.add(Guess(telegram_id=telegram_id, at=now))
        return None
    person = session.get_one(Person, found.person_id)
    _release(session, telegram_id, person)
    first_time = person.onboarded_at is None
    person.telegram_id, person.active, person.unreachable_at = telegram_id, True, None
    found.used_at = now
    if first_time:
        person.lang = lang
        person.zone_name = "Asia/Shanghai" if lang == "zh" else house(session).rules.default_zone
    session.flush()
    routines.plan_all(session, person, now)
    return Redeemed(person.as_actor())


def _release(session: Session, telegram_id: int, person: Person) -> None:
    """An account stands for one person: whoever it stood for before is unbound."""
    holder = people.by_telegram(session, telegram_id)
    if holder is not None and holder.id != person.id:
        holder.telegram_id = None
        session.flush()


def set_language(session: Session, actor: Actor, lang: str, now: datetime) -> Actor:
    """Switch the language; on the way in, the guess for the zone follows it."""
    person = session.get_one(Person, actor.id)
    person.lang = lang
    if person.onboarded_at is None:
        person.zone_name = "Asia/Shanghai" if lang == "zh" else house(session).rules.default_zone
    return person.as_actor()


def set_zone(session: Session, actor: Actor, zone_name: str, now: datetime) -> Actor:
    """Move to another time zone; everything that comes daily moves along."""
    person = session.get_one(Person, actor.id)
    try:
        ZoneInfo(zone_name)
    except (KeyError, ValueError):
        raise Problem("unknown_zone", zone=zone_name) from None
    person.zone_name = zone_name
    session.flush()
    routines.plan_all(session, person, now)
    return person.as_actor()


def set_hours(session: Session, actor: Actor, start: time, end: time, workdays: int,
              now: datetime) -> Actor:  # fmt: skip
    """Set the working hours (wall-clock) and working days; this finishes the onboarding."""
    if start >= end:
        raise Problem("hours_order")
    person = session.get_one(Person, actor.id)
    person.work_start, person.work_end, person.workdays = start, end, workdays
    person.onboarded_at = person.onboarded_at or now
    session.flush()
    routines.plan_all(session, person, now)
    return person.as_actor()


def set_neutral(session: Session, actor: Actor, neutral: bool, now: datetime) -> Actor:
    """Whether pushes hide the client's name on a lock screen."""
    person = session.get_one(Person, actor.id)
    person.neutral_pushes = neutral
    return person.as_actor()


@dataclass(frozen=True, slots=True)
class Leave:
    """A leave as it stands; days are local dates, both included."""

    actor: Actor
    first: date | None
    last: date | None
    stand_in: str | None


def colleagues(session: Session, actor: Actor, now: datetime) -> tuple[tuple[int, str], ...]:
    """Who could stand in: the other members of the team who are bound."""
    if actor.team_id is None:
        return ()
    found = people.members(session, actor.team_id)
    return tuple((p.id, p.name) for p in found if p.id != actor.id and p.telegram_id is not None)


def leave_of(session: Session, actor: Actor, now: datetime) -> Leave:
    """The actor's present or coming leave."""
    return _leave(session, session.get_one(Person, actor.id), actor.today(now))


def _leave(session: Session, person: Person, today: date) -> Leave:
    if person.away_until is None or person.away_until < today:
        return Leave(person.as_actor(), None, None, None)
    stand_in = session.get(Person, person.stand_in_id) if person.stand_in_id else None
    name = stand_in.name if stand_in else None
    return Leave(person.as_actor(), person.away_from, person.away_until, name)


def take_leave(session: Session, actor: Actor, last: date, stand_in_id: int | None,
               now: datetime) -> Leave:  # fmt: skip
    """Be away from today to ``last``: pushes go to the stand-in, or wait for the return."""
    today = actor.today(now)
    if last < today:
        raise Problem("leave_past")
    allowed = {person_id for person_id, _ in colleagues(session, actor, now)}
    if stand_in_id is not None and stand_in_id not in allowed:
        raise Problem("no_such_colleague")
    person = session.get_one(Person, actor.id)
    person.away_from, person.away_until, person.stand_in_id = today, last, stand_in_id
    _stamp(session, person, stand_in_id)
    if stand_in_id is not None:
        owe(session, f"cover:{actor.id}:{last}:{stand_in_id}", "cover", stand_in_id, now,
            facts={"person": actor.name, "last": last.isoformat()}, lane=Lane.DUE)  # fmt: skip
    return _leave(session, person, today)


def end_leave(session: Session, actor: Actor, now: datetime) -> Leave:
    """Be back."""
    person = session.get_one(Person, actor.id)
    stand_in_id = person.stand_in_id
    person.away_from = person.away_until = person.stand_in_id = None
    bring_back(session, person.id)
    _stamp(session, person, stand_in_id)
    return _leave(session, person, actor.today(now))


def _stamp(session: Session, person: Person, *others: int | None) -> None:
    session.flush()
    ids = [person.id, *(other for other in others if other is not None)]
    session.execute(
        update(Person).where(Person.id.in_(ids)).values(portfolio_stamp=Person.portfolio_stamp + 1)
    )
