"""Cut a folded text into the words that dates are made of; all else becomes a gap.

Each token carries one letter for its word class, so that the grammar can be written as small
patterns over a string of letters.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.quicklog import holidays, vocabulary
from domain.quicklog.numerals import EN_ORDINALS, EN_SCALES, EN_WORDS, zh_number
from domain.quicklog.patterns import lazy

GAP = "."
# A date that no calendar has: 30 February. It must not fall apart into a smaller one.
NO_DATE = "0"
_ZH_NUMBER = "[零一二两三四五六七八九十廿卅百]"
_ZH_WORDS = "|".join(sorted(vocabulary.ZH, key=len, reverse=True))
# What follows 号 in an address or a label, so that 3号楼 and 2号线 are no days.
_LABEL = (
    "楼|线|院|店|门|机|厂|仓|库|文|码|馆|公馆|路|桥|车|井|矿|房|铺|位|窗|柜|令|称|召|百货|基地|地块"
)
# What people count in 点 that are not hours.
_POINTS = "建议|意见|要求|内容|问题|原因|反馈|想法|看法|疑问|说明|体会|优势|好处|子|儿|数|评"

# Only these characters can begin a word of the language; all others are skipped at once.
_MONTH = (
    "(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?"
    "|[Aa]ug(?:ust)?|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)"
)
_NUMERALS = "零一二两三四五六七八九十廿卅百元第首初"
_FIRST = "".join(sorted({word[0] for word in vocabulary.ZH} | set(_NUMERALS)))
_LEX = lazy(
    rf"""
(?=[0-9A-Za-z,@~\-{_FIRST}])(?:
  (?P<glued>{_MONTH}(?:\.\s?|[-/]?)(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:A-Za-z]|[-/.]\d))
| (?P<en>(?![Qq][1-4])[A-Za-z]+(?:['-][A-Za-z]+)*'?)
| (?P<named>(?<!\d)\d{{1,4}}(?P<sep3>[-/\ .])(?:{_MONTH})(?P=sep3)\d{{1,4}}(?!\d))
| (?P<iso>(?<![\d.])[12]\d\d\d(?P<sep1>[-/.])(?:1[0-2]|0?[1-9])(?P=sep1)
     (?:3[01]|[12]\d|0?[1-9])(?!\d)(?:[Tt](?=\d))?)
| (?P<spaced>(?<![\d.])(?:19|20)\d\d\ (?:1[0-2]|0[1-9])\ (?:3[01]|[12]\d|0[1-9])(?!\d))
| (?P<iso8>(?<![\d.,])20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\d.,]))
| (?P<slash>(?<![\d.,/])\d{{1,2}}\ ?(?P<sep2>[-/.])\ ?\d{{1,2}}\ ?(?P=sep2)\ ?
     (?:\d{{4}}|\d\d?)(?![\d/]))
| (?P<clock>(?<![\d.:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])
     (?:\s?[AaPp]\.?\s?[Mm]\b\.?|[ap]\b)?)
| (?P<french>(?<![\d.])(?:[01]?\d|2[0-4])[hH][0-5]\d(?!\d))
| (?P<bare>(?<=[Aa]t\ )(?:1[0-2]|0?[1-9]|2[0-3])[0-5][05]
     (?=\s*(?:$|[,.;]|in\ the|on\ |tomorrow|today)))
| (?P<ampm>(?<![\d.])(?:1[0-2]|0?[1-9])(?:[.:]?[0-5]\d)?(?:ish)?\s?
     (?:[AaPp]\.[Mm]\.?|[AaPp][Mm]\b|[ap]\ m\b|[ap]\b))
| (?P<military>(?<![\d.:])(?:[01]\d|2[0-3])[0-5]\d(?=\s?(?:hrs?|hours|h)\b))
| (?P<short>(?<![\d.,/\-])\d{{1,2}}\ ?[/]\ ?\d{{1,2}}(?![\d/%]))
| (?P<dashed>(?<![\d.,/\-A-Za-z])\d{{1,2}}(?:\ ?-\ ?|\.)\d{{1,2}}(?![\d/%\-.A-Za-z]))
| (?P<year>(?:(?<!\d)[12]\d\d\d|[一二][零一二三四五六七八九]{{3}}
     |[一二两]千零?[一二三四五六七八九]?十?[一二三四五六七八九]?)\s?年(?!期|化|利)
     |(?<!\d)[2-9]\d年(?=\s?\d{{1,2}}月|[初底末]))
| (?P<month>(?<![\d个.])(?:1[0-2]|0?[1-9])\s?月(?:份)?
     |(?<![个十一二三四五六七八九])(?:十[一二]|[元一二三四五六七八九十])月(?:份)?)
| (?P<day>(?:(?<![\d.])(?:3[01]|[12]\d|0?[1-9])\s?(?:号|日)
     |(?:(?:[二三]十|廿|卅)?[一二三四五六七八九十]?[一二三四五六七八九十]|廿|卅)(?:号|日))(?!{_LABEL}))
