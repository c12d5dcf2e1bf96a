"""Cut a folded text into the words that dates are made of; all else becomes a gap.

Each token carries one letter for its word class, so that the grammar can be written as small
patterns over a string of letters."""

import re
from dataclasses import dataclass
from typing import Any

from domain.quicklog import holidays, vocabulary
from domain.quicklog.lexemes import READERS
from domain.quicklog.numerals import EN_ORDINALS, EN_SCALES, EN_WORDS
from domain.quicklog.patterns import lazy

GAP = "."


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
    letter, value = READERS[group](raw)
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
