"""Figures that count towards a target: what was reported (自报), what the core knows (核心).

The core wins: a core figure of a client covers everything that was reported about this client up
to its as-of day, and one without a client covers everything of the person up to its day. What was
reported later counts on top until the next core figure. The difference stays visible.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from domain.targets import Period

SELF, CORE = "self", "core"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Movement:
    """One figure. ``day`` is its as-of date.

    ``self`` figures are changes (a deposit taken in, a loan paid out). ``core`` figures of an
    averaged metric are the balance at the end of the day; of any other metric they are changes.
    """

    day: date
    amount: Decimal
    source: str = SELF
    client_id: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """An actual and where it comes from.

    ``amount`` = ``core`` + ``reported``. ``replaced`` is what had been reported where the core now
    counts instead; None when the core knows nothing yet. ``balance`` is the present balance and
    ``day_sum`` the sum of daily balances so far, both only for averaged metrics.
    """

    amount: Decimal = ZERO
    core: Decimal = ZERO
    reported: Decimal = ZERO
    replaced: Decimal | None = None
    as_of: date | None = None
    core_as_of: date | None = None
    balance: Decimal | None = None
    day_sum: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        """Core less self-reported for the same; 0 while there is nothing to compare."""
        return ZERO if self.replaced is None else self.core - self.replaced

    def __add__(self, other: "Figure") -> "Figure":
        """Two people's figures together."""
        return Figure(
            amount=self.amount + other.amount,
            core=self.core + other.core,
            reported=self.reported + other.reported,
            replaced=_plus(self.replaced, other.replaced),
            as_of=_later(self.as_of, other.as_of),
            core_as_of=_later(self.core_as_of, other.core_as_of),
            balance=_plus(self.balance, other.balance),
            day_sum=self.day_sum + other.day_sum,
        )


def _plus(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None and b is None else (a or ZERO) + (b or ZERO)


def _later(a: date | None, b: date | None) -> date | None:
    return max((day for day in (a, b) if day is not None), default=None)


def counted(count: int) -> Figure:
    """A figure that the log itself proves."""
    return Figure(amount=Decimal(count))


def summed(movements: Iterable[Movement], period: Period) -> Figure:
    """The sum of a period (累放, settlement volume, any metric of the bank's own)."""
    inside = [m for m in movements if m.day in period]
    cover = _core_days(inside)
    core = [m for m in inside if m.source == CORE and not _under_total(m, cover)]
    mine = [m for m in inside if m.source == SELF]
    fresh = [m for m in mine if not _covered(m, cover)]
    total, reported = _sum(core), _sum(fresh)
    return Figure(
        amount=total + reported,
        core=total,
        reported=reported,
        replaced=_sum(m for m in mine if _covered(m, cover)) if core else None,
        as_of=max((m.day for m in inside), default=None),
        core_as_of=max((m.day for m in core), default=None),
    )


def _core_days(movements: Sequence[Movement]) -> dict[int | None, date]:
    """Up to which day the core has spoken, for each client and (None) for the whole person."""
    days: dict[int | None, date] = {}
    for m in movements:
        if m.source == CORE:
            days[m.client_id] = max(days.get(m.client_id, m.day), m.day)
    return days


def _covered(m: Movement, cover: dict[int | None, date]) -> bool:
    return m.day <= max(cover.get(m.client_id, date.min), cover.get(None, date.min))


def _under_total(m: Movement, cover: dict[int | None, date]) -> bool:
    """A client's core figure is part of the person's core total of the same or a later day."""
    return m.client_id is not None and m.day <= cover.get(None, date.min)


def _sum(movements: Iterable[Movement]) -> Decimal:
    return sum((m.amount for m in movements), ZERO)


def averaged(movements: Iterable[Movement], period: Period, today: date) -> Figure:
    """The daily average (日均) of the running balance from the first day to ``today``.

    Sum of the daily balances divided by the calendar days so far, today included; the balance
    carries over from before the period. A core balance holds from the end of its day on.
    """
    last = min(today, period.end)
    days = max(0, (last - period.start).days + 1)
    known = sorted((m for m in movements if m.day <= last), key=lambda m: m.day)
    cover = _core_days(known)
    mine = [m for m in known if m.source == SELF]
    replaced = [m for m in mine if _covered(m, cover)]
    fresh = [m for m in mine if not _covered(m, cover)]
    day_sum, balance = _run(known, period.start, days)
    fresh_sum, _ = _run(fresh, period.start, days)
    average, reported = _mean(day_sum, days), _mean(fresh_sum, days)
    return Figure(
        amount=average,
        core=average - reported,
        reported=reported,
        replaced=_mean(_run(replaced, period.start, days)[0], days) if cover else None,
        as_of=max((m.day for m in known), default=None),
        core_as_of=max(cover.values(), default=None),
        balance=balance,
        day_sum=day_sum,
    )


def _mean(day_sum: Decimal, days: int) -> Decimal:
    return (day_sum / days).quantize(Decimal("0.01")) if days else ZERO


def _run(movements: Sequence[Movement], start: date, days: int) -> tuple[Decimal, Decimal]:
    """The sum of the balances at the end of each of ``days`` days, and the last balance.

    ``movements`` are in the order of their days.
    """
    accounts: dict[int | None, Decimal] = {}
    total, balance, cursor = ZERO, ZERO, start
    for day, group in groupby(movements, key=lambda m: m.day):
        if day > cursor:
            total, cursor = total + balance * (day - cursor).days, day
        _settle(accounts, list(group))
        balance = sum(accounts.values(), ZERO)
    return total + balance * (start + timedelta(days=days) - cursor).days, balance


def _settle(accounts: dict[int | None, Decimal], day: Sequence[Movement]) -> None:
    """One day's end: changes first, then what the core says the balances are.

    A core balance of the whole person leaves what no client accounts for under None.
    """
    for m in (m for m in day if m.source == SELF):
        accounts[m.client_id] = accounts.get(m.client_id, ZERO) + m.amount
    core = [m for m in day if m.source == CORE]
    for m in sorted(core, key=lambda m: m.client_id is None):
        accounts.pop(m.client_id, None)
        rest = sum(accounts.values(), ZERO) if m.client_id is None else ZERO
        accounts[m.client_id] = m.amount - rest
