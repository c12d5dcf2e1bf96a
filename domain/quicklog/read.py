"""Read one quick-log text: figures first, then dates, kinds, clients, and what is whose."""

from datetime import datetime

from domain.calendar import Calendar, Hours, WeekdayCalendar
from domain.quicklog.conclude import entry_reading, reading
from domain.quicklog.entries import read_entry
from domain.quicklog.figures import take_figures
from domain.quicklog.look import look
from domain.quicklog.period import Context
from domain.quicklog.portfolio import Names
from domain.quicklog.reading import (
    Reading,
)
from domain.quicklog.text import fold, lower

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
    seen = look(text, folded, figures, context, names)
    entry = read_entry(text, folded, figures, names)
    return entry_reading(seen, entry) if entry else reading(seen, context)
