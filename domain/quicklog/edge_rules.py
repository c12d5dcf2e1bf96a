"""Rules for edges and places inside a period: 月底, EOQ, the first Monday of October."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from domain.calendar import add_months, month_end
from domain.quicklog.clock_rules import first
from domain.quicklog.day_rules import found, named_year
from domain.quicklog.period import (
    Context,
    Period,
    Span,
    either,
    exact,
    nth_unit,
    unit_span,
)
from domain.quicklog.tokens import Token


def edge_day(tokens: list[Token], context: Context) -> Token | None:
    """Read 下月底, end of next month, early 2027, 年初, EOM."""
    edge, period = first(tokens, "Ee"), first(tokens, "pd")
    if edge is None:
        return None
    kind, unit = edge.value if edge.letter == "E" else (edge.value, None)
    if period is None:
        relative, named, plain = first(tokens, "R"), first(tokens, "LY"), first(tokens, "U")
        unit = unit or (plain.value if plain else None)
        if unit is None:
            return None
        base = _edge_base(unit, relative, named, context)
    else:
        base = period.value
        base = _inner(base, unit) if unit else base
    if base is None or base.grain == "day":
        return None
    return found(tokens, edge_of(base, kind))


def _inner(base: Period, unit: str) -> Period | None:
    """Read 明年…季末 or 3月…中旬: the edge's own unit must not be longer than the period."""
    order = ("week", "month", "quarter", "half", "year")
    if base.grain not in order or order.index(unit) > order.index(base.grain):
        return None
    return base


def _edge_base(
    unit: str, relative: Token | None, named: Token | None, context: Context
) -> Period | None:
    if named is not None:
        year = named.value if named.letter == "Y" else context.today.year + int(named.value)
        return exact(date(year, 1, 1), "year", date(year, 12, 31)) if unit == "year" else None
    if relative is not None:
        return nth_unit(unit, int(relative.value), context.today)
    return nth_unit(unit, 0, context.today)


def edge_of(period: Period, kind: str) -> Period | None:
    """Pick the day that an edge stands for; an edge gone by rolls over to the next period."""
    made = period.day(lambda span: _edge_day(span, kind, period.grain))
    return None if made is None else replace(made, edge=True)


def _edge_day(span: Span, kind: str, grain: str) -> date:
    start, end = span
    if kind == "start":
        return start
    if kind == "end":
        return end - timedelta(2) if grain == "week" else end
    if kind in {"ten", "twenty"}:
        return start + timedelta(9 if kind == "ten" else 19)
    middles = {"week": start + timedelta(2), "month": start + timedelta(14)}
    if grain in middles:
        return middles[grain]
    return add_months(start, {"quarter": 1, "half": 3, "year": 6}.get(grain, 0)) + timedelta(
        -1 if grain == "year" else 14
    )


def closing(tokens: list[Token], context: Context) -> Token | None:
    """Read end of day, end of tomorrow: the end of working hours."""
    last = tokens[-1]
    if tokens[0].value != "end":
        return None
    base = last.value if last.letter == "d" else nth_unit("day", 0, context.today)
    if (last.letter == "U" and last.value != "day") or base is None or base.part or base.clock:
        return None
    return found(tokens, replace(base, part="closing"))


def rolling_edge(tokens: list[Token], context: Context) -> Token | None:
    """Read an edge alone: 月初 said on the 23rd is the next month's."""
    made = edge_day(tokens, context)
    if made is None:
        return None
    unit = tokens[0].value[1]
    later = edge_of(nth_unit(unit, 1, context.today), tokens[0].value[0])  # type: ignore[arg-type]
    period: Period = made.value
    if later and period.ahead[0] < context.today:
        made.value = replace(period, ahead=later.ahead)
    return made