| (?P<hour>(?:(?<![\d.])(?:[01]?\d|2[0-4])|二十[一二三四]?|十[一二三四五六七八九]?
     |[一二两三四五六七八九零])\ ?[点时]
     (?:半|一刻|三刻|整|钟|差?(?:[0-5]?\d(?!\d)|[零二三四五]?十?[一二三四五六七八九十])分?)?
     (?!{_POINTS}))
| (?P<lunar>初[一二三四五六七八九十])
| (?P<quarter>\b[Qq][1-4](?!\d)|(?<!\d)[1-4]Q\b|第?[一二三四1234]季度|第[一二三四]季|首季度?)
| (?P<ordinal>(?<![\d.,])\d{{1,2}}(?:(?:st|nd|rd|th|ST|ND|RD|TH)\b|\.(?=\ ?{_MONTH}\b)))
| (?P<number>(?:(?<![A-Za-z])\d+(?:\.\d+)?
     |{_ZH_NUMBER}+(?=[个周天日月年季刻分小秒钟点工交星礼多来几]|$)))
| (?P<zh>{_ZH_WORDS})
| (?P<zhnumber>{_ZH_NUMBER}+)
| (?P<mark>[-~,@])
)
""",
    re.VERBOSE,
)
_HOLIDAY_WORDS = {name.split()[0] for name in holidays.EN} | {"st", "saint"}
_HOLIDAY = lazy(
    "(?:"
    + "|".join(map(re.escape, sorted(holidays.EN, key=len, reverse=True)))
    + r")(?![a-z])(?:\s+(?:day|holidays?|festival)\b)?"
)
# Names and verbs before they are months or days; they need a number or a preposition beside them.
_WEAK_EN = {"may", "march", "mar", "april", "june", "august", "sat", "sun", "wed", "mon", "second"}
_MARKS = {"-": "-", "~": "-", ",": ",", "@": "@"}


@dataclass(slots=True)
class Token:
    """A word of the date language; `letter` is its class, `weak` needs company."""

    letter: str
    start: int
    end: int
    value: Any = None
    raw: str = ""
    weak: bool = False


def tokenize(text: str, lowered: str) -> list[Token]:
    """Cut `text` (folded; `lowered` is the same in lower case) into tokens and gaps."""
    tokens: list[Token] = []
    reached = position = 0
    while match := _LEX.search(text, position):
        position = match.end()
        found = _words(match, lowered) if match.lastgroup == "en" else _single(match)
        if not found:
            continue
        if text[reached : found[0].start].strip():
            tokens.append(Token(GAP, reached, found[0].start))
        tokens.extend(found)
        reached = position = found[-1].end
    if text[reached:].strip():
        tokens.append(Token(GAP, reached, len(text)))
    return tokens


def _single(match: re.Match[str]) -> list[Token]:
    group, raw = match.lastgroup or "", match[0]
    letter, value = _READERS[group](raw)
    if letter is None:
        return []
    return [Token(letter, match.start(), match.end(), value, raw)]


def _words(match: re.Match[str], lowered: str) -> list[Token]:
    """Read an English word, a holiday that begins with it, or a word cut at its hyphens."""
    start, end = match.span()
    word = lowered[start:end]
    first = word.split("-")[0].rstrip("'")
    if first in _HOLIDAY_WORDS and (found := _HOLIDAY.match(lowered, start)):
        name = re.sub(r"\s+(?:day|holidays?|festival)$", "", found[0])
        key = holidays.EN.get(found[0]) or holidays.EN[name]
        return [Token("H", start, found.end(), key, match.string[start : found.end()])]
    if "-" in word and word not in vocabulary.EN and word not in EN_ORDINALS:
        return _hyphenated(match.string, start, word)
    token = _word(match.string, start, word)
    return [token] if token else []


def _hyphenated(text: str, start: int, word: str) -> list[Token]:
    tokens = []
    for part in word.split("-"):
        token = _word(text, start, part)
        if token is None:
            return []
        tokens.append(token)
        start += len(part) + 1
    return tokens


def _word(text: str, start: int, word: str) -> Token | None:
    raw = text[start : start + len(word)]
    end = start + len(word)
    if word in EN_ORDINALS:
        return Token("O", start, end, EN_ORDINALS[word], raw, weak=word == "second")
    if word in EN_WORDS:
        return Token("N", start, end, EN_WORDS[word], raw)
    if word in EN_SCALES:
        return Token("N", start, end, EN_SCALES[word], raw)
    entry = vocabulary.EN.get(word) or vocabulary.EN.get(word.removesuffix("'s"))
    if entry is None:
        return None
    if entry[0] in "MW" and len(word) <= 5 and text[end : end + 1] == ".":
        end += 1
    return Token(entry[0], start, end, entry[1], raw, weak=_is_weak(word, raw))


def _is_weak(word: str, raw: str) -> bool:
    return word in _WEAK_EN and not (len(word) == 3 and raw[0].isupper() and word != "may")


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


_READERS = {
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
