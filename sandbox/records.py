"""What the sandbox keeps: people, chats, messages, files, presses."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Person:
    """Somebody with a phone. `started` means that the bot may write to them."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "en"
    start: str | None = None
    caption: dict[str, str] | None = None
    phone: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def user(self) -> Json:
        """As a `User` of the Bot API."""
        shown: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if value := getattr(self, name):
                shown[name] = value
        return shown

    @property
    def name(self) -> str:
        """First and last name."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)


@dataclass
class Chat:
    """A private chat with the bot (its id is the person's), or a group."""

    id: int
    type: str
    title: str = ""
    members: list[int] = field(default_factory=list)
    bot_is_member: bool = True
    bot_was_kicked: bool = False
    migrated_to: int | None = None
    pinned: list[int] = field(default_factory=list)
    read_up_to: int = 0
    menu_button: Json | None = None


@dataclass
class Stored:
    """A message: as the Bot API shows it, and what only the sandbox knows of it.

    `markup` is a keyboard that is not under the message (reply keyboard, its removal, forced
    reply); `seq` is the number of the last change; `sent_at` is business time.
    """

    message: Json
    seq: int
    sent_at: float
    from_bot: bool
    silent: bool = False
    markup: Json | None = None
    reactions: list[Json] = field(default_factory=list)
    content_edited: bool = False
    deleted: bool = False

    @property
    def id(self) -> int:
        """The message id."""
        return int(self.message["message_id"])

    @property
    def chat_id(self) -> int:
        """The chat's id."""
        return int(self.message["chat"]["id"])


@dataclass
class File:
    """An uploaded file; `name` is where its bytes are kept."""

    file_id: str
    unique_id: str
    name: str
    path: str
    size: int
    file_name: str | None = None
    mime_type: str = "application/octet-stream"
    width: int = 0
    height: int = 0
    kind: str = "document"


@dataclass
class Press:
    """A pressed button (callback query); `at` is real time. `answer` is what the bot said."""

    id: str
    person: int
    chat: int
    message_id: int
    data: str
    at: float
    answer: Json | None = None


@dataclass
class InlineQuery:
    """A query typed in another chat, and what the bot offered for it."""

    id: str
    person: int
    query: str
    at: float
    answer: Json | None = None


@dataclass
class Counters:
    """The next number of each kind; ids are never used twice, also after a restart."""

    message: int = 1
    file: int = 1
    query: int = 4_000_000_001
    group: int = 1
    album: int = 13_000_000_000_000_001
    seq: int = 0

    def take(self, name: str) -> int:
        """The next number of a kind."""
        number = int(getattr(self, name))
        setattr(self, name, number + 1)
        return number


@dataclass
class BotProfile:
    """What the bot set about itself. Keys of the lists are scope and language."""

    commands: dict[str, list[Json]] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    name: dict[str, str] = field(default_factory=dict)
    menu_button: Json | None = None


def known_fields(kind: type, body: Json) -> Json:
    """The part of a stored document that the dataclass still has fields for."""
    fields = kind.__dataclass_fields__  # type: ignore[attr-defined]
    return {name: value for name, value in body.items() if name in fields}
