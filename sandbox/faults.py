"""Scripted misbehaviour: what the next calls of a method get instead of an answer."""

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

KINDS = {"error", "http", "reset", "hang", "drop"}
LOG_LENGTH = 20_000


@dataclass
class Fault:
    """One line of the script.

    kind: `error` (a Bot API error: code, description, parameters) · `http` (any status with a raw
    body) · `reset` (the connection breaks, nothing is processed) · `hang` (waits `seconds`, then
    answers as usual) · `drop` (processes, then breaks the connection).
    """

    kind: str
    method: str | None = None
    chat_id: int | None = None
    times: int = 1
    code: int = 500
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    content_type: str = "text/html"
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(sorted(KINDS))}")

    def matches(self, method: str, chat_id: str) -> bool:
        """Whether this line is meant for the call."""
        if self.method is not None and self.method.lower() != method:
            return False
        return self.chat_id is None or str(self.chat_id) == chat_id


class Script:
    """The faults still to come, in order."""

    def __init__(self) -> None:
        self.lines: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Adds a line; `times` below 0 means until cleared."""
        self.lines.append(fault)

    def clear(self) -> None:
        """Forgets all lines."""
        self.lines.clear()

    def next_for(self, method: str, chat_id: str) -> Fault | None:
        """The first line for this call, used up by one."""
        for fault in self.lines:
            if fault.matches(method, chat_id):
                fault.times -= 1
                if fault.times == 0:
                    self.lines.remove(fault)
                return fault
        return None


@dataclass
class Call:
    """One request of the bot; `at` and `seconds` are real time, `result` what was answered."""

    number: int
    at: float
    method: str
    params: dict[str, Any]
    status: int = 0
    ok: bool = False
    result: Any = None
    fault: str | None = None
    seconds: float = 0.0


class CallLog:
    """The latest requests of the bot, and how many there were of each method."""

    def __init__(self) -> None:
        self.calls: deque[Call] = deque(maxlen=LOG_LENGTH)
        self.counts: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self._number = 0

    def begin(self, method: str, params: dict[str, Any], at: float) -> Call:
        """Opens an entry."""
        self._number += 1
        call = Call(self._number, at, method, params)
        self.calls.append(call)
        self.counts[method] += 1
        return call

    def clear(self) -> None:
        """Starts over; numbers go on."""
        self.calls.clear()
        self.counts.clear()
        self.refusals.clear()
