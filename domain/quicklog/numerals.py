"""Numbers as people write them: digits, Chinese numerals (formal ones too), English words."""

from decimal import Decimal

from domain.quicklog.patterns import lazy

ZH_DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
    "幺": 1,
}
ZH_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
ZH_BIG = {"万": 10**4, "亿": 10**8}
ZH_CHARS = "零〇一二三四五六七八九十百千两廿卅壹贰叁肆伍陆柒捌玖拾佰仟"

_EN_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
EN_WORDS = {word: value for value, word in enumerate(_EN_SMALL)} | {
    word: 20 + 10 * index for index, word in enumerate(_EN_TENS)
}
_EN_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
EN_ORDINALS = {word: value for value, word in enumerate(_EN_ORDINALS)} | {
    "twentieth": 20,
    "thirtieth": 30,
    "thirty-first": 31,
    **{f"twenty-{word}": 20 + value for value, word in enumerate(_EN_ORDINALS) if 0 < value < 10},
}
EN_SCALES = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}


_PART = lazy(r"\d+(?:\.\d+)?|.")


def zh_number(text: str) -> Decimal | None:
    """Read a Chinese numeral, also `2千5`, `一亿五千万`, `二零二六`; None if it is not one.

    A last digit with no unit counts in the unit below the one before it: 两千五 is 2,500.
    """
    if text.isascii() and text.isdigit():
        return Decimal(text)
    if len(text) > 1 and all(char in ZH_DIGITS for char in text):
        return Decimal("".join(str(ZH_DIGITS[char]) for char in text))
    total, section, unit = Decimal(0), Decimal(0), 1
    digit: Decimal | None = None
    for part in _PART.findall(text.replace("廿", "二十").replace("卅", "三十")):
        if part.isascii() and part[0].isdigit():
            digit = Decimal(part)
        elif part in ZH_DIGITS:
            digit = Decimal(ZH_DIGITS[part])
            unit = unit if digit else 1
        elif part in ZH_UNITS:
            unit = ZH_UNITS[part]
            section, digit = section + unit * (1 if digit is None else digit), None
        elif part in ZH_BIG and (total or section or digit):
            unit = ZH_BIG[part]
            total = _lifted(total, section + (digit or 0), unit)
            section, digit = Decimal(0), None
        else:
            return None
    if digit is not None and unit >= 100 and digit < 10:
        digit *= unit // 10
    return total + section + (digit or 0)


def _lifted(total: Decimal, section: Decimal, unit: int) -> Decimal:
    """Close a section: 万亿 lifts all that stands before it, 亿…万 only its own section."""
    if total and total < unit:
        return (total + section) * unit
    return total + section * unit


def en_number(words: list[str]) -> Decimal | None:
    """Read English number words, already lower case: `two`, `twenty five`, `three hundred`."""
    if "point" in words:
        return _en_decimal(words)
    total = section = Decimal(0)
    seen = False
    for word in words:
        if word in EN_WORDS:
            section += EN_WORDS[word]
        elif word == "hundred":
            section = (section or Decimal(1)) * 100
        elif word in EN_SCALES:
            total, section = total + (section or Decimal(1)) * EN_SCALES[word], Decimal(0)
        elif word not in {"and", "a"}:
            return None
        seen = seen or word not in {"and", "a"}
    return total + section if seen else None


def _en_decimal(words: list[str]) -> Decimal | None:
    """Read `one point five million`."""
    cut = words.index("point")
    scales = [EN_SCALES[word] for word in words[cut:] if word in EN_SCALES]
    digits = [str(EN_WORDS[word]) for word in words[cut + 1 :] if word in EN_WORDS]
    whole = en_number(words[:cut])
    if whole is None or not digits:
        return None
    return Decimal(f"{whole}.{''.join(digits)}") * (scales[0] if scales else 1)
