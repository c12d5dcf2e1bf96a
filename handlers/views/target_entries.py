"""The card of a figure from the chat: what was understood, and where the target stands now."""

from collections.abc import Sequence
from decimal import Decimal

from domain.targets import AVERAGED
from handlers.markup import Html, lines
from handlers.presses import EntryAmount, EntryClient, OpenClient, OpenTargets, UndoEntry
from handlers.reply import Key, Reply, Rows
from handlers.ui import Ui
from handlers.views.common import band_mark, home_row
from handlers.views.target_words import amount, metric_name, needed, short_line
from services.seen import ClientLine
from services.targets import EntryRecorded, Standing

CENTS = 100


def recorded(
    ui: Ui, entry: EntryRecorded, candidates: Sequence[ClientLine] = (),
    others: Sequence[Decimal] = (), *, named: str = "", edit: bool = False,
) -> Reply:  # fmt: skip
    """The card. ``candidates`` are the clients it may mean, ``others`` other amounts it may be.

    ``named`` is the client as it was written when nobody by that name was found.
    """
    text = lines(
        _head(ui, entry),
        ui.t("entry.client", client=entry.client) if entry.client else None,
        ui.t("entry.day", day=ui.day(entry.day)),
        *(_standing(ui, standing) for standing in entry.standings),
        None if entry.standings or entry.undone else ui.t("entry.no_target"),
        _question(ui, entry, candidates, named),
    )
    toast = None if entry.fresh else ui.word("changed.toast")
    return Reply(text, _rows(ui, entry, candidates, others), edit=edit, toast=toast)


def pressed_entry(ui: Ui, entry: EntryRecorded) -> Reply:
    """The card in place of what was pressed."""
    return recorded(ui, entry, edit=True)


def entry_undone(ui: Ui, entry: EntryRecorded) -> Reply:
    """The card of an entry that /undo took back."""
    return recorded(ui, entry)


def _head(ui: Ui, entry: EntryRecorded) -> Html:
    state = "undone" if entry.undone else "corrected" if entry.corrected else "recorded"
    if entry.amount < 0:
        figure = "−" + amount(ui, entry.metric, -entry.amount)
    else:
        figure = "+" + amount(ui, entry.metric, entry.amount)
    return ui.t(f"entry.{state}", metric=metric_name(ui, entry.metric), amount=figure)


def _standing(ui: Ui, standing: Standing) -> Html:
    balance = None
    if standing.metric in AVERAGED and standing.figure.balance is not None:
        total = amount(ui, standing.metric, standing.figure.balance)
        balance = ui.t("targets.balance", amount=total)
    return lines(short_line(ui, standing), balance, needed(ui, standing))


def _question(
    ui: Ui, entry: EntryRecorded, candidates: Sequence[ClientLine], named: str
) -> Html | None:
    if entry.undone or entry.client:
        return None
    if candidates:
        found = (
            ui.t("entry.candidate", place=n, band=band_mark(ui, client), name=client.name)
            for n, client in enumerate(candidates, 1)
        )
        return lines(ui.t("entry.which"), *found)
    return ui.t("entry.unknown", name=named) if named else None


def _rows(ui: Ui, entry: EntryRecorded, candidates: Sequence[ClientLine],
          others: Sequence[Decimal]) -> Rows:  # fmt: skip
    end = (ui.key("button.targets", OpenTargets()), *home_row(ui))
    if entry.undone:
        return (end,)
    chips = tuple(_other(ui, entry, value) for value in others)
    which: tuple[Key, ...] = ()
    if entry.client_id is None:
        which = tuple(
            ui.named(str(n), EntryClient(entry.id, entry.version, client.id))
            for n, client in enumerate(candidates, 1)
        )
    undo: tuple[Key, ...] = ()
    if entry.undoable:
        undo = (ui.key("button.undo", UndoEntry(entry.id, entry.version)),)
    if entry.client_id is not None:
        undo = (*undo, ui.key("button.brief", OpenClient(entry.client_id)))
    return tuple(row for row in (which, chips, undo, end) if row)


def _other(ui: Ui, entry: EntryRecorded, value: Decimal) -> Key:
    figure = amount(ui, entry.metric, value)
    press = EntryAmount(entry.id, entry.version, int(value * CENTS))
    return ui.key("chip.other_amount", press, amount=figure)


def how_much(ui: Ui, metric: str, written: str) -> Reply:
    """The amount is missing or may mean several things; nothing was recorded."""
    key = "entry.unit" if written else "entry.how_much"
    text = ui.t(key, metric=metric_name(ui, metric), written=written)
    return Reply(text, ((ui.key("button.targets", OpenTargets()), *home_row(ui)),))
