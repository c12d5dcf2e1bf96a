"""People without access, and groups: one polite line, and nothing else."""

from typing import Protocol

from telegram import Update

from handlers.desk import View
from handlers.locale import sentence
from handlers.reply import Reply
from handlers.ui import Ui
from handlers.views import people as views
from services.people import Redeemed

CODE_LENGTH = 20


class Door(Protocol):
    """What is known of somebody who is not bound."""

    update: Update
    args: str
    reply: Reply | None

    @property
    def guessed_lang(self) -> str:
        """The language of the person's app."""

    async def redeem(self, code: str, show: View[Redeemed | None]) -> None:
        """Try an invitation code."""


async def at_the_door(desk: Door) -> None:
    """``/start CODE`` binds the account; everything else gets the polite line."""
    message = desk.update.effective_message
    text = (message.text or "") if message is not None else ""
    if text.startswith("/start") and desk.args:
        await desk.redeem(desk.args, welcome)
    else:
        desk.reply = views.stranger(desk.guessed_lang)


def welcome(ui: Ui, result: Redeemed | None) -> Reply:
    """The first question, or the same polite line as for everyone whose code does not work."""
    if result is None:
        return views.stranger(ui.lang)
    if result.actor.onboarded:
        return views.menu(ui, result.actor)
    return views.ask_language(ui, result.actor)


def press_refused(lang: str) -> Reply:
    """A press by somebody who may not; nothing is shown."""
    return Reply("", toast=sentence(lang, "not_yours.toast"))


def in_a_group(desk: Door) -> None:
    """One line when the bot is spoken to; silence otherwise."""
    message = desk.update.message
    text = (message.text or "") if message is not None else ""
    if text.startswith("/"):
        desk.reply = Reply(sentence(desk.guessed_lang, "group.line"), protect=False)
