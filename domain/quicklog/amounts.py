"""Money: a number with a currency, a scale, or thousands marks. Anything less is asked about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.quicklog.currencies import SCALES, SIGNS, WORDS
from domain.quicklog.numerals import EN_SCALES, EN_WORDS, en_number, zh_number
from domain.quicklog.patterns import lazy
from domain.quicklog.reading import AmountMention, Doubt, Number

_ZH_DIGIT = "零一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_ZH_UNIT = "十百千万亿拾佰仟"


_BIG = lazy("[百千万亿]+")
_LEADING = lazy(r"\d+(?:\.\d+)?(?!,)")


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_EN_NUMBER = _any([*EN_WORDS, *EN_SCALES])
_EN_SMALL = _any(EN_WORDS)
_CODES = "usd|eur|gbp|cny|rmb|hkd|jpy|sgd|aud|cad|chf|inr|krw|twd|nzd|thb|myr"
# A number may begin here: not inside another number or word, but right behind a currency code.
_OPEN = rf"(?:(?<![\dA-Za-z.,:/])|(?<={_CODES}))"
_NUMBER = lazy(
    rf"(?=[\d.{_ZH_DIGIT}十拾]|\b[otfsenhmbazq])(?:"
    rf"(?P<grouped>{_OPEN}[1-9]\d{{0,2}}(?:(?:,\d{{2}})*,\d{{3}})+(?:\.\d+)?(?![\d,]*\d))"
    rf"|(?P<zh>(?<![A-Za-z.:/\d])(?>[{_ZH_DIGIT}十]+点[{_ZH_DIGIT}]+[百千万亿]+"
    rf"|\d+(?:\.\d+)?[{_ZH_DIGIT}{_ZH_UNIT}](?:[{_ZH_DIGIT}{_ZH_UNIT}]|\d+(?:\.\d+)?)*"
    rf"|[{_ZH_DIGIT}十拾](?:[{_ZH_DIGIT}{_ZH_UNIT}]|\d+(?:\.\d+)?)+))"
    rf"|(?P<plain>{_OPEN}(?:\d+(?:\.\d+)?|\.\d+)(?![\d]))"
    rf"|(?P<zhplain>[{_ZH_DIGIT}十][{_ZH_DIGIT}十百千]*(?=[元块圆万亿角毛]|个(?:亿|千万|百万)|人民币|美|港|欧|英镑|日元|日圆))"
    rf"|(?P<half>(?<![a-z'-])(?:(?:{_EN_NUMBER})|\d+)\sand\sa\shalf\s(?=million|billion|thousand))"
    rf"|(?P<part>(?:(?P<times>a|one|three)\s)?(?P<share>half|quarter)s?\s(?:of\s)?(?:an?\s)?(?=million|billion|thousand|trillion))"
    rf"|(?P<en>(?<![a-z'-])(?:(?:half\s)?a\s(?=hundred|thousand|million|billion|dollar)"
    rf"|(?:{_EN_NUMBER})\b)"
    rf"(?:[\s-]?(?:(?:and|point)\s)?(?:{_EN_NUMBER})\b)*))"
)
_SIGN = _any(SIGNS)
_LATIN = _any(word for word in WORDS if word.isascii())
_HAN = _any(word for word in WORDS if not word.isascii())
_BEFORE = lazy(
    rf"(?:(?P<sign>{_SIGN})|(?<![a-z])(?P<word>usd|cny|rmb|hkd|eur|gbp|jpy|sgd|aud|cad|chf|inr|myr"
    rf"|nzd|twd|krw|rs|rs\.|人民币|美元|美金|港币|港元|欧元|英镑|日元))\s?$"
)
_SCALE = lazy(
    r"(?:(?P<letter>kk|k|w|m|mm|mn|mio|mln|mil|bn|bln|tn)(?![a-z])"
    r"|\s(?P<wide>mm|mn|mio|mln|mil|bn|m)(?![a-z'])"
    rf"|\s?(?P<glued>k|m|bn)(?=(?:{_CODES})\b)"
    r"|个(?P<big>亿|千万|百万)"
    rf"|\s?(?P<scale>{_any(w for w in SCALES if len(w) > 3)})\b)"
)
_AFTER = lazy(rf"(?P<sign>\s?(?:{_SIGN})(?!\s?\d))|\s?(?P<word>{_HAN}|(?:{_LATIN})(?![a-z]))")
_MONTH_BEFORE = lazy(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b")
_WIDE_AFTER = lazy(r"\s(million|billion|thousand|trillion)\b")
_NEXT_WORD = lazy(r"\s?(?:[年月日号天点个%户家人期周次笔小]|[./:-]\d|倍)")
_VAGUE = lazy(r"(?:几|数|上|好几|过|近|多)$")
_COUNTED = lazy(
    r"(?:多|余|来)?(?:人|户|家|台|吨|件|套|平方|平米|平|亩|头|只|辆|公里|千米"
    r"|米|个月|名|股|次|张|份|字|卡|笔|斤|公斤"
    r"|箱|瓶|升|度|年|天|小时|分钟)|\s?(?:strong\b|people|staff|employees|units|tons|tonnes"
    r"|sq|shares|users"
    r"|customers|clients|km\b|miles|pcs|pieces|sets|boxes)"
)
_CHANGE_ZH = lazy(
    rf"(?:(?P<tenth>[\d{_ZH_DIGIT}])[角毛](?P<odd>[\d{_ZH_DIGIT}])?分?|(?P<cents>[\d{_ZH_DIGIT}])分"
    rf"|(?P<bare>[{_ZH_DIGIT}])(?![{_ZH_DIGIT}{_ZH_UNIT}]))"
)
_CHANGE_EN = lazy(
    rf"\s(?:and\s)?(?P<cents>\d{{1,2}}|(?:{_EN_SMALL})(?:[\s-](?:{_EN_SMALL}))?)(?:\s?(?:cents?"
    rf"|c|pence|p|pennies)\b|(?=\s*[.,;]?\s*$))"
)
_RANGE = lazy(r"(?<![\d.\-/])(?P<low>\d+(?:\.\d+)?)\s?(?:-|~|到|至|to|and)\s?$")
_SLANG = lazy(
    r"(?P<verb>贷|续贷|借|存|放|批|授信|提款|用信|转|还|要|押)(?:了|款|个)?\s?(?P<number>\d{2,5})(?![\d.,:/%年月日号天个点万亿千百元块wWkKmM人户家\-])"
    r"|(?<![\d.])(?P<count>\d{2,5})个(?=\s|$|[,.;!，、吧左的])"
    r"|(?<![\d.A-Za-z])(?P<kw>\d+(?:\.\d+)?)kw\b"
)
_MONEY_LEAD = lazy(
    r"(?:金额|贷款|存款|授信|额度|营收|收入|余额|本金|revenue|turnover|amount|loan"
    r"|deposit|limit|facility|balance)"
    r"(?:\s?(?:of|约|是|为|about|around))?\s?:?\s?$"
)


_SCALABLE = {"plain", "grouped", "en", "half", "zhplain", "part"}


@dataclass(frozen=True, slots=True)
class _Reach:
    value: Decimal
    start: int
    end: int
    currency: str | None
    strong: bool


def find_amounts(text: str, lowered: str) -> tuple[list[AmountMention], list[Doubt]]:
    """Find the amounts of a folded text, and the figures whose unit has to be asked for."""
    amounts: list[AmountMention] = []
    reached = 0
    for match in _NUMBER.finditer(lowered):
        if match.start() < reached:
            continue
        made = _reach(match, lowered)
        if made is None:
            continue
        low = _lower_end(lowered, made, match)
        for one in filter(None, (low, made)):
            amounts.append(_mention(text, one))
        reached = made.end
    return amounts, _doubts(text, lowered, amounts)


def _mention(text: str, reach: _Reach) -> AmountMention:
    shown = text[reach.start : reach.end]
    return AmountMention(shown, reach.start, reach.end, plain(reach.value), reach.currency)


def plain(value: Decimal) -> Number:
    """Give a JSON-friendly number: an int where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _own_run(match: re.Match[str], lowered: str) -> str:
    """Give the numeral without what belongs to the next word: 500万3年期 is 500万."""
    run = match[0]
    big = max(run.rfind("万"), run.rfind("亿"))
    tail = run[big + 1 :]
    odd = tail.isascii() and len(tail) not in {1, 3, 4}
    if big >= 0 and tail and (odd or _NEXT_WORD.match(lowered, match.end())):
        return run[: big + 1]
    return run


