"""Pace (序时进度): how much of a period has gone by, and what the rest of it asks for.

A day counts as gone once it is over, so the morning of the first day stands at 0 %, and what is
still needed may be done today. Working days lead; calendar days stand beside them, because that
is how banks report.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from domain.targets import Period

WORK_WEEK = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """Days gone and days in all; shares are between 0 and 1."""

    work_gone: int
    work_days: int
    days_gone: int
    days: int

    @property
    def share(self) -> float:
        """Share of the working days that are over; calendar days where nobody works at all."""
        return self.work_gone / self.work_days if self.work_days else self.calendar_share

    @property
    def calendar_share(self) -> float:
        """Share of the calendar days that are over."""
        return self.days_gone / self.days

    @property
    def work_left(self) -> int:
        """Working days from today on, today included."""
        return self.work_days - self.work_gone

    @property
    def days_left(self) -> int:
        """Calendar days from today on, today included."""
        return self.days - self.days_gone

    @property
    def over(self) -> bool:
        """Whether the period has ended."""
        return self.days_left == 0


def pace(period: Period, today: date, works: Callable[[date], bool]) -> Pace:
    """How far ``period`` has gone on the morning of ``today``; ``works`` knows working days."""
    days = [period.start + timedelta(days=n) for n in range(period.days)]
    working = [day for day in days if works(day)]
    return Pace(
        work_gone=sum(day < today for day in working),
        work_days=len(working),
        days_gone=sum(day < today for day in days),
        days=len(days),
    )


def per_week(gap: Decimal, pace: Pace) -> Decimal | None:
    """What each five working days must bring to close ``gap``; all of it in the last week.

    None when nothing is missing or the period is over.
    """
    if gap <= 0 or pace.over:
        return None
    weeks = max(Decimal(1), Decimal(pace.work_left) / WORK_WEEK)
    return gap / weeks


def whole(amount: Decimal) -> Decimal:
    """Rounded up to one: nobody makes half a visit."""
    return amount.to_integral_value(ROUND_CEILING)
