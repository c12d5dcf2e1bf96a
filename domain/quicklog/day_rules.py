"""Rules for days written out: day words, ISO and slashed dates, day and month."""

import re
from dataclasses import replace
from datetime import date

from domain.calendar import month_end
from domain.quicklog.clock_rules import first, joined
from domain.quicklog.lexemes import NO_DATE
from domain.quicklog.period import (
    Context,
    Period,
    Span,
    either,
    exact,
    nth_unit,
)
from domain.quicklog.tokens import Token


def found(tokens: list[Token], period: Period | None) -> Token | None:
    """Make a token of a period: `d` for a day, `p` for anything longer."""
    if period is None:
        return None
    return joined(tokens, "d" if period.grain in {"day", "instant"} else "p", period)


def safe_date(year: int, month: int, day: int) -> date | None:
    """Make a date; None when the calendar has no such day."""
    if not (1 <= month <= 12 and 1000 <= year <= 2999 and day >= 1):
        return None
    return date(year, month, day) if day <= month_end(year, month).day else None


def yearless(month: int, day: int, context: Context) -> Period | None:
    """Read a day and month: the coming one ahead, the latest one back; today is both."""
    today = context.today
    years = [safe_date(today.year + shift, month, day) for shift in range(-8, 9)]
    ahead = next((one for one in years if one and one >= today), None)
    back = next((one for one in reversed(years) if one and one <= today), None)
    return None if ahead is None or back is None else either(ahead, back)


def month_period(month: int, year: int | None, context: Context) -> Period:
    """Read a month; without a year this or the next one ahead, this or the last one back."""
    today = context.today
    if year is not None:
        return exact(date(year, month, 1), "month", month_end(year, month))
    ahead = today.year + (month < today.month)
    back = today.year - (month > today.month)
    return Period("month", _month_span(ahead, month), _month_span(back, month))


def _month_span(year: int, month: int) -> Span:
    return date(year, month, 1), month_end(year, month)


def day_word(tokens: list[Token], context: Context) -> Token | None:
    """Read today, 后天, 今晚."""
    token = tokens[0]
    offset = token.value[0] if token.letter == "G" else token.value
    period = nth_unit("day", offset, context.today)
    if period and token.letter == "G":
        period = replace(period, part=token.value[1])
    return found(tokens, period)


def iso_date(tokens: list[Token], _: Context) -> Token | None:
    """Take a date that the lexer read whole."""
    return found(tokens, exact(tokens[0].value))


def numeric_date(tokens: list[Token], context: Context) -> Token | None:
    """Read 5/12/2026: month first or day first, the other reading kept when it is a date too."""
    left, right, year = tokens[0].value
    if context.year_first and (made := _year_first(tokens[0].raw)):
        return found(tokens, exact(made))
    readings = [safe_date(year, left, right), safe_date(year, right, left)]
    return _of_two(tokens, [exact(day) if day else None for day in readings], context)


def _year_first(raw: str) -> date | None:
    """Read 26-12-5, as it is written where Chinese is."""
    year, month, day = re.findall(r"\d+", raw)
    if len(year) != 2 or len(day) > 2 or "/" in raw:
        return None
    return safe_date(2000 + int(year), int(month), int(day))


def short_date(tokens: list[Token], context: Context) -> Token | None:
    """Read 5/12, the other reading kept when it is a date too."""
    left, right = tokens[0].value
    readings = [yearless(left, right, context), yearless(right, left, context)]
    return _of_two(tokens, readings, context)


def _of_two(tokens: list[Token], readings: list[Period | None], context: Context) -> Token | None:
    if not context.month_first:
        readings.reverse()
    kept = [reading for reading in readings if reading is not None]
    if not kept:
        return None
    others = tuple(other.ahead[0] for other in kept[1:] if other.ahead != kept[0].ahead)
    return found(tokens, replace(kept[0], others=others))


def short_with_year(tokens: list[Token], context: Context) -> Token | None:
    """Read 08/12, 2015 and Oct-2 2016."""
    pair = first(tokens, "46")
    year = named_year(tokens, context)
    if pair is None or year is None:
        return None
    left, right = pair.value
    days = [safe_date(year, left, right)]
    days += [safe_date(year, right, left)] if pair.letter == "4" else []
    readings = [exact(day) if day else None for day in days]
    return _of_two(tokens, readings, context) or _no_date(tokens)


def glued_date(tokens: list[Token], context: Context) -> Token | None:
    """Read Oct2 and Oct-2."""
    month, day = tokens[0].value
    return found(tokens, yearless(month, day, context)) or _no_date(tokens)


def dashed_date(tokens: list[Token], context: Context) -> Token | None:
    """Read 11-28 or 11.28; day-first is not tried, for too many numbers look like it."""
    month, day = tokens[-1].value
    return found(tokens, yearless(month, day, context))


def full_date(tokens: list[Token], context: Context) -> Token | None:
    """Read day, month and perhaps year, in any order of writing."""
    month = first(tokens, "M")
    day = next((token for token in tokens if token.letter in "JNO"), None)
    if month is None or day is None or not _is_day(day) or _mixed(month, day):
        return None
    year = named_year(tokens, context)
    if year is None:
        return found(tokens, yearless(month.value, day.value, context)) or _no_date(tokens)
    made = safe_date(year, month.value, day.value)
    return found(tokens, exact(made)) if made else _no_date(tokens)


def same_month(tokens: list[Token], context: Context) -> Token | None:
    """Read 去年本月十日."""
    year = context.today.year + int(tokens[0].value)
    made = safe_date(year, context.today.month, tokens[-1].value)
    return found(tokens, exact(made)) if made and tokens[2].value == "month" else None


def _no_date(tokens: list[Token]) -> Token:
    """Keep 30 February in one piece, so that no part of it is read as a date."""
    return joined(tokens, NO_DATE, None)


def _is_day(token: Token) -> bool:
    return isinstance(token.value, int) and 1 <= token.value <= 31


def _mixed(month: Token, day: Token) -> bool:
    """A bare number before a Chinese month, or after it at a distance, is not its day."""
    if month.raw.isascii():
        return False
    return day.letter == "N" and (day.start < month.start or day.start != month.end)


def named_year(tokens: list[Token], context: Context) -> int | None:
    """Find the year that the tokens name, absolute or counted from this one."""
    named = first(tokens, "YL")
    if named is not None:
        return named.value if named.letter == "Y" else context.today.year + int(named.value)
    return None
