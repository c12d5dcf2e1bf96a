"""Rules that count from a day: in two weeks, 3天后, 到期前3天, a week from Friday, holidays."""

from dataclasses import replace
from datetime import date, timedelta

from domain.calendar import add_workdays
from domain.quicklog.clock_rules import Rule, first, joined
from domain.quicklog.day_rules import found, safe_date
from domain.quicklog.period import Context, Period, Stretch, either, exact, stretch, unit_span
from domain.quicklog.tokens import Token
from domain.quicklog.unit_rules import bare_weekday, monthless, weekday_in

NEXT_HOLIDAYS = (
    "new_year",
    "spring_festival",
    "qingming",
    "labour_day_cn",
    "dragon_boat",
    "mid_autumn",
    "national_day",
)


def _from_now(tokens: list[Token], context: Context) -> Token | None:
    """Read 3天后, in 20 minutes, two weeks ago."""
    length = first(tokens, "S")
    if length is None:
        return None
    back = first(tokens, "sB") is not None
    return found(tokens, shifted_now(length.value, -1 if back else 1, context))


def shifted_now(length: Stretch, sign: int, context: Context) -> Period | None:
    """Count from now: to the second when hours or less are named, otherwise from today."""
    day = length.shift(context.today, sign, context.calendar)
    if not length.seconds:
        return exact(day, tense=sign)
    moment = context.now.replace(year=day.year, month=day.month, day=day.day)
    moment += timedelta(seconds=sign * length.seconds)
    made = exact(moment.date(), tense=sign)
    return replace(made, grain="instant", at=moment)


def _within(tokens: list[Token], context: Context) -> Token | None:
    """Read within 3 days, 两周内: the end is the deadline."""
    length = first(tokens, "S")
    made = shifted_now(length.value, 1, context) if length else None
    return found(tokens, made and replace(made, limit="within"))


def _stretch_and_weekday(tokens: list[Token], context: Context) -> Token | None:
    """Read 两周后的周五, Friday in two weeks: that day of the week reached."""
    length, weekday = first(tokens, "S"), first(tokens, "W")
    if length is None or weekday is None or length.value.unit not in {"week", "fortnight"}:
        return None
    sign = -1 if first(tokens, "sB") else 1
    day = length.value.shift(context.today, sign, context.calendar)
    return found(tokens, weekday_in(exact(unit_span("week", day)[0], "week"), weekday.value))


def _weeks_on(tokens: list[Token], context: Context) -> Token | None:
    """Read two Sundays from now: the second one to come."""
    count = tokens[0].value
    if not isinstance(count, int) or not 1 <= count <= 12:
        return None
    coming = bare_weekday(tokens[1].value, context).ahead[0]
    return found(tokens, exact(coming + timedelta(7 * (count - 1)), tense=1))


def _stretch_and_day(tokens: list[Token], context: Context) -> Token | None:
    """Read 两个月后的15号, 3年后3月5号."""
    length, day = first(tokens, "S"), first(tokens, "JO")
    if length is None or day is None or length.value.unit not in {"month", "quarter"}:
        return None
    base = length.value.shift(context.today, 1, context.calendar)
    made = safe_date(base.year, base.month, day.value)
    return found(tokens, exact(made, tense=1) if made else None)


def _from_day(tokens: list[Token], context: Context) -> Token | None:
    """Read two weeks from tomorrow, 3 days before the 28th, the day after tomorrow."""
    length, side = first(tokens, "SU"), next(t for t in tokens[1:] if t.letter in "fab")
    anchor = tokens[-1]
    span = _length(length) if length else None
    base = _anchor(anchor, context)
    if span is None or base is None:
        return None
    sign = -1 if side.letter == "b" else 1
    return found(tokens, _shift(base, span, sign, context))


def _length(token: Token) -> Stretch | None:
    """Read a stretch, or a unit alone as one: the day after tomorrow."""
    value = stretch(1, token.value) if token.letter == "U" else token.value
    return value if isinstance(value, Stretch) else None


def _anchor(token: Token, context: Context) -> Period | None:
    if token.letter == "K":
        return exact(context.today)
    if token.letter == "W":
        return bare_weekday(token.value, context)
    if token.letter == "J":
        return monthless(token.value, context)
    value = token.value
    return value if isinstance(value, Period) else None


def _shift(base: Period, span: Stretch, sign: int, context: Context) -> Period | None:
    if span.seconds:
        return None
    end = 1 if sign > 0 and base.holiday and span.unit != "day" else 0
    made = base.day(lambda days: span.shift(days[end], sign, context.calendar))
    return made and replace(made, holiday=False, limit=None, tense=0)


def _day_and_stretch(tokens: list[Token], context: Context) -> Token | None:
    """Read 到期前3天 with its day written, 国庆后一周, 28号前两天."""
    length = first(tokens, "S")
    base = _anchor(tokens[0], context)
    if base is None or length is None or length.value.seconds:
        return None
    sign = -1 if first(tokens, "B") else 1
    return found(tokens, _shift(base, length.value, sign, context))


