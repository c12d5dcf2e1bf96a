"""What a date phrase means before it is known whether it looks forward or back.

A bare `Friday` is the coming one for a next step and the latest one for a contact, so a phrase
keeps both readings until its role is known. All dates are local to the writer.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from domain.calendar import Calendar, Hours, add_months, add_workdays, month_end
from domain.quicklog.lexemes import Clock

Grain = Literal["instant", "day", "week", "weekend", "month", "quarter", "half", "year"]
Span = tuple[date, date]
COARSE = frozenset({"week", "weekend", "month", "quarter", "half", "year"})
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_HALF_MONTH_DAYS = 15


@dataclass(frozen=True, slots=True)
class Context:
    """Where and when the text was written."""

    now: datetime
    calendar: Calendar
    hours: Hours
    month_first: bool = True
    year_first: bool = False

    @property
    def today(self) -> date:
        """The writer's local day."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Period:
    """A phrase with its forward (`ahead`) and backward (`back`) reading, ends inclusive."""

    grain: Grain
    ahead: Span
    back: Span
    others: tuple[date, ...] = ()
    clock: Clock | None = None
    until: Clock | None = None
    part: str | None = None
    at: datetime | None = None
    limit: Literal["by", "after", "within"] | None = None
    edge: bool = False
    holiday: bool = False
    provisional: bool = False
    tense: int = 0

    @property
    def loose(self) -> bool:
        """Whether the reading depends on the direction."""
        return self.ahead != self.back

    def move(self, change: Callable[[date], date]) -> "Period":
        """Move both readings, end by end."""
        return replace(
            self,
            ahead=(change(self.ahead[0]), change(self.ahead[1])),
            back=(change(self.back[0]), change(self.back[1])),
            others=tuple(change(other) for other in self.others),
        )

    def day(self, pick: Callable[[Span], date | None]) -> "Period | None":
        """Pick one day out of each reading; None when either has no such day."""
        ahead, back = pick(self.ahead), pick(self.back)
        if ahead is None or back is None:
            return None
        return replace(self, grain="day", ahead=(ahead, ahead), back=(back, back), others=())


def exact(day: date, grain: Grain = "day", last: date | None = None, tense: int = 0) -> Period:
    """Make a phrase that means the same in both directions."""
    span = (day, last or day)
    return Period(grain, span, span, tense=tense)


def either(ahead: date, back: date, others: tuple[date, ...] = ()) -> Period:
    """Make a day that depends on the direction."""
    return Period("day", (ahead, ahead), (back, back), others)


def unit_span(unit: str, day: date) -> Span:
    """Find the calendar week, weekend, month, quarter, half or year that holds `day`."""
    if unit in {"week", "weekend"}:
        monday = day - timedelta(day.weekday())
        return (monday + timedelta(5 if unit == "weekend" else 0), monday + timedelta(6))
    months = _MONTHS_IN[unit]
    first = (day.month - 1) // months * months + 1
    return date(day.year, first, 1), month_end(day.year, first + months - 1)


def nth_unit(unit: str, offset: int, today: date) -> Period | None:
    """Find this (0), the next (1) or the last (-1) calendar `unit`."""
    if unit == "day":
        return exact(today + timedelta(offset), tense=_sign(offset))
    if unit in {"week", "weekend"}:
        start, end = unit_span(unit, today + timedelta(7 * offset))
    elif unit in _MONTHS_IN:
        base = date(today.year, today.month, 1)
        start, end = unit_span(unit, add_months(base, offset * _MONTHS_IN[unit]))
    elif unit == "fortnight":
        start, end = today + timedelta(1), today + timedelta(14)
        return exact(start, "week", end)
    else:
        return None
    return exact(start, unit, end, tense=_sign(offset))  # type: ignore[arg-type]


def _sign(offset: int) -> int:
    return (offset > 0) - (offset < 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A length of time: months, days, working days and seconds are kept apart."""

    months: int = 0
    days: int = 0
    workdays: int = 0
    seconds: int = 0
    weeks_only: bool = False
    unit: str = "day"

    def __add__(self, other: "Stretch") -> "Stretch":
        return Stretch(
            self.months + other.months,
            self.days + other.days,
            self.workdays + other.workdays,
            self.seconds + other.seconds,
            unit=other.unit,
        )

    def shift(self, day: date, sign: int, calendar: Calendar) -> date:
        """Move a day by the whole stretch (seconds aside)."""
        moved = add_months(day, sign * self.months) + timedelta(sign * self.days)
        return add_workdays(moved, sign * self.workdays, calendar) if self.workdays else moved


def stretch(count: float, unit: str) -> Stretch | None:
    """Make a stretch; None when the unit does not divide so (half a day is not a date)."""
    whole = count == int(count)
    if unit in {"second", "minute", "quarter_hour", "hour"}:
        seconds = {"second": 1, "minute": 60, "quarter_hour": 900, "hour": 3600}[unit]
        return Stretch(seconds=round(count * seconds), unit=unit)
    if unit in _MONTHS_IN:
        months = count * _MONTHS_IN[unit]
        half = months != int(months)
        return Stretch(months=int(months), days=_HALF_MONTH_DAYS if half else 0, unit=unit)
    if not whole:
        return None
    if unit == "workday":
        return Stretch(workdays=int(count), unit=unit)
    days = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}.get(unit)
    return None if days is None else Stretch(days=int(count) * days, unit=unit)


PART_HOURS = {
    "dawn": time(7),
    "morning": time(9),
    "noon": time(12),
    "afternoon": time(14),
    "dusk": time(18),
    "evening": time(19),
    "late": time(23),
    "midnight": time(0),
    "night": time(3),
}


def part_time(part: str, hours: Hours) -> time:
    """Give the hour that a part of the day stands for."""
    if part == "opening":
        return hours.start
    if part in {"closing", "after_hours"}:
        return hours.end
    return PART_HOURS[part]


def in_part(clock: Clock, part: str) -> Clock:
    """Put a clock time into a part of the day: 3 in the afternoon is 15."""
    hour = clock.hour
    if part in {"afternoon", "evening", "dusk", "late", "closing"} and hour < 12:
        hour += 12
    elif part in {"evening", "late", "midnight"} and hour == 12:
        hour = 24
    elif part == "noon" and hour < 4:
        hour += 12
    elif part in {"night", "morning", "dawn"} and hour == 12:
        hour = 0 if part == "night" else 12
    return Clock(hour, clock.minute, clock.second, sure=True)


def clock_time(day: date, clock: Clock) -> datetime:
    """Put a clock on a day; an unsure 1–6 is taken for the afternoon, as people at work mean it."""
    hour = clock.hour
    if not clock.sure and 1 <= hour <= 6:
        hour += 12
    midnight = datetime.combine(day, time(0))
    return midnight + timedelta(hours=hour, minutes=clock.minute, seconds=clock.second)
