"""Rhythms: every second Tuesday, 每周一, quarterly on the 15th."""

import re
from datetime import date, timedelta

from domain.calendar import add_months, month_end
from domain.quicklog.patterns import lazy
from domain.quicklog.period import Context
from domain.quicklog.reading import Moment, Recurring

_DAYS_ZH = "一二三四五六日天"
_ZH_COUNT = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "六": 6, "半": 1}
_ZH = lazy(
    r"(?:每|逢)(?P<gap>隔)?(?P<count>[一两二三四六\d])?个?(?P<unit>工作日|天|日"
    r"|周|星期|礼拜|月|季度?|年|半年)(?:的)?"
    rf"(?:(?P<weekday>[{_DAYS_ZH}](?![个起家户]))|(?P<day>\d{{1,2}}|[一二三]?十?[一二三四五六七八九十])(?:号"
    rf"|日)|(?P<edge>底|末|初))?"
    r"|(?P<double>双周|隔周|单周)(?:的)?(?:周)?(?P<dweekday>[一二三四五六日天])?"
)
_EN_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EN = lazy(
    r"\b(?:every|each)\s+(?P<nth>second|other|third|fourth|2nd|3rd|two|three|four|six|\d+)?\s*"
    r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?"
    r"|(?P<unit>working day|business day|workday|day|week|fortnight|month|quarter|year)s?)\b"
    r"(?:\s+on\s+(?:(?P<onday>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?"
    r"|the\s+(?P<monthday>\d{1,2})(?:st|nd|rd|th)))?"
    r"|\b(?P<adverb>daily|weekly|fortnightly|bi-?weekly|monthly|quarterly|annually"
    r"|yearly)\b(?!\s+(?:report|statement|turnover|sales|revenue|figures|accounts))"
    r"(?:\s+on\s+(?:(?P<advday>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?))?"
)
_EN_COUNT = {
    "second": 2,
    "other": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "two": 2,
    "three": 3,
    "four": 4,
    "six": 6,
}
_ADVERBS = {
    "daily": ("day", 1),
    "weekly": ("week", 1),
    "fortnightly": ("week", 2),
    "monthly": ("month", 1),
    "quarterly": ("quarter", 1),
    "annually": ("year", 1),
    "yearly": ("year", 1),
}
# Facts about a client's own rhythm are no appointments of ours.
_FACT = lazy(
    r"发薪|发工资|代发|结息|还款|还息|付息|扣款|开会|例会|营业|回款|结算|进货|交租|对账单"
    r"|\b(?:payday|pays?|paid|payroll|salary|salaries|board|debited|interest|turns over"
    r"|sales|closes?)\b"
)
_UNITS_ZH = {
    "工作日": "workday",
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "月": "month",
    "季": "quarter",
    "季度": "quarter",
    "年": "year",
}


def find_recurring(
    text: str, lowered: str, context: Context
) -> tuple[Recurring | None, list[tuple[int, int]]]:
    """Find our rhythm; also the spans of all rhythms, which are no single dates."""
    spans: list[tuple[int, int]] = []
    chosen: Recurring | None = None
    for pattern, build in ((_ZH, _chinese), (_EN, _english)):
        if pattern is _ZH and lowered.isascii():
            continue
        for match in pattern.finditer(lowered):
            spans.append(match.span())
            around = lowered[max(0, match.start() - 8) : match.end() + 14]
            if chosen is None and not _FACT.search(around):
                chosen = build(match, text, context)
    return chosen, spans


def _chinese(match: re.Match[str], text: str, context: Context) -> Recurring | None:
    if match["double"]:
        weekday = _zh_weekday(match["dweekday"])
        return _make(match, text, "week", 2, weekday, None, context)
    unit = "month" if match["unit"] == "半年" else _UNITS_ZH[match["unit"]]
    every = 6 if match["unit"] == "半年" else 1
    if match["count"]:
        every = int(match["count"]) if match["count"].isdigit() else _ZH_COUNT[match["count"]]
    if match["gap"]:
        every += 1
    monthday = int(match["day"]) if match["day"] and match["day"].isdigit() else None
    if match["edge"]:
        monthday = 1 if match["edge"] == "初" else -1
    return _make(match, text, unit, every, _zh_weekday(match["weekday"]), monthday, context)


def _zh_weekday(char: str | None) -> int | None:
    return None if not char else min(_DAYS_ZH.index(char), 6)


def _english(match: re.Match[str], text: str, context: Context) -> Recurring | None:
    if match["adverb"]:
        word = match["adverb"].replace("-", "")
        unit, every = _ADVERBS.get(word, ("week", 2))
        return _make(match, text, unit, every, _en_weekday(match["advday"]), None, context)
    raw = match["nth"]
    every = 1 if not raw else int(raw) if raw.isdigit() else _EN_COUNT[raw]
    weekday = _en_weekday(match["weekday"] or match["onday"])
    unit = "week" if match["weekday"] else match["unit"]
    if unit == "fortnight":
        unit, every = "week", 2 * every
    if unit in {"working day", "business day"}:
        unit = "workday"
    monthday = int(match["monthday"]) if match["monthday"] else None
    return _make(match, text, unit, every, weekday, monthday, context)


def _en_weekday(raw: str | None) -> int | None:
    return None if raw is None else _EN_DAYS.index(raw[:3])


def _make(
    match: re.Match[str],
    text: str,
    unit: str,
    every: int,
    weekday: int | None,
    monthday: int | None,
    context: Context,
) -> Recurring | None:
    if monthday is not None and not (monthday == -1 or 1 <= monthday <= 31):
        return None
    start, end = match.span()
    first = _first(unit, every, weekday, monthday, context)
    shown = text[start:end]
    return Recurring(shown, start, end, unit, every, first, weekday, monthday)  # type: ignore[arg-type]


def _first(
    unit: str, every: int, weekday: int | None, monthday: int | None, context: Context
) -> Moment:
    """Find the first day of a rhythm, strictly after today."""
    today = context.today
    if weekday is not None:
        return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)
    if monthday is not None:
        return _next_monthday(today, monthday)
    if unit == "workday":
        day = today + timedelta(1)
        while not context.calendar.is_workday(day):
            day += timedelta(1)
        return day
    if unit in {"day", "week"}:
        return today + timedelta(every * (7 if unit == "week" else 1))
    months = {"month": 1, "quarter": 3, "year": 12}[unit] * every
    return add_months(today, months)


def _next_monthday(today: date, monthday: int) -> date:
    for shift in range(3):
        base = add_months(date(today.year, today.month, 1), shift)
        end = month_end(base.year, base.month)
        day = end if monthday == -1 else base.replace(day=min(monthday, end.day))
        if day > today:
            return day
    return add_months(today, 1)
