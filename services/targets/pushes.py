"""Monday's plan and Friday's gap: what the week asks for, and what is left of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.people import Actor, Role
from domain.targets import AVERAGED, Period, week_of
from services.targets.progress import sum_of
from services.targets.reach import team_of
from services.targets.standing import Standing, held_by, own_standings, standings
from services.targets.to_see import ClientToSee, clients_to_see
from storage.people import Person
from storage.targets import Target

CLIENTS = 3
BEHIND = 8


@dataclass(frozen=True, slots=True)
class MemberBehind:
    """A member of the team behind pace, and in which metrics."""

    person_id: int
    name: str
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """What a plan or gap push says. ``done`` are this week's figures so far, by metric."""

    week: Period
    standings: tuple[Standing, ...]
    done: tuple[tuple[str, Decimal], ...]
    to_see: tuple[ClientToSee, ...]
    team: tuple[Standing, ...] = ()
    behind: tuple[MemberBehind, ...] = ()


def monday_plan_facts(session: Session, actor: Actor, now: datetime) -> WeekFacts | None:
    """What this week asks for, told as clients to see; None when there is nothing to say.

    A lead reads the team's targets as well, and who is behind (in the order of names).
    """
    facts = _week(session, actor, now)
    return facts if facts.standings or facts.team else None


def friday_gap_facts(session: Session, actor: Actor, now: datetime) -> WeekFacts | None:
    """What is still missing at the week's end; None when every target of today is reached."""
    facts = _week(session, actor, now)
    if not any(s.gap for s in (*facts.standings, *facts.team)):
        return None
    return facts


def _week(session: Session, actor: Actor, now: datetime) -> WeekFacts:
    week = week_of(actor.today(now))
    own = _present(session, actor, [session.get_one(Person, actor.id)], None, now)
    missing = [s.metric for s in own if s.gap]
    leads = actor.role is Role.LEAD and actor.team_id is not None
    people = team_of(session, actor) if leads else []
    return WeekFacts(
        week=week,
        standings=own,
        done=_done(session, actor, week, own, now),
        to_see=clients_to_see(session, actor, actor.id, missing, CLIENTS, now) if missing else (),
        team=_present(session, actor, people, actor.team_id, now) if leads else (),
        behind=_behind(session, people, actor, now),
    )


def _present(
    session: Session, actor: Actor, people: Sequence[Person], team_id: int | None, now: datetime
) -> tuple[Standing, ...]:
    """Every target of today: the month's before the quarter's and the year's."""
    clock = session.get_one(Person, actor.id)
    found: list[Standing] = []
    for period in _periods(session, people, team_id, actor, now):
        found += standings(session, people, team_id, period, clock, now)
    return tuple(found)


def _periods(
    session: Session, people: Sequence[Person], team_id: int | None, actor: Actor, now: datetime
) -> list[Period]:
    today = actor.today(now)
    holders = held_by((person.id for person in people), team_id)
    query = (
        select(Target.period_start, Target.period_end)
        .where(holders, Target.period_start <= today, Target.period_end >= today)
        .distinct()
    )
    found = [Period(start, end) for start, end in session.execute(query).tuples()]
    return sorted(found, key=lambda period: period.days)


def _done(
    session: Session, actor: Actor, week: Period, own: Sequence[Standing], now: datetime
) -> tuple[tuple[str, Decimal], ...]:
    """This week's share of every figure that adds up; a daily average has none."""
    me, today = [session.get_one(Person, actor.id)], actor.today(now)
    metrics = dict.fromkeys(s.metric for s in own if s.metric not in AVERAGED)
    return tuple((m, sum_of(session, me, m, week, today).amount) for m in metrics)


def _behind(
    session: Session, people: Sequence[Person], actor: Actor, now: datetime
) -> tuple[MemberBehind, ...]:
    found = []
    for person in people:
        late = [
            s.metric
            for period in _periods(session, [person], None, actor, now)
            for s in own_standings(session, person.as_actor(), period, now)
            if not s.on_pace
        ]
        if late and person.id != actor.id:
            found.append(MemberBehind(person.id, person.name, tuple(dict.fromkeys(late))))
    return tuple(found[:BEHIND])
