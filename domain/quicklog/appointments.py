"""Appointments that were moved, called off, or hang on a day named before."""

from dataclasses import replace
from datetime import date, datetime

from domain.quicklog.clauses import PAST
from domain.quicklog.events import sort_key
from domain.quicklog.kinds import KindHit
from domain.quicklog.look import Seen
from domain.quicklog.patterns import lazy
from domain.quicklog.reading import (
    DateMention,
)

MOVED = lazy(
    r"改到|改约|改成|改为|改期|推到|推迟到|挪到|延到|延期到|顺延|提前到"
    r"|\b(?:can't make|cannot make|moved? to|moving .{0,20}to|reschedul\w+|postpon\w+"
    r"|pushed (?:back )?to|(?:moved?|push(?:ed)?|shift(?:ed)?) [a-z0-9&' ]{2,30} to"
    r"|bumped to|shifted to|rebooked? (?:for|to))\b"
)


_THEN = lazy(
    r"\b(?:call|ring|see|visit|meet|speak|chase) (?:him |her |them )?then\b"
    r"|到时候?|届时|那时再"
)


_OFF = lazy(r"\b(?:cancell?ed|called off|fell through)\b|取消了|泡汤|黄了|没成行")


def new_date(dates: list[DateMention], seen: Seen) -> list[DateMention]:
    """Keep the date after the word of moving as the next step; the old one is past."""
    at = max(match.end() for match in MOVED.finditer(seen.lowered))
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


def then(dates: list[DateMention], seen: Seen, today: date) -> list[DateMention]:
    """Make the date of an event our next step where the text says: call then, 到时候联系."""
    ours = any(one.role == "follow_up" for one in dates)
    coming = [one for one in dates if sort_key(one.value).date() >= today]
    word = _THEN.search(seen.lowered)
    if ours or word is None or not coming or coming[-1].start > word.start():
        return dates
    last = coming[-1]
    return [replace(one, role="follow_up") if one is last else one for one in dates]


def dropped(dates: list[DateMention], seen: Seen) -> list[DateMention]:
    """An appointment called off leaves no next step on its day."""
    off = _OFF.search(seen.lowered)
    if off is None:
        return dates
    return [
        replace(one, role="event") if one.start < off.start() and one.role == "follow_up" else one
        for one in dates
    ]


def reports(seen: Seen, done: list[KindHit]) -> bool:
    """Tell whether a contact before the first date is told as done."""
    return any(hit.start < seen.tokens[0].start and PAST.search(hit.word) for hit in done)
