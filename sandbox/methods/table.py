"""The table of methods: what each is called, which parameters it takes, and what runs it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.parameters import Parameters
from sandbox.refusal import bad_request
from sandbox.telegram import Telegram

Run = Callable[[Telegram, Parameters], Any]
AsyncRun = Callable[[Telegram, Parameters], Awaitable[Any]]


@dataclass(frozen=True)
class Raw:
    """A result that is JSON text already."""

    text: str


@dataclass(frozen=True)
class Method:
    """One method; `allowed` are the names of its parameters."""

    name: str
    allowed: frozenset[str]
    run: Run | None = None
    run_async: AsyncRun | None = None

    def check(self, p: Parameters) -> None:
        """Refuses a parameter that the method does not have (real Telegram ignores it)."""
        unknown = p.values.keys() - self.allowed
        if unknown:
            names = ", ".join(sorted(unknown))
            raise bad_request(f"unknown parameter of {self.name}: {names} (sandbox, strict)")


METHODS: dict[str, Method] = {}


def method(name: str, *allowed: str) -> Callable[[Run], Run]:
    """Registers a method that answers at once."""

    def register(run: Run) -> Run:
        METHODS[name.lower()] = Method(name, frozenset(allowed), run=run)
        return run

    return register


def waiting_method(name: str, *allowed: str) -> Callable[[AsyncRun], AsyncRun]:
    """Registers a method that may wait."""

    def register(run: AsyncRun) -> AsyncRun:
        METHODS[name.lower()] = Method(name, frozenset(allowed), run_async=run)
        return run

    return register
