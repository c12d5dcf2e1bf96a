"""What a lead may want to set: the last period's figure, and a little more."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from sqlalchemy.orm import Session

from domain.figures import Figure
from domain.people import Actor
from domain.problems import Problem
from domain.targets import COUNTED, Levels, Period
from services import drafts
from services.targets.progress import sum_of
from services.targets.reach import Holder, holder_of, member, team_holder, team_of
from services.targets.standing import levels_of, targets_in
from storage.house import house

STEPS = (Decimal("1"), Decimal("1.1"), Decimal("1.2"))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What stands behind the chips: the present target, and how the period before went."""

    holder: Holder
    metric: str
    period: Period
    present: Levels | None
    version: int
    before: Figure
    marks: tuple[Decimal, ...]


def suggest(
    session: Session, actor: Actor, person_id: int | None, metric: str, period: Period,
    now: datetime,
) -> Suggestion:  # fmt: skip
    """Marks to choose from, and a draft that waits for an amount to be typed instead.

    Raises ``Problem``: ``targets_lead_only``, ``targets_not_yours``, ``target_no_metric``.
    """
    team = team_holder(session, actor)
    metrics = house(session).rules.metrics
    if metric not in metrics:
        raise Problem("target_no_metric", metrics=", ".join(metrics))
    person = member(session, actor, person_id) if person_id is not None else None
    whose = [person] if person is not None else team_of(session, actor)
    before = sum_of(session, whose, metric, period.shifted(-1), actor.today(now))
    rows = targets_in(session, [person_id] if person_id else [], None if person_id else
                      actor.team_id, period)  # fmt: skip
    row = next((row for row in rows if row.metric == metric), None)
    drafts.begin(session, actor, "target", {
        "waits": True, "person": person_id, "metric": metric,
        "start": period.start.isoformat(), "end": period.end.isoformat(),
    }, now)  # fmt: skip
    return Suggestion(
        holder_of(person) if person is not None else team, metric, period,
        levels_of(row) if row else None, row.version if row else 0, before,
        _marks(before.amount, metric),
    )  # fmt: skip


def _marks(amount: Decimal, metric: str) -> tuple[Decimal, ...]:
    """The figure itself and a tenth and a fifth more, rounded up to two digits if it is money."""
    if amount <= 0:
        return ()
    raw = [amount * step for step in STEPS]
    if metric in COUNTED:
        rounded = [mark.to_integral_value(ROUND_CEILING) for mark in raw]
    else:
        rounded = [_two_digits(mark) for mark in raw]
    return tuple(dict.fromkeys(rounded))


def _two_digits(amount: Decimal) -> Decimal:
    step = Decimal(10) ** max(0, amount.adjusted() - 1)
    return (amount / step).to_integral_value(ROUND_CEILING) * step
