"""Driving the sandbox from tests: people who type and press, and the clock.

    client = Client(url)
    mei = client.person(1001)
    mei.say("/start")
    card = mei.expect("Which language")
    mei.press("English")

Everything here waits by long polling, never by sleeping, and raises with the chat so far.
The same calls exist for asyncio with `aio`: `await mei.aio.expect("…")` runs in a thread.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from sandbox.client_message import Message, Toast, transcript

PATIENCE = 10.0
Wanted = str | Callable[[Message], bool]


class SandboxError(Exception):
    """The sandbox refused what a test asked for."""


class NotSeen(AssertionError):
    """What a test waited for did not come; the text shows the chat so far."""


class Client:
    """One sandbox, by its address."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.Client(base_url=self.url, timeout=httpx.Timeout(10, read=90))
        self.clock = ClockControl(self)
        self.faults = FaultControl(self)
        self.updates = UpdateControl(self)
        self._people: dict[int, Person] = {}

    def request(self, verb: str, path: str, **how: Any) -> dict[str, Any]:
        """One request to `/sandbox/…`; raises SandboxError with the sandbox's reason."""
        answer = self._http.request(verb, f"/sandbox/{path}", **how)
        body: dict[str, Any] = answer.json()
        if answer.is_error:
            raise SandboxError(body.get("error", answer.text))
        return body

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """Reads."""
        return self.request("GET", path, params={k: v for k, v in query.items() if v is not None})

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        """Acts."""
        return self.request("POST", path, json={k: v for k, v in body.items() if v is not None})

    def person(self, number: int) -> "Person":
        """Somebody, always the same object; who they are is asked when first needed."""
        if number not in self._people:
            self._people[number] = Person(self, number)
        return self._people[number]

    def add_person(self, number: int, first_name: str, **facts: Any) -> "Person":
        """Adds somebody at run time."""
        self.post("people", id=number, first_name=first_name, **facts)
        return self.person(number)

    def people(self) -> "list[Person]":
        """Everybody."""
        return [self.person(row["id"]) for row in self.get("people")["people"]]

    def calls(self, method: str | None = None, after: int = 0) -> list[dict[str, Any]]:
        """The bot's requests: number, at, method, params, status, ok, result, fault, seconds."""
        found: list[dict[str, Any]] = self.get("calls", method=method, after=after)["calls"]
        return found

    def counts(self) -> dict[str, int]:
        """How many requests of each method there were."""
        counts: dict[str, int] = self.get("calls", limit=1)["counts"]
        return counts

    def clear_calls(self) -> None:
        """Empties the log of requests."""
        self.request("DELETE", "calls")

    def wait_idle(self, timeout: float = PATIENCE) -> None:
        """Waits until every update is confirmed; raises NotSeen."""
        state = self.get("idle", wait=timeout)
        if not state["idle"]:
            raise NotSeen(f"{state['waiting']} updates are still not confirmed")

    def settings(self, **changes: Any) -> dict[str, Any]:
        """Changes `flood`, `strict`, `press_seconds`."""
        return self.post("settings", **changes)

    def close(self) -> None:
        """Lets go of the connections."""
        self._http.close()


class ClockControl:
    """Business time."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def now(self) -> datetime:
        """Business time, aware, UTC."""
        return datetime.fromisoformat(self._client.get("clock")["now"])

    def advance(self, seconds: float) -> datetime:
        """Moves it by seconds."""
        return self._move(advance=seconds)

    def set(self, moment: datetime) -> datetime:
        """Moves it to an aware moment."""
        if moment.tzinfo is None:
            raise ValueError("the moment needs a time zone")
        return self._move(set=moment.isoformat())

    def next_morning(self, zone: str = "Asia/Shanghai") -> datetime:
        """To ten seconds before the next 08:00 in a zone."""
        return self._move(move="next_morning", zone=zone)

    def next_monday(self, zone: str = "Asia/Shanghai") -> datetime:
        """To ten seconds before 08:00 next Monday in a zone."""
        return self._move(move="next_monday", zone=zone)

    def tomorrow(self) -> datetime:
        """To the same time tomorrow."""
        return self._move(move="tomorrow")

    def back_to_real(self) -> datetime:
        """To real time."""
        return self._move(move="real")

    def _move(self, **how: Any) -> datetime:
        return datetime.fromisoformat(self._client.post("clock", **how)["now"])


class FaultControl:
    """Scripted misbehaviour of the Bot API."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def add(self, kind: str, method: str | None = None, **how: Any) -> None:
        """Adds a line: kind error, http, reset, hang or drop; see `sandbox.faults.Fault`."""
        self._client.post("faults", kind=kind, method=method, **how)

    def too_many(self, seconds: int, method: str | None = None, **how: Any) -> None:
        """429 with `retry_after`."""
        self.add(
            "error",
            method,
            code=429,
            description=f"Too Many Requests: retry after {seconds}",
            parameters={"retry_after": seconds},
            **how,
        )

    def bad_gateway(self, method: str | None = None, code: int = 502, **how: Any) -> None:
        """A 5xx with an HTML body."""
        body = f"<html><body><h1>{code} Bad Gateway</h1></body></html>"
        self.add("http", method, code=code, body=body, **how)

    def clear(self) -> None:
        """Forgets all lines."""
        self._client.request("DELETE", "faults")


