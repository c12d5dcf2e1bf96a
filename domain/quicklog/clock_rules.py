"""Rules for numbers, times of day and lengths of time."""

from collections.abc import Callable

from domain.quicklog.lexemes import Clock
from domain.quicklog.period import Context, Stretch, in_part, stretch
from domain.quicklog.tokens import Token

Build = Callable[[list[Token], Context], Token | None]
Rule = tuple[str, Build]
# Up to six o'clock a bare hour is meant for the afternoon.
_LAST_AFTERNOON = 6
# 5日前 is five days ago, 10日前 by the 10th; between them people would say it otherwise.
_FEW_DAYS = 5
NOON = {"noon": 12, "midnight": 24}


def joined(tokens: list[Token], letter: str, value: object) -> Token:
    """Make one token out of several."""
    return Token(letter, tokens[0].start, tokens[-1].end, value, tokens[0].raw)


def first(tokens: list[Token], letters: str) -> Token | None:
    """Find the first token of one of these classes."""
    return next((token for token in tokens if token.letter in letters), None)


def _hour(token: Token) -> int | None:
    value = token.value.hour if token.letter == "T" else token.value
    return value if isinstance(value, int) and 0 <= value <= 24 else None


def _tens(tokens: list[Token], _: Context) -> Token | None:
    left, right = tokens
    if not (left.raw.isalpha() and right.raw.isalpha()) or not left.raw.isascii():
        return None
    if left.value >= 20 and left.value % 10 == 0 and 0 < right.value < 10:
        return joined(tokens, right.letter, left.value + right.value)
    return None


def _spelt_year(tokens: list[Token], _: Context) -> Token | None:
    """Read nineteen seventy eight, two thousand and eighteen."""
    numbers = [token for token in tokens if token.letter == "N"]
    if not all(token.raw.isalpha() and token.raw.isascii() for token in numbers):
        return None
    values = [token.value for token in numbers]
    if values[:2] == [2, 1000]:
        year = 2000 + sum(values[2:])
    elif values[0] in {19, 20} and len(values) == 2 and 10 <= values[1] <= 99:
        year = values[0] * 100 + values[1]
    elif values[0] in {19, 20} and len(values) == 3 and values[1] == 0 and values[2] < 10:
        year = values[0] * 100 + values[2]
    else:
        return None
    return joined(tokens, "Y", year)


