"""Targets: progress, boards and pictures; set by leads; figures reported in the chat."""

import asyncio
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.people import LOGGING_ROLES, Role
from domain.quicklog import Reading
from domain.quicklog.reading import ClientMention, Correction
from domain.target_text import only_amounts
from domain.targets import MONEY, Levels, period_of
from handlers.desk import Desk
from handlers.files import Read, maker
from handlers.presses import (
    BoardPicture,
    DropTarget,
    EntryAmount,
    EntryClient,
    LookTargets,
    OpenBoard,
    OpenTargets,
    TargetHow,
    TargetMembers,
    TargetPicture,
    TargetTo,
    TargetWhat,
    TargetWhen,
    TargetWho,
    UndoEntry,
)
from handlers.registry import command, draft, press
from handlers.reply import Reply
from handlers.ui import Ui
from handlers.views import target_entries as entry_views
from handlers.views import target_setting as setting_views
from handlers.views import targets as views
from handlers.views.target_pictures import board_picture, progress_picture
from handlers.views.target_words import span_of
from services import search, targets
from services.drafts import Begun
from services.seen import ClientLine
from services.targets import EntryRecorded, EntryWish, Look, TargetWish

LEADS = frozenset({Role.LEAD})
_SETS = re.compile(
    r"\s*(?:/targets\s+)?(?:set\b|(?:设定?|定)?(?:目标|指标)|targets?\b|设)", re.IGNORECASE
)
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十][十百千万亿]")
_AWAY = re.compile(r"(?:[-−－]|减少?|流出|转出|支取|out|less|minus)\s*$", re.IGNORECASE)
CANDIDATES = 4


def sets_target(said: str) -> bool:
    """Whether a text sets a target rather than logging something: `目标 王芳 12月 拜访 40`."""
    return _SETS.match(said) is not None and _NUMBER.search(said) is not None


async def set_by_message(desk: Desk, said: str) -> None:
    """Set the target that a text names."""
    await desk.write(targets.set_by_text, said, show=setting_views.target_set)


@command("targets", LOGGING_ROLES)
async def show_targets(desk: Desk) -> None:
    """``/targets``, ``/targets NAME`` and ``/targets set 王芳 deposits 5000万 Q4``."""
    if not desk.args:
        desk.show(views.progress(desk.ui, await desk.read(targets.progress, Look())))
    elif _NUMBER.search(desk.args):
        await set_by_message(desk, desk.args)
    else:
        holder = await desk.read(targets.find_member, desk.args)
        found = await desk.read(targets.progress, Look(holder.person_id))
        desk.show(views.progress(desk.ui, found))


@press(OpenTargets, LOGGING_ROLES)
async def open_targets(desk: Desk, wish: OpenTargets) -> None:
    """The screen, in place."""
    desk.show(views.pressed_progress(desk.ui, await desk.read(targets.progress, Look())))


@press(LookTargets, LOGGING_ROLES)
async def look(desk: Desk, wish: LookTargets) -> None:
    """Another person or period."""
    found = await desk.read(targets.progress, _look(wish))
    desk.show(views.pressed_progress(desk.ui, found))


def _look(wish: LookTargets | TargetPicture) -> Look:
    return Look(wish.person, wish.person is None, span_of(wish.months), wish.day)


@press(TargetPicture, LOGGING_ROLES)
async def picture(desk: Desk, wish: TargetPicture) -> None:
    """The same as a picture, below."""
    desk.show(progress_picture(desk.ui, await desk.read(targets.progress, _look(wish))))


@press(TargetMembers, LEADS)
async def members(desk: Desk, wish: TargetMembers) -> None:
    """Whose progress to look at."""
    desk.show(views.members(desk.ui, await desk.read(targets.members_of), wish.page))


@press(OpenBoard, LEADS)
async def board(desk: Desk, wish: OpenBoard) -> None:
    """The members side by side."""
    found = await desk.read(targets.team_board, wish.metric, span_of(wish.months), day=wish.day)
    desk.show(views.board(desk.ui, found, desk.rules.metrics, wish.day))


@press(BoardPicture, LEADS)
async def picture_of_board(desk: Desk, wish: BoardPicture) -> None:
    """The board as a picture, below."""
    found = await desk.read(targets.team_boards, span_of(wish.months), day=wish.day)
    desk.show(board_picture(desk.ui, found))


@maker("targets")
async def make_targets(read: Read, facts: dict[str, Any], now: datetime) -> tuple[str, bytes]:
    """Draw in a thread."""
    return await _draw("targets", facts)


@maker("board")
async def make_board(read: Read, facts: dict[str, Any], now: datetime) -> tuple[str, bytes]:
    """Draw in a thread."""
    return await _draw("board", facts)


async def _draw(recipe: str, facts: dict[str, Any]) -> tuple[str, bytes]:
    from handlers.pictures import draw

    return f"{recipe}.png", await asyncio.to_thread(draw, recipe, facts)


@press(TargetWho, LEADS)
async def target_who(desk: Desk, wish: TargetWho) -> None:
    """For whom."""
    desk.show(setting_views.who(desk.ui, await desk.read(targets.members_of), wish.page))


@press(TargetWhat, LEADS)
async def target_what(desk: Desk, wish: TargetWhat) -> None:
    """Which metric."""
    desk.show(setting_views.what(desk.ui, wish.person, desk.rules.metrics))


