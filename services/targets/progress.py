"""The screen of `/targets`: one person or the team, and one period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.figures import Figure
from domain.pace import Pace
from domain.people import LOGGING_ROLES, Actor, Role
from domain.problems import Problem
from domain.targets import COUNTED, Period, Span, period_of
from services.targets.actuals import figures
from services.targets.reach import Holder, holder_of, member, team_holder, team_of
from services.targets.standing import Standing, held_by, pace_for, standings
from services.targets.to_see import ClientToSee, clients_to_see
from storage.house import house
from storage.people import Person
from storage.targets import Target

SHOWN_CLIENTS = 5


@dataclass(frozen=True, slots=True)
class Look:
    """Which screen. None leaves the choice to us: the team for a lead, oneself for a manager;
    the shortest span that has a target today."""

    person_id: int | None = None
    whole_team: bool = False
    span: Span | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything on the screen.

    ``untargeted`` are counted metrics that have no target, with their figures. ``members`` are
    whom a lead can switch to; ``spans`` how many targets each span has on ``day``.
    """

    holder: Holder
    period: Period
    day: date
    pace: Pace
    standings: tuple[Standing, ...]
    untargeted: tuple[tuple[str, Figure], ...]
    to_see: tuple[ClientToSee, ...]
    spans: tuple[tuple[Span, int], ...]
    members: tuple[Holder, ...]
    may_set: bool


def progress(session: Session, actor: Actor, look: Look, now: datetime) -> Progress:
    """Where the targets of a person or team stand.

    Raises ``Problem``: ``not_allowed``, ``targets_not_yours``, ``targets_lead_only``.
    """
    if actor.role not in LOGGING_ROLES:
        raise Problem("not_allowed")
    me = session.get_one(Person, actor.id)
    people = team_of(session, actor)
    leads = actor.role is Role.LEAD and actor.team_id is not None
    holder = _holder(session, actor, look, leads=leads)
    whose = people if holder.is_team else [member(session, actor, holder.person_id or 0)]
    day = look.day or actor.today(now)
    team_id = holder.team_id if holder.is_team else None
    spans = _spans(session, whose, team_id, day)
    period = period_of(look.span or _first_used(spans), day)
    clock = me if holder.is_team else whose[0]
    found = standings(session, whose, team_id, period, clock, now)
    return Progress(
        holder=holder,
        period=period,
        day=day,
        pace=pace_for(session, clock, period, now),
        standings=found,
        untargeted=_untargeted(session, whose, period, found, actor.today(now)),
        to_see=_to_see(session, actor, holder, found, now),
        spans=spans,
        members=tuple(map(holder_of, people)) if leads else (),
        may_set=leads,
    )


def _holder(session: Session, actor: Actor, look: Look, *, leads: bool) -> Holder:
    if look.whole_team or (leads and look.person_id is None):
        return team_holder(session, actor)
    return holder_of(member(session, actor, look.person_id or actor.id))


def _spans(
    session: Session, whose: Sequence[Person], team_id: int | None, day: date
) -> tuple[tuple[Span, int], ...]:
    holders = held_by((person.id for person in whose), team_id)
    query = select(Target.metric, Target.period_start, Target.period_end).where(
        holders, Target.period_start <= day, Target.period_end >= day
    )
    rows = {(m, Period(start, end).span) for m, start, end in session.execute(query).tuples()}
    return tuple((span, sum(found is span for _, found in rows)) for span in Span)


def _first_used(spans: Sequence[tuple[Span, int]]) -> Span:
    return next((span for span, count in spans if count), Span.MONTH)


def _untargeted(
    session: Session, whose: Sequence[Person], period: Period, found: Sequence[Standing],
    today: date,
) -> tuple[tuple[str, Figure], ...]:  # fmt: skip
    """What the log counts by itself is shown even where nobody set a target for it."""
    targeted = {standing.metric for standing in found}
    rest = [m for m in house(session).rules.metrics if m in COUNTED and m not in targeted]
    sums = [sum_of(session, whose, metric, period, today) for metric in rest]
    return tuple(zip(rest, sums, strict=True))


def sum_of(
    session: Session, whose: Sequence[Person], metric: str, period: Period, today: date
) -> Figure:
    """One metric of several people together."""
    return sum(figures(session, whose, metric, period, today).values(), Figure())


def _to_see(
    session: Session, actor: Actor, holder: Holder, found: Sequence[Standing], now: datetime
) -> tuple[ClientToSee, ...]:
    """Whom to see, while something is missing and there is time left."""
    missing = [s.metric for s in found if s.gap and not s.pace.over]
    if holder.person_id is None or not missing:
        return ()
    return clients_to_see(session, actor, holder.person_id, missing, SHOWN_CLIENTS, now)