def _value(group: str | None, raw: str) -> Decimal | None:
    if group == "grouped":
        return Decimal(raw.replace(",", ""))
    if group == "plain":
        return Decimal(raw)
    if group == "part":
        share = Decimal("0.5") if "half" in raw else Decimal("0.25")
        return share * (3 if raw.startswith("three") else 1)
    if group == "half":
        whole = _cents(raw.split()[0])
        return None if whole is None else whole + Decimal("0.5")
    if group == "en":
        return _english(raw)
    if "点" in raw:
        return _pointed(raw)
    return zh_number(raw)


def _pointed(raw: str) -> Decimal | None:
    """Read 三点五亿."""
    whole, tail = raw.split("点")
    digits = tail.rstrip(_ZH_UNIT)
    head, unit = zh_number(whole), zh_number("一" + tail[len(digits) :])
    if head is None or unit is None:
        return None
    fraction = "".join(str(zh_number(digit) or 0) for digit in digits)
    return Decimal(f"{head}.{fraction}") * unit


def _english(raw: str) -> Decimal | None:
    if raw.startswith("half"):
        scale = next((EN_SCALES[word] for word in raw.split() if word in EN_SCALES), None)
        return None if scale is None else Decimal(scale) / 2
    return en_number(re.split(r"[\s-]+", raw.strip())) if raw.strip() != "a" else Decimal(1)


