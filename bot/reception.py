"""One update: who is it, which conversation answers it, and what became of it."""

import logging
import re
from contextvars import ContextVar
from typing import Any

from telegram import Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.desk import Revoked, UpdateDesk
from bot.sending import Pressed
from domain.problems import Problem
from handlers import registry, strangers, table  # noqa: F401 – the table fills the registry
from handlers.buttons import NotOurs
from handlers.registry import Entry
from handlers.views import refusals

log = logging.getLogger(__name__)
current: ContextVar[UpdateDesk] = ContextVar("current")

_COMMAND = re.compile(r"^/(?P<name>\w{1,32})(?:@(?P<bot>\w+))?(?P<args>(?:\s.*)?)$", re.DOTALL)
Context = ContextTypes.DEFAULT_TYPE
NEW = filters.UpdateType.MESSAGE
KINDS: tuple[tuple[str, filters.BaseFilter], ...] = (
    ("text", NEW & filters.TEXT),
    ("photo", NEW & filters.PHOTO),
    ("document", NEW & filters.Document.ALL),
    ("voice", NEW & filters.VOICE),
    ("location", NEW & filters.LOCATION),
    ("contact", NEW & filters.CONTACT),
    ("edited", filters.UpdateType.EDITED_MESSAGE & (filters.TEXT | filters.CAPTION)),
)


def wire(application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
    """Hang the table of conversations on python-telegram-bot's dispatcher."""
    # Found by the text itself: not every gateway that speaks the Bot API marks commands as such.
    application.add_handler(MessageHandler(NEW & filters.Regex(_COMMAND), _command))
    application.add_handler(CallbackQueryHandler(_press))
    for kind, condition in KINDS:
        if kind in registry.messages:
            application.add_handler(MessageHandler(condition, _enter(registry.messages[kind])))
    application.add_handler(
        MessageHandler(NEW & ~filters.StatusUpdate.ALL, _enter(registry.messages["other"]))
    )


async def _command(update: Update, context: Context) -> None:
    """A command; one that is not ours is answered like any text, one for another bot not at all."""
    message = update.effective_message
    found = _COMMAND.match(message.text or "") if message else None
    assert found is not None
    addressed = (found["bot"] or "").lower()
    if addressed and addressed != (context.bot.username or "").lower():
        return
    desk = current.get()
    desk.args = found["args"].strip()
    entry = registry.commands.get(found["name"].lower(), registry.messages["text"])
    leaves = found["name"].lower() != "cancel"  # which tells what it has ended
    await guarded(desk, entry, (), navigates=leaves)


def _enter(entry: Entry) -> Any:
    async def run(update: Update, context: Context) -> None:
        await guarded(current.get(), entry, ())

    return run


async def _press(update: Update, context: Context) -> None:
    desk = current.get()
    assert update.callback_query is not None
    if desk.arrival is None or not _private(update):
        desk.reply = strangers.press_refused(desk.guessed_lang)
        return
    try:
        press = desk.seal().open(update.callback_query.data or "")
        entry = registry.presses[type(press)]
    except (NotOurs, KeyError):
        # No oracle: forged, foreign and outdated look the same from outside.
        log.warning("press refused", extra={"person": desk.actor.id, "row": desk.row_id})
        desk.show(refusals.not_ours(desk.ui, desk.actor))
        return
    await guarded(desk, entry, (press,), navigates=True)


async def guarded(
    desk: UpdateDesk, entry: Entry, wish: tuple[Any, ...], *, navigates: bool = False
) -> None:
    """Run a conversation for someone who may have it; turn its errors into answers.

    Whoever navigates, by a command or a button, has left the screen that waited for a text.
    """
    try:
        if not _private(desk.update):
            strangers.in_a_group(desk)
        elif desk.arrival is None:
            await strangers.at_the_door(desk)
        elif not registry.may(entry, desk):
            desk.show(refusals.problem(desk.ui, Problem("not_allowed")))
        else:
            if navigates:
                await desk.leave_waiting()
            await entry.run(desk, *wish)
    except Problem as problem:
        desk.show(refusals.problem(desk.ui, problem))
    except Revoked:
        desk.reply = strangers.press_refused(desk.guessed_lang)
    except Exception as error:  # noqa: BLE001 – kept, reported and answered by the intake
        desk.failure = error


def _private(update: Update) -> bool:
    chat = update.effective_chat
    return chat is None or chat.type == "private"


def pressed_of(update: Update) -> Pressed | None:
    """The pressed screen of a callback query."""
    query = update.callback_query
    if query is None:
        return None
    message = query.message
    return Pressed(
        query.id,
        message.message_id if message is not None else None,
        # Only what visibly carries media cannot be edited into a text.
        not (isinstance(message, Message) and message.effective_attachment is not None),
    )
