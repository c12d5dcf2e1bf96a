"""The real calendar: announced days, years not announced yet, lunar dates, loaded tables."""

from datetime import date

import pytest

from domain.calendar import add_workdays, easter
from services.calendars import (
    CalendarTableError,
    ChineseCalendar,
    CountryCalendar,
    load_exceptions,
)

CHINA = ChineseCalendar()


def test_shifted_working_days_are_known():
    assert CHINA.is_workday(date(2026, 2, 14))  # a Saturday worked for the Spring Festival
    assert not CHINA.is_workday(date(2026, 10, 5))
    assert CHINA.is_workday(date(2026, 11, 23))


def test_a_year_without_a_notice_is_provisional_and_follows_statute():
    assert (CHINA.provisional(2026), CHINA.provisional(2027)) == (False, True)
    assert not CHINA.is_workday(date(2027, 10, 1))
    assert CHINA.is_workday(date(2027, 10, 8))
    assert not CHINA.is_workday(date(2027, 10, 9))


def test_holidays_carry_their_days_off():
    national = CHINA.holiday("national_day", 2026)
    assert national is not None
    assert (national.first, national.last) == (date(2026, 10, 1), date(2026, 10, 7))
    spring = CHINA.holiday("spring_festival", 2026)
    assert spring is not None
    assert (spring.day, spring.last) == (date(2026, 2, 17), date(2026, 2, 23))
    assert CHINA.holiday("no_such_day", 2026) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("qingming", date(2026, 4, 5)),
        ("dragon_boat", date(2026, 6, 19)),
        ("mid_autumn", date(2026, 9, 25)),
        ("lantern", date(2026, 3, 3)),
        ("laba", date(2026, 1, 26)),
        ("spring_eve", date(2026, 2, 16)),
        ("winter_solstice", date(2026, 12, 22)),
        ("thanksgiving", date(2026, 11, 26)),
        ("good_friday", date(2026, 4, 3)),
    ],
)
def test_holidays_by_name(name, day):
    found = CHINA.holiday(name, 2026)
    assert found is not None
    assert found.day == day


def test_lunar_dates():
    assert CHINA.lunar(8, 15, 2026) == date(2026, 9, 25)
    assert CHINA.lunar(13, 1, 2026) is None


def test_a_loaded_table_goes_first(tmp_path):
    table = tmp_path / "days.csv"
    table.write_text("date,is,weekday\n2027-02-08,off,Mon\n2027-02-20,work,Sat\n", encoding="utf-8")
    loaded = ChineseCalendar(load_exceptions(table))
    assert not loaded.is_workday(date(2027, 2, 8))
    assert loaded.is_workday(date(2027, 2, 20))
    assert not loaded.provisional(2027)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("day,is\n2027-01-01,off\n", "columns"),
        ("date,is\n2027-13-01,off\n", "line 2: not a date"),
        ("date,is\n2027-01-01,off\n2027-01-02,maybe\n", "line 3: off or work"),
    ],
)
def test_a_bad_table_says_where(tmp_path, content, reason):
    table = tmp_path / "days.csv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(CalendarTableError, match=reason):
        load_exceptions(table)


def test_other_countries_have_their_own_days_off():
    britain = CountryCalendar("GB")
    assert not britain.is_workday(date(2026, 12, 25))
    assert britain.is_workday(date(2026, 10, 1))
    assert add_workdays(date(2026, 12, 24), 1, britain) == date(2026, 12, 29)


def test_easter():
    known = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25)}
    assert {year: (easter(year).month, easter(year).day) for year in known} == known
