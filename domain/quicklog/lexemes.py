"""What each word of the date language means by itself: its word class and its value."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.quicklog import vocabulary
from domain.quicklog.numerals import zh_number

# A date that no calendar has: 30 February. It must not fall apart into a smaller one.
NO_DATE = "0"


_MARKS = {"-": "-", "~": "-", ",": ",", "@": "@"}


def _read_zh(raw: str) -> tuple[str | None, Any]:
    return vocabulary.ZH[raw]


def _read_iso(raw: str) -> tuple[str | None, Any]:
    year, month, day = (int(part) for part in re.findall(r"\d+", raw))
    return _valid("X", year, month, day)


def _month_number(word: str) -> int:
    number = vocabulary.EN[word.lower()[:3]][1]
    return number if isinstance(number, int) else 0


def _read_glued(raw: str) -> tuple[str | None, Any]:
    """Read Oct2, Oct-2, Oct.2nd."""
    word, day = re.findall(r"[A-Za-z]+|\d+", raw)[:2]
    return "6", (_month_number(word), int(day))


def _read_named(raw: str) -> tuple[str | None, Any]:
    """Read 1-Sep-2019 and 2019/Sep/01; a two-digit year is of this century."""
    first, month, last = re.findall(r"[A-Za-z]+|\d+", raw)
    day, year = (last, first) if len(first) == 4 else (first, last)
    number = int(year) + _century(year)
    return _valid("X", number, _month_number(month), int(day))


def _century(year: str) -> int:
    """Complete a two-digit year: 70 to 99 were in the last century."""
    if len(year) != 2:
        return 0
    return 1900 if int(year) > 69 else 2000


def _read_iso8(raw: str) -> tuple[str | None, Any]:
    return _valid("X", int(raw[:4]), int(raw[4:6]), int(raw[6:]))


def _valid(letter: str, year: int, month: int, day: int) -> tuple[str | None, Any]:
    try:
        return letter, date(year, month, day)
    except ValueError:
        return NO_DATE, None


def _read_slash(raw: str) -> tuple[str | None, Any]:
    parts = re.findall(r"\d+", raw)
    if len(parts[2]) == 1 and len(parts[0]) == 1:
        return None, None
    first, second, year = (int(part) for part in parts)
    return "3", (first, second, _century(parts[2]) + year)


def _read_short(raw: str) -> tuple[str | None, Any]:
    first, second = (int(part) for part in re.findall(r"\d+", raw))
    if (first, second) == (24, 7):
        return None, None
    return ("4" if "/" in raw else "5"), (first, second)


def _read_clock(raw: str) -> tuple[str | None, Any]:
    parts = [int(part) for part in re.findall(r"\d+", raw)]
    half = raw.lower().lstrip("0123456789h: ")[:1]
    return _time(parts[0], parts[1] if len(parts) > 1 else 0, half, parts[2:] or [0])


def _read_ampm(raw: str) -> tuple[str | None, Any]:
    digits = re.findall(r"\d+", raw)
    half = re.sub(r"[\d.:\s]|ish", "", raw.lower())[:1]
    if len(digits) == 1 and len(digits[0]) > 2:
        digits = [digits[0][:-2], digits[0][-2:]]
    return _time(int(digits[0]), int(digits[1]) if len(digits) > 1 else 0, half, [0])


def _read_military(raw: str) -> tuple[str | None, Any]:
    return _time(int(raw[:2]), int(raw[2:]), "24", [0])


def _time(hour: int, minute: int, half: str, seconds: list[int]) -> tuple[str | None, Any]:
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return "T", Clock(hour, minute, seconds[0], sure=bool(half) or hour > 12 or hour == 0)


def _read_hour(raw: str) -> tuple[str | None, Any]:
    head, _, tail = raw.replace("时", "点").partition("点")
    hour = zh_number(head.strip())
    if hour is None or hour > 24 or raw == "一时":
        return None, None
    fixed = {"半": 30, "一刻": 15, "三刻": 45, "": 0, "整": 0, "钟": 0}
    minute = fixed[tail] if tail in fixed else zh_number(tail.strip("分零差") or "0")
    if minute is None or minute > 59:
        return None, None
    return "T", Clock(int(hour), int(minute), 0, sure=hour > 12 or hour == 0)


def _read_year(raw: str) -> tuple[str | None, Any]:
    number = zh_number(raw.rstrip("年 "))
    return "Y", None if number is None else int(number) + (2000 if number < 100 else 0)


def _read_month(raw: str) -> tuple[str | None, Any]:
    number = zh_number(raw.rstrip("月份 ").replace("元", "一"))
    return "M", None if number is None else int(number)


def _read_day(raw: str) -> tuple[str | None, Any]:
    number = zh_number(raw.rstrip("号日 "))
    return ("J", int(number)) if number is not None and 1 <= number <= 31 else (None, None)


def _read_number(raw: str) -> tuple[str | None, Any]:
    number = float(raw) if "." in raw else zh_number(raw)
    if number is None:
        return None, None
    value = int(number) if number == int(number) else number
    return ("Y" if raw.isdigit() and len(raw) == 4 and 1970 <= value <= 2099 else "N"), value


def _read_quarter(raw: str) -> tuple[str | None, Any]:
    number = zh_number(raw.strip("Qq第季度").replace("首", "1"))
    return "C", None if number is None else int(number)


def _read_ordinal(raw: str) -> tuple[str | None, Any]:
    return "O", int(re.sub(r"\D", "", raw))


def _read_lunar(raw: str) -> tuple[str | None, Any]:
    return "r", int(zh_number(raw[1]) or 0)


def _read_mark(raw: str) -> tuple[str | None, Any]:
    return _MARKS[raw], None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `sure` when it cannot be meant twelve hours later."""

    hour: int
    minute: int = 0
    second: int = 0
    sure: bool = False


READERS = {
    "iso": _read_iso,
    "iso8": _read_iso8,
    "spaced": _read_iso,
    "glued": _read_glued,
    "named": _read_named,
    "slash": _read_slash,
    "clock": _read_clock,
    "ampm": _read_ampm,
    "french": _read_clock,
    "bare": lambda raw: _time(int(raw[:-2]), int(raw[-2:]), "", [0]),
    "military": _read_military,
    "short": _read_short,
    "dashed": _read_short,
    "year": _read_year,
    "month": _read_month,
    "day": _read_day,
    "hour": _read_hour,
    "lunar": _read_lunar,
    "quarter": _read_quarter,
    "ordinal": _read_ordinal,
    "number": _read_number,
    "zh": _read_zh,
    "zhnumber": _read_number,
    "mark": _read_mark,
}
