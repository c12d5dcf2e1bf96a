"""The table of conversations: what is answered, by which function, for which roles.

Every entry declares who may use it; one that does not cannot be registered.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any

from domain.people import Role
from handlers.buttons import Press
from handlers.desk import Desk

Handler = Callable[..., Awaitable[bool | None]]
EVERYONE = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Entry:
    """One conversation's way in."""

    run: Handler
    roles: frozenset[Role]


commands: dict[str, Entry] = {}
presses: dict[type[Press], Entry] = {}
messages: dict[str, Entry] = {}  # text, edited, photo, document, contact, location, voice, other
drafts: dict[str, Entry] = {}  # an open draft of this kind takes the next text


def _enter(
    table: dict[Any, Entry], name: Any, roles: Collection[Role]
) -> Callable[[Handler], Handler]:
    if not roles:
        raise ValueError(f"{name}: nobody may use it")

    def register(run: Handler) -> Handler:
        if name in table:
            raise ValueError(f"{name} is answered twice")
        table[name] = Entry(run, frozenset(roles))
        return run

    return register


def command(name: str, roles: Collection[Role]) -> Callable[[Handler], Handler]:
    """Answer ``/name``: ``async def run(desk)``."""
    return _enter(commands, name, roles)


def press(kind: type[Press], roles: Collection[Role]) -> Callable[[Handler], Handler]:
    """Answer a button: ``async def run(desk, press)``."""
    return _enter(presses, kind, roles)


def message(kind: str, roles: Collection[Role]) -> Callable[[Handler], Handler]:
    """Answer a kind of message: ``async def run(desk)``."""
    return _enter(messages, kind, roles)


def draft(kind: str, roles: Collection[Role]) -> Callable[[Handler], Handler]:
    """Take the text that an open draft of this kind waits for: ``async def run(desk, draft)``.

    It may return False: the text is about something else, and the draft goes on waiting.
    """
    return _enter(drafts, kind, roles)


def may(entry: Entry, desk: Desk) -> bool:
    """Whether the person's role is among those declared."""
    return desk.actor.role in entry.roles