def _minutes_past(tokens: list[Token], _: Context) -> Token | None:
    """Read `half past two`, `quarter to 5pm`, `20 past 3`."""
    anchor = next((token for token in tokens if token.raw.lower() in {"past", "after", "to"}), None)
    if anchor is None or tokens[-1].letter not in "NTP":
        return None
    end = tokens[-1]
    minutes = _minute_count(tokens)
    hour = NOON.get(end.value) if end.letter == "P" else _hour(end)
    if minutes is None or hour is None or not 0 < minutes < 60:
        return None
    total = hour * 60 + (-minutes if anchor.raw.lower() == "to" else minutes)
    named = end.letter == "P" or (end.letter == "T" and end.value.sure)
    sure = named or hour > _LAST_AFTERNOON
    return joined(tokens, "T", Clock(total // 60, total % 60, sure=sure))


def _minute_count(tokens: list[Token]) -> int | None:
    head = next(token for token in tokens if token.letter in "xUN")
    if head.letter == "x":
        return 30
    if head.letter == "U":
        return 15 if head.value == "quarter" else None
    return head.value if isinstance(head.value, int) else None


def _half_hour(tokens: list[Token], _: Context) -> Token | None:
    hour = tokens[-1].value
    if not tokens[0].raw.isascii() or not isinstance(hour, int) or not 1 <= hour <= 12:
        return None
    return joined(tokens, "T", Clock(hour, 30))


def _spoken(tokens: list[Token], _: Context) -> Token | None:
    """Read `five-thirty`, and `at three twenty` after a preposition."""
    hour, minute = [token for token in tokens if token.letter == "N"][-2:]
    if not _clock_like(hour.value, minute.value):
        return None
    hyphen = minute.start == hour.end + 1 and hour.raw.isalpha() and minute.raw.isalpha()
    if not hyphen and tokens[0].letter != "@":
        return None
    return joined(tokens, "T", Clock(hour.value, minute.value))


def _clock_like(hour: object, minute: object) -> bool:
    whole = isinstance(hour, int) and isinstance(minute, int)
    return whole and 1 <= hour <= 12 and 10 <= minute <= 59  # type: ignore[operator]


def _spelt_half(tokens: list[Token], _: Context) -> Token | None:
    """Read `seven thirty pm`, `3 o'clock am`."""
    numbers = [token.value for token in tokens if token.letter == "N"]
    if not _clock_like(numbers[0], numbers[1] if len(numbers) > 1 else 30):
        return None
    minute = numbers[1] if len(numbers) > 1 else 0
    return joined(tokens, "T", in_part(Clock(numbers[0], minute), tokens[-1].value))


def _spoken_alone(tokens: list[Token], _: Context) -> Token | None:
    """Read `ten thirty` where nothing else is said."""
    hour, minute = tokens
    spelt = hour.raw.isalpha() and minute.raw.isalpha() and hour.raw.isascii()
    if not spelt or not _clock_like(hour.value, minute.value) or minute.value % 5:
        return None
    return joined(tokens, "T", Clock(hour.value, minute.value))


def _oclock_part(tokens: list[Token], _: Context) -> Token | None:
    """Read the hour of `at 5 tomorrow afternoon`."""
    hour = _hour(tokens[-1])
    return None if hour is None else joined(tokens, "T", Clock(hour, 0, sure=hour > 12))


def _oclock(tokens: list[Token], _: Context) -> Token | None:
    hour = _hour(tokens[0])
    return None if hour is None else joined(tokens, "T", Clock(hour, 0, sure=hour > 12))


def _at_number(tokens: list[Token], _: Context) -> Token | None:
    """Read `Thursday at 10`; without a day before it, `at 4` may be anything."""
    hour = _hour(tokens[-1])
    return None if hour is None else joined(tokens, "T", Clock(hour, 0, sure=hour > 12))


def _clock_range(tokens: list[Token], _: Context) -> Token | None:
    """Read 3-5pm: the start, in the same half of the day as the end."""
    hour, end = _hour(tokens[0]), tokens[-1].value
    if hour is None or not 0 < hour <= 12 or hour == end.hour:
        return None
    later = hour + 12 if hour < 12 and hour + 12 < end.hour else hour
    return joined(tokens, "T", Clock(later, 0, sure=end.sure))


def _part_clock(tokens: list[Token], _: Context) -> Token | None:
    clock, part = first(tokens, "T"), first(tokens, "P")
    if clock is None or part is None or part.value in {"opening", "after_hours"}:
        return None
    return joined(tokens, "T", in_part(clock.value, part.value))


def _number_part(tokens: list[Token], _: Context) -> Token | None:
    number, part = first(tokens, "N"), first(tokens, "P")
    if number is None or part is None or not number.raw.isascii():
        return None
    if not isinstance(number.value, int) or not 1 <= number.value <= 12:
        return None
    return joined(tokens, "T", in_part(Clock(number.value), part.value))


CLOCK_RULES: list[Rule] = [
    ("N[NO]", _tens),
    ("NN?&?N(?![U½u])", _spelt_year),
    ("1?[xUN]U?[Ra\\-][NTP]", _minutes_past),
    ("@NN(?![UM])|NN(?![UM])", _spoken),
    ("x(?=N(?![U½u]))N", _half_hour),
    ("N!%|N%|NN%", _spelt_half),
    ("^NN$", _spoken_alone),
    ("N!", _oclock),
    ("@N(?=[DW]P)", _oclock_part),
    ("(?<=[DWGX4dJO])@N(?![UuMNO½.])", _at_number),
    ("N-T", _clock_range),
    ("P,?o?@?T|Tit?P|TP|T@P", _part_clock),
    ("Nit?P|N@P|NP(?!T)|N,?(?=[RG])R?P", _number_part),
]


def _count(tokens: list[Token]) -> float | None:
    """Read the number before a unit: 3, a, half, a couple of, two and a half, 一个半."""
    letters = "".join(token.letter for token in tokens)
    number = first(tokens, "N")
    value = 1.0
    if number is not None:
        value = float(number.value)
    elif "c" in letters:
        value = 2.0
    elif "k" in letters:
        value = 3.0
    elif "x" in letters:
        return 0.5
    return value + (0.5 if "½" in letters or "x" in letters else 0.0)


def _stretch(tokens: list[Token], _: Context) -> Token | None:
    unit = next(token for token in reversed(tokens) if token.letter == "U").value
    count = _count(tokens)
    if first(tokens, "u"):
        unit = "workday"
    if count is None or (made := stretch(count, unit)) is None:
        return None
    return joined(tokens, "S", made)


def _days_by_sun(tokens: list[Token], _: Context) -> Token | None:
    """Read 3日 as three days when 后, 前 or 内 follows; 10日前 is by the 10th."""
    if not tokens[0].raw.endswith("日") or tokens[0].value > _FEW_DAYS:
        return None
    return joined(tokens, "S", Stretch(days=tokens[0].value))


def _sum(tokens: list[Token], _: Context) -> Token | None:
    parts = [token.value for token in tokens if token.letter == "S"]
    if parts[0].unit == parts[1].unit:
        return None
    return joined(tokens, "S", parts[0] + parts[1])


STRETCH_RULES: list[Rule] = [
    ("N(?:&1?)?[x½]1?U|N&1?xU", _stretch),
    ("Nk?m?u?Ux", _stretch),
    ("N[km]?u?U", _stretch),
    ("1?[ck]o?m?u?U", _stretch),
    ("x[1t]?U|1xU", _stretch),
    ("1u?U", _stretch),
    ("(?<![UMYELp])J(?=[ABI])", _days_by_sun),
    ("S[&,]*S", _sum),
]
