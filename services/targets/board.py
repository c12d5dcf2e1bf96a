"""The team's board: every member beside the others, for their lead."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.figures import Figure
from domain.pace import Pace
from domain.people import Actor
from domain.problems import Problem
from domain.targets import UNRANKED, Levels, Period, Span, percent, period_of
from services.targets.actuals import figures
from services.targets.reach import Holder, holder_of, team_holder, team_of
from services.targets.standing import levels_of, pace_for, targets_in
from storage.house import house
from storage.people import Person


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One member on the board; ``percent`` is None without a target."""

    holder: Holder
    figure: Figure
    levels: Levels | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """One metric of every member. Unranked metrics stand in the order of names, always."""

    team: str
    metric: str
    period: Period
    pace: Pace
    rows: tuple[BoardRow, ...]
    ranked: bool


def team_board(
    session: Session, actor: Actor, metric: str, span: Span, now: datetime, *,
    day: date | None = None,
) -> Board:  # fmt: skip
    """The members side by side, for their lead.

    Raises ``Problem``: ``targets_lead_only``, ``target_no_metric``.
    """
    team = team_holder(session, actor)
    metrics = house(session).rules.metrics
    if metric not in metrics:
        raise Problem("target_no_metric", metrics=", ".join(metrics))
    people, today = team_of(session, actor), actor.today(now)
    period = period_of(span, day or today)
    pace = pace_for(session, session.get_one(Person, actor.id), period, now)
    got = figures(session, people, metric, period, today)
    rows = targets_in(session, [p.id for p in people], None, period)
    goals = {row.person_id: levels_of(row) for row in rows if row.metric == metric}
    ranked = metric not in UNRANKED
    found = [_board_row(p, got[p.id], goals.get(p.id)) for p in people]
    if ranked:
        found.sort(key=lambda row: (-(row.percent or 0), -row.figure.amount, row.holder.name))
    return Board(team.name, metric, period, pace, tuple(found), ranked)


def _board_row(person: Person, figure: Figure, levels: Levels | None) -> BoardRow:
    done = percent(figure.amount, levels.base) if levels is not None else None
    return BoardRow(holder_of(person), figure, levels, done)


def team_boards(
    session: Session, actor: Actor, span: Span, now: datetime, *, day: date | None = None
) -> tuple[Board, ...]:
    """Every board that may be ranked and on which anything stands; deposits never."""
    metrics = [m for m in house(session).rules.metrics if m not in UNRANKED]
    boards = [team_board(session, actor, metric, span, now, day=day) for metric in metrics]
    return tuple(b for b in boards if any(r.figure.amount or r.levels for r in b.rows))
