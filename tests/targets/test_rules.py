"""Periods, levels, pace and figures: rules without a database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WeekdayCalendar
from domain.figures import CORE, SELF, Movement, averaged, summed
from domain.pace import Pace, pace, per_week
from domain.problems import Problem
from domain.targets import Level, Levels, Period, Span, checked, percent, period_of, week_of

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
works = WeekdayCalendar().is_workday


def money(amount):
    return Decimal(amount)


@pytest.mark.parametrize(
    ("span", "day", "start", "end"),
    [
        (Span.MONTH, date(2028, 2, 10), date(2028, 2, 1), date(2028, 2, 29)),
        (Span.QUARTER, date(2026, 11, 23), date(2026, 10, 1), date(2026, 12, 31)),
        (Span.QUARTER, date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (Span.YEAR, date(2026, 6, 30), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_are_calendar_months_quarters_and_years(span, day, start, end):
    assert period_of(span, day) == Period(start, end)
    assert period_of(span, day).span is span


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.sampled_from(Span), st.integers(-9, 9))
def test_shifting_a_period_and_back_gives_the_same(day, span, count):
    period = period_of(span, day)
    assert period.shifted(count).shifted(-count) == period
    assert period.shifted(1).start == period.end + timedelta(days=1)


def test_a_week_is_monday_to_sunday():
    assert week_of(date(2026, 11, 22)) == Period(date(2026, 11, 16), date(2026, 11, 22))


def test_levels_tell_what_is_reached_and_what_comes_next():
    levels = Levels(money(40), money(50), money(60))
    assert levels.reached(money(39)) is None
    assert levels.coming(money(39)) == (Level.BASE, money(40))
    assert levels.reached(money(50)) is Level.STRETCH
    assert levels.coming(money(50)) == (Level.CHALLENGE, money(60))
    assert levels.coming(money(60)) is None


def test_levels_add_up_and_a_missing_one_counts_as_the_one_below():
    both = Levels(money(40), money(50)) + Levels(money(10))
    assert both == Levels(money(50), money(60), None)
    assert Levels(money(1), None, money(5)) + Levels(money(2), money(3)) == Levels(
        money(3), money(4), money(8)
    )


@pytest.mark.parametrize(
    "levels",
    [
        Levels(money(0)),
        Levels(money(-1)),
        Levels(money(5), money(5)),
        Levels(money(5), None, money(4)),
    ],
)
def test_levels_must_be_positive_and_rise(levels):
    with pytest.raises(Problem, match="target_levels"):
        checked(levels)


def test_percent_is_rounded_down_so_that_nothing_is_reached_too_early():
    assert percent(money("39.99"), money(40)) == 99
    assert percent(money(40), money(40)) == 100
    assert percent(money(-5), money(40)) == 0


def test_pace_on_working_and_calendar_days():
    # November 2026 has 21 working days; 15 of them, and 22 days in all, lie before Monday the 23rd.
    found = pace(NOVEMBER, date(2026, 11, 23), works)
    assert found == Pace(work_gone=15, work_days=21, days_gone=22, days=30)
    assert found.share == pytest.approx(15 / 21)
    assert (found.work_left, found.days_left, found.over) == (6, 8, False)


def test_pace_stands_at_nothing_before_and_at_everything_after():
    assert pace(NOVEMBER, date(2026, 10, 1), works).share == 0
    after = pace(NOVEMBER, date(2026, 12, 1), works)
    assert (after.share, after.over) == (1, True)


def test_pace_without_any_working_day_falls_back_to_the_calendar():
    assert pace(NOVEMBER, date(2026, 11, 16), lambda day: False).share == 0.5


@pytest.mark.parametrize(
    ("today", "gap", "expected"),
    [
        (date(2026, 11, 2), 21, money(5)),  # 21 working days left: 4.2 weeks
        (date(2026, 11, 26), 6, money(6)),  # three days left: all of it now
        (date(2026, 11, 26), 0, None),
        (date(2026, 12, 1), 6, None),
    ],
)
def test_what_each_week_must_bring(today, gap, expected):
    found = per_week(money(gap), pace(NOVEMBER, today, works))
    assert found == expected if expected is None else found == pytest.approx(expected)


def self_(day, amount, client=None):
    return Movement(date(2026, 11, day), money(amount), SELF, client)


def core(day, amount, client=None):
    return Movement(date(2026, 11, day), money(amount), CORE, client)


def test_a_sum_counts_only_its_period():
    outside = Movement(date(2026, 10, 31), money(99))
    found = summed([outside, self_(1, 5), self_(30, 7)], NOVEMBER)
    assert (found.amount, found.reported, found.core, found.replaced) == (12, 12, 0, None)
    assert found.as_of == date(2026, 11, 30)


def test_the_core_wins_for_the_same_client_and_the_difference_is_shown():
    found = summed(
        [self_(3, 200, client=1), core(3, 180, client=1), self_(3, 50, client=2)], NOVEMBER
    )
    assert (found.amount, found.core, found.reported) == (230, 180, 50)
    assert (found.replaced, found.difference) == (200, -20)
    assert found.core_as_of == date(2026, 11, 3)


def test_the_core_covers_what_was_reported_up_to_its_day_and_no_further():
    moves = [self_(2, 200, client=1), core(3, 180, client=1), self_(4, 30, client=1)]
    assert summed(moves, NOVEMBER).amount == 210


def test_a_core_total_of_the_person_covers_every_client():
    moves = [self_(2, 200, client=1), core(3, 80, client=1), core(5, 300), self_(6, 10, client=2)]
    found = summed(moves, NOVEMBER)
    assert (found.amount, found.core, found.reported) == (310, 300, 10)


def test_the_daily_average_is_the_mean_of_the_balances_over_calendar_days():
    # 0 for four days, 500 for five, 800 on the tenth.
    found = averaged([self_(5, 500), self_(10, 300)], NOVEMBER, date(2026, 11, 10))
    assert found.day_sum == 500 * 5 + 800
    assert (found.amount, found.balance) == (money("330.00"), 800)


def test_the_balance_carries_over_from_before_the_period():
    before = Movement(date(2026, 9, 30), money(600))
    found = averaged([before, self_(16, -300)], NOVEMBER, date(2026, 12, 15))
    assert found.amount == money("450.00")
    assert found.balance == 300


def test_an_import_sets_the_balance_and_later_entries_move_it():
    moves = [self_(1, 500, client=1), core(6, 400, client=1), self_(11, 100, client=1)]
    found = averaged(moves, NOVEMBER, date(2026, 11, 15))
    assert found.day_sum == 500 * 5 + 400 * 5 + 500 * 5
    assert found.balance == 500
    assert found.amount == found.core + found.reported
    assert found.core_as_of == date(2026, 11, 6)


def test_an_import_of_the_whole_person_includes_what_clients_hold():
    moves = [core(1, 300, client=1), core(1, 1000), core(2, 500, client=1)]
    found = averaged(moves, NOVEMBER, date(2026, 11, 2))
    assert found.day_sum == 1000 + 1200


def test_an_average_of_a_period_that_has_not_begun_is_nothing():
    december = Period(date(2026, 12, 1), date(2026, 12, 31))
    found = averaged([self_(5, 500)], december, date(2026, 11, 10))
    assert (found.amount, found.balance) == (0, 500)


def test_two_people_add_up():
    both = averaged([self_(1, 100)], NOVEMBER, date(2026, 11, 30)) + summed([core(2, 5)], NOVEMBER)
    assert (both.amount, both.balance, both.core_as_of) == (105, 100, date(2026, 11, 2))
