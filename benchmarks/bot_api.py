"""A Bot API for benchmarks: as little work as possible, so that the bot is what is measured.

It hands out updates as Telegram does (an offset confirms what came before it), counts the messages
that come back, and knows when the last one arrived. A raw asyncio protocol: aiohttp or starlette
would take more of the two cores than the bots that are being compared.
"""

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

BOT = {"id": 123456789, "is_bot": True, "first_name": "Bench", "username": "bench_bot",
       "can_join_groups": True, "can_read_all_group_messages": False,
       "supports_inline_queries": False}  # fmt: skip
TOKEN = "123456789:AAEabcdefghijklmnopqrstuvwxyz0123456"
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


@dataclass(slots=True)
class Answer:
    """One message that a bot sent."""

    chat_id: int
    text: str
    has_keyboard: bool
    at: float  # time.perf_counter


@dataclass(slots=True)
class Feed:
    """Updates on their way to a bot, and what came back."""

    expected: int
    begun: float
    answers: list[Answer] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def seconds(self) -> float:
        """From the moment the updates lay ready to the last answer."""
        return self.answers[-1].at - self.begun


class BotApi:
    """The server: ``feed`` puts updates in, and returns when as many answers have come."""

    def __init__(self) -> None:
        self._pending: list[tuple[int, bytes]] = []
        self._fresh = asyncio.Event()
        self._next_update = 1
        self._next_message = 1_000_000
        self._feed: Feed | None = None
        self._server: asyncio.Server | None = None
        self.first_poll: asyncio.Event = asyncio.Event()
        self.first_poll_at = 0.0

    async def start(self) -> str:
        """Listen on a free port; returns the root of the API."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()

    def expect_bot(self) -> None:
        """A new process will connect: forget the last one."""
        self._pending.clear()
        self.first_poll.clear()

    async def feed(self, messages: list[dict[str, Any]], seconds: float) -> Feed:
        """Lay messages ready and wait until each was answered. Raises ``TimeoutError``."""
        rows = []
        for message in messages:
            update = {"update_id": self._next_update, "message": message}
            rows.append((self._next_update, json.dumps(update).encode()))
            self._next_update += 1
        feed = self._feed = Feed(len(rows), time.perf_counter())
        self._pending += rows
        self._fresh.set()
        await asyncio.wait_for(feed.done.wait(), seconds)
        return feed

    async def answer(self, method: str, wish: dict[str, list[str]]) -> bytes:
        """The body that answers one call."""
        if method == "getUpdates":
            return await self._get_updates(wish)
        if method == "sendMessage":
            return self._send_message(wish)
        result: Any = BOT if method == "getMe" else True
        return json.dumps({"ok": True, "result": result}).encode()

    async def _get_updates(self, wish: dict[str, list[str]]) -> bytes:
        if not self.first_poll.is_set():
            self.first_poll_at = time.perf_counter()
            self.first_poll.set()
        offset, wait = int(wish.get("offset", ["0"])[0]), float(wish.get("timeout", ["0"])[0])
        limit = int(wish.get("limit", ["100"])[0])
        self._pending = [row for row in self._pending if row[0] >= offset]
        if not self._pending and wait:
            self._fresh.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._fresh.wait(), wait)
        return b'{"ok":true,"result":[%s]}' % b",".join(raw for _, raw in self._pending[:limit])

    def _send_message(self, wish: dict[str, list[str]]) -> bytes:
        chat_id, text = int(wish["chat_id"][0]), wish["text"][0]
        self._next_message += 1
        feed = self._feed
        if feed is not None:
            feed.answers.append(Answer(chat_id, text, "reply_markup" in wish, time.perf_counter()))
            if len(feed.answers) == feed.expected:
                feed.done.set()
        message = {
            "message_id": self._next_message, "date": int(time.time()), "text": text,
            "chat": {"id": chat_id, "type": "private", "first_name": "P"}, "from": BOT,
        }  # fmt: skip
        return json.dumps({"ok": True, "result": message}).encode()


class _Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive; requests have a Content-Length."""

    def __init__(self, api: BotApi) -> None:
        self._api, self._buffer = api, b""
        self._transport: asyncio.Transport | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        """A long poll whose client is gone must not take the updates of the next."""
        for task in self._tasks:
            task.cancel()

    def data_received(self, data: bytes) -> None:
        """Answer every complete request."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            length = 0
            if (at := head.find(b"content-length:")) >= 0:
                length = int(head[at + 15 :].split(b"\r\n", 1)[0])
            if len(self._buffer) < end + 4 + length:
                return
            method = self._buffer[: self._buffer.index(b"\r\n")].split(b" ")[1].rsplit(b"/", 1)[1]
            body = self._buffer[end + 4 : end + 4 + length]
            self._buffer = self._buffer[end + 4 + length :]
            task = asyncio.get_running_loop().create_task(self._answer(method.decode(), body))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _answer(self, method: str, body: bytes) -> None:
        content = await self._api.answer(method, parse_qs(body.decode()))
        if self._transport is not None:
            self._transport.write((HEAD % len(content)).encode() + content)
