"""A sandbox in a thread of this process, for tests."""

import contextlib
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from sandbox.server import Server
from sandbox.telegram import Telegram

START_SECONDS = 10.0


class Running:
    """Starts on a free port of the loopback; `.url`, `.telegram`, `.stop()`."""

    def __init__(self, telegram: Telegram | None = None, port: int = 0, **how: Any) -> None:
        self.telegram = telegram or Telegram(**how)
        self._started = threading.Event()
        self._server = _Announcing(self.telegram, self._started, port)
        self._thread = threading.Thread(target=self._server.run, name="sandbox", daemon=True)
        self._thread.start()
        if not self._started.wait(START_SECONDS):
            raise RuntimeError("the sandbox did not start")
        self.url = f"http://127.0.0.1:{self._server.port}"

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.telegram.token

    def stop(self) -> None:
        """Ends it; open polls and streams end at once."""
        self._server.should_exit = True
        self._thread.join(START_SECONDS)

    def __enter__(self) -> "Running":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class _Announcing(Server):
    def __init__(self, telegram: Telegram, started: threading.Event, port: int) -> None:
        super().__init__(telegram, "127.0.0.1", port)
        self._announced = started

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self._announced.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the main thread, not to this one."""
        yield
