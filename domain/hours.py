"""Working hours, quiet hours and the next local occurrence of a time of day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall-clock time.

    A time that a DST gap skips becomes the first instant after the gap (02:30 in a gap from 02:00
    to 03:00 is 03:00); of a time that happens twice the first is taken.
    """
    naive = datetime.combine(day, at)
    candidate = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if candidate.astimezone(zone).replace(tzinfo=None) == naive:
        return candidate
    before = (naive - timedelta(hours=6)).replace(tzinfo=zone).utcoffset() or timedelta(0)
    after = (naive + timedelta(hours=6)).replace(tzinfo=zone).utcoffset() or timedelta(0)
    gap = after - before
    # In the gap, reading with the old offset lands `gap` late at most; walk back to its edge.
    late = (naive - before).replace(tzinfo=UTC)
    low, high = late - gap, late
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == after:
            high = middle
        else:
            low = middle
    return high.replace(microsecond=0)


def next_occurrence(after: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The first instant strictly after ``after`` when it is ``at`` o'clock in ``zone``.

    Exactly one occurrence per local date, across gaps, folds and zone changes.
    """
    day = after.astimezone(zone).date()
    while (moment := instant(day, at, zone)) <= after:
        day += timedelta(days=1)
    return moment


def is_quiet(local: time, quiet_from: time, quiet_until: time) -> bool:
    """Whether a wall-clock time lies in the quiet hours, which may span midnight."""
    if quiet_from <= quiet_until:
        return quiet_from <= local < quiet_until
    return local >= quiet_from or local < quiet_until
