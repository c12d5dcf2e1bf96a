"""Where a target stands: actual, level, pace, and what is still needed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import add

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from domain.figures import ZERO, Figure
from domain.pace import Pace, pace, per_week, whole
from domain.people import Actor
from domain.targets import AVERAGED, COUNTED, Level, Levels, Period, percent
from services.routines import works
from services.targets.actuals import figures
from storage.house import house
from storage.people import Person
from storage.targets import Target


@dataclass(frozen=True, slots=True)
class Standing:
    """One metric of one person or team in one period.

    ``goal`` is the mark of ``aim``, the lowest level not reached yet (the highest once all are).
    ``gap`` is what is missing to it. ``week`` is what each week (five working days) must bring;
    for a daily average ``raise_to`` is the balance that every remaining day must hold instead.
    ``target_id`` is None when the target is the sum of several.
    """

    metric: str
    period: Period
    target_id: int | None
    version: int
    levels: Levels
    figure: Figure
    percent: int
    reached: Level | None
    aim: Level
    goal: Decimal
    gap: Decimal
    pace: Pace
    on_pace: bool
    week: Decimal | None
    raise_to: Decimal | None


def standing(
    metric: str, period: Period, levels: Levels, figure: Figure, pace: Pace, today: date,
    target_id: int | None = None, version: int = 0,
) -> Standing:  # fmt: skip
    """Put a target and its figure together. ``percent`` is of the base level."""
    aim, goal = levels.coming(figure.amount) or levels.ladder()[-1]
    gap = max(ZERO, goal - figure.amount)
    mean = metric in AVERAGED
    week = None if mean else per_week(gap, pace)
    expected = levels.base if mean else levels.base * Decimal(str(pace.share))
    return Standing(
        metric, period, target_id, version, levels, figure,
        percent=percent(figure.amount, levels.base),
        reached=levels.reached(figure.amount),
        aim=aim, goal=goal, gap=gap, pace=pace,
        on_pace=figure.amount >= expected,
        week=whole(week) if week is not None and metric in COUNTED else week,
        raise_to=_balance_needed(goal, figure, period, today) if mean and gap else None,
    )  # fmt: skip


def _balance_needed(goal: Decimal, figure: Figure, period: Period, today: date) -> Decimal | None:
    """The balance on each day after today that brings the average to ``goal``; None: too late."""
    left = (period.end - max(today, period.start)).days + (today < period.start)
    if left <= 0:
        return None
    return ((goal * period.days - figure.day_sum) / left).quantize(Decimal("0.01"))


def levels_of(target: Target) -> Levels:
    """The three marks of a row."""
    return Levels(target.base, target.stretch, target.challenge)


def period_of_row(target: Target) -> Period:
    """The period of a row."""
    return Period(target.period_start, target.period_end)


def pace_for(session: Session, person: Person, period: Period, now: datetime) -> Pace:
    """The pace of a period on a person's own working days."""
    home = house(session)
    today = person.as_actor().today(now)
    return pace(period, today, lambda day: works(home, person, day))


def held_by(people: Iterable[int], team_id: int | None) -> ColumnElement[bool]:
    """Targets of these people and, with a team, the team's own."""
    theirs = Target.person_id.in_(list(people))
    return theirs if team_id is None else or_(theirs, Target.team_id == team_id)


def targets_in(
    session: Session, people: Iterable[int], team_id: int | None, period: Period
) -> list[Target]:
    """The targets of these people, and the team's own, for exactly this period."""
    query = select(Target).where(
        held_by(people, team_id),
        Target.period_start == period.start,
        Target.period_end == period.end,
    )
    return list(session.scalars(query.order_by(Target.id)))


def standings(
    session: Session, people: Sequence[Person], team_id: int | None, period: Period,
    clock: Person, now: datetime,
) -> tuple[Standing, ...]:  # fmt: skip
    """Every metric that has a target here, in the order of the bank's list.

    A team's own target stands for the team, however it was shared out; without one the targets
    of its people add up. Their figures always do. ``clock`` is the person on whose working days
    and local date the pace is told.
    """
    rows = targets_in(session, [p.id for p in people], team_id, period)
    steps = pace_for(session, clock, period, now)
    today = clock.as_actor().today(now)
    found = []
    for metric in _ordered({row.metric for row in rows}, house(session).rules.metrics):
        held = [row for row in rows if row.metric == metric]
        mine = [row for row in held if row.person_id is None] or held
        figure = total(figures(session, people, metric, period, today).values())
        only = mine[0] if len(mine) == 1 else None
        found.append(standing(
            metric, period, reduce(add, map(levels_of, mine)), figure, steps, today,
            only.id if only else None, only.version if only else 0,
        ))  # fmt: skip
    return tuple(found)


def total(parts: Iterable[Figure]) -> Figure:
    """All figures together."""
    return reduce(add, parts, Figure())


def _ordered(metrics: set[str], known: Sequence[str]) -> list[str]:
    """The bank's own order first; a metric it has dropped since still shows, at the end."""
    return [m for m in known if m in metrics] + sorted(metrics - set(known))


def own_standings(
    session: Session, actor: Actor, period: Period, now: datetime
) -> tuple[Standing, ...]:
    """The actor's own targets of a period."""
    me = session.get_one(Person, actor.id)
    return standings(session, [me], None, period, me, now)
