"""The queue of updates: handed out again and again until an offset confirms them."""

import json
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.signal import Signal
from sandbox.store import Store

# Kinds that Telegram sends only to bots that name them.
ONLY_WHEN_NAMED = {"chat_member", "message_reaction", "message_reaction_count"}
FUTURE_OFFSET = 10
REMEMBERED = 5000


@dataclass
class Queued:
    """An update as text, exactly as it goes into the answer; `serial` is its place in line."""

    serial: int
    id: int
    raw: str


@dataclass
class QueueState:
    """What outlives a restart besides the updates themselves."""

    next_id: int = 100_000_001
    next_serial: int = 1
    allowed: list[str] | None = None


class UpdateQueue:
    """Updates in the order of delivery, with the controls that tests need."""

    def __init__(self, store: Store) -> None:
        self._store = store
        kept = store.all("queue")
        self.state = QueueState(**kept[0]) if kept else QueueState()
        waiting = sorted((Queued(**row) for row in store.all("update")), key=lambda q: q.serial)
        self.waiting: deque[Queued] = deque(waiting)
        self.held: list[Queued] | None = None
        self.arrived = Signal()
        self.confirmed = Signal()
        self.created = 0
        self._seen: deque[Queued] = deque(waiting, maxlen=REMEMBERED)

    def add(self, kind: str, content: Any) -> int | None:
        """Queues an update; None when the bot did not ask for its kind."""
        if not self._is_allowed(kind):
            return None
        number = self.take_id()
        self.add_raw(json.dumps({"update_id": number, kind: content}), number)
        return number

    def take_id(self) -> int:
        """The next update id."""
        number = self.state.next_id
        self.state.next_id += 1
        return number

    def add_raw(self, raw: str, number: int) -> None:
        """Queues a text as it is, whether or not anyone can read it."""
        queued = Queued(self._take_serial(), number, raw)
        self._seen.append(queued)
        self.created += 1
        if self.held is None:
            self._append(queued)
        else:
            self.held.append(queued)

    def _is_allowed(self, kind: str) -> bool:
        allowed = self.state.allowed
        return kind in allowed if allowed else kind not in ONLY_WHEN_NAMED

    def _take_serial(self) -> int:
        self._store.put("queue", 0, self.state)
        self.state.next_serial += 1
        return self.state.next_serial

    def _append(self, queued: Queued) -> None:
        self.waiting.append(queued)
        self._store.put("update", queued.serial, queued)
        self.arrived.fire()

    def allow(self, kinds: list[str] | None) -> None:
        """Sets `allowed_updates`; None leaves it, an empty list means the usual kinds."""
        if kinds is not None:
            self.state.allowed = kinds
            self._store.put("queue", 0, self.state)

    def confirm(self, offset: int) -> None:
        """Forgets what `offset` confirms: positive by id, negative all but the last ones.

        An offset far in the future (ids were reset since) confirms nothing, as in Telegram.
        """
        if offset < 0:
            self._keep(list(self.waiting)[offset:])
        elif 0 < offset <= self.state.next_id + FUTURE_OFFSET:
            self._keep([queued for queued in self.waiting if queued.id >= offset])

    def _keep(self, kept: list[Queued]) -> None:
        if len(kept) == len(self.waiting):
            return
        serials = {queued.serial for queued in kept}
        for queued in self.waiting:
            if queued.serial not in serials:
                self._store.remove("update", queued.serial)
        self.waiting = deque(kept)
        self.confirmed.fire()

    def drop_all(self) -> None:
        """Forgets everything that waits (`drop_pending_updates`)."""
        self._keep([])

    def drop(self, queued: Queued) -> None:
        """Forgets one update, delivered by webhook."""
        self._keep([other for other in self.waiting if other is not queued])

    def first(self, limit: int) -> str:
        """The first updates as the text of a JSON array."""
        rows = (queued.raw for queued, _ in zip(self.waiting, range(limit), strict=False))
        return f"[{','.join(rows)}]"

    def hold(self) -> None:
        """Keeps new updates back until `release`."""
        self.held = [] if self.held is None else self.held

    def release(self, order: Iterable[int] | None = None) -> int:
        """Delivers what was held back; the number of them.

        `order` lists positions; what it leaves out follows in its own order.
        """
        held, self.held = self.held or [], None
        places = list(dict.fromkeys([*(order or ()), *range(len(held))]))
        for place in places:
            self._append(held[place])
        return len(places)

    def repeat(self, number: int, times: int, fresh_ids: bool) -> list[int]:
        """Delivers an update again, confirmed or not; raises KeyError when it is unknown."""
        known = next((queued for queued in reversed(self._seen) if queued.id == number), None)
        if known is None:
            raise KeyError(number)
        return [self._again(known, fresh_ids) for _ in range(times)]

    def _again(self, known: Queued, fresh_id: bool) -> int:
        number, raw = known.id, known.raw
        if fresh_id:
            number = self.take_id()
            raw = json.dumps(json.loads(raw) | {"update_id": number})
        self._append(Queued(self._take_serial(), number, raw))
        return number

    def set_next_id(self, number: int) -> None:
        """The id of the next update; may go backwards."""
        self.state.next_id = number
        self._store.put("queue", 0, self.state)

    def seen(self, matches: Callable[[dict[str, Any]], bool]) -> list[int]:
        """Ids of remembered updates whose content matches, oldest first."""
        return [q.id for q in self._seen if q.raw.startswith("{") and matches(json.loads(q.raw))]
