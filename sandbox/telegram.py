"""The small Telegram itself: everything it knows, and how messages come into being."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sandbox.changes import Changes
from sandbox.clock import Clock
from sandbox.faults import CallLog, Script
from sandbox.flood import Flood
from sandbox.records import (
    BotProfile,
    Chat,
    Counters,
    File,
    InlineQuery,
    Json,
    Person,
    Press,
    Stored,
    known_fields,
)
from sandbox.refusal import bad_request, forbidden
from sandbox.signal import Signal
from sandbox.store import Directory, Forgetful, Store
from sandbox.updates import UpdateQueue
from sandbox.view import message_view
from sandbox.webhook import Webhook

DEFAULT_TOKEN = "7000000001:sandbox-token-for-tests-only-0000000"  # noqa: S105
DEFAULT_USERNAME = "rounds_sandbox_bot"
PRESS_SECONDS = 150.0
WORLD = ("profile", "person", "chat", "file", "press", "message")


class Telegram:
    """All state of one bot's world. Belongs to one event loop; not for several threads."""

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        *,
        state: Path | None = None,
        clock: Clock | None = None,
        flood: str = "off",
        strict: bool = True,
        username: str = DEFAULT_USERNAME,
        language: str = "en",
    ) -> None:
        self.token, self.username, self.language = token, username, language
        self.strict = strict
        self.press_seconds = PRESS_SECONDS
        self.clock = clock or Clock()
        self.store: Store = Directory(state) if state else Forgetful()
        self.flood = Flood.named(flood)
        self.script, self.calls, self.changes = Script(), CallLog(), Changes()
        self.closing = False
        self.ending = Signal()
        # The number of the newest poll: a new one ends the one that waits.
        self.polls = 0
        self._load()

    def _load(self) -> None:
        rows = self.store.all
        self.counters = Counters(**known_fields(Counters, (rows("counters") or [{}])[0]))
        self.updates = UpdateQueue(self.store)
        self.webhook = Webhook(self.store)
        self._load_world()

    def _load_world(self) -> None:
        rows = self.store.all
        self.profile = BotProfile(**known_fields(BotProfile, (rows("profile") or [{}])[0]))
        self.people = {row["id"]: Person(**known_fields(Person, row)) for row in rows("person")}
        self.chats = {row["id"]: Chat(**known_fields(Chat, row)) for row in rows("chat")}
        self.files = {row["file_id"]: File(**known_fields(File, row)) for row in rows("file")}
        self.presses = {row["id"]: Press(**known_fields(Press, row)) for row in rows("press")}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.messages: dict[int, dict[int, Stored]] = {chat: {} for chat in self.chats}
        # The number of the newest change in each chat, so that who waits need not look at all.
        self.last_change: dict[int, int] = {}
        kept = (Stored(**known_fields(Stored, row)) for row in rows("message"))
        for stored in sorted(kept, key=lambda m: m.id):
            self.messages.setdefault(stored.chat_id, {})[stored.id] = stored
            newest = max(stored.seq, self.last_change.get(stored.chat_id, 0))
            self.last_change[stored.chat_id] = newest

    def forget(self) -> None:
        """Starts over with nobody, in real time; ids of all kinds go on."""
        self.updates.drop_all()
        self.store.clear(WORLD)
        self._load_world()
        self.script.clear()
        self.calls.clear()
        self.clock.set_offset(0.0)
        self.changes.tell("reset")

    def close(self) -> None:
        """Ends streams and polls, and closes the store."""
        self.wake_up_for_the_end()
        self.store.close()

    def wake_up_for_the_end(self) -> None:
        """Lets open long polls and streams end at once."""
        self.closing = True
        self.ending.fire()
        self.updates.confirmed.fire()
        self.updates.arrived.fire()
        self.changes.end()

    @property
    def bot_id(self) -> int:
        """The bot's user id, the first part of its token."""
        head = self.token.partition(":")[0]
        return int(head) if head.isdigit() else 7_000_000_001

    def bot_user(self) -> Json:
        """The bot as a `User`."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.profile.name.get("", "Rounds"),
            "username": self.username,
        }

    def add_person(self, **facts: Any) -> Person:
        """Adds somebody, or gives a known person new facts."""
        number = int(facts["id"])
        known = self.people.get(number)
        if known is None:
            known = self.people[number] = Person(**known_fields(Person, facts))
            chat = Chat(number, "private", members=[number])
            self.chats[number], self.messages[number] = chat, {}
            self.store.put("chat", number, chat)
        else:
            for name, value in known_fields(Person, facts).items():
                setattr(known, name, value)
        self.store.put("person", number, known)
        self.changes.tell("people")
        return known

    def person(self, number: int) -> Person:
        """Somebody; raises KeyError."""
        return self.people[number]

    def chat_json(self, chat: Chat) -> Json:
        """As a `Chat` of the Bot API."""
        if chat.type == "private":
            person = self.people[chat.id]
            shown: Json = {"id": chat.id, "first_name": person.first_name, "type": "private"}
            for name in ("last_name", "username"):
                if value := getattr(person, name):
                    shown[name] = value
            return shown
        shown = {"id": chat.id, "title": chat.title, "type": chat.type}
        if chat.type == "group":
            shown["all_members_are_administrators"] = False
        return shown

    def known_chat(self, chat_id: Any) -> Chat:
        """The chat that a request of the bot names; raises Refusal."""
        text = str(chat_id).strip()
        if not text:
            raise bad_request("chat_id is empty")
        number = int(text) if text.lstrip("-").isdigit() else 0
        chat = self.chats.get(number)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable_chat(self, chat_id: Any) -> Chat:
        """The chat, if the bot may write in it; raises Refusal with Telegram's reason."""
        chat = self.known_chat(chat_id)
        if chat.type == "private":
            self._check_person(self.people[chat.id])
        elif chat.migrated_to is not None:
            refusal = bad_request("group chat was upgraded to a supergroup chat")
            refusal.parameters = {"migrate_to_chat_id": chat.migrated_to}
            raise refusal
        elif chat.bot_was_kicked:
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        elif not chat.bot_is_member:
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    @staticmethod
    def _check_person(person: Person) -> None:
        if person.deactivated:
            raise forbidden("user is deactivated")
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")

    def new_message(
        self, chat: Chat, author: Person | None, content: Json, *, date: float | None = None
    ) -> Stored:
        """Stores a message; `author` None is the bot, `date` is business seconds."""
        at = self.clock.now() if date is None else date
        message: Json = {
            "message_id": self.counters.take("message"),
            "from": author.user() if author else self.bot_user(),
            "chat": self.chat_json(chat),
            "date": int(at),
        }
        stored = Stored(message | content, 0, at, from_bot=author is None)
        self.messages[chat.id][stored.id] = stored
        self.changed(stored)
        return stored

    def changed(self, stored: Stored) -> None:
        """Notes that a message is new or different, and tells who waits."""
        self.counters.seq += 1
        stored.seq = self.last_change[stored.chat_id] = self.counters.seq
        self.store.put("counters", 0, self.counters)
        self.store.put("message", f"{stored.chat_id}/{stored.id}", stored)
        if self.changes.watched:
            self.changes.tell("message", chat=stored.chat_id, message=message_view(self, stored))
        self.changes.chat(stored.chat_id).fire()

    def message(self, chat_id: int, message_id: int) -> Stored | None:
        """A message that is still there."""
        stored = self.messages.get(chat_id, {}).get(message_id)
        return None if stored is None or stored.deleted else stored

    def latest(self, chat_id: int) -> Iterable[Stored]:
        """All messages of a chat, oldest first, the deleted ones included."""
        return self.messages.get(chat_id, {}).values()

    def save_chat(self, chat: Chat) -> None:
        """Notes that a chat changed."""
        self.store.put("chat", chat.id, chat)
        self.changes.tell("chat", chat=chat.id, read_up_to=chat.read_up_to)

    def save_person(self, person: Person) -> None:
        """Notes that a person changed."""
        self.store.put("person", person.id, person)
        self.changes.tell("people")
