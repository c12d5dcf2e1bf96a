"""Rows and phrases that many screens share."""

from collections.abc import Callable
from datetime import date, time, timedelta

from handlers.buttons import Press
from handlers.markup import Html, plain
from handlers.presses import Home
from handlers.reply import Key, Reply, Rows
from handlers.ui import Ui
from services.followups import When
from services.seen import ClientLine, ContactLine, FollowUpLine

QUOTED = 60


def home_row(ui: Ui, back: Press | None = None) -> tuple[Key, ...]:
    """Back (when there is somewhere to go back to) and Home."""
    home = ui.key("button.home", Home())
    return (ui.key("button.back", back), home) if back is not None else (home,)


def short(text: str, limit: int = QUOTED) -> str:
    """The beginning of a text, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def what_of(followup: FollowUpLine) -> str:
    """The purpose of a follow-up, ready to stand after its kind."""
    return f" · {short(followup.what, 40)}" if followup.what else ""


def when_text(ui: Ui, when: When) -> str:
    """A local moment in full."""
    text = ui.day(when.day)
    if when.at is None:
        return text
    return f"{text}{' ' if ui.lang == 'zh' else ', '}{when.at:%H:%M}"


def due_text(ui: Ui, followup: FollowUpLine) -> str:
    """When a follow-up is due, in full."""
    local = followup.due_at.astimezone(ui.zone)
    at = time(local.hour, local.minute) if followup.timed else None
    return when_text(ui, When(followup.due_day, at))


def contact_when(ui: Ui, contact: ContactLine) -> str:
    """When a contact took place, in full."""
    return ui.moment(contact.happened_at, contact.timed)


def band_mark(ui: Ui, client: ClientLine) -> str:
    """The coloured mark of a client's contact cadence."""
    return ui.word(f"band.{client.band}")


def calendar_rows(ui: Ui, start: date, choose: Callable[[date], Press], back: Press,
                  page: Callable[[date], Press]) -> Rows:  # fmt: skip
    """Fourteen days from ``start`` (a Monday) as two rows, and a row to page and leave.

    ``choose(day)`` and ``page(start)`` make the presses.
    """
    rows: list[tuple[Key, ...]] = []
    for week in range(2):
        days = [start + timedelta(days=7 * week + n) for n in range(7)]
        rows.append(
            tuple(
                Key(_day_label(ui, day), data=ui.seal.close(choose(day)))
                for day in days
                if day >= ui.today
            )
        )
    turn = [ui.key("calendar.later", page(start + timedelta(days=14)))]
    if start > ui.today:
        turn.insert(0, ui.key("calendar.earlier", page(start - timedelta(days=14))))
    return tuple(row for row in (*rows, tuple(turn), home_row(ui, back)) if row)


def _day_label(ui: Ui, day: date) -> str:
    return f"{ui.word(f'weekday.{day.weekday()}')} {day.day}"


def week_start(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def months(ui: Ui, start: date) -> str:
    """The span that two weeks of a calendar sheet cover."""
    return f"{ui.short_day(max(start, ui.today))} – {ui.short_day(start + timedelta(days=13))}"


def note(text: Html | str, edit: bool = False, rows: Rows = (), protect: bool = False) -> Reply:
    """A short message."""
    return Reply(plain(text), rows=rows, edit=edit, protect=protect)


def dropped(ui: Ui, edit: bool = False) -> Reply:
    """What was begun is forgotten."""
    return note(ui.t("cancelled.text"), edit=edit, rows=(home_row(ui),))
