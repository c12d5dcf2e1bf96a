"""Rules that join days with weekdays, times of day, limits and other days."""

from dataclasses import replace
from datetime import date, timedelta

from domain.quicklog.clock_rules import Rule, first
from domain.quicklog.day_rules import found, safe_date
from domain.quicklog.lexemes import Clock
from domain.quicklog.period import Context, Period, either, exact, in_part
from domain.quicklog.tokens import Token
from domain.quicklog.unit_rules import bare_weekday, monthless


def _monthless(tokens: list[Token], context: Context) -> Token | None:
    day = first(tokens, "JO")
    if day is None or not 1 <= day.value <= 31:
        return None
    small = day.letter == "O" and not day.raw[0].isdigit() and day.value < 4
    if small and tokens[0].raw.lower() not in {"on", "by"}:
        return None
    return found(tokens, _limited(monthless(day.value, context), tokens[0]))


def _bare_day(tokens: list[Token], context: Context) -> Token | None:
    """Read `on 15` and `by the 27` where nothing follows that could be counted."""
    lead, number = tokens[0], tokens[-1]
    if lead.raw.lower() not in {"on", "by", "before", "until", "till", "for"}:
        return None
    if lead.raw.lower() == "for" and len(tokens) < 3:
        return None
    if not number.raw.isdigit() or not 1 <= number.value <= 31:
        return None
    return found(tokens, _limited(monthless(number.value, context), lead))


def _limited(period: Period | None, lead: Token) -> Period | None:
    """Mark what a leading by, before or after makes of a day."""
    limit = {"y": "by", "b": "by", "a": "after", "f": "after"}.get(lead.letter)
    return replace(period, limit=limit) if period and limit else period  # type: ignore[arg-type]