def _reach(match: re.Match[str], lowered: str) -> _Reach | None:
    """Extend a number over its currency and scale; None when it has neither."""
    group = match.lastgroup
    run = _own_run(match, lowered) if group == "zh" else match[0]
    value = _value(group, run)
    if value is None:
        return None
    before, start, end = _BEFORE.search(lowered[max(0, match.start() - 5) : match.start()]), 0, 0
    start = match.start() - len(before[0]) if before else match.start()
    currency = _currency(before)
    own_end = match.start() + len(run)
    value, end = _scaled(value, group or "", run, lowered, own_end)
    scaled = end > own_end or any(word in run for word in EN_SCALES)
    after = _AFTER.match(lowered, end)
    if after is not None:
        currency, end = currency or _currency(after), after.end()
        value, end = _with_change(value, end, after, lowered)
        wide = _WIDE_AFTER.match(lowered, end) if after["word"] and end == after.end() else None
        if wide:
            value, end = value * SCALES[wide[1]], wide.end()
    strong = currency is not None
    if not strong and not _is_money(run, lowered, (match.start(), end), scaled, value, group or ""):
        return None
    if _VAGUE.search(lowered[max(0, start - 1) : start]) and group == "zh":
        return None
    return _Reach(value, start, end, currency, strong)


def _scaled(value: Decimal, group: str, run: str, lowered: str, end: int) -> tuple[Decimal, int]:
    """Apply a scale that follows the number: 30w, 2 million, 1,250万, 一万半."""
    if group == "zh":
        if lowered[end : end + 1] == "半" and run[-1] in "百千万亿":
            return value + (zh_number("一" + run[-1]) or Decimal(0)) / 2, end + 1
        return value, end
    if group == "grouped" and (big := _BIG.match(lowered, end)):
        return value * (zh_number("一" + big[0]) or 1), big.end()
    scale = _SCALE.match(lowered, end) if group in _SCALABLE else None
    if scale is None:
        return value, end
    if scale["big"]:
        return value * (zh_number("一" + scale["big"]) or 1), scale.end()
    word = next(filter(None, scale.group("letter", "wide", "glued", "scale")))
    return value * SCALES[word], scale.end()


def _currency(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    sign = (match["sign"] or "").strip()
    return SIGNS[sign] if sign else WORDS[match["word"].strip(".")]


def _with_change(
    value: Decimal, end: int, after: re.Match[str], lowered: str
) -> tuple[Decimal, int]:
    """Add the small coins: 五元六角, 五块二, 20 dollars 43 cents."""
    if after["word"] in {"元", "块"}:
        change = _CHANGE_ZH.match(lowered, end)
        if change:
            return value + _zh_change(change), change.end()
    elif after["word"]:
        change = _CHANGE_EN.match(lowered, end)
        if change and (cents := _cents(change["cents"])) is not None:
            return value + cents / 100, change.end()
    return value, end


def _cents(raw: str) -> Decimal | None:
    return Decimal(raw) if raw.isdigit() else en_number(re.split(r"[\s-]+", raw))


def _zh_change(change: re.Match[str]) -> Decimal:
    def digit(name: str) -> Decimal:
        return (change[name] and zh_number(change[name])) or Decimal(0)

    return (digit("tenth") + digit("bare")) / 10 + (digit("odd") + digit("cents")) / 100


def _is_money(
    run: str, lowered: str, span: tuple[int, int], scaled: bool, value: Decimal, group: str
) -> bool:
    """Decide on a figure without a currency."""
    if _COUNTED.match(lowered, span[1]):
        return False
    if group == "en" and 1900 <= value <= 2099 and _MONTH_BEFORE.search(lowered[: span[0]][-24:]):
        return False
    if group == "grouped":
        return True
    if group == "zh":
        return any(unit in run for unit in "万亿") or (run[0].isdigit() and value >= 1000)
    if scaled:
        return value >= 1000
    if group != "plain" or not run.isdigit() or not 5 <= len(run) <= 12 or run[0] == "0":
        return False
    return run.endswith("000") or bool(_MONEY_LEAD.search(lowered[: span[0]][-16:]))


def _lower_end(lowered: str, made: _Reach, match: re.Match[str]) -> _Reach | None:
    """Give the lower end of 500-800万 the scale of the upper one."""
    low = _RANGE.search(lowered[max(0, made.start - 12) : made.start])
    leading = _LEADING.match(match[0])
    if low is None or leading is None:
        return None
    own, value = Decimal(leading[0]), Decimal(low["low"])
    if value >= own:
        return None
    start = made.start - len(low[0])
    end = start + len(low["low"])
    return _Reach(value * made.value / own, start, end, made.currency, strong=True)


def _doubts(text: str, lowered: str, amounts: list[AmountMention]) -> list[Doubt]:
    doubts = []
    for match in _SLANG.finditer(lowered):
        if any(one.start < match.end() and match.start() < one.end for one in amounts):
            continue
        number = Decimal(match["number"] or match["count"] or match["kw"])
        others: tuple[Number, ...] = (plain(number * 10**4),)
        if match["kw"]:
            others = (plain(number * 10**7),)
        start, end = match.span()
        doubts.append(Doubt(text[start:end], start, end, "amount_unit", others))
    return doubts
