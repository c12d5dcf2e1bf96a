"""Progress and boards as recipes of pictures: finished sentences and shares, nothing else."""

from collections.abc import Sequence
from html import unescape
from typing import Any

from domain.targets import AVERAGED
from handlers.reply import Attached, Reply
from handlers.ui import Ui
from handlers.views.common import home_row
from handlers.views.target_words import (
    compact,
    level_line,
    metric_name,
    needed,
    pace_word,
    period_name,
    share,
)
from services.targets import Board, BoardRow, Progress, Standing

# Further behind than this share of the pace is drawn red.
LATE = 0.7


def progress_picture(ui: Ui, found: Progress) -> Reply:
    """The screen as a picture; without a target there is nothing to draw."""
    if not found.standings:
        return Reply("", edit=False, toast=ui.word("picture.nothing"), alert=True)
    name = f"{found.holder.name} · {period_name(ui, found.period)}"
    facts = {
        "title": name,
        "subtitle": _as_of(ui, found.pace.share, found.pace.calendar_share),
        "footer": ui.word("picture.footer"),
        "rows": [_row(ui, standing) for standing in found.standings],
    }
    return _photo(ui, name, "targets", facts)


def board_picture(ui: Ui, boards: Sequence[Board]) -> Reply:
    """Every ranked metric of the team in one picture."""
    if not boards:
        return Reply("", edit=False, toast=ui.word("picture.nothing"), alert=True)
    first = boards[0]
    name = f"{first.team} · {period_name(ui, first.period)}"
    facts = {
        "title": name,
        "subtitle": _as_of(ui, first.pace.share, first.pace.calendar_share),
        "footer": ui.word("picture.board_footer"),
        "sections": [_section(ui, board) for board in boards],
    }
    return _photo(ui, name, "board", facts)


def _photo(ui: Ui, name: str, recipe: str, facts: dict[str, Any]) -> Reply:
    text = ui.t("named", what=name)
    return Reply(text, (home_row(ui),), attached=Attached("photo", recipe, facts))


def _as_of(ui: Ui, work: float, calendar: float) -> str:
    return ui.word("picture.as_of", day=ui.day(ui.today), percent=share(work),
                   calendar=share(calendar))  # fmt: skip


def _row(ui: Ui, s: Standing) -> dict[str, Any]:
    level = level_line(ui, s)
    parts = [level] if level else [part for part in (pace_word(ui, s), needed(ui, s)) if part]
    return {
        "label": metric_name(ui, s.metric),
        "value": ui.word("picture.value", actual=compact(ui, s.metric, s.figure.amount),
                         goal=compact(ui, s.metric, s.levels.base), percent=s.percent),
        "note": unescape(" · ".join(parts)),
        "share": s.percent / 100,
        "pace": None if s.metric in AVERAGED else s.pace.share,
        "tone": _tone(s.percent, s.pace.share, on_pace=s.on_pace),
    }  # fmt: skip


def _tone(percent: int, pace: float, *, on_pace: bool) -> str:
    if on_pace or percent >= 100:
        return "good"
    return "slow" if percent >= 100 * pace * LATE else "late"


def _section(ui: Ui, board: Board) -> dict[str, Any]:
    rows = [_board_row(ui, board, r) for r in board.rows if r.levels or r.figure.amount]
    return {"heading": metric_name(ui, board.metric), "rows": rows}


def _board_row(ui: Ui, board: Board, row: BoardRow) -> dict[str, Any]:
    actual = compact(ui, board.metric, row.figure.amount)
    if row.levels is None or row.percent is None:
        return {"label": row.holder.name, "value": actual, "share": 0, "pace": None,
                "tone": "plain"}  # fmt: skip
    goal, pace = compact(ui, board.metric, row.levels.base), board.pace.share
    return {
        "label": row.holder.name,
        "value": ui.word("picture.value", actual=actual, goal=goal, percent=row.percent),
        "share": row.percent / 100,
        "pace": pace,
        "tone": _tone(row.percent, pace, on_pace=row.percent >= 100 * pace),
    }
