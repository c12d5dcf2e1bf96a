"""Progress on targets: one person or the team, and the board of the members."""

from collections.abc import Sequence
from datetime import date

from domain.targets import MONTHS, VISITS, Period
from handlers.markup import Html, blocks, join, lines
from handlers.presses import (
    BoardPicture,
    LookTargets,
    OpenBoard,
    OpenTargets,
    TargetMembers,
    TargetPicture,
    TargetWhat,
    TargetWho,
)
from handlers.reply import Key, Reply, Rows
from handlers.ui import Ui
from handlers.views.common import home_row
from handlers.views.target_setting import holder_rows
from handlers.views.target_words import (
    about,
    bar,
    client_keys,
    client_lines,
    digits,
    metric_name,
    pace_line,
    people_head,
    period_name,
    span_of,
    standing_block,
)
from services.targets import Board, BoardRow, Holder, Progress


def progress(ui: Ui, found: Progress, *, edit: bool = False) -> Reply:
    """The screen of ``/targets``."""
    head = lines(
        ui.t("targets.title", holder=found.holder.name, period=period_name(ui, found.period)),
        pace_line(ui, found.pace),
    )
    told = [standing_block(ui, standing) for standing in found.standings]
    text = blocks(head, *(told or [_nothing(ui, found)]), _others(ui, found), _to_see(ui, found))
    return Reply(text, _rows(ui, found), edit=edit)


def pressed_progress(ui: Ui, found: Progress) -> Reply:
    """The screen in place of what was pressed."""
    return progress(ui, found, edit=True)


def _nothing(ui: Ui, found: Progress) -> Html:
    return ui.t("targets.none_lead" if found.may_set else "targets.none")


def _others(ui: Ui, found: Progress) -> Html | None:
    """What is counted without a target."""
    if not found.untargeted:
        return None
    parts = [
        ui.t("targets.plain", metric=metric_name(ui, metric), amount=digits(figure.amount))
        for metric, figure in found.untargeted
    ]
    return ui.t("targets.untargeted", list=join(" · ", parts))


def _to_see(ui: Ui, found: Progress) -> Html | None:
    if not found.to_see:
        return None
    return lines(people_head(ui, found.standings), client_lines(ui, found.to_see))


def _rows(ui: Ui, found: Progress) -> Rows:
    person, months = found.holder.person_id, MONTHS[found.period.span]
    spans = tuple(_span_key(ui, found, n) for n in sorted(MONTHS.values()))
    turn = (
        ui.named("◀", _look(ui, found, found.period.shifted(-1))),
        ui.named("▶", _look(ui, found, found.period.shifted(1))),
        ui.key("button.picture", TargetPicture(person, months, found.day)),
    )
    first = client_keys(ui, found.to_see)
    return tuple(row for row in (first, spans, turn, _last(ui, found)) if row)


def _look(ui: Ui, found: Progress, period: Period) -> LookTargets:
    day = ui.today if ui.today in period else period.start
    return LookTargets(found.holder.person_id, MONTHS[period.span], day)


def _span_key(ui: Ui, found: Progress, months: int) -> Key:
    span = span_of(months)
    label = ui.word(f"span.{span}")
    if span is found.period.span:
        label = ui.word("chosen", label=label)
    elif set_here := dict(found.spans)[span]:
        label = f"{label} · {set_here}"
    return ui.named(label, LookTargets(found.holder.person_id, months, found.day))


def _last(ui: Ui, found: Progress) -> tuple[Key, ...]:
    """What a lead can do from here, and the way home."""
    if not found.may_set:
        return home_row(ui)
    look = ui.key("button.members", TargetMembers(0))
    if not found.holder.is_team:
        where = TargetWhat(found.holder.person_id)
        return (look, ui.key("button.set_target", where), *home_row(ui, OpenTargets()))
    first = found.standings[0].metric if found.standings else VISITS
    board_press = OpenBoard(first, MONTHS[found.period.span], found.day)
    place = ui.key("button.set_target", TargetWho(0))
    return (ui.key("button.board", board_press), look, place, *home_row(ui))


def members(ui: Ui, found: tuple[Holder, ...], page: int) -> Reply:
    """Whose progress to look at; the team stands first."""

    def look(holder: Holder) -> LookTargets:
        return LookTargets(holder.person_id, 1, ui.today)

    rows = holder_rows(ui, found, page, look, TargetMembers)
    return Reply(ui.t("targets.members"), (*rows, home_row(ui, OpenTargets())), edit=True)


def board(ui: Ui, found: Board, metrics: Sequence[str], day: date) -> Reply:
    """One metric of every member, and the other metrics as buttons."""
    place = ui.t("board.title", team=found.team, metric=metric_name(ui, found.metric),
                 period=period_name(ui, found.period))  # fmt: skip
    rows = [_board_row(ui, found, n, row) for n, row in enumerate(found.rows, 1)]
    note = None if found.ranked else ui.t("board.unranked")
    text = blocks(lines(place, pace_line(ui, found.pace)), lines(*rows), note)
    months = MONTHS[found.period.span]
    keys = [
        ui.named(metric_name(ui, metric), OpenBoard(metric, months, day))
        for metric in metrics
        if metric != found.metric
    ]
    picture = ui.key("button.picture", BoardPicture(months, day))
    half = -(-len(keys) // 2)
    shown = (tuple(keys[:half]), tuple(keys[half:]), (picture,), home_row(ui, OpenTargets()))
    return Reply(text, tuple(row for row in shown if row), edit=True)


def _board_row(ui: Ui, found: Board, place: int, row: BoardRow) -> Html:
    actual = about(ui, found.metric, row.figure.amount)
    number = f"{place}. " if found.ranked else ""
    if row.levels is None or row.percent is None:
        return ui.t("board.plain", number=number, name=row.holder.name, actual=actual)
    return ui.t(
        "board.row", number=number, name=row.holder.name, bar=bar(row.percent),
        percent=row.percent, actual=actual, goal=digits(row.levels.base),
    )  # fmt: skip