@press(TargetWhen, LEADS)
async def target_when(desk: Desk, wish: TargetWhen) -> None:
    """Which period."""
    desk.show(setting_views.when(desk.ui, wish.person, wish.metric))


@press(TargetHow, LEADS)
async def target_how(desk: Desk, wish: TargetHow) -> None:
    """How much; the next text may say it."""
    period = period_of(span_of(wish.months), wish.start)
    await desk.write(targets.suggest, wish.person, wish.metric, period, show=setting_views.how)


@draft("target", LEADS)
async def target_amount(desk: Desk, begun: Begun) -> bool:
    """The amount, typed; any other text is about something else."""
    assert desk.update.effective_message is not None
    said = desk.update.effective_message.text or ""
    if only_amounts(said):
        await desk.write(targets.set_from_draft, begun, said, show=setting_views.target_set)
    elif sets_target(said):
        await set_by_message(desk, said)
    else:
        return False
    return True


@press(TargetTo, LEADS)
async def target_to(desk: Desk, wish: TargetTo) -> None:
    """Set it; a second press or one from an old screen changes nothing."""
    period = period_of(span_of(wish.months), wish.start)
    levels = Levels(Decimal(wish.base))
    target = TargetWish(wish.person, wish.metric, period, levels, wish.version)
    await desk.write(targets.set_target, target, show=setting_views.pressed_target)


@press(DropTarget, LEADS)
async def drop_target(desk: Desk, wish: DropTarget) -> None:
    """Take it back."""
    await desk.write(
        targets.drop_target, wish.target, wish.version, show=setting_views.pressed_target
    )


# Figures from the chat -------------------------------------------------------------------------


async def record(desk: Desk, reading: Reading) -> None:
    """Record `+存款 500万 绿源`; an edited message corrects what it said before."""
    entry, message = reading.entry, desk.update.effective_message
    assert entry is not None
    assert message is not None
    amount = _amount(reading)
    if amount is None:
        desk.show(entry_views.how_much(desk.ui, entry.metric, _bare(reading)))
        return
    client, candidates = await _client(desk, entry.client)
    wish = EntryWish(
        entry.metric, amount, desk.said_at, client_id=client,
        currency=entry.amount.currency if entry.amount else None, day=_day(reading),
        note=reading.text, chat_id=message.chat_id, message_id=message.message_id,
    )  # fmt: skip
    others = tuple(Decimal(str(value)) for value in entry.amount.others) if entry.amount else ()
    named = entry.client.text if entry.client is not None and client is None else ""

    def show(ui: Ui, done: EntryRecorded) -> Reply:
        return entry_views.recorded(ui, done, candidates, others, named=named)

    await desk.write(targets.record_entry, wish, show=show)


def _amount(reading: Reading) -> Decimal | None:
    """The change with its sign; None when there is no amount, or a bare number for money."""
    entry = reading.entry
    assert entry is not None
    if entry.amount is None:
        return Decimal(entry.count) if entry.count and entry.metric not in MONEY else None
    value = Decimal(str(entry.amount.value))
    away = _AWAY.search(reading.text[: entry.amount.start]) is not None
    return -value if away and value > 0 else value


def _bare(reading: Reading) -> str:
    """A number without a unit is asked about: 5 may be 5 or 50,000."""
    entry = reading.entry
    return str(entry.count) if entry is not None and entry.count else ""


def _day(reading: Reading) -> date | None:
    """The as-of date that was named, if any."""
    moment = reading.when or (reading.dates[0].value if reading.dates else None)
    return moment.date() if isinstance(moment, datetime) else moment


async def _client(
    desk: Desk, mention: ClientMention | None
) -> tuple[int | None, tuple[ClientLine, ...]]:
    """The client that is meant for certain, or those it may be."""
    if mention is None:
        return None, ()
    if mention.certainty == "certain" and mention.ids:
        return mention.ids[0], ()
    found = await desk.read(search.find, mention.text)
    if found.certain:
        return found.clients[0].id, ()
    return None, tuple(found.clients[:CANDIDATES])


async def corrected(desk: Desk, change: Correction) -> bool:
    """“不对，是300万” right after the card of an entry; False when there is none to correct."""
    latest = await desk.read(targets.latest_entry)
    if latest is None or not (change.amount or change.cancelled):
        return False
    if change.cancelled:
        await desk.write(targets.undo_entry, latest.id, latest.version, show=entry_views.recorded)
    elif change.amount is not None:
        value = Decimal(str(change.amount.value))
        await desk.write(
            targets.set_amount, latest.id, latest.version, value, show=entry_views.recorded
        )
    return True


@press(UndoEntry, LOGGING_ROLES)
async def undo_entry(desk: Desk, wish: UndoEntry) -> None:
    """Take it back."""
    await desk.write(targets.undo_entry, wish.entry, wish.version, show=entry_views.pressed_entry)


@press(EntryClient, LOGGING_ROLES)
async def entry_client(desk: Desk, wish: EntryClient) -> None:
    """It is about this client."""
    await desk.write(
        targets.assign_client, wish.entry, wish.version, wish.client,
        show=entry_views.pressed_entry,
    )  # fmt: skip


@press(EntryAmount, LOGGING_ROLES)
async def entry_amount(desk: Desk, wish: EntryAmount) -> None:
    """It was the other amount."""
    value = Decimal(wish.cents) / entry_views.CENTS
    await desk.write(
        targets.set_amount, wish.entry, wish.version, value, show=entry_views.pressed_entry
    )
