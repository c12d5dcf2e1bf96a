"""The real calendar: Chinese working days with 调休, public holidays, lunar dates.

Sources: `chinesecalendar` (the State Council's yearly notices), `holidays` (statutory days of other
countries and of years not yet announced), `lunardate` (1900-2099), and a table of exceptions that
a bank can load. The libraries are imported when a question first needs them.
"""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from domain.calendar import SATURDAY, Holiday, fixed_holiday
from domain.quicklog.holidays import LUNAR

_SOLAR_TERMS = {"qingming": "清明", "winter_solstice": "冬至"}
# Holidays with days off around them.
_WITH_DAYS_OFF = frozenset(
    (
        "new_year",
        "spring_festival",
        "spring_eve",
        "qingming",
        "labour_day_cn",
        "dragon_boat",
        "mid_autumn",
        "national_day",
    )
)
_FURTHEST = 12
Exceptions = Mapping[date, bool]


class CalendarTableError(ValueError):
    """A table of exceptions that cannot be read; the message names file and line."""


def load_exceptions(path: Path) -> dict[date, bool]:
    """Read a CSV with the columns `date` (ISO) and `is` (off or work): day → whether people work.

    Raises `CalendarTableError` for a missing column, an unknown word or a bad date.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"date", "is"} <= set(rows.fieldnames or ()):
            raise CalendarTableError(f"{path.name}: the columns date and is are needed")
        return dict(_exception(path, number, row) for number, row in enumerate(rows, 2))


def _exception(path: Path, number: int, row: dict[str, str]) -> tuple[date, bool]:
    try:
        day = date.fromisoformat(row["date"].strip())
    except ValueError:
        raise CalendarTableError(f"{path.name}, line {number}: not a date") from None
    word = row["is"].strip().lower()
    if word not in {"off", "work"}:
        raise CalendarTableError(f"{path.name}, line {number}: off or work, not {word!r}")
    return day, word == "work"


class ChineseCalendar:
    """Working days and holidays of mainland China; a loaded table of exceptions goes first.

    A table is taken to cover every year that it has a row of.
    """

    def __init__(self, exceptions: Exceptions | None = None) -> None:
        self._exceptions = dict(exceptions or {})
        self._loaded_years = {day.year for day in self._exceptions}

    def is_workday(self, day: date) -> bool:
        """Tell whether people work on `day`: loaded table, announced table, then statute."""
        if day in self._exceptions:
            return self._exceptions[day]
        if day.year in self._loaded_years:
            return day.weekday() < SATURDAY
        announced = _announced_workday(day)
        if announced is not None:
            return announced
        return day.weekday() < SATURDAY and day not in _statutory(day.year)

    def provisional(self, year: int) -> bool:
        """Tell whether no published table covers `year`."""
        return year not in self._loaded_years and _announced_workday(date(year, 1, 1)) is None

    def lunar(self, month: int, day: int, year: int) -> date | None:
        """Convert a lunar date of lunar `year` (no leap months); None outside 1900-2099."""
        return _lunar(month, day, year)

    def holiday(self, name: str, year: int) -> Holiday | None:
        """Find a holiday with the run of days off around it."""
        day = self._day(name, year)
        if day is None:
            return None
        if name not in _WITH_DAYS_OFF:
            return Holiday(day, day, day)
        return Holiday(day, self._run_end(day, -1), self._run_end(day, 1))

    def _day(self, name: str, year: int) -> date | None:
        if name == "spring_eve":
            first = _lunar(1, 1, year)
            return first - timedelta(1) if first else None
        if name in LUNAR:
            # 腊月 belongs to the lunar year before, though people name it by the year it ends in.
            month, day = LUNAR[name]
            return _lunar(month, day, year - 1 if month == _FURTHEST else year)
        if name in _SOLAR_TERMS:
            return _solar_term(_SOLAR_TERMS[name], year)
        return fixed_holiday(name, year)

    def _run_end(self, day: date, step: int) -> date:
        """Walk from a holiday over the days off beside it, weekends included."""
        for _ in range(_FURTHEST):
            following = day + timedelta(step)
            if self.is_workday(following):
                return day
            day = following
        return day


class CountryCalendar(ChineseCalendar):
    """Working days of another country (ISO 3166 code): Monday to Friday but its public holidays."""

    def __init__(self, country: str, exceptions: Exceptions | None = None) -> None:
        super().__init__(exceptions)
        self._country = country

    def is_workday(self, day: date) -> bool:
        """Tell whether `day` is a weekday and no public holiday of the country."""
        if day in self._exceptions:
            return self._exceptions[day]
        return day.weekday() < SATURDAY and day not in _public(self._country, day.year)

    def provisional(self, year: int) -> bool:
        """Public holidays outside China follow from law; no yearly notice is awaited."""
        return False


@lru_cache(maxsize=4096)
def _announced_workday(day: date) -> bool | None:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


@lru_cache(maxsize=64)
def _statutory(year: int) -> frozenset[date]:
    return _public("CN", year)


@lru_cache(maxsize=64)
def _public(country: str, year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays(country, years=year))


@lru_cache(maxsize=1024)
def _lunar(month: int, day: int, year: int) -> date | None:
    from lunardate import LunarDate

    try:
        solar: date = LunarDate(year, month, day).to_solar_date()
    except ValueError:
        return None
    return solar


@lru_cache(maxsize=256)
def _solar_term(term: str, year: int) -> date | None:
    """Find a solar term by the century formula (20.. : Y*0.2422 + C less the leap days)."""
    century = {"清明": (4, 4.81), "冬至": (12, 21.94)}
    if not 2000 <= year <= 2099:
        return None
    month, constant = century[term]
    short = year % 100
    leaps = short // 4 if month > 2 else (short - 1) // 4
    return date(year, month, int(short * 0.2422 + constant) - leaps)
