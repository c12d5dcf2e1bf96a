"""Targets as rows, for `rounds export targets`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.targets.actuals import figures
from services.targets.standing import levels_of, pace_for, period_of_row, standing, total
from storage import people
from storage.people import Person, Team
from storage.targets import Target


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target as it stands. ``holder`` is a person, or a team's own target (``kind`` team)."""

    id: int
    kind: str
    holder: str
    metric: str
    period_start: date
    period_end: date
    base: Decimal
    stretch: Decimal | None
    challenge: Decimal | None
    actual: Decimal
    self_reported: Decimal
    core: Decimal
    difference: Decimal
    as_of: date | None
    percent: int
    level: str | None
    pace_workdays: float
    pace_calendar: float
    set_by: str
    set_at: datetime


def export_rows(session: Session, now: datetime) -> Iterator[TargetRow]:
    """Every target with its actual as of ``now``, in the order in which they were set.

    Shares of pace are between 0 and 1; ``set_at`` is UTC.
    """
    query = select(Target).order_by(Target.id)
    for target in session.scalars(query.execution_options(yield_per=500)):
        yield _row(session, target, now)


def _row(session: Session, target: Target, now: datetime) -> TargetRow:
    setter = session.get_one(Person, target.set_by)
    whose, clock, name = _holder(session, target, setter)
    period, today = period_of_row(target), clock.as_actor().today(now)
    figure = total(figures(session, whose, target.metric, period, today).values())
    stand = standing(target.metric, period, levels_of(target), figure,
                     pace_for(session, clock, period, now), today)  # fmt: skip
    return TargetRow(
        target.id, "team" if target.person_id is None else "person", name, target.metric,
        period.start, period.end, target.base, target.stretch, target.challenge, figure.amount,
        figure.reported, figure.core, figure.difference, figure.as_of, stand.percent,
        str(stand.reached) if stand.reached else None, round(stand.pace.share, 4),
        round(stand.pace.calendar_share, 4), setter.name, target.set_at,
    )  # fmt: skip


def _holder(session: Session, target: Target, setter: Person) -> tuple[list[Person], Person, str]:
    """Whose figures count, on whose calendar, and the name to show."""
    if target.person_id is not None:
        person = session.get_one(Person, target.person_id)
        return [person], person, person.name
    assert target.team_id is not None
    team = session.get_one(Team, target.team_id)
    return people.members(session, team.id), setter, team.name
