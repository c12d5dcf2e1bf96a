"""A file that is sent to the chat: looked at, shown, brought in by one press, taken back by one."""

import asyncio
from dataclasses import replace
from pathlib import Path

from domain.people import LOGGING_ROLES, Role
from domain.problems import Problem
from handlers.attachments import keep
from handlers.desk import Desk
from handlers.presses import BringIn, LeaveOut, ListLeftOut, OpenImport, UndoImport
from handlers.registry import command, message, press
from handlers.views import importing as views
from services import drafts
from services.drafts import Begun
from services.imports import in_chat, undoing
from services.imports.carrying_out import Staging
from services.imports.limits import Limits
from services.imports.outcome import Plan
from services.imports.table import Table, open_table

IMPORTING = LOGGING_ROLES | {Role.ADMIN}
# Telegram hands a bot no file above this (Bot API, getFile).
TELEGRAM_LIMIT = 20_000_000
# Files that are no tables are kept with a log instead.
_OTHER = frozenset({"import_kind", "file_too_big"})


@command("import", IMPORTING)
async def explain(desk: Desk) -> None:
    """What can be sent, and where it goes."""
    desk.show(views.explain(desk.ui, desk.actor))


@press(OpenImport, IMPORTING)
async def open_import(desk: Desk, _: OpenImport) -> None:
    """The same, in place."""
    desk.show(replace(views.explain(desk.ui, desk.actor), edit=True))


@message("document", IMPORTING)
async def document(desk: Desk) -> None:
    """A table of clients is looked at; any other document belongs to a log."""
    sent = desk.update.effective_message
    assert sent is not None
    assert sent.document is not None
    try:
        table = await _open(desk, sent.document.file_id, sent.document.file_size or 0)
    except Problem as problem:
        if problem.key in _OTHER and desk.actor.role in LOGGING_ROLES:
            await keep(desk)
            return
        raise
    plan: Plan = await desk.read(in_chat.plan_for, table)
    name = sent.document.file_name or "?"
    await desk.write(in_chat.remember, sent.document.file_id, name, plan, show=views.looked)


@press(BringIn, IMPORTING)
async def bring_in(desk: Desk, wish: BringIn) -> None:
    """Judge the file once more as things are now, and bring it in."""
    begun: Begun = await desk.read(drafts.open_draft, wish.draft)
    batch = begun.data.get("batch")  # a repeated press gives the same answer again
    if batch is None:
        batch = await _stage(desk, wish.draft, str(begun.data["file_name"]))
    await desk.write(in_chat.publish, wish.draft, batch, show=views.imported)


async def _stage(desk: Desk, draft_id: int, file_name: str) -> int:
    """Stage the rows a few at a time, unseen; everyone else writes in between."""
    table, plan = await _again(desk, draft_id)
    staging = Staging(desk.actor, table, plan, None, file_name)
    await desk.step(staging.open)
    steps = staging.steps()
    while (step := await asyncio.to_thread(next, steps, None)) is not None:
        await desk.step(step)
        if staging.done < staging.total:
            await desk.progress(views.under_way(desk.ui, staging.done, staging.total))
    return staging.batch_id


@press(LeaveOut, IMPORTING)
async def leave_out(desk: Desk, wish: LeaveOut) -> None:
    """Forget the file."""
    await desk.write(drafts.drop, wish.draft, show=views.forgotten)


@press(ListLeftOut, IMPORTING)
async def list_left_out(desk: Desk, wish: ListLeftOut) -> None:
    """Every row that does not come in, with its reason, as a file."""
    _, plan = await _again(desk, wish.draft)
    desk.show(views.left_out(desk.ui, plan))


@press(UndoImport, IMPORTING)
async def undo(desk: Desk, wish: UndoImport) -> None:
    """Take the whole import back."""
    await desk.write(undoing.undo_import, wish.batch, show=views.undone)


async def _again(desk: Desk, draft_id: int) -> tuple[Table, Plan]:
    begun: Begun = await desk.read(drafts.open_draft, draft_id)
    table = await _open(desk, begun.data["file_id"], 0)
    return table, await desk.read(in_chat.plan_for, table)


async def _open(desk: Desk, file_id: str, size: int) -> Table:
    limits = Limits.for_chat(desk.rules)
    if size > min(limits.bytes, TELEGRAM_LIMIT):
        raise Problem("file_too_big", megabytes=min(limits.bytes, TELEGRAM_LIMIT) // 1_000_000)
    path: Path = await desk.download(file_id, limits.bytes)
    return await asyncio.to_thread(open_table, path, limits)