def named_quarter(tokens: list[Token], context: Context) -> Token | None:
    """Read Q3 with its year or its edge; alone it is a name of accounts, not a date."""
    quarter, half = first(tokens, "C"), first(tokens, "h")
    year = named_year(tokens, context)
    months, number = (3, quarter.value) if quarter else (6, half.value if half else 1)
    month = (number - 1) * months + 1
    if year is not None:
        return found(tokens, _months(date(year, month, 1), months))
    today = context.today
    this = date(today.year, month, 1)
    ended = month_end(today.year, month + months - 1) < today
    ahead = _months(add_months(this, 12 if ended else 0), months)
    back = _months(add_months(this, -12 if this > today else 0), months)
    return found(tokens, replace(ahead, back=back.back))


def _months(start: date, months: int) -> Period:
    grain = "quarter" if months == 3 else "half"
    return exact(start, grain, add_months(start, months) - timedelta(1))  # type: ignore[arg-type]


def half_month(tokens: list[Token], context: Context) -> Token | None:
    """Read 上半月, 下半月 by their last days."""
    last = tokens[-1].value
    relative = first(tokens, "R")
    month = nth_unit("month", int(relative.value) if relative else 0, context.today)
    if month is None:
        return None
    made = month.day(lambda span: span[0] + timedelta(14) if last == 15 else span[1])
    return found(tokens, made and replace(made, edge=True))


def day_in_period(tokens: list[Token], _: Context) -> Token | None:
    """Read 下月15号, the 10th of next month, last day of October."""
    period, day = first(tokens, "p"), next(t for t in tokens if t.letter in "JOzNR")
    if period is None or period.value.grain not in {"month", "quarter", "year"}:
        return None
    if period.value.grain != "month" and not first(tokens, "U"):
        return None
    if not isinstance(day.value, int) or not (1 <= day.value <= 31 or day.value == -1):
        return None
    number = int(day.value)

    def pick(span: Span) -> date | None:
        made = span[1] if number == -1 else span[0] + timedelta(number - 1)
        return made if made <= span[1] else None

    return found(tokens, period.value.day(pick))


def nth_in_period(tokens: list[Token], context: Context) -> Token | None:
    """Read the first Monday of October, 12月第一个周五, last business day of the month."""
    period, which = first(tokens, "p"), next(t for t in tokens if t.letter in "OzR")
    target = first(tokens, "WU")
    if period is None or target is None or which.value == 0:
        return None
    if target.letter == "U" and target.value == "week":
        return _nth_week(tokens, period.value, int(which.value))
    workday = bool(first(tokens, "u")) or target.value == "workday"
    if target.letter == "U" and not workday:
        return day_in_period(tokens, context) if target.value == "day" else None

    def fits(day: date) -> bool:
        if target.letter == "W":
            return bool(day.weekday() == target.value)
        return context.calendar.is_workday(day)

    return found(tokens, period.value.day(lambda span: _nth(span, int(which.value), fits)))


def nth_weekday(tokens: list[Token], context: Context) -> Token | None:
    """Read the second Sunday, with no month: this month's, or the next one ahead if it is past."""
    number, weekday = tokens[0].value, tokens[1].value
    if not 1 <= number <= 5:
        return None
    near = [nth_unit("month", offset, context.today) for offset in (-1, 0, 1)]
    days = [
        _nth(month.ahead, number, lambda day: day.weekday() == weekday) for month in near if month
    ]
    known = [day for day in days if day is not None]
    ahead = next((day for day in known if day >= context.today), None)
    back = next((day for day in reversed(known) if day <= context.today), None)
    return found(tokens, either(ahead, back) if ahead and back else None)


def _nth(span: Span, number: int, fits: Callable[[date], bool]) -> date | None:
    days = [span[0] + timedelta(shift) for shift in range((span[1] - span[0]).days + 1)]
    fitting = [day for day in days if fits(day)]
    index = number - 1 if number > 0 else number
    return fitting[index] if -len(fitting) <= index < len(fitting) else None


def _nth_week(tokens: list[Token], period: Period, number: int) -> Token | None:
    """Weeks of a month are counted by their Thursdays, as ISO 8601 counts those of a year."""
    thursday = period.day(lambda span: _nth(span, number, lambda day: day.weekday() == 3))
    if thursday is None:
        return None
    ahead, back = unit_span("week", thursday.ahead[0]), unit_span("week", thursday.back[0])
    return found(tokens, Period("week", ahead, back))
