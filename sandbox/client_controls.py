"""The clock, the faults and the queue of updates, as a test turns them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.client_connection import Connection


class ClockControl:
    """Business time."""

    def __init__(self, client: Connection) -> None:
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

    def __init__(self, client: Connection) -> None:
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

    def __init__(self, client: Connection) -> None:
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
