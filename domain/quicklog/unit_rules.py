"""Rules for weeks, months and years as a whole, and for weekdays counted by them."""

from dataclasses import replace
from datetime import date, timedelta

from domain.quicklog.clock_rules import first
from domain.quicklog.day_rules import found, month_period, named_year, safe_date
from domain.quicklog.period import (
    Context,
    Period,
    either,
    exact,
    nth_unit,
)
from domain.quicklog.tokens import Token


def named_month(tokens: list[Token], context: Context) -> Token | None:
    """Read a month with its year, with next/last, or after a preposition."""
    month = first(tokens, "M")
    if month is None:
        return None
    relative = first(tokens, "R")
    year = named_year(tokens, context)
    if relative is not None and year is None:
        year = _relative_year(month.value, int(relative.value), context.today)
    return found(tokens, month_period(month.value, year, context))


def _relative_year(month: int, offset: int, today: date) -> int:
    if offset > 0:
        return today.year + (month <= today.month)
    if offset < 0:
        return today.year - (month >= today.month)
    return today.year


def year_period(tokens: list[Token], context: Context) -> Token | None:
    """Read 2027年, 明年 as a whole."""
    year = named_year(tokens, context)
    if year is None:
        return None
    return found(tokens, exact(date(year, 1, 1), "year", date(year, 12, 31)))


def counted_unit(tokens: list[Token], context: Context) -> Token | None:
    """Read 下周, next month, this quarter."""
    relative, unit = first(tokens, "R"), first(tokens, "U")
    if relative is None or unit is None:
        return None
    return found(tokens, nth_unit(unit.value, int(relative.value), context.today))


def next_several(tokens: list[Token], context: Context) -> Token | None:
    """Read the next two weeks, last 3 days, 前两天, 后三天, 最近一周."""
    length = first(tokens, "S")
    lead = tokens[0] if tokens[0].letter != "t" else tokens[1]
    if length is None or length.value.seconds:
        return None
    forward = lead.letter == "A" or lead.value in {"within", "after"} or _is_positive(lead)
    forward = forward or lead.raw.lower() in {"coming", "upcoming"}
    today, sign = context.today, 1 if forward else -1
    if lead.value == "after":
        return found(tokens, exact(length.value.shift(today, 1, context.calendar), tense=1))
    edge = length.value.shift(today, sign, context.calendar)
    span = (today + timedelta(1), edge) if forward else (edge, today - timedelta(1))
    if lead.letter in "AB":
        span = (span[0], span[1])
    made = exact(span[0], "week", span[1], tense=sign)
    return found(tokens, replace(made, limit="within" if forward else None))


def _is_positive(token: Token) -> bool:
    return token.letter == "R" and int(token.value) > 0


def after_next(tokens: list[Token], context: Context) -> Token | None:
    """Read the week after next, Friday after next, month before last."""
    unit, side, which = first(tokens, "UWM"), first(tokens, "ab"), first(tokens, "R")
    if unit is None or side is None or which is None:
        return None
    offset = 2 if side.letter == "a" else -2
    if int(which.value) * offset <= 0:
        return None
    if unit.letter == "U":
        return found(tokens, nth_unit(unit.value, offset, context.today))
    if unit.letter == "W":
        return found(tokens, weekday_in(nth_unit("week", offset, context.today), unit.value))
    month = _relative_year(unit.value, offset, context.today) + (1 if offset > 0 else -1)
    return found(tokens, month_period(unit.value, month, context))


def weekday_in(week: Period | None, weekday: int) -> Period | None:
    """Pick a weekday (Monday 0) out of a week."""
    if week is None:
        return None
    return week.day(lambda span: span[0] + timedelta((weekday - span[0].weekday()) % 7))


def weekday_of_week(tokens: list[Token], context: Context) -> Token | None:
    """Read 下周三, next Friday, this coming Monday, last Tuesday."""
    which, weekday = [t for t in tokens if t.letter == "R"][-1], first(tokens, "W")
    if weekday is None:
        return None
    word, today = which.raw.lower(), context.today
    coming = today + timedelta((weekday.value - today.weekday() - 1) % 7 + 1)
    if word in {"coming", "upcoming"}:
        return found(tokens, exact(coming, tense=1))
    if word == "past":
        return found(tokens, exact(_latest(today - timedelta(1), weekday.value), tense=-1))
    week = nth_unit("week", int(which.value), today)
    made = weekday_in(week, weekday.value)
    if made is None:
        return None
    others = _other_weeks(which, coming, made.ahead[0], weekday.value, today)
    return found(tokens, replace(made, others=others))


def _other_weeks(
    which: Token, coming: date, chosen: date, weekday: int, today: date
) -> tuple[date, ...]:
    """English `next Friday` is the coming one to many; `last Friday` the latest one."""
    if not which.raw.isascii():
        return ()
    usual = coming if int(which.value) == 1 else _latest(today - timedelta(1), weekday)
    return (usual,) if usual != chosen and int(which.value) != 0 else ()


def _latest(day: date, weekday: int) -> date:
    return day - timedelta((day.weekday() - weekday) % 7)


def bare_weekday(weekday: int, context: Context) -> Period:
    """Read a weekday alone: coming without today ahead, latest with today back."""
    today = context.today
    ahead = today + timedelta((weekday - today.weekday() - 1) % 7 + 1)
    return either(ahead, _latest(today, weekday))


def monthless(day: int, context: Context) -> Period | None:
    """Read the 13th, 28号: the coming one ahead (today too), the latest one back."""
    today, wanted = context.today, []
    for shift in range(-3, 4):
        index = today.year * 12 + today.month - 1 + shift
        wanted.append(safe_date(index // 12, index % 12 + 1, day))
    known = [one for one in wanted if one is not None]
    ahead = next((one for one in known if one >= today), None)
    back = next((one for one in reversed(known) if one <= today), None)
    return either(ahead, back) if ahead and back else None


def weekday_and_week(tokens: list[Token], _: Context) -> Token | None:
    """Read 下周的周三, Wednesday of next week."""
    period, weekday = first(tokens, "p"), first(tokens, "W")
    if period is None or weekday is None or period.value.grain != "week":
        return None
    return found(tokens, weekday_in(period.value, weekday.value))


def this_weekend(tokens: list[Token], context: Context) -> Token | None:
    """Read the weekend, 周末: the one of this week."""
    if tokens[-1].value != "weekend":
        return None
    made = nth_unit("weekend", 0, context.today)
    return found(tokens, made and made.day(lambda span: span[0]))


def this_unit(tokens: list[Token], context: Context) -> Token | None:
    """Read `the month` as the present one."""
    return found(tokens, nth_unit(tokens[-1].value, 0, context.today))
