"""Rules for days and for weeks, months, quarters and years as a whole."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from domain.calendar import add_months, month_end
from domain.quicklog.clock_rules import Rule, first, joined
from domain.quicklog.period import (
    Context,
    Period,
    Span,
    either,
    exact,
    nth_unit,
    unit_span,
)
from domain.quicklog.tokens import NO_DATE, Token


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


def _dayword(tokens: list[Token], context: Context) -> Token | None:
    token = tokens[0]
    offset = token.value[0] if token.letter == "G" else token.value
    period = nth_unit("day", offset, context.today)
    if period and token.letter == "G":
        period = replace(period, part=token.value[1])
    return found(tokens, period)


def _iso(tokens: list[Token], _: Context) -> Token | None:
    return found(tokens, exact(tokens[0].value))


def _numeric(tokens: list[Token], context: Context) -> Token | None:
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


def _short(tokens: list[Token], context: Context) -> Token | None:
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


def _short_with_year(tokens: list[Token], context: Context) -> Token | None:
    """Read 08/12, 2015 and Oct-2 2016."""
    pair = first(tokens, "46")
    year = _year(tokens, context)
    if pair is None or year is None:
        return None
    left, right = pair.value
    days = [safe_date(year, left, right)]
    days += [safe_date(year, right, left)] if pair.letter == "4" else []
    readings = [exact(day) if day else None for day in days]
    return _of_two(tokens, readings, context) or _no_date(tokens)


def _glued(tokens: list[Token], context: Context) -> Token | None:
    month, day = tokens[0].value
    return found(tokens, yearless(month, day, context)) or _no_date(tokens)


def _dashed(tokens: list[Token], context: Context) -> Token | None:
    """Read 11-28 or 11.28; day-first is not tried, for too many numbers look like it."""
    month, day = tokens[-1].value
    return found(tokens, yearless(month, day, context))


def _full(tokens: list[Token], context: Context) -> Token | None:
    """Read day, month and perhaps year, in any order of writing."""
    month = first(tokens, "M")
    day = next((token for token in tokens if token.letter in "JNO"), None)
    if month is None or day is None or not _is_day(day) or _mixed(month, day):
        return None
    year = _year(tokens, context)
    if year is None:
        return found(tokens, yearless(month.value, day.value, context)) or _no_date(tokens)
    made = safe_date(year, month.value, day.value)
    return found(tokens, exact(made)) if made else _no_date(tokens)


def _same_month(tokens: list[Token], context: Context) -> Token | None:
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


def _year(tokens: list[Token], context: Context) -> int | None:
    named = first(tokens, "YL")
    if named is not None:
        return named.value if named.letter == "Y" else context.today.year + int(named.value)
    return None


def _month(tokens: list[Token], context: Context) -> Token | None:
    """Read a month with its year, with next/last, or after a preposition."""
    month = first(tokens, "M")
    if month is None:
        return None
    relative = first(tokens, "R")
    year = _year(tokens, context)
    if relative is not None and year is None:
        year = _relative_year(month.value, int(relative.value), context.today)
    return found(tokens, month_period(month.value, year, context))


def _relative_year(month: int, offset: int, today: date) -> int:
    if offset > 0:
        return today.year + (month <= today.month)
    if offset < 0:
        return today.year - (month >= today.month)
    return today.year


def _year_period(tokens: list[Token], context: Context) -> Token | None:
    year = _year(tokens, context)
    if year is None:
        return None
    return found(tokens, exact(date(year, 1, 1), "year", date(year, 12, 31)))


def _unit(tokens: list[Token], context: Context) -> Token | None:
    """Read 下周, next month, this quarter."""
    relative, unit = first(tokens, "R"), first(tokens, "U")
    if relative is None or unit is None:
        return None
    return found(tokens, nth_unit(unit.value, int(relative.value), context.today))


def _several(tokens: list[Token], context: Context) -> Token | None:
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


def _after_next(tokens: list[Token], context: Context) -> Token | None:
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


def _weekday_of_week(tokens: list[Token], context: Context) -> Token | None:
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


def _weekday_and_week(tokens: list[Token], _: Context) -> Token | None:
    period, weekday = first(tokens, "p"), first(tokens, "W")
    if period is None or weekday is None or period.value.grain != "week":
        return None
    return found(tokens, weekday_in(period.value, weekday.value))


def _edge(tokens: list[Token], context: Context) -> Token | None:
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


def _closing(tokens: list[Token], context: Context) -> Token | None:
    """Read end of day, end of tomorrow: the end of working hours."""
    last = tokens[-1]
    if tokens[0].value != "end":
        return None
    base = last.value if last.letter == "d" else nth_unit("day", 0, context.today)
    if (last.letter == "U" and last.value != "day") or base is None or base.part or base.clock:
        return None
    return found(tokens, replace(base, part="closing"))


def _rolling_edge(tokens: list[Token], context: Context) -> Token | None:
    """Read an edge alone: 月初 said on the 23rd is the next month's."""
    made = _edge(tokens, context)
    if made is None:
        return None
    unit = tokens[0].value[1]
    later = edge_of(nth_unit(unit, 1, context.today), tokens[0].value[0])  # type: ignore[arg-type]
    period: Period = made.value
    if later and period.ahead[0] < context.today:
        made.value = replace(period, ahead=later.ahead)
    return made


