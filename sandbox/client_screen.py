"""What a person sees on the phone, and waiting for it."""

import time
from collections.abc import Callable

from sandbox.client_connection import Connection, NotSeen
from sandbox.client_message import Message, transcript

PATIENCE = 10.0
Wanted = str | Callable[[Message], bool]
Place = str | int | tuple[int, int]


class Screen:
    """A chat as one person sees it."""

    def __init__(self, client: Connection, number: int, chat_id: int) -> None:
        self.client = client
        self.id = number
        self.chat_id = chat_id
        # The bot's messages after this change are answers to the person's last act.
        self._mark = 0

    def _seq(self) -> int:
        return int(self.client.get(f"chats/{self.chat_id}/messages", after=-1)["seq"])

    def mark(self) -> None:
        """From now on `expect` looks only at what comes or changes later."""
        self._mark = self._seq()

    @property
    def keyboard(self) -> list[list[str]]:
        """Labels of the keyboard in place of the phone's own, empty when there is none."""
        for message in reversed(self.messages()):
            markup = message.view["reply_markup"] if message.from_bot else None
            if markup:
                return [[b["text"] for b in row] for row in markup.get("keyboard", [])]
        return []

    def messages(self, after: int = 0, wait: float | None = None) -> list[Message]:
        """All messages of the chat, or what changed after a change number."""
        body = self.client.get(f"chats/{self.chat_id}/messages", after=after, wait=wait)
        return [Message(row) for row in body["messages"] if not row.get("deleted")]

    @property
    def last(self) -> Message:
        """The newest message of the bot; raises NotSeen when there is none."""
        answers = [message for message in self.messages() if message.from_bot]
        if not answers:
            raise NotSeen(f"the bot has written nothing yet\n{self.transcript()}")
        return answers[-1]

    def expect(
        self, wanted: Wanted = "", timeout: float = PATIENCE, *, any_time: bool = False
    ) -> Message:
        """The message of the bot, new or edited since this person's last act, that fits.

        `wanted` is a part of its text or caption, or a function of the message. With `any_time`,
        earlier messages count too. Raises NotSeen after `timeout` seconds of real time.
        """
        deadline = time.monotonic() + timeout
        after = 0 if any_time else self._mark
        seq = after
        while True:
            left = deadline - time.monotonic()
            body = self.client.get(
                f"chats/{self.chat_id}/messages", after=seq, wait=max(0.0, min(left, 30))
            )
            seq = body["seq"]
            for row in reversed(body["messages"]):
                if not row.get("deleted") and Message(row).fits(wanted):
                    return Message(row)
            if left <= 0:
                raise NotSeen(f"{named(wanted)} did not come\n{self.transcript()}")

    def expect_deleted(self, message: Message | int, timeout: float = PATIENCE) -> None:
        """Waits until a message is gone; raises NotSeen."""
        deadline, number = time.monotonic() + timeout, id_of(message)
        while True:
            seq = self._seq()
            if all(shown.id != number for shown in self.messages()):
                return
            left = deadline - time.monotonic()
            if left <= 0:
                raise NotSeen(f"message {number} is still there\n{self.transcript()}")
            self.messages(seq, left)

    def nothing_new(self, seconds: float = 0.3) -> None:
        """Raises AssertionError when the bot writes or edits within `seconds` of real time."""
        seq = self._seq()
        found = [message for message in self.messages(seq, seconds) if message.from_bot]
        if found:
            raise AssertionError(f"unexpected:\n{transcript(found)}")

    def transcript(self, latest: int = 12) -> str:
        """The end of the chat as text."""
        return transcript(self.messages()[-latest:])

    def _with_button(self, button: Place, message: Message | int | None) -> Message:
        if isinstance(message, Message):
            return message
        messages = [m for m in self.messages() if message is None or m.id == message]
        for shown in reversed(messages):
            if shown.has_button(button):
                return shown
        raise NotSeen(f"no message has a button {button!r}\n{self.transcript()}")


def named(wanted: Wanted) -> str:
    """What a test waited for, in words."""
    if isinstance(wanted, str):
        return f"“{wanted}”" if wanted else "a message"
    return getattr(wanted, "__name__", "what was wanted")


def id_of(message: Message | int | None) -> int | None:
    """The id of a message, which may be an id already."""
    return message.id if isinstance(message, Message) else message