class UpdateControl:
    """What the queue of updates does beyond the usual."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def inject(self, update: dict[str, Any] | None = None, raw: str | None = None) -> int:
        """Queues any update; in `raw`, `%ID%` becomes its id. Answers the id."""
        return int(self._client.post("updates", update=update, raw=raw)["update_id"])

    def repeat(
        self, update_id: int | None = None, times: int = 1, fresh_ids: bool = False
    ) -> list[int]:
        """Delivers an update again, the last one when none is named."""
        body = {"update_id": update_id, "times": times, "fresh_ids": fresh_ids}
        numbers: list[int] = self._client.post("updates/repeat", **body)["update_ids"]
        return numbers

    def set_next_id(self, number: int) -> None:
        """The id of the next update; may go backwards."""
        self._client.post("updates/next", next=number)

    def hold(self) -> None:
        """Keeps new updates back."""
        self._client.post("updates/hold")

    def release(self, order: Sequence[int] | str | None = None) -> int:
        """Delivers them, in the given order of positions or `reverse`."""
        order = order if isinstance(order, str) or order is None else list(order)
        return int(self._client.post("updates/release", order=order)["released"])


class Person:
    """Somebody with a phone. Acts answer the message as it was sent."""

    def __init__(self, client: Client, number: int, chat_id: int | None = None) -> None:
        self.client = client
        self.id = number
        self.chat_id = chat_id if chat_id is not None else number
        self.toast: Toast | None = None
        self.aio = Aio(self)
        # Messages up to this change were there before the person's last act.
        self._mark = 0

    def __repr__(self) -> str:
        return f"Person({self.id})"

    def _act(self, name: str, **body: Any) -> dict[str, Any]:
        self._mark = self._seq()
        chat = self.chat_id if self.chat_id != self.id else None
        return self.client.post(f"people/{self.id}/{name}", chat=chat, **body)

    def _seq(self) -> int:
        return int(self.client.get(f"chats/{self.chat_id}/messages")["seq"])

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
        return self._sent(self._act("say", text=text, reply_to=_id(reply_to), date=_moment(date)))

    def edit(self, message: Message | int, text: str) -> Message:
        """Edits a message of theirs."""
        return self._sent(self._act("edit", message_id=_id(message), text=text))

    def delete(self, message: Message | int) -> None:
        """Deletes a message on the phone."""
        self._act("delete", message_id=_id(message))

    def press(
        self,
        button: str | int | tuple[int, int],
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
        pressed = self._act("press", message_id=_id(message), data=data)
        return self._answered(pressed["id"], timeout) if wait else None

    def _answered(self, press: str, timeout: float) -> Toast:
        body = self.client.get(f"presses/{press}", wait=timeout)
        if body["answer"] is None:
            raise NotSeen(f"the press was not answered in {timeout} s\n{self.transcript()}")
        answer = body["answer"]
        self.toast = Toast(answer["text"], answer["show_alert"], answer["url"], press)
        return self.toast

    def _with_button(
        self, button: str | int | tuple[int, int], message: Message | int | None
    ) -> Message:
        if isinstance(message, Message):
            return message
        messages = [m for m in self.messages() if message is None or m.id == message]
        for shown in reversed(messages):
            if shown.has_button(button):
                return shown
        raise NotSeen(f"no message has a button {button!r}\n{self.transcript()}")

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
        self._mark = self._seq()
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
                raise NotSeen(f"{_named(wanted)} did not come\n{self.transcript()}")

    def expect_deleted(self, message: Message | int, timeout: float = PATIENCE) -> None:
        """Waits until a message is gone; raises NotSeen."""
        deadline, number, seq = time.monotonic() + timeout, _id(message), 0
        while any(shown.id == number for shown in self.messages()):
            left = deadline - time.monotonic()
            if left <= 0:
                raise NotSeen(f"message {number} is still there\n{self.transcript()}")
            seq = self.client.get(
                f"chats/{self.chat_id}/messages", after=seq or self._seq(), wait=min(left, 1)
            )["seq"]

    def nothing_new(self, seconds: float = 0.3) -> None:
        """Raises AssertionError when the bot writes or edits within `seconds` of real time."""
        seq = self._seq()
        found = [message for message in self.messages(seq, seconds) if message.from_bot]
        if found:
            raise AssertionError(f"unexpected:\n{transcript(found)}")

    def transcript(self, latest: int = 12) -> str:
        """The end of the chat as text."""
        return transcript(self.messages()[-latest:])

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


def _id(message: Message | int | None) -> int | None:
    return message.id if isinstance(message, Message) else message


def _moment(date: datetime | float | None) -> float | None:
    return date.timestamp() if isinstance(date, datetime) else date


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        return value.id
    return value.timestamp() if isinstance(value, datetime) else value


def _named(wanted: Wanted) -> str:
    if isinstance(wanted, str):
        return f"“{wanted}”" if wanted else "a message"
    return getattr(wanted, "__name__", "what was wanted")


def _part(content: Path | str | bytes, name: str | None) -> tuple[str, bytes]:
    if isinstance(content, bytes):
        return name or "file.bin", content
    path = Path(content)
    return name or path.name, path.read_bytes()
