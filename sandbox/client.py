"""Driving the sandbox from tests: people who type and press, and the clock.

    client = Client(url)
    mei = client.person(1001)
    mei.say("/start")
    card = mei.expect("Which language")
    mei.press("English")

Everything here waits by long polling, never by sleeping, and raises with the chat so far.
For asyncio the same acts are under `aio`: `await mei.aio.expect("…")` runs in a thread.
"""

from typing import Any

from sandbox.client_connection import Connection, NotSeen, SandboxError
from sandbox.client_controls import ClockControl, FaultControl, UpdateControl
from sandbox.client_message import Button, Message, Toast
from sandbox.client_person import Person
from sandbox.client_screen import PATIENCE

__all__ = ["Button", "Client", "Message", "NotSeen", "Person", "SandboxError", "Toast"]


class Client(Connection):
    """One sandbox, by its address."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.clock = ClockControl(self)
        self.faults = FaultControl(self)
        self.updates = UpdateControl(self)
        self._people: dict[int, Person] = {}

    def person(self, number: int) -> Person:
        """Somebody, always the same object; who they are is asked when first needed."""
        if number not in self._people:
            self._people[number] = Person(self, number)
        return self._people[number]

    def add_person(self, number: int, first_name: str, **facts: Any) -> Person:
        """Adds somebody at run time."""
        self.post("people", id=number, first_name=first_name, **facts)
        return self.person(number)

    def people(self) -> list[Person]:
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

    def reset(self) -> None:
        """Starts over with nobody, so that several tests can share one sandbox."""
        self.post("reset")

    def settings(self, **changes: Any) -> dict[str, Any]:
        """Changes `flood`, `strict`, `press_seconds`."""
        return self.post("settings", **changes)
