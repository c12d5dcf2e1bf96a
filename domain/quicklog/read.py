"""Read one quick-log text: figures first, then dates, kinds, clients, and what is whose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.calendar import Calendar, Hours, WeekdayCalendar
from domain.names import Names
from domain.quicklog.clauses import PAST, PLAN, Clause, split
from domain.quicklog.clients import Ground, find_clients
from domain.quicklog.dates import find_dates
from domain.quicklog.entries import read_entry
from domain.quicklog.events import Parts, contact_day, make_events, next_step, sort_key
from domain.quicklog.figures import Figures, take_figures
from domain.quicklog.kinds import KindHit, find_kinds
from domain.quicklog.name_guard import is_name
from domain.quicklog.needs import find_needs
from domain.quicklog.outcome import find_outcome
from domain.quicklog.patterns import lazy
from domain.quicklog.people import find_people
from domain.quicklog.period import COARSE, Context, Period, Stretch, exact, stretch
from domain.quicklog.planned import is_planned
from domain.quicklog.reading import (
    ClientMention,
    DateMention,
    Entry,
    Intent,
    Kind,
    Moment,
    Reading,
    Recurring,
    Role,
)
from domain.quicklog.recurrence import find_recurring
from domain.quicklog.roles import Dated, moment_of, others_of, place, role_of
from domain.quicklog.shift_rules import anchored
from domain.quicklog.text import fold, lower
from domain.quicklog.tokens import Token

_MOVED = lazy(
    r"改到|改约|改成|改为|改期|推到|推迟到|挪到|延到|延期到|顺延|提前到"
    r"|\b(?:can't make|cannot make|moved? to|moving .{0,20}to|reschedul\w+|postpon\w+"
    r"|pushed (?:back )?to|(?:moved?|push(?:ed)?|shift(?:ed)?) [a-z0-9&' ]{2,30} to"
    r"|bumped to|shifted to|rebooked? (?:for|to))\b"
)
_AHEAD = lazy(r"(?:提前|提早|到期前|到期日前|期满前|届满前|期前)\s?$")
_EARLIER = lazy(
    r"\s*(?:before (?:it|that|then|maturity|expiry|hand)\b|beforehand|ahead|in advance"
    r"|earlier|before$|prior)"
)
_THEN = lazy(
    r"\b(?:call|ring|see|visit|meet|speak|chase) (?:him |her |them )?then\b"
    r"|到时候?|届时|那时再"
)
_OFF = lazy(r"\b(?:cancell?ed|called off|fell through)\b|取消了|泡汤|黄了|没成行")
_THE_BEFORE = lazy(r"\b(?:the|a) (?P<unit>day|week|month) before\b")
_NAME_ONLY = lazy(r"[\u3400-\u9fff·()（）]{2,24}|[A-Za-z0-9&'.\-]+(?: [A-Za-z0-9&'.\-]+){0,4}")
_SMALL_TALK = frozenset(
    (
        "你好",
        "您好",
        "谢谢",
        "好的",
        "在吗",
        "帮助",
        "早上好",
        "辛苦了",
        "收到",
        "明白",
        "hello",
        "hi",
        "hey",
        "thanks",
        "thank you",
        "ok",
        "okay",
        "help",
        "yes",
        "no",
        "good morning",
        "test",
        "测试",
    )
)
_PREPOSITION = lazy(r"(?:by|before|on|at|until|till|after|within|around)\s+(?!\d+ )", re.I)
_DEFAULT_CALENDAR = WeekdayCalendar()


def read(
    text: str,
    now: datetime,
    *,
    lang: str = "zh",
    calendar: Calendar | None = None,
    hours: Hours = Hours(),  # noqa: B008 - frozen, so shared safely
    names: Names | None = None,
    month_first: bool | None = None,
) -> Reading:
    """Read `text`, written at `now` (aware, in the writer's zone); results are local and naive.

    `month_first` is the writer's habit for 5/12; None takes the usual one, month first.
    """
    context = Context(
        now.replace(tzinfo=None),
        calendar or _DEFAULT_CALENDAR,
        hours,
        month_first is not False,
        year_first=lang == "zh",
    )
    folded = fold(text)
    figures = take_figures(folded, lower(folded), text)
    seen = _look(text, folded, figures, context, names)
    entry = read_entry(text, folded, figures, names)
    return _entry_reading(seen, entry) if entry else _reading(seen, context)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stands in a text, before it is put together."""

    text: str
    lowered: str
    figures: Figures
    tokens: list[Token]
    clauses: list[Clause]
    kinds: list[KindHit]
    clients: list[ClientMention]
    recurring: Recurring | None
    alone: bool


def _look(text: str, folded: str, figures: Figures, context: Context, names: Names | None) -> _Seen:
    masked = figures.masked
    lowered = lower(masked)
    recurring, rhythms = find_recurring(text, lowered, context)
    tokens = [
        token
        for token in find_dates(masked, lowered, context)
        if not is_name(token, masked, lowered)
    ]
    recurring, tokens = _apart(recurring, rhythms, tokens, context)
    clauses = split(lowered, [(token.start, token.end) for token in tokens])
    tokens = _anchor(tokens, lowered, clauses, context)
    kinds = _outside(find_kinds(lowered), tokens)
    taken = [(token.start, token.end) for token in tokens] + rhythms
    ground = Ground(text, masked, kinds, taken, clauses)
    clients = _clients(ground, names)
    kinds = _outside(kinds, clients)
    named = len(clients) == 1 and clients[0].text == text.strip()
    alone = (named or not clients) and not kinds and len(clauses) <= 1
    return _Seen(text, lowered, figures, tokens, clauses, kinds, clients, recurring, alone)


def _outside(kinds: list[KindHit], others: Sequence[Token | ClientMention]) -> list[KindHit]:
    """Drop kind words that are part of a date or of a client's name."""
    return [
        hit for hit in kinds if not any(o.start < hit.end and hit.start < o.end for o in others)
    ]


def _apart(
    recurring: Recurring | None,
    rhythms: list[tuple[int, int]],
    tokens: list[Token],
    context: Context,
) -> tuple[Recurring | None, list[Token]]:
    """Take the dates out that belong to a rhythm; a time of day named with it goes to it."""
    single = []
    for token in tokens:
        inside = any(start < token.end and token.start < end for start, end in rhythms)
        if not inside:
            single.append(token)
        elif recurring and recurring.start < token.end and isinstance(token.value, Period):
            recurring = _timed(recurring, token.value, context)
    return recurring, single


def _timed(recurring: Recurring, period: Period, context: Context) -> Recurring:
    if period.clock is None and period.part is None:
        return recurring
    day = recurring.first
    made = replace(
        exact(day.date() if isinstance(day, datetime) else day),
        clock=period.clock,
        part=period.part,
    )
    return replace(recurring, first=moment_of(made, "follow_up", context))


def _clients(ground: Ground, names: Names | None) -> list[ClientMention]:
    if names is not None:
        known = _known(ground, names)
        if known:
            return known
    return find_clients(ground)


def _known(ground: Ground, names: Names) -> list[ClientMention]:
    """Find the portfolio's clients; a second mention of one is not a second client."""
    found: dict[tuple[int, ...], ClientMention] = {}
    for one in names.find(ground.text):
        shown = ground.text[one.start : one.end]
        mention = ClientMention(shown, one.start, one.end, one.ids, one.certainty, one.name)
        key = one.ids[:1] if one.certainty == "certain" else one.ids
        found.setdefault(key, mention)
    sure = {ids for key, one in found.items() if one.certainty == "certain" for ids in key}
    return [
        one
        for key, one in found.items()
        if one.certainty == "certain" or not sure.intersection(key)
    ]


def _anchor(
    tokens: list[Token], lowered: str, clauses: list[Clause], context: Context
) -> list[Token]:
    """Count 提前3天 and `the week before` back from the date that the text named earlier."""
    kept: list[Token] = []
    for token in tokens:
        if not isinstance(token.value, Stretch):
            if token.letter != "q":
                kept.append(token)
            continue
        lead = _AHEAD.search(lowered[max(0, token.start - 5) : token.start])
        tail = _EARLIER.match(lowered, token.end)
        base = next((t for t in reversed(kept) if isinstance(t.value, Period)), None)
        if (lead or tail) and base is not None and not token.value.seconds:
            value = anchored(token.value, base.value.ahead[0], context)
            start = token.start - (len(lead[0]) if lead else 0)
            end = tail.end() if tail else token.end
            kept.append(Token("d", start, end, replace(value, tense=1), "anchored"))
    return kept + _before_that(lowered, kept, context)


def _before_that(lowered: str, kept: list[Token], context: Context) -> list[Token]:
    match = _THE_BEFORE.search(lowered)
    base = next((t for t in kept if match and t.end <= match.start()), None)
    if (
        match is None
        or base is None
        or any(t.start < match.end() and match.start() < t.end for t in kept)
    ):
        return []
    length = stretch(1, match["unit"])
    if length is None:
        return []
    value = replace(anchored(length, base.value.ahead[0], context), tense=1)
    return [Token("d", match.start(), match.end(), value, "anchored")]


def _mention(token: Token, role: Role, text: str, context: Context) -> DateMention:
    period: Period = token.value
    value = moment_of(period, role, context)
    first, last = period.back if role == "contact" else period.ahead
    until = last if last != first else None
    others = others_of(period, role, context)
    lead = _PREPOSITION.match(text, token.start, token.end)
    start, end = lead.end() if lead else token.start, token.end
    return DateMention(text[start:end], start, end, value, role, until, others, period.provisional)


def _wanted(seen: _Seen, token: Token) -> bool:
    """Keep a bare week, month or year only where something is to be done in it."""
    period: Period = token.value
    if period.grain not in COARSE or period.limit:
        return True
    clause = next((c for c in seen.clauses if c.start <= token.start < c.end), None)
    after = seen.lowered[token.end : clause.end] if clause else ""
    before = seen.lowered[clause.start : token.start] if clause else ""
    if not re.search(r"\w", seen.lowered[: token.start] + seen.lowered[token.end :]):
        return True
    return period.tense > 0 and bool(PLAN.search(after) or PLAN.search(before))


def _dates(seen: _Seen, context: Context, kinds: list[KindHit], moved: bool) -> list[DateMention]:
    planning = moved or (bool(seen.kinds) and not kinds)
    tokens = [token for token in seen.tokens if _wanted(seen, token)]
    return [
        _mention(
            one.token,
            "follow_up" if moved else _role(one, context, kinds, planning),
            seen.text,
            context,
        )
        for one in place(tokens, seen.clauses, seen.lowered)
    ]


def _role(one: Dated, context: Context, kinds: list[KindHit], planning: bool) -> Role:
    return "follow_up" if one.token.raw == "anchored" else role_of(one, context, kinds, planning)


def _reading(seen: _Seen, context: Context) -> Reading:
    done = [
        hit
        for hit in seen.kinds
        if not is_planned(hit, seen.kinds, seen.tokens, seen.clauses, seen.lowered, context)
    ]
    if seen.recurring and not PAST.search(seen.lowered):
        done = []
    kind: Kind = done[0].kind if done else "none"
    moved = bool(_MOVED.search(seen.lowered)) and bool(seen.tokens) and not _reports(seen, done)
    if moved:
        done, kind = [], "none"
    dates = _dates(seen, context, done, moved)
    if moved:
        dates = _new_date(dates, seen)
    else:
        dates = _dropped(_then(dates, seen, context.today), seen)
    step = next_step(dates, context.today)
    follow_up: Moment | None = step.value if step else None
    if seen.recurring and follow_up is None:
        follow_up = seen.recurring.first
    outcome = find_outcome(seen.lowered, kind) if kind != "none" else None
    people = find_people(seen.text, fold(seen.text), seen.clients)
    when = contact_day(dates) if kind != "none" else None
    parts = Parts(
        seen.text,
        seen.lowered,
        seen.clauses,
        seen.clients,
        dates,
        [(hit.kind, hit.start) for hit in done],
        people,
        kind,
        when,
        follow_up,
        outcome,
    )
    events = make_events(parts, context.today) if kind != "none" or follow_up else ()
    steps = [event.follow_up for event in events if event.follow_up]
    follow_up = min(steps, key=sort_key) if steps else follow_up
    intent = _intent(seen, kind, follow_up, moved)
    return Reading(
        text=seen.text,
        kind=kind,
        intent=intent,
        clients=_searched(seen) if intent == "search" else tuple(seen.clients),
        when=when,
        follow_up=follow_up,
        follow_up_timed=isinstance(follow_up, datetime),
        alternatives=step.others if step and step.value == follow_up else (),
        dates=tuple(dates),
        amounts=seen.figures.amounts,
        rates=seen.figures.rates,
        needs=find_needs(seen.text, seen.lowered),
        outcome=outcome,
        people=people,
        note=seen.text,
        events=events,
        recurring=seen.recurring,
        doubts=seen.figures.doubts,
    )


def _new_date(dates: list[DateMention], seen: _Seen) -> list[DateMention]:
    """Keep the date after the word of moving as the next step; the old one is past."""
    at = max(match.end() for match in _MOVED.finditer(seen.lowered))
    later = [one for one in dates if one.start >= at - 1] or dates[-1:]
    return [_arrived(one) if one in later else replace(one, role="event") for one in dates]


def _arrived(found: DateMention) -> DateMention:
    """Take the end of `from Wed to Fri 2pm`."""
    if found.until is None:
        return found
    value = found.until
    if isinstance(found.value, datetime) and not isinstance(value, datetime):
        value = datetime.combine(value, found.value.time())
    return replace(found, value=value, until=None)


def _then(dates: list[DateMention], seen: _Seen, today: date) -> list[DateMention]:
    """Make the date of an event our next step where the text says: call then, 到时候联系."""
    ours = any(one.role == "follow_up" for one in dates)
    coming = [one for one in dates if sort_key(one.value).date() >= today]
    word = _THEN.search(seen.lowered)
    if ours or word is None or not coming or coming[-1].start > word.start():
        return dates
    last = coming[-1]
    return [replace(one, role="follow_up") if one is last else one for one in dates]


def _dropped(dates: list[DateMention], seen: _Seen) -> list[DateMention]:
    """An appointment called off leaves no next step on its day."""
    off = _OFF.search(seen.lowered)
    if off is None:
        return dates
    return [
        replace(one, role="event") if one.start < off.start() and one.role == "follow_up" else one
        for one in dates
    ]


def _reports(seen: _Seen, done: list[KindHit]) -> bool:
    return any(hit.start < seen.tokens[0].start and PAST.search(hit.word) for hit in done)


def _intent(seen: _Seen, kind: Kind, follow_up: Moment | None, moved: bool) -> Intent:
    if moved and follow_up:
        return "move"
    if kind != "none":
        return "log"
    if follow_up is not None and (seen.clients or seen.kinds):
        return "plan"
    if seen.alone and _only_name(seen):
        return "search"
    return "log" if seen.clients and not seen.alone and not follow_up else "none"


def _searched(seen: _Seen) -> tuple[ClientMention, ...]:
    """Take the whole text for the name that is looked for, when the grammar found none."""
    plain = seen.text.strip()
    start = seen.text.find(plain)
    return tuple(seen.clients) or (ClientMention(plain, start, start + len(plain)),)


def _only_name(seen: _Seen) -> bool:
    """Tell whether a text is nothing but a name to look up."""
    plain = seen.text.strip()
    if len(seen.clients) == 1 and seen.clients[0].text == plain:
        return True
    busy = seen.tokens or seen.figures.amounts or seen.figures.rates or seen.recurring
    return not busy and bool(_NAME_ONLY.fullmatch(plain)) and plain.lower() not in _SMALL_TALK


def _entry_reading(seen: _Seen, entry: Entry) -> Reading:
    context_dates = tuple(
        DateMention(
            seen.text[token.start : token.end],
            token.start,
            token.end,
            token.value.back[0],
            "event",
        )
        for token in seen.tokens
        if isinstance(token.value, Period) and token.value.grain not in COARSE
    )
    return Reading(
        text=seen.text,
        kind="none",
        intent="entry",
        clients=(entry.client,) if entry.client else (),
        dates=context_dates,
        amounts=seen.figures.amounts,
        rates=seen.figures.rates,
        needs=(),
        note=seen.text,
        entry=entry,
        doubts=seen.figures.doubts,
    )
