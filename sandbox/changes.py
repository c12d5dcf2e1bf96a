"""Tells the page and waiting tests what changed."""

import asyncio
import json
from typing import Any

from sandbox.signal import Signal

BACKLOG = 2000


class Changes:
    """Signals for those who wait, and a stream for every open page.

    `answers` fires when the bot answers a press or an inline query.
    """

    def __init__(self) -> None:
        self._chats: dict[int, Signal] = {}
        self.answers = Signal()
        self._streams: set[asyncio.Queue[str]] = set()

    def chat(self, chat_id: int) -> Signal:
        """Fires when something changes in a chat."""
        return self._chats.setdefault(chat_id, Signal())

    def subscribe(self) -> "asyncio.Queue[str]":
        """A stream of events as JSON text; the empty text ends it."""
        stream: asyncio.Queue[str] = asyncio.Queue(BACKLOG)
        self._streams.add(stream)
        return stream

    def unsubscribe(self, stream: "asyncio.Queue[str]") -> None:
        """Ends a subscription."""
        self._streams.discard(stream)

    @property
    def watched(self) -> bool:
        """Whether any page is open; nothing is put into words for nobody."""
        return bool(self._streams)

    def tell(self, kind: str, **facts: Any) -> None:
        """Sends an event to every page."""
        if self._streams:
            self._send(json.dumps({"type": kind, **facts}))

    def end(self) -> None:
        """Ends all streams, so that a server can stop."""
        self.answers.fire()
        for signal in self._chats.values():
            signal.fire()
        self._send("")

    def _send(self, text: str) -> None:
        for stream in list(self._streams):
            if stream.full():
                # A page that reads nothing would grow for ever; it reconnects and starts afresh.
                self._streams.discard(stream)
            else:
                stream.put_nowait(text)
