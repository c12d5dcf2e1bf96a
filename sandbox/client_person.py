"""Somebody with a phone, as a test plays them."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.client_connection import Connection, NotSeen
from sandbox.client_message import Message, Toast
from sandbox.client_screen import PATIENCE, Place, Screen, id_of


class Person(Screen):
    """Somebody with a phone. Acts answer the message as it was sent."""

    def __init__(self, client: Connection, number: int, chat_id: int | None = None) -> None:
        super().__init__(client, number, chat_id if chat_id is not None else number)
        self.toast: Toast | None = None
        self.aio = Aio(self)

    def __repr__(self) -> str:
        return f"Person({self.id})"

    def _act(self, act: str, /, **body: Any) -> dict[str, Any]:
        chat = self.chat_id if self.chat_id != self.id else None
        answer = self.client.post(f"people/{self.id}/{act}", chat=chat, **body)
        self._mark = answer.get("seq", self._mark)
        return answer

    def in_group(self, chat_id: int) -> "Person":
        """The same person, acting in a group."""
        return Person(self.client, self.id, chat_id)

    def say(
        self,
        text: str,
        *,
        reply_to: Message | int | None = None,
        date: datetime | float | None = None,
    ) -> Message:
        """Types a text; `date` is when it was sent, if it is delivered late."""
        return self._sent(self._act("say", text=text, reply_to=id_of(reply_to), date=_moment(date)))

    def edit(self, message: Message | int, text: str) -> Message:
        """Edits a message of theirs."""
        return self._sent(self._act("edit", message_id=id_of(message), text=text))

    def delete(self, message: Message | int) -> None:
        """Deletes a message on the phone."""
        self._act("delete", message_id=id_of(message))

    def press(
        self,
        button: Place,
        message: Message | int | None = None,
        *,
        timeout: float = PATIENCE,
        wait: bool = True,
    ) -> Toast | None:
        """Presses a button by label (or a part of it), number or place, and waits for the answer.

        Without `message`, under the newest message that has such a button. Raises NotSeen.
        """
        shown = self._with_button(button, message)
        row, column = shown.place_of(button)
        pressed = self._act("press", message_id=shown.id, row=row, column=column)
        return self._answered(pressed["id"], timeout) if wait else None

    def press_data(
        self,
        data: str,
        message: Message | int,
        *,
        timeout: float = PATIENCE,
        wait: bool = True,
    ) -> Toast | None:
        """Sends callback data as it is, forged or old, as if pressed under a message."""
        pressed = self._act("press", message_id=id_of(message), data=data)
        return self._answered(pressed["id"], timeout) if wait else None

    def _answered(self, press: str, timeout: float) -> Toast:
        body = self.client.get(f"presses/{press}", wait=timeout)
        if body["answer"] is None:
            raise NotSeen(f"the press was not answered in {timeout} s\n{self.transcript()}")
        answer = body["answer"]
        self.toast = Toast(answer["text"], answer["show_alert"], answer["url"], press)
        return self.toast

    def tap(self, label: str) -> Message:
        """Taps a key of that keyboard: sends its text, or shares the own contact."""
        for message in reversed(self.messages()):
            markup = (message.view["reply_markup"] or {}) if message.from_bot else {}
            for key in (key for row in markup.get("keyboard", []) for key in row):
                if label in key["text"]:
                    return self.contact() if key.get("request_contact") else self.say(key["text"])
        raise NotSeen(f"no keyboard has {label!r}\n{self.transcript()}")

    def send_file(
        self,
        content: Path | str | bytes,
        name: str | None = None,
        caption: str = "",
        *,
        kind: str = "document",
        **how: Any,
    ) -> Message:
        """Sends one file from a path or from bytes; `kind` document, photo or voice."""
        return self._upload([_part(content, name)], caption, kind, **how)[0]

    def send_photo(self, content: Path | str | bytes, caption: str = "", **how: Any) -> Message:
        """Sends a picture."""
        return self.send_file(content, "photo.jpg", caption, kind="photo", **how)

    def send_voice(self, content: bytes = b"OggS" + bytes(60), **how: Any) -> Message:
        """Sends a spoken message."""
        return self.send_file(content, "voice.oga", kind="voice", **how)

    def album(
        self,
        contents: Sequence[Path | str | bytes],
        caption: str = "",
        *,
        kind: str = "photo",
        **how: Any,
    ) -> list[Message]:
        """Sends several as one album, the caption at the first."""
        name = "photo.jpg" if kind == "photo" else None
        return self._upload([_part(content, name) for content in contents], caption, kind, **how)

    def _upload(
        self, parts: list[tuple[str, bytes]], caption: str, kind: str, **how: Any
    ) -> list[Message]:
        data = {"kind": kind, "caption": caption}
        data |= {name: str(_plain(value)) for name, value in how.items() if value is not None}
        if self.chat_id != self.id:
            data["chat"] = str(self.chat_id)
        body = self.client.request(
            "POST",
            f"people/{self.id}/files",
            data=data,
            files=[("file", part) for part in parts],
        )
        self._mark = body["seq"]
        return [Message(row) for row in body["messages"]]

    def location(self, latitude: float, longitude: float, **how: Any) -> Message:
        """Shares a place, WGS-84 degrees."""
        return self._sent(self._act("location", latitude=latitude, longitude=longitude, **how))

    def contact(
        self,
        phone_number: str | None = None,
        first_name: str = "",
        last_name: str | None = None,
        **how: Any,
    ) -> Message:
        """Shares a contact, their own without a number."""
        given: dict[str, Any] | None = None
        if phone_number is not None:
            given = {"phone_number": phone_number, "first_name": first_name}
            given |= {"last_name": last_name} if last_name else {}
        return self._sent(self._act("contact", contact=given, **how))

    def forward(self, message: Message, **how: Any) -> Message:
        """Forwards a message from any chat to the bot."""
        body = {"from_chat": message.chat_id, "message_id": message.id}
        return self._sent(self._act("forward", **body, **how))

    def forward_from(
        self, name: str, text: str, *, user_id: int | None = None, **how: Any
    ) -> Message:
        """Forwards a text of a stranger, who is hidden unless `user_id` is given."""
        return self._sent(self._act("forward", name=name, text=text, user_id=user_id, **how))

    def block(self, blocked: bool = True) -> None:
        """Blocks the bot, or unblocks it."""
        self._act("block", blocked=blocked)

    def deactivate(self, deactivated: bool = True) -> None:
        """Deletes the account, or brings it back."""
        self._act("deactivate", deactivated=deactivated)

    def clear(self) -> None:
        """Deletes the chat with the bot."""
        self._act("clear")

    def read(self) -> None:
        """Marks everything as read."""
        newest = max((message.id for message in self.messages()), default=0)
        self.client.post(f"chats/{self.chat_id}/read", message_id=newest)

    def inline(self, query: str, timeout: float = PATIENCE) -> dict[str, Any]:
        """Types `@bot query` elsewhere; the bot's answer with its `results`. Raises NotSeen."""
        body = self._act("inline", query=query, wait=timeout)
        if body["answer"] is None:
            raise NotSeen("the inline query was not answered")
        answer: dict[str, Any] = body["answer"]
        return answer | {"query_id": body["id"]}

    def make_group(self, title: str, members: "Sequence[Person]" = ()) -> "Person":
        """Makes a group with the bot; answers this person acting in it."""
        body = self._act("group", title=title, members=[person.id for person in members])
        return self.in_group(int(body["id"]))

    def _sent(self, body: dict[str, Any]) -> Message:
        return Message(body["message"])


class Aio:
    """The acts of a person for asyncio code: each runs in a thread."""

    def __init__(self, person: Person) -> None:
        self._person = person

    def __getattr__(self, name: str) -> Callable[..., Any]:
        act = getattr(self._person, name)

        async def run(*args: Any, **kwargs: Any) -> Any:
            return await asyncio.to_thread(act, *args, **kwargs)

        return run


def _moment(date: datetime | float | None) -> float | None:
    return date.timestamp() if isinstance(date, datetime) else date


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        return value.id
    return value.timestamp() if isinstance(value, datetime) else value


def _part(content: Path | str | bytes, name: str | None) -> tuple[str, bytes]:
    if isinstance(content, bytes):
        return name or "file.bin", content
    path = Path(content)
    return name or path.name, path.read_bytes()
