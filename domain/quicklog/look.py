"""What stands in a text, before it is put together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.quicklog.clauses import Clause, split
from domain.quicklog.clients import find_clients
from domain.quicklog.dates import find_dates
from domain.quicklog.figures import Figures
from domain.quicklog.ground import Ground
from domain.quicklog.kinds import KindHit, find_kinds
from domain.quicklog.name_guard import is_name
from domain.quicklog.patterns import lazy
from domain.quicklog.period import Context, Period, Stretch, exact, stretch
from domain.quicklog.portfolio import Names
from domain.quicklog.reading import (
    ClientMention,
    Doubt,
    Recurring,
)
from domain.quicklog.recurrence import find_recurring
from domain.quicklog.roles import moment_of
from domain.quicklog.shift_rules import anchored
from domain.quicklog.text import lower
from domain.quicklog.tokens import Token

_AHEAD = lazy(r"(?:提前|提早|到期前|到期日前|期满前|届满前|期前)\s?$")


_EARLIER = lazy(
    r"\s*(?:before (?:it|that|then|maturity|expiry|hand)\b|beforehand|ahead|in advance"
    r"|earlier|before$|prior)"
)


_ORDERED = lazy(r"\b(?:call|ring|see|meet|visit|e-?mail|text|phone)\s+\w+\s*$")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_THE_BEFORE = lazy(
    r"\b(?:the|a) (?:(?P<unit>day|week|month)"
    r"|(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*) before\b(?! [a-z0-9])"
)


@dataclass(frozen=True, slots=True)
class Seen:
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
    doubts: tuple[Doubt, ...] = ()


def look(text: str, folded: str, figures: Figures, context: Context, names: Names | None) -> Seen:
    """Look through a folded text once."""
    masked = figures.masked
    lowered = lower(masked)
    recurring, rhythms = find_recurring(text, lowered, context)
    phrases = find_dates(masked, lowered, context)
    tokens = [token for token in phrases if not is_name(token, masked, lowered)]
    doubts = [_doubt(one, text) for one in phrases if one not in tokens and _asked(one, lowered)]
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
    every = (*figures.doubts, *doubts)
    return Seen(text, lowered, figures, tokens, clauses, kinds, clients, recurring, alone, every)


def _asked(token: Token, lowered: str) -> bool:
    """Tell whether a name may be a day after all: call Tom Friday."""
    return token.letter == "d" and bool(_ORDERED.search(lowered[: token.start]))


def _doubt(token: Token, text: str) -> Doubt:
    return Doubt(text[token.start : token.end], token.start, token.end, "date")


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
    return _before_that(lowered, kept, context)


def _before_that(lowered: str, kept: list[Token], context: Context) -> list[Token]:
    """Add `the week before`, `the Friday before`: counted from the date named before it."""
    match = _THE_BEFORE.search(lowered)
    base = next((t for t in reversed(kept) if match and t.end <= match.start()), None)
    if match is None or base is None:
        return kept
    start, end = match.span()
    rest = [t for t in kept if t.end <= start or end <= t.start]
    value = _earlier(match, base.value.ahead[0], context)
    if value is None:
        return rest
    made = Token("d", start, end, replace(value, tense=1), "anchored")
    return sorted([*rest, made], key=lambda token: token.start)


def _earlier(match: re.Match[str], base: date, context: Context) -> Period | None:
    if match["weekday"]:
        weekday = _WEEKDAYS.index(match["weekday"])
        return exact(base - timedelta((base.weekday() - weekday - 1) % 7 + 1))
    length = stretch(1, match["unit"])
    return anchored(length, base, context) if length else None
