"""Setting a target by buttons: for whom, what, when, how much; and how it then stands."""

from collections.abc import Callable, Sequence
from datetime import date

from domain.targets import AVERAGED, MONTHS, Levels, Period, Span, period_of
from handlers.buttons import Press
from handlers.markup import Html, blocks, join, lines
from handlers.presses import (
    DropTarget,
    LookTargets,
    OpenTargets,
    TargetHow,
    TargetTo,
    TargetWhat,
    TargetWhen,
    TargetWho,
)
from handlers.reply import Key, Reply, Rows
from handlers.ui import Ui
from handlers.views.common import home_row
from handlers.views.target_words import amount, level_name, metric_name, period_name
from services.targets import Holder, Suggestion, TargetSet

PAGE = 8
WIDE = 4
# What fits on a button beside the rest of its facts; a longer metric is set by message only.
LONGEST_METRIC = 24


def holder_rows(ui: Ui, found: Sequence[Holder], page: int, choose: Callable[[Holder], Press],
                turn: Callable[[int], Press]) -> Rows:  # fmt: skip
    """A page of people (and the team) as two rows, and a row to page."""
    page = max(0, min(page, (len(found) - 1) // PAGE))
    shown = found[page * PAGE : page * PAGE + PAGE]
    keys = [ui.named(_holder_label(holder), choose(holder)) for holder in shown]
    paging = []
    if page:
        paging.append(ui.key("button.previous", turn(page - 1)))
    if (page + 1) * PAGE < len(found):
        paging.append(ui.key("button.next_page", turn(page + 1)))
    rows = (tuple(keys[:WIDE]), tuple(keys[WIDE:]), tuple(paging))
    return tuple(row for row in rows if row)


def _holder_label(holder: Holder) -> str:
    return f"👥 {holder.name}" if holder.is_team else holder.name


def who(ui: Ui, found: tuple[Holder, ...], page: int) -> Reply:
    """For whom."""
    rows = holder_rows(ui, found, page, lambda h: TargetWhat(h.person_id), TargetWho)
    return Reply(ui.t("set.who"), (*rows, home_row(ui, OpenTargets())), edit=True)


def what(ui: Ui, person: int | None, metrics: Sequence[str]) -> Reply:
    """Which metric."""
    keys = [
        ui.named(metric_name(ui, metric), TargetWhen(person, metric))
        for metric in metrics
        if len(metric.encode()) <= LONGEST_METRIC
    ]
    rows = tuple(tuple(keys[n : n + WIDE]) for n in range(0, min(len(keys), 3 * WIDE), WIDE))
    return Reply(ui.t("set.what"), (*rows, home_row(ui, TargetWho(0))), edit=True)


def when(ui: Ui, person: int | None, metric: str) -> Reply:
    """Which period: the present and the next month, quarter and year."""
    rows = tuple(
        tuple(_period_key(ui, person, metric, period) for period in (now, now.shifted(1)))
        for now in (period_of(span, ui.today) for span in Span)
    )
    text = ui.t("set.when", metric=metric_name(ui, metric))
    return Reply(text, (*rows, home_row(ui, TargetWhat(person))), edit=True)


def _period_key(ui: Ui, person: int | None, metric: str, period: Period) -> Key:
    press = TargetHow(person, metric, MONTHS[period.span], period.start)
    return ui.named(period_name(ui, period), press)


def how(ui: Ui, found: Suggestion) -> Reply:
    """How much: chips from the last period, or a text."""
    person, metric, period = found.holder.person_id, found.metric, found.period
    before = amount(ui, metric, found.before.amount)
    present = _levels(ui, metric, found.present) if found.present else None
    text = blocks(
        ui.t("set.how", holder=found.holder.name, metric=metric_name(ui, metric),
             period=period_name(ui, period)),
        lines(ui.t("set.present", levels=present) if present else None,
              ui.t("set.before", amount=before, period=period_name(ui, period.shifted(-1)))),
        ui.t("set.example_average" if metric in AVERAGED else "set.example"),
    )  # fmt: skip
    chips = tuple(
        ui.named(amount(ui, metric, mark), TargetTo(
            person, metric, MONTHS[period.span], period.start, int(mark), found.version))
        for mark in found.marks
        if mark == int(mark)
    )  # fmt: skip
    rows = (chips, home_row(ui, TargetWhen(person, metric)))
    return Reply(text, tuple(row for row in rows if row), edit=True)


def _levels(ui: Ui, metric: str, levels: Levels) -> Html:
    return join(" · ", [
        ui.t("set.level", level=level_name(ui, level), amount=amount(ui, metric, mark))
        for level, mark in levels.ladder()
    ])  # fmt: skip


def target_set(ui: Ui, told: TargetSet, *, edit: bool = False) -> Reply:
    """A target as it now stands, with everything echoed in full."""
    state = "dropped" if told.dropped else "done" if told.before is None else "changed"
    changed = told.before is not None and told.before != told.levels
    text = lines(
        ui.t(f"set.{state}"),
        ui.t("set.whose", holder=told.holder.name, metric=metric_name(ui, told.metric)),
        ui.t("set.period", period=period_name(ui, told.period),
             first=ui.day(told.period.start), last=ui.day(told.period.end)),
        ui.t("set.levels", levels=_levels(ui, told.metric, told.levels)),
        ui.t("set.former", levels=_levels(ui, told.metric, told.before))
        if changed and told.before else None,
    )  # fmt: skip
    toast = None if told.fresh else ui.word("changed.toast")
    return Reply(text, _set_rows(ui, told), edit=edit, toast=toast)


def pressed_target(ui: Ui, told: TargetSet) -> Reply:
    """The same in place of what was pressed."""
    return target_set(ui, told, edit=True)


def _set_rows(ui: Ui, told: TargetSet) -> Rows:
    months, day = MONTHS[told.period.span], _day_in(ui, told.period)
    see = ui.key("button.targets", LookTargets(told.holder.person_id, months, day))
    more = ui.key("button.set_target", TargetWhat(told.holder.person_id))
    if told.dropped:
        return ((see, more), home_row(ui))
    drop = ui.key("button.drop_target", DropTarget(told.target_id, told.version))
    return ((see, more), (drop, *home_row(ui)))


def _day_in(ui: Ui, period: Period) -> date:
    return ui.today if ui.today in period else period.start
