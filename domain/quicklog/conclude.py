"""Put together what stands in a text: kind, dates for their roles, next step, events."""

import re
from datetime import datetime

from domain.quicklog.appointments import MOVED, dropped, new_date, reports, then
from domain.quicklog.clauses import PAST, PLAN
from domain.quicklog.events import Parts, contact_day, make_events, next_step, sort_key
from domain.quicklog.kinds import KindHit
from domain.quicklog.look import Seen
from domain.quicklog.needs import find_needs
from domain.quicklog.outcome import find_outcome
from domain.quicklog.patterns import lazy
from domain.quicklog.people import find_people
from domain.quicklog.period import COARSE, Context, Period
from domain.quicklog.planned import is_planned
from domain.quicklog.reading import (
    ClientMention,
    DateMention,
    Entry,
    Intent,
    Kind,
    Moment,
    Reading,
    Role,
)
from domain.quicklog.roles import Dated, moment_of, others_of, place, role_of
from domain.quicklog.text import fold
from domain.quicklog.tokens import Token

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


def _mention(token: Token, role: Role, text: str, context: Context) -> DateMention:
    period: Period = token.value
    value = moment_of(period, role, context)
    first, last = period.back if role == "contact" else period.ahead
    until = last if last != first else None
    others = others_of(period, role, context)
    lead = _PREPOSITION.match(text, token.start, token.end)
    start, end = lead.end() if lead else token.start, token.end
    return DateMention(text[start:end], start, end, value, role, until, others, period.provisional)


def _wanted(seen: Seen, token: Token) -> bool:
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


def _dates(seen: Seen, context: Context, kinds: list[KindHit], moved: bool) -> list[DateMention]:
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


def _missed(seen: Seen) -> Kind:
    """A text that only tells that somebody was not reached tells how it was tried."""
    outcome = find_outcome(seen.lowered, "none") if seen.clients else None
    return {"no_answer": "call", "not_met": "visit"}.get(outcome or "", "none")  # type: ignore[return-value]


def reading(seen: Seen, context: Context) -> Reading:
    """Conclude from what was seen."""
    done = [
        hit
        for hit in seen.kinds
        if not is_planned(hit, seen.kinds, seen.tokens, seen.clauses, seen.lowered, context)
    ]
    if seen.recurring and not PAST.search(seen.lowered):
        done = []
    kind: Kind = done[0].kind if done else _missed(seen)
    moved = bool(MOVED.search(seen.lowered)) and bool(seen.tokens) and not reports(seen, done)
    if moved:
        done, kind = [], "none"
    dates = _dates(seen, context, done, moved)
    if moved:
        dates = new_date(dates, seen)
    else:
        dates = dropped(then(dates, seen, context.today), seen)
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
        doubts=seen.doubts,
    )


def _intent(seen: Seen, kind: Kind, follow_up: Moment | None, moved: bool) -> Intent:
    if moved and follow_up:
        return "move"
    if kind != "none":
        return "log"
    if follow_up is not None and (seen.clients or seen.kinds):
        return "plan"
    if seen.alone and _only_name(seen):
        return "search"
    return "log" if seen.clients and not seen.alone and not follow_up else "none"


def _searched(seen: Seen) -> tuple[ClientMention, ...]:
    """Take the whole text for the name that is looked for, when the grammar found none."""
    plain = seen.text.strip()
    start = seen.text.find(plain)
    return tuple(seen.clients) or (ClientMention(plain, start, start + len(plain)),)


def _only_name(seen: Seen) -> bool:
    """Tell whether a text is nothing but a name to look up."""
    plain = seen.text.strip()
    if len(seen.clients) == 1 and seen.clients[0].text == plain:
        return True
    busy = seen.tokens or seen.figures.amounts or seen.figures.rates or seen.recurring
    return not busy and bool(_NAME_ONLY.fullmatch(plain)) and plain.lower() not in _SMALL_TALK


def entry_reading(seen: Seen, entry: Entry) -> Reading:
    """Give the reading of a target entry."""
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
        doubts=seen.doubts,
    )