def _weekday_and_day(tokens: list[Token], context: Context) -> Token | None:
    """Read Friday, Jul 18 and Tuesday the 19th: the year or month in which both agree."""
    weekday, day = first(tokens, "W"), first(tokens, "dJON")
    if weekday is None or day is None:
        return None
    if day.letter == "d":
        if day.value.part or day.value.clock:
            return None
        return found(tokens, _agreeing_year(day.value, weekday.value))
    candidates = []
    for shift in range(-12, 13):
        index = context.today.year * 12 + context.today.month - 1 + shift
        made = safe_date(index // 12, index % 12 + 1, day.value)
        if made and made.weekday() == weekday.value:
            candidates.append(made)
    return found(tokens, _nearest(candidates, context) or monthless(day.value, context))


def _nearest(days: list[date], context: Context) -> Period | None:
    ahead = next((day for day in days if day >= context.today), None)
    back = next((day for day in reversed(days) if day <= context.today), None)
    return either(ahead, back) if ahead and back else None


def _agreeing_year(period: Period, weekday: int) -> Period | None:
    """Keep the reading (ahead or back) on which the weekday is right; a clash keeps the date."""
    if not period.loose:
        return period
    if period.ahead[0].weekday() == weekday:
        return period if period.back[0].weekday() == weekday else replace(period, back=period.ahead)
    if period.back[0].weekday() == weekday:
        return replace(period, ahead=period.back)
    return period


def _weekday(tokens: list[Token], context: Context) -> Token | None:
    token = tokens[-1]
    if token.weak and len(tokens) == 1:
        return None
    return found(tokens, _limited(bare_weekday(token.value, context), tokens[0]))


def _weekday_alone(tokens: list[Token], context: Context) -> Token | None:
    """Read `sat` where nothing else is said."""
    return found(tokens, bare_weekday(tokens[0].value, context))


def _with_clock(tokens: list[Token], _: Context) -> Token | None:
    day, clock, part = first(tokens, "d"), first(tokens, "T"), first(tokens, "P%")
    if day is None or day.value.grain == "instant":
        return None
    period: Period = day.value
    if period.clock is not None:
        late = clock is None and part is not None and not period.clock.sure
        made = _into(period.clock, part.value) if late and part else None
        return found(tokens, replace(period, clock=made)) if made else None
    if clock is not None:
        until = tokens[-1].value if tokens[-1] is not clock and tokens[-1].letter == "T" else None
        value: Clock = clock.value
        if period.part:
            value = _into(value, period.part)
        return found(tokens, replace(period, clock=value, until=until))
    if part is None or period.part:
        return None
    return found(tokens, replace(period, part=part.value))


def _into(clock: Clock, part: str) -> Clock:
    return in_part(clock, part)


def _with_hour(tokens: list[Token], _: Context) -> Token | None:
    """Read `Oct 23 at seven`, `tomorrow morning at 7`."""
    period, hour = tokens[0].value, tokens[-1].value
    if period.clock or period.grain == "instant" or not isinstance(hour, int):
        return None
    if not 0 < hour <= 24 or tokens[-2].raw.lower() not in {"at", "@", "around", "about", "for"}:
        return None
    clock = Clock(hour, 0, sure=hour > 12)
    return found(tokens, replace(period, clock=_into(clock, period.part) if period.part else clock))


def _with_year(tokens: list[Token], _: Context) -> Token | None:
    """Read a year written last: Wed Oct 26 15:50:06 2016."""
    period, year = tokens[0].value, tokens[-1].value
    if not period.loose or period.holiday or period.grain != "day":
        return None
    day = safe_date(year, period.ahead[0].month, period.ahead[0].day)
    clock = tokens[1].value if len(tokens) == 3 else period.clock
    return found(tokens, replace(exact(day), clock=clock, part=period.part)) if day else None


def _part_today(tokens: list[Token], context: Context) -> Token | None:
    """Read this afternoon, 下午, COB: today; last night: yesterday."""
    part, relative = first(tokens, "P"), first(tokens, "R")
    if part is None:
        return None
    offset = int(relative.value) if relative is not None else 0
    made = exact(context.today + timedelta(offset))
    return found(tokens, replace(made, part=part.value, tense=offset))


def _clock_alone(tokens: list[Token], context: Context) -> Token | None:
    """Read a time of day alone: the next such time ahead, the last one back."""
    clock: Clock = first(tokens, "T").value  # type: ignore[union-attr]
    until = tokens[-1].value if len([t for t in tokens if t.letter == "T"]) > 1 else None
    hour = clock.hour + (12 if not clock.sure and 1 <= clock.hour <= 6 else 0)
    moment = (hour, clock.minute)
    now = (context.now.hour, context.now.minute)
    if not clock.sure and moment <= now < (hour + 12, clock.minute) and hour < 12:
        later = Clock(hour + 12, clock.minute, clock.second, sure=True)
        made = either(context.today, context.today)
        return found(tokens, replace(made, clock=later))
    ahead = context.today + timedelta(1 if moment <= now else 0)
    back = context.today - timedelta(1 if moment > now else 0)
    return found(tokens, replace(either(ahead, back), clock=clock, until=until))


def _range(tokens: list[Token], context: Context) -> Token | None:
    """Join two days: the first begins, the second ends."""
    start, end = tokens[0 if tokens[0].letter != "f" else 1], tokens[-1]
    if start.letter not in "dp" or not isinstance(start.value, Period):
        return None
    last = _range_end(start.value, end, context)
    if last is None:
        return None
    ahead = (start.value.ahead[0], _not_before(last.ahead[1], start.value.ahead[0]))
    back = (start.value.back[0], _not_before(last.back[1], start.value.back[0]))
    if ahead[1] < ahead[0]:
        return None
    return found(tokens, replace(start.value, ahead=ahead, back=back, others=()))


def _range_end(start: Period, end: Token, context: Context) -> Period | None:
    if end.letter in "JN":
        day = start.ahead[0]
        made = safe_date(day.year, day.month, int(end.value))
        return exact(made) if made and made > day else monthless(int(end.value), context)
    return end.value if isinstance(end.value, Period) else None


def _not_before(end: date, start: date) -> date:
    """Carry the end of a range past its start: Friday to Tuesday, December to January."""
    if end >= start:
        return end
    week_later = end + timedelta(7)
    return week_later if week_later >= start else end.replace(year=end.year + 1)


def _last_workday(period: Period, context: Context) -> Period:
    """End a week on its last working day: 本周内 is Friday, or Sunday when that is worked."""
    if period.grain != "week":
        return period

    def last(day: date) -> date:
        return next(
            (d for n in range(7) if context.calendar.is_workday(d := day - timedelta(n))), day
        )

    ahead, back = period.ahead, period.back
    return replace(period, ahead=(ahead[0], last(ahead[1])), back=(back[0], last(back[1])))


def _limit(tokens: list[Token], context: Context) -> Token | None:
    """Mark a day as a limit: by Friday, 周五前, 本周内; after Friday, 周五后."""
    side, day = next(t for t in tokens if t.letter in "ybwABIafi"), first(tokens, "dp")
    if day is None:
        return None
    period: Period = day.value
    after = side.letter in "Aaf"
    if side.letter in "wI":
        if period.grain == "day" and not period.edge:
            return None
        return found(tokens, _last_workday(replace(period, limit="within"), context))
    if side.letter == "i":
        return None
    return found(tokens, replace(period, limit="after" if after else "by"))


JOIN_RULES: list[Rule] = [
    ("W,?t?[JO]|W,?tN|W,?d|d,?W|JW", _weekday_and_day),
    ("@t?N(?=$|[,@]*T|,?d)|(?<=T)@t?N|[yb]t?N(?=$|,)", _bare_day),
    ("[y@b-]tO(?!\\.)|[y@b]O|tO|^O$|J|[y@]J", _monthless),
    ("[@ybaofv]W|W", _weekday),
    ("^W$", _weekday_alone),
    ("f?d-[dJNp]|f?p-p|fd&d", _range),
    ("d[,@oy]*T-T|[@]?T-T[,@oi]*d", _with_clock),
    ("d[,@oyi]*t?T|@?T[@o,]?d", _with_clock),
    ("d,?[oiyt@b]*P|P[o@]?d", _with_clock),
    ("d%", _with_clock),
    ("d[,@oi]*@N(?![UuMNO½.])", _with_hour),
    ("d[,-]T", _with_clock),
    ("dT?Y", _with_year),
    ("f?d-[dJN]", _range),
    ("RP|yP|P|itP|[y@]tP", _part_today),
    ("d,?@N(?![UuMNO½.])", _with_hour),
    ("[@yb]?T-T|[@yb]?T", _clock_alone),
    ("[ybwaf]t?[dp]|[dp][ABI]", _limit),
]
