"""What a handler is given: the update, who sent it, and the two ways into the house."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from telegram import Update

from domain.calendar import Calendar
from domain.names import Names
from domain.people import Actor
from domain.rules import Rules
from handlers.reply import Reply
from handlers.ui import Ui
from services.people import Redeemed

T = TypeVar("T")
# A use case: (session, actor, *wish, now) -> frozen result. Handlers never look inside a session.
UseCase = Callable[..., T]
View = Callable[[Ui, T], Reply]


class Desk(Protocol):
    """One update on its way through the front door."""

    update: Update
    now: datetime  # business time, aware UTC
    said_at: datetime  # when the person wrote or pressed, aware UTC
    args: str  # what followed a command

    @property
    def actor(self) -> Actor:
        """Who sent the update."""

    @property
    def rules(self) -> Rules:
        """The bank's rules."""

    @property
    def calendar(self) -> Calendar:
        """The bank's calendar."""

    @property
    def waits_for_text(self) -> bool:
        """Whether a screen has asked this person for a text."""

    @property
    def ui(self) -> Ui:
        """The person's language, zone and seal."""

    async def read(self, ask: UseCase[T], /, *wish: Any, **more: Any) -> T:
        """Run ``ask(session, actor, *wish, now=now)`` on a read-only snapshot."""

    async def write(self, use_case: UseCase[T], /, *wish: Any, show: View[T], **more: Any) -> Reply:
        """Run the one use case of this update and keep its answer in the same transaction.

        ``show(ui, result)`` runs inside it. After this the handler has nothing left to do.
        """

    async def step(self, work: Callable[[Any, datetime], T], /) -> T:
        """Run one short transaction of a longer work, ``work(session, now)``.

        It leaves nothing that anybody sees, so that it may be done again after a crash; what is
        seen comes with ``write``.
        """

    async def progress(self, reply: Reply) -> None:
        """Show in the pressed message how far a longer work is; losing it does no harm."""

    async def leave_waiting(self) -> None:
        """No screen waits for a text any more; harmless to repeat, so it has no answer to keep."""

    async def redeem(self, code: str, show: View[Redeemed | None]) -> None:
        """Try an invitation code for the account behind the update."""

    def show(self, reply: Reply) -> None:
        """Answer without having written anything."""

    async def names(self) -> Names:
        """The index over the names of the clients that the person may see."""

    async def download(self, file_id: str, limit: int) -> Path:
        """Fetch a file into a private temporary folder that goes when the update is settled."""
