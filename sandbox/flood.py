"""How fast a bot may send before Telegram answers 429, in real time.

Telegram publishes about 30 messages a second over all, 1 a second in one chat (short bursts
pass) and 20 a minute in one group: https://core.telegram.org/bots/faq#broadcasting-to-users
"""

import math
import time
from dataclasses import dataclass, field

from sandbox.refusal import too_many_requests


@dataclass
class Bucket:
    """A token bucket: `rate` a second, up to `burst` at once."""

    rate: float
    burst: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed, 0 when it is allowed now."""
        self.level = min(self.burst, self.level + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.rate


@dataclass
class Flood:
    """The limits; `off` counts nothing. `generous` is for demonstrations."""

    mode: str = "off"
    rate: float = 30.0
    burst: float = 30.0
    chat_rate: float = 1.0
    chat_burst: float = 5.0
    group_rate: float = 20 / 60
    group_burst: float = 20.0
    _buckets: dict[int | None, Bucket] = field(default_factory=dict)

    @classmethod
    def named(cls, mode: str) -> "Flood":
        """`off`, `telegram`, or `generous` (on, with room for a demonstration)."""
        match mode:
            case "off" | "telegram":
                return cls(mode)
            case "generous":
                return cls(mode, burst=120.0, chat_rate=3.0, chat_burst=40.0)
        raise ValueError(f"flood must be off, telegram or generous, not {mode}")

    def check(self, chat_id: int, messages: int = 1) -> None:
        """Counts `messages` sent to a chat; raises the 429 refusal when that is too fast."""
        if self.mode == "off":
            return
        now = time.monotonic()
        buckets = [self._bucket(None, now), self._bucket(chat_id, now)]
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        for bucket in buckets:
            bucket.level -= messages

    def _bucket(self, chat_id: int | None, now: float) -> Bucket:
        if chat_id not in self._buckets:
            if chat_id is None:
                rate, burst = self.rate, self.burst
            elif chat_id < 0:
                rate, burst = self.group_rate, self.group_burst
            else:
                rate, burst = self.chat_rate, self.chat_burst
            self._buckets[chat_id] = Bucket(rate, burst, burst, now)
        return self._buckets[chat_id]
