"""Working days, holidays and lunar dates as a port: the rules ask, a floor above answers.

All dates are local dates of the person concerned; nothing here reads a clock or a zone.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Protocol

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Hours:
    """The working hours of one person, local time."""

    start: time = time(9, 0)
    end: time = time(18, 0)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named holiday: its own day and the first and last day off, all inclusive."""

    day: date
    first: date
    last: date


class Calendar(Protocol):
    """What the rules need to know about days."""

    def is_workday(self, day: date) -> bool:
        """Tell whether people work on `day`."""
        ...

    def holiday(self, name: str, year: int) -> Holiday | None:
        """Find the holiday called `name` (a key of `domain.quicklog.holidays`) in `year`."""
        ...

    def lunar(self, month: int, day: int, year: int) -> date | None:
        """Convert a lunar date of lunar `year`; None when unknown or not a date."""
        ...

    def provisional(self, year: int) -> bool:
        """Tell whether the table of `year` is a guess because none is published yet."""
        ...


@dataclass(frozen=True, slots=True)
class WeekdayCalendar:
    """Monday to Friday are working days; fixed and Easter holidays only, no lunar dates."""

    def is_workday(self, day: date) -> bool:
        """Tell whether `day` is a Monday to Friday."""
        return day.weekday() < SATURDAY

    def holiday(self, name: str, year: int) -> Holiday | None:
        """Find a holiday that follows from the Gregorian calendar alone."""
        day = fixed_holiday(name, year)
        return None if day is None else Holiday(day, day, day)

    def lunar(self, month: int, day: int, year: int) -> date | None:
        """Know no lunar dates."""
        return None

    def provisional(self, year: int) -> bool:
        """Weekday rules are the same in every year, and never the published table."""
        return True


FIXED = {
    "new_year": (1, 1),
    "valentines": (2, 14),
    "womens_day": (3, 8),
    "arbor_day": (3, 12),
    "st_patricks": (3, 17),
    "april_fools": (4, 1),
    "labour_day_cn": (5, 1),
    "youth_day": (5, 4),
    "nurses_day": (5, 12),
    "childrens_day": (6, 1),
    "juneteenth": (6, 19),
    "party_day": (7, 1),
    "independence_day": (7, 4),
    "army_day": (8, 1),
    "teachers_day": (9, 10),
    "national_day": (10, 1),
    "halloween": (10, 31),
    "singles_day": (11, 11),
    "veterans_day": (11, 11),
    "double_twelve": (12, 12),
    "christmas_eve": (12, 24),
    "christmas": (12, 25),
    "boxing_day": (12, 26),
    "new_years_eve": (12, 31),
    "bastille_day": (7, 14),
    "guy_fawkes": (11, 5),
    "earth_day": (4, 22),
}
# name → (month, weekday, which one; -1 is the last)
NTH_WEEKDAY = {
    "mlk_day": (1, 0, 3),
    "presidents_day": (2, 0, 3),
    "mothers_day": (5, 6, 2),
    "memorial_day": (5, 0, -1),
    "fathers_day": (6, 6, 3),
    "labor_day": (9, 0, 1),
    "columbus_day": (10, 0, 2),
    "thanksgiving": (11, 3, 4),
    "black_friday": (11, 4, 4),
    "early_may_bank_holiday": (5, 0, 1),
    "summer_bank_holiday": (8, 0, -1),
}
EASTER = {
    "mardi_gras": -47,
    "ash_wednesday": -46,
    "palm_sunday": -7,
    "maundy_thursday": -3,
    "good_friday": -2,
    "easter": 0,
    "easter_monday": 1,
    "ascension": 39,
    "whit_monday": 50,
}


def fixed_holiday(name: str, year: int) -> date | None:
    """Find the day of a holiday that needs no lunar table; None when `name` is unknown."""
    if name in FIXED:
        return date(year, *FIXED[name])
    if name in EASTER:
        return easter(year) + timedelta(EASTER[name])
    if name in NTH_WEEKDAY:
        month, weekday, nth = NTH_WEEKDAY[name]
        return nth_weekday(year, month, weekday, nth)
    return None


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """Find the `nth` (1-based; -1 = last) `weekday` (Monday 0) of a month; None if it has none."""
    if nth < 0:
        last = month_end(year, month)
        return last - timedelta((last.weekday() - weekday) % 7 + 7 * (-nth - 1))
    first = date(year, month, 1)
    day = first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month else None


def month_end(year: int, month: int) -> date:
    """Find the last day of a month."""
    return add_months(date(year, month, 1), 1) - timedelta(1)


def add_months(day: date, months: int) -> date:
    """Move by whole months; a day that the month lacks becomes its last one."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_next - timedelta(1)).day))


def add_workdays(day: date, count: int, calendar: Calendar) -> date:
    """Move by `count` working days (negative: back); the start itself is not counted."""
    step = timedelta(1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not calendar.is_workday(day):
            day += step
    return day


def easter(year: int) -> date:
    """Find Easter Sunday, Gregorian (the anonymous algorithm printed in Nature, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
