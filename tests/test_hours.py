"""Fault 30: one firing per local date, across gaps, folds, leap days and whole lost days."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.hours import instant, next_occurrence

ZONES = [
    "Asia/Shanghai",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Africa/Cairo",  # the gap is at midnight
    "America/Santiago",
]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(0, 0), time(0, 30), time(1, 30), time(2, 15), time(8, 0)])
def test_a_year_has_as_many_firings_as_days(zone: str, at: time) -> None:
    """Fails when the next occurrence is taken to be 24 hours later."""
    place = ZoneInfo(zone)
    moment = instant(date(2027, 12, 31), at, place)
    dates = []
    for _ in range(366):
        moment = next_occurrence(moment, at, place)
        dates.append(moment.astimezone(place).date())
    assert dates == [date(2028, 1, 1) + timedelta(days=n) for n in range(366)]


def test_a_leap_day_is_a_day_like_any_other() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    moment = next_occurrence(datetime(2028, 2, 28, 8, tzinfo=zone), time(8), zone)
    assert moment.astimezone(zone) == datetime(2028, 2, 29, 8, tzinfo=zone)
    moment = next_occurrence(moment, time(8), zone)
    assert moment.astimezone(zone) == datetime(2028, 3, 1, 8, tzinfo=zone)


def test_a_skipped_time_is_the_end_of_the_gap() -> None:
    zone = ZoneInfo("Europe/London")
    assert instant(date(2027, 3, 28), time(1, 30), zone) == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_of_a_time_that_comes_twice_the_first_counts() -> None:
    zone = ZoneInfo("Europe/London")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant(date(2026, 10, 25), time(1, 30), zone) == first
    following = next_occurrence(first, time(1, 30), zone)
    assert following == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_a_new_zone_counts_from_its_own_date() -> None:
    """From Shanghai to Honolulu, where it is still yesterday."""
    now = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    there = ZoneInfo("Pacific/Honolulu")
    moment = next_occurrence(now, time(8), there).astimezone(there)
    assert moment == datetime(2026, 11, 24, 8, tzinfo=there)


def test_a_day_that_a_country_left_out_stops_nothing() -> None:
    """Samoa had no 30 December 2011."""
    zone = ZoneInfo("Pacific/Apia")
    moment = instant(date(2011, 12, 28), time(8), zone)
    found = []
    for _ in range(3):
        moment = next_occurrence(moment, time(8), zone)
        found.append(moment)
    assert len(set(found)) == 3
    assert all(b > a for a, b in itertools.pairwise(found))
