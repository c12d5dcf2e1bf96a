"""How fast messages may leave: per bot and per chat, and a halt when Telegram asks for one."""

import asyncio
from collections import OrderedDict

CHATS_REMEMBERED = 20_000


class Pace:
    """All times are the event loop's seconds."""

    def __init__(self, per_second: int, per_chat_seconds: float = 1.0) -> None:
        self._gap = 1.0 / per_second
        self._chat_gap = per_chat_seconds
        self._next = 0.0
        self._halt_until = 0.0
        self._chats: OrderedDict[int, float] = OrderedDict()

    def halt(self, seconds: float) -> None:
        """Telegram said: not before so many seconds."""
        self._halt_until = max(self._halt_until, asyncio.get_running_loop().time() + seconds)

    async def turn(self, chat_id: int) -> None:
        """Wait for this chat's turn for a push."""
        while True:
            now = asyncio.get_running_loop().time()
            ready = max(self._next, self._halt_until, self._chats.get(chat_id, 0.0))
            if ready <= now:
                break
            await asyncio.sleep(ready - now)
        self._next = now + self._gap
        self._note(chat_id, now)

    async def clear(self) -> None:
        """Wait only for the end of a halt: an answer goes first."""
        loop = asyncio.get_running_loop()
        while self._halt_until > loop.time():  # noqa: ASYNC110 – the halt may grow meanwhile
            await asyncio.sleep(self._halt_until - loop.time())

    def _note(self, chat_id: int, now: float) -> None:
        self._chats[chat_id] = now + self._chat_gap
        self._chats.move_to_end(chat_id)
        while len(self._chats) > CHATS_REMEMBERED:
            self._chats.popitem(last=False)
