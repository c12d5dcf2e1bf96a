"""A message as a test sees it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Toast:
    """What the bot answered to a press."""

    text: str
    alert: bool
    url: str
    press: str


@dataclass(frozen=True)
class Button:
    """A button under a message, with its place."""

    text: str
    row: int
    column: int
    data: str | None
    url: str | None
    copy_text: str | None


@dataclass(frozen=True)
class Message:
    """One message; `view` is the sandbox's JSON for it."""

    view: dict[str, Any]

    @property
    def id(self) -> int:
        """Its id in the chat."""
        return int(self.view["message_id"])

    @property
    def chat_id(self) -> int:
        """The chat it is in."""
        return int(self.view["chat_id"])

    @property
    def text(self) -> str:
        """The text, or the caption of a file."""
        return self.view["text"] or self.view["caption"] or ""

    @property
    def html(self) -> str:
        """The text as the page shows it."""
        return str(self.view["html"])

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.view["from_bot"])

    @property
    def date(self) -> int:
        """When it was sent, business seconds since 1970 UTC."""
        return int(self.view["date"])

    @property
    def edited(self) -> bool:
        """Whether its text was edited."""
        return bool(self.view["edited"])

    @property
    def silent(self) -> bool:
        """Whether it came without a sound."""
        return bool(self.view["silent"])

    @property
    def protected(self) -> bool:
        """Whether it cannot be forwarded."""
        return bool(self.view["protected"])

    @property
    def raw(self) -> dict[str, Any]:
        """The message in the form of the Bot API."""
        raw: dict[str, Any] = self.view["raw"]
        return raw

    @property
    def file(self) -> dict[str, Any] | None:
        """Photo, document or voice: url, name, size, mime."""
        return next((self.view[k] for k in ("photo", "document", "voice") if k in self.view), None)

    @property
    def buttons(self) -> list[Button]:
        """The buttons under it, row by row."""
        return [
            _button(shown, row, column)
            for row, line in enumerate(self.view["inline_keyboard"])
            for column, shown in enumerate(line)
        ]

    @property
    def labels(self) -> list[list[str]]:
        """The labels of the buttons, a list a row."""
        return [[shown["text"] for shown in line] for line in self.view["inline_keyboard"]]

    def button(self, wanted: str | int | tuple[int, int]) -> Button | None:
        """By whole label, else by a part of it; by number counted from 0; or by (row, column)."""
        if isinstance(wanted, int):
            return self.buttons[wanted] if 0 <= wanted < len(self.buttons) else None
        if isinstance(wanted, tuple):
            return next((b for b in self.buttons if (b.row, b.column) == wanted), None)
        exact = [b for b in self.buttons if b.text == wanted]
        return next(iter(exact or [b for b in self.buttons if wanted in b.text]), None)

    def has_button(self, wanted: str | int | tuple[int, int]) -> bool:
        """Whether there is such a button."""
        return self.button(wanted) is not None

    def place_of(self, wanted: str | int | tuple[int, int]) -> tuple[int, int]:
        """Row and column of a button; raises AssertionError."""
        found = self.button(wanted)
        if found is None:
            raise AssertionError(f"no button {wanted!r} in {self.labels}")
        return found.row, found.column

    def fits(self, wanted: str | Callable[["Message"], bool]) -> bool:
        """Whether the bot wrote it and it has the wanted text, or passes the function."""
        if not self.from_bot:
            return False
        return wanted in self.text if isinstance(wanted, str) else wanted(self)

    def __str__(self) -> str:
        who = "bot" if self.from_bot else self.view["from"]["first_name"]
        kind = next((k for k in ("photo", "document", "voice") if k in self.view), "")
        marks = "".join(f" ({m})" for m in ("edited", "silent") if self.view[m])
        body = f"[{kind}] {self.text}" if kind else self.text
        rows = "".join("\n    " + " ".join(f"[{label}]" for label in row) for row in self.labels)
        return f"#{self.id} {who}{marks}: {body}{rows}"


def _button(shown: dict[str, Any], row: int, column: int) -> Button:
    copied = shown.get("copy_text", {}).get("text")
    return Button(shown["text"], row, column, shown.get("callback_data"), shown.get("url"), copied)


def transcript(messages: Sequence[Message]) -> str:
    """Messages as text, for the error of a test."""
    return "\n".join(["--- the chat so far ---", *(str(message) for message in messages)])