def _quarter(tokens: list[Token], context: Context) -> Token | None:
    """Read Q3 with its year or its edge; alone it is a name of accounts, not a date."""
    quarter, half = first(tokens, "C"), first(tokens, "h")
    year = _year(tokens, context)
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


def _half_month(tokens: list[Token], context: Context) -> Token | None:
    last = tokens[-1].value
    relative = first(tokens, "R")
    month = nth_unit("month", int(relative.value) if relative else 0, context.today)
    if month is None:
        return None
    made = month.day(lambda span: span[0] + timedelta(14) if last == 15 else span[1])
    return found(tokens, made and replace(made, edge=True))


def _day_in_period(tokens: list[Token], _: Context) -> Token | None:
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


def _nth_in_period(tokens: list[Token], context: Context) -> Token | None:
    """Read the first Monday of October, 12月第一个周五, last business day of the month."""
    period, which = first(tokens, "p"), next(t for t in tokens if t.letter in "OzR")
    target = first(tokens, "WU")
    if period is None or target is None or which.value == 0:
        return None
    if target.letter == "U" and target.value == "week":
        return _nth_week(tokens, period.value, int(which.value))
    workday = bool(first(tokens, "u")) or target.value == "workday"
    if target.letter == "U" and not workday:
        return _day_in_period(tokens, context) if target.value == "day" else None

    def fits(day: date) -> bool:
        if target.letter == "W":
            return bool(day.weekday() == target.value)
        return context.calendar.is_workday(day)

    return found(tokens, period.value.day(lambda span: _nth(span, int(which.value), fits)))


def _nth_weekday(tokens: list[Token], context: Context) -> Token | None:
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


def _weekend(tokens: list[Token], context: Context) -> Token | None:
    """Read the weekend, 周末: the one of this week."""
    if tokens[-1].value != "weekend":
        return None
    made = nth_unit("weekend", 0, context.today)
    return found(tokens, made and made.day(lambda span: span[0]))


def _this_unit(tokens: list[Token], context: Context) -> Token | None:
    return found(tokens, nth_unit(tokens[-1].value, 0, context.today))


DAY_RULES: list[Rule] = [
    ("[DG]", _dayword),
    ("X", _iso),
    ("3", _numeric),
    ("[46],?Y|[YL],?[46]", _short_with_year),
    ("4", _short),
    ("6", _glued),
    ("@5|^5(?=@|T|$|[BIA])|(?<=y)5|5(?=[TBP])", _dashed),
    ("LRUJ", _same_month),
    ("[YL]o?Mo?[JN]", _full),
    ("Mt?[OJN],?[oi]?[YL]", _full),
    ("t?[ON]o?M,?[oi]?[YL]|t?[ON]o?M", _full),
    ("Mt?[OJN](?![UuN½])", _full),
    ("t?[UWM]a[tR]*R|t?U[b]t?R", _after_next),
    ("t?C,?o?[YL]|[YL]o?t?C|[YL]h", _quarter),
    ("(?<=[eoyiwb-])t?C|C(?=[eE])|h(?=[eEI])", _quarter),
    ("RF|F", _half_month),
    ("[YL]o?M|M[oi]?,?[YL]|RM", _month),
    ("(?<=[oiybewfva-])M|(?<=ot)M|M(?=[eEzozI-])", _month),
    ("(?<=[oi])t?R+U|R+U(?=o?z)", _unit),
    ("(?<=[oi])tU", _this_unit),
    ("t?[OzR]u?[WU][oi]p|p[oi]?[zO]o?u?[WU]", _nth_in_period),
    ("OW(?![oi])", _nth_weekday),
    ("R+W|Wt?R(?!U)", _weekday_of_week),
    ("t?R+U", _unit),
    ("t?[RQ]S|(?<![JdHWn])[AB]S|1RS", _several),
    ("(?<![dT])[LY]", _year_period),
    ("t?(?<![NxkS1½])U(?![ABIsl])", _weekend),
]
EDGE_RULES: list[Rule] = [
    ("[LR]o?E|pE|eop|e-?p|po?e|eo?[tR]*U", _edge),
    ("eot?U|eod", _closing),
    ("E", _rolling_edge),
    ("U(?=I)", _this_unit),
    ("p[oi,@]*W|W[of]?t?p|po?W", _weekday_and_week),
    ("p[o@]?t?[JO]|t?Nop|[Jt]?[OJ]o?p", _day_in_period),
]