def _holiday(tokens: list[Token], context: Context) -> Token | None:
    token = next(token for token in tokens if token.letter == "H")
    named, relative = first(tokens, "LY"), first(tokens, "R")
    if named is not None:
        year = named.value if named.letter == "Y" else context.today.year + int(named.value)
        made = _holiday_in(token.value, year, context)
        return found(tokens, made and replace(made, holiday=True))
    return found(tokens, _holiday_near(token.value, relative, context))


def _holiday_in(name: str, year: int, context: Context) -> Period | None:
    holiday = context.calendar.holiday(name, year)
    if holiday is None:
        return None
    return replace(exact(holiday.day), provisional=context.calendar.provisional(year))


def _holiday_near(name: str, relative: Token | None, context: Context) -> Period | None:
    """Find the coming one ahead and the latest one back, by the holiday's own day."""
    year, today = context.today.year, context.today
    days = [_holiday_in(name, year + shift, context) for shift in (-1, 0, 1, 2)]
    known = [one for one in days if one is not None]
    ahead = next((one for one in known if one.ahead[0] >= today), None)
    back = next((one for one in reversed(known) if one.ahead[0] <= today), None)
    if ahead is None or back is None:
        return None
    if relative is not None and int(relative.value) < 0:
        back = next((one for one in reversed(known) if one.ahead[0] < today), back)
        return replace(back, holiday=True, tense=-1)
    made = either(ahead.ahead[0], back.ahead[0])
    tense = 1 if relative is not None and int(relative.value) > 0 else 0
    return replace(made, holiday=True, provisional=ahead.provisional, tense=tense)


def _holiday_edge(tokens: list[Token], context: Context) -> Token | None:
    """Read 国庆后, 春节前, after Easter: the working day next to the days off."""
    after = first(tokens, "Aa") is not None
    named = first(tokens, "d")
    count = next((token.value for token in tokens if token.letter == "z"), 1)
    if named is not None:
        if not named.value.holiday:
            return None
        base = named.value
    else:
        base = _next_holiday(context)
    if base is None or not isinstance(count, int) or count < 1:
        return None
    limit = None if after else "by"
    made = base.day(lambda span: _beside(span[0], after, count, context))
    return found(tokens, made and replace(made, holiday=False, limit=limit))


def _beside(day: date, after: bool, count: int, context: Context) -> date:
    """Step out of the run of days off around a holiday, weekend and bridge days included."""
    return add_workdays(day, count if after else -count, context.calendar)


def _next_holiday(context: Context) -> Period | None:
    near = [_holiday_near(name, None, context) for name in NEXT_HOLIDAYS]
    known = [one for one in near if one is not None]
    return min(known, key=lambda one: one.ahead[0], default=None)


def _lunar(tokens: list[Token], context: Context) -> Token | None:
    """Read 农历八月十五, 腊月二十三, 正月初八: the coming one ahead, the latest one back."""
    month = first(tokens, "Mg")
    day = next((token for token in reversed(tokens) if token.letter in "rNJ"), None)
    if month is None or day is None or not isinstance(day.value, int):
        return None
    named = first(tokens, "YL")
    today = context.today
    if named is not None:
        year = named.value if named.letter == "Y" else today.year + int(named.value)
        made = context.calendar.lunar(month.value, day.value, year)
        return found(tokens, exact(made) if made else None)
    days = [context.calendar.lunar(month.value, day.value, today.year + y) for y in (-2, -1, 0, 1)]
    known = sorted(one for one in days if one is not None)
    ahead = next((one for one in known if one >= today), None)
    back = next((one for one in reversed(known) if one <= today), None)
    return found(tokens, either(ahead, back)) if ahead and back else None


LUNAR_RULES: list[Rule] = [
    ("j?[YL]?o?j?[gM]r|j[YL]?o?[gM][NJ]|[YL]?o?g[NJr]", _lunar),
]
SHIFT_RULES: list[Rule] = [
    ("[LY]o?Hn?|Hn?o?[LY]|RHn?|Hn?", _holiday),
    ("t?[SU][fab]t?[dWK]", _from_day),
    ("iS(?=[W])W|W[i]?Sl?|iSl?o?@?W|SAo?W|SB?o?W|Slo?@?W", _stretch_and_weekday),
    ("SAo?J", _stretch_and_day),
    ("NW(?:fK|l)", _weeks_on),
    ("dAo?zo?U|dAU|[ab]t?d(?!S)|nAo?zU|nA|nB|d[AB](?!S)", _holiday_edge),
    ("[dJ][AB]S", _day_and_stretch),
    ("QSA|SA|iSl?|Sl|SfK|[i]?Ss|S[B]|iSf?K?", _from_now),
    ("wtR?S|wS|SI", _within),
]


def anchored(length: Stretch, base: date, context: Context) -> Period:
    """Count back from a day named elsewhere in the text: 提前3天."""
    return exact(length.shift(base, -1, context.calendar))


def shift_token(tokens: list[Token], value: Period) -> Token:
    """Replace tokens by the day that they count to."""
    return joined(tokens, "d", value)
