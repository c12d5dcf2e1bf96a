"""Targets: what is counted, over which period, and at which levels (指标).

Money is a plain number in the bank's own currency; days are local dates of the person concerned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from domain.calendar import add_months, month_end
from domain.problems import Problem

VISITS, CALLS, NEW_CLIENTS = "visits", "calls", "new_clients"
DEPOSITS, LOANS, SETTLEMENT = "deposits", "loans", "settlement"

# Counted from the log and the client list; nobody can report them by hand.
COUNTED = frozenset({VISITS, CALLS, NEW_CLIENTS})
# Reached by seeing people: the gap is a number of contacts.
CONTACTS = frozenset({VISITS, CALLS})
# Averaged over calendar days (日均); every other reported metric is the sum of the period.
AVERAGED = frozenset({DEPOSITS})
MONEY = frozenset({DEPOSITS, LOANS, SETTLEMENT})
# Deposits are never compared between people (the 2014 and 2018 notices on deposit deviation).
UNRANKED = frozenset({DEPOSITS})

# What a client was heard to need, by the metric that it would serve.
NEED_WORDS: Mapping[str, tuple[str, ...]] = {
    DEPOSITS: ("存", "理财", "资金归集", "deposit", "wealth", "saving"),
    LOANS: ("贷", "融资", "授信", "贴现", "保理", "loan", "financ", "credit", "lend"),
    SETTLEMENT: ("结算", "代发", "现金管理", "收单", "国际", "settle", "payroll", "cash", "trade"),
}


class Span(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Calendar days in the period."""
        return (self.end - self.start).days + 1

    @property
    def span(self) -> Span:
        """Month, quarter or year; anything else counts as the next longer of them."""
        if self.days <= 31:
            return Span.MONTH
        return Span.QUARTER if self.days <= 92 else Span.YEAR

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def shifted(self, count: int) -> "Period":
        """The same span, ``count`` periods later (negative: earlier)."""
        return period_of(self.span, add_months(self.start, count * MONTHS[self.span]))


def period_of(span: Span, day: date) -> Period:
    """The calendar month, quarter or year that ``day`` lies in."""
    months = MONTHS[span]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    last = month_end(first.year, first.month + months - 1)
    return Period(first, last)


def week_of(day: date) -> Period:
    """Monday to Sunday around ``day``."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


class Level(StrEnum):
    """How ambitious: 基本, 进取, 挑战."""

    BASE = "base"
    STRETCH = "stretch"
    CHALLENGE = "challenge"


@dataclass(frozen=True, slots=True)
class Levels:
    """The three marks of a target; the higher two may be missing."""

    base: Decimal
    stretch: Decimal | None = None
    challenge: Decimal | None = None

    def ladder(self) -> tuple[tuple[Level, Decimal], ...]:
        """The levels that exist, lowest first."""
        marks = ((Level.BASE, self.base), (Level.STRETCH, self.stretch),
                 (Level.CHALLENGE, self.challenge))  # fmt: skip
        return tuple((level, mark) for level, mark in marks if mark is not None)

    def reached(self, actual: Decimal) -> Level | None:
        """The highest level that ``actual`` reaches."""
        done = [level for level, mark in self.ladder() if actual >= mark]
        return done[-1] if done else None

    def coming(self, actual: Decimal) -> tuple[Level, Decimal] | None:
        """The lowest level not reached yet, and its mark."""
        ahead = [(level, mark) for level, mark in self.ladder() if actual < mark]
        return ahead[0] if ahead else None

    def __add__(self, other: "Levels") -> "Levels":
        """Two people's targets together; a missing level counts as the one below it."""
        return Levels(
            self.base + other.base,
            _sum(self.stretch, other.stretch, self.base, other.base),
            _sum(self.challenge, other.challenge,
                 self.stretch or self.base, other.stretch or other.base),
        )  # fmt: skip


def _sum(
    a: Decimal | None, b: Decimal | None, below_a: Decimal, below_b: Decimal
) -> Decimal | None:
    if a is None and b is None:
        return None
    return (below_a if a is None else a) + (below_b if b is None else b)


def checked(levels: Levels) -> Levels:
    """The levels, if they are positive and rise. Raises ``Problem('target_levels')``."""
    marks = [mark for _, mark in levels.ladder()]
    if marks[0] <= 0 or any(a >= b for a, b in pairwise(marks)):
        raise Problem("target_levels")
    return levels


def percent(actual: Decimal, goal: Decimal) -> int:
    """Completion in whole per cent, rounded down, so that 100 is never shown too early."""
    return int(actual * 100 // goal) if goal > 0 and actual > 0 else 0
