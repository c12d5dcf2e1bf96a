"""A target set by one message: `王芳 deposits 5000万 Q4`, `王芳 12月 拜访 40/50/60`.

The parts come in any order and in either language, with or without spaces in Chinese. A month or
quarter without a year is the present or the coming one; the answer always echoes it in full.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.problems import Problem
from domain.quicklog.entries import METRICS
from domain.quicklog.numerals import zh_number
from domain.targets import Levels, Period, Span, checked, period_of

# Words for metrics beside those that entries know; longer ones are tried first.
_MORE: Mapping[str, tuple[str, ...]] = {
    "deposits": ("存款日均", "average deposits", "average deposit"),
    "loans": ("贷款累放", "贷款投放", "投放"),
    "settlement": ("settlement volume",),
    "new_clients": ("新客", "拓客", "new customers", "new customer"),
    "visits": ("上门",),
    "calls": ("电联", "phone calls", "phone call"),
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH_WORD = (
    r"(?:january|february|march|april|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sept|sep|oct|nov|dec)\.?"
)
_RELATIVE = {
    "本": 0, "这个": 0, "这": 0, "当": 0, "今": 0, "全": 0, "this ": 0, "the ": 0,
    "下": 1, "下个": 1, "下一": 1, "明": 1, "next ": 1,
    "上": -1, "上个": -1, "last ": -1,
}  # fmt: skip
_SPANS = {"月": Span.MONTH, "month": Span.MONTH, "季度": Span.QUARTER, "季": Span.QUARTER,
          "quarter": Span.QUARTER, "年": Span.YEAR, "year": Span.YEAR}  # fmt: skip

_YEAR = r"(?:(?P<year>20\d\d)\s*[年/-]?\s*)?"
_AFTER = r"(?:,?\s+(?P<late>20\d\d)(?!\d))?"
_QUARTER = re.compile(
    rf"(?<![\w])?{_YEAR}(?:q(?P<q>[1-4])(?!\d)|第?(?P<zh>[一二三四1-4])季度?){_AFTER}", re.I
)
_MONTH = re.compile(rf"{_YEAR}(?P<n>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?")
_ISO_MONTH = re.compile(r"(?<!\d)(?P<year>20\d\d)[-/](?P<n>1[0-2]|0?[1-9])(?![\d-])")
_EN_MONTH = re.compile(rf"\b(?P<word>{_MONTH_WORD})(?!\w){_AFTER}", re.I)
_RELATIVE_PERIOD = re.compile(
    r"(?P<which>下一|下个|上个|这个|本|这|当|今|全|下|明|上|this |next |last |the )"
    r"(?P<span>季度|季|月|年|month|quarter|year)", re.I
)  # fmt: skip
_ONLY_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)(?:\s*年(?:度)?|(?=\s|$))")

_SCALES = {"k": 10**3, "w": 10**4, "m": 10**6, "mn": 10**6, "million": 10**6, "b": 10**9,
           "bn": 10**9, "billion": 10**9}  # fmt: skip
_AMOUNT = re.compile(
    r"(?P<number>(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十])[\d零一二两三四五六七八九十百千万亿.]*)"
    r"\s?(?P<scale>million|billion|bn|mn|k|w|m|b)?(?![A-Za-z])"
    r"\s?(?:元|次|家|户|个|笔|通)?", re.I
)  # fmt: skip
_TEAM = re.compile(r"全团队|全队|全组|团队|小组|\b(?:the )?(?:whole )?team\b", re.I)
_NOISE = re.compile(
    r"^\s*(?:/targets\b)?|\b(?:set|target|targets|for|to|of|by|in|the|goal)\b|目标|设定|设置"
    r"|[,，、;；:：/|=~。]|的|^给|为", re.I
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TargetText:
    """A target as it was written; ``holder`` is a name, "" for nobody named."""

    holder: str
    whole_team: bool
    metric: str
    period: Period
    levels: Levels


def read_target(text: str, today: date, metrics: Sequence[str]) -> TargetText:
    """Read one message. ``today`` is the writer's local date, ``metrics`` what the bank counts.

    Raises ``Problem``: ``target_no_metric``, ``target_no_period``, ``target_no_amount``,
    ``target_levels``.
    """
    rest = unicodedata.normalize("NFKC", text)
    metric, rest = _metric(rest, metrics)
    period, rest = _period(rest, today)
    levels, rest = _levels(rest)
    whole_team = _TEAM.search(rest) is not None
    holder = " ".join(_NOISE.sub(" ", _TEAM.sub(" ", rest)).split())
    return TargetText(holder, whole_team, metric, period, levels)


def _metric(text: str, metrics: Sequence[str]) -> tuple[str, str]:
    for metric in sorted(metrics, key=lambda name: (name not in METRICS, -len(name))):
        words = {metric, metric.replace("_", " "), *METRICS.get(metric, ()), *_MORE.get(metric, ())}
        pattern = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        found = re.search(rf"(?<![A-Za-z])(?:{pattern})(?![A-Za-z])", text, re.I)
        if found and not _names_more(text, metric, metrics, found.group()):
            return metric, _without(text, found)
    raise Problem("target_no_metric", metrics=", ".join(metrics))


def _names_more(text: str, metric: str, metrics: Sequence[str], found: str) -> bool:
    """Whether another metric of the bank is written here with a longer name."""
    low = text.lower()
    return any(
        other != metric and len(other) > len(found) and other.lower() in low for other in metrics
    )


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _period(text: str, today: date) -> tuple[Period, str]:
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Period]], ...] = (
        (_QUARTER, _quarter), (_ISO_MONTH, _month), (_MONTH, _month), (_RELATIVE_PERIOD, _relative),
        (_EN_MONTH, _month_word), (_ONLY_YEAR, _year),
    )  # fmt: skip
    for pattern, read in readers:
        found = list(pattern.finditer(text))
        if found:  # the last one: a name such as May Wong stands before its month
            return read(found[-1], today), _without(text, found[-1])
    raise Problem("target_no_period")


def _quarter(found: re.Match[str], today: date) -> Period:
    quarter = _number(found["q"] or found["zh"])
    year = found["year"] or found["late"]
    return _coming(Span.QUARTER, quarter * 3 - 2, int(year) if year else None, today)


def _month(found: re.Match[str], today: date) -> Period:
    month = _number(found["n"])
    year = int(found["year"]) if found["year"] else None
    return _coming(Span.MONTH, month, year, today)


def _month_word(found: re.Match[str], today: date) -> Period:
    month = _MONTHS.index(found["word"].lower()[:3]) // 4 + 1
    return _coming(Span.MONTH, month, int(found["late"]) if found["late"] else None, today)


def _number(text: str) -> int:
    number = zh_number(text)
    assert number is not None  # the pattern lets nothing else through
    return int(number)


def _coming(span: Span, month: int, year: int | None, today: date) -> Period:
    if year is not None:
        return period_of(span, date(year, month, 1))
    period = period_of(span, date(today.year, month, 1))
    return period if period.end >= today else period_of(span, date(today.year + 1, month, 1))


def _relative(found: re.Match[str], today: date) -> Period:
    present = period_of(_SPANS[found["span"].lower()], today)
    return present.shifted(_RELATIVE[found["which"].lower()])


def _year(found: re.Match[str], today: date) -> Period:
    return period_of(Span.YEAR, date(int(found["year"]), 1, 1))


def read_levels(text: str) -> Levels:
    """The one to three amounts of a text that says nothing else, such as ``5000万/6000万``.

    Raises ``Problem``: ``target_no_amount``, ``target_levels``.
    """
    levels, rest = _levels(unicodedata.normalize("NFKC", text))
    if _NOISE.sub("", rest).strip():
        raise Problem("target_no_amount")
    return levels


def only_amounts(text: str) -> bool:
    """Whether a text consists of amounts alone."""
    plain = unicodedata.normalize("NFKC", text)
    return _NOISE.sub("", _AMOUNT.sub("", plain)).strip() == ""


def _levels(text: str) -> tuple[Levels, str]:
    found = [(match, value) for match in _AMOUNT.finditer(text) if (value := _value(match))]
    if not 1 <= len(found) <= 3:
        raise Problem("target_no_amount")
    for match, _ in reversed(found):
        text = _without(text, match)
    return checked(Levels(*(value for _, value in found))), text


def _value(match: re.Match[str]) -> Decimal | None:
    number = match["number"].replace(",", "")
    if not re.search(r"[0-9]|.[十百千万亿]|十.", number):
        return None  # 王一, 周一鸣: a numeral in a name is no amount
    value = zh_number(number) if not _plain(number) else Decimal(number)
    scale = _SCALES.get((match["scale"] or "").lower(), 1)
    return None if value is None else value * scale


def _plain(number: str) -> bool:
    return re.fullmatch(r"\d+(?:\.\d+)?", number) is not None
