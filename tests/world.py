"""A world to talk to: the sandbox, a real database, the real bot, people and their clients.

The bot runs in a thread of its own and speaks HTTP with the sandbox like with Telegram; the clock
is the sandbox's. Nothing in here replaces a part of the bot.
"""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot import program
from bot.config import Settings, load
from bot.opening import house_of
from domain.clients import ClientKind, Tier
from domain.people import Role
from sandbox.client import Client, Person
from sandbox.running import Running
from services import clients, people
from services.routines import plan_all
from storage import people as stored_people
from storage.database import Database
from storage.people import Person as PersonRow

TOKEN = "123456789:AAEabcdefghijklmnopqrstuvwxyz0123456"
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
T = TypeVar("T")


class World:
    """One test's world. ``database`` is a second door into what the bot remembers."""

    def __init__(self, folder: Path, url: str, sandbox: Running, start: datetime = MONDAY_MORNING,
                 **settings: str) -> None:  # fmt: skip
        self.folder, self.url, self.sandbox = folder, url, sandbox
        self.client = Client(sandbox.url)
        self.client.clock.set(start)
        self.settings = self._settings(settings)
        self.database = Database(url, house_of(self.settings))
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None

    def environment(self, more: dict[str, str]) -> dict[str, str]:
        """What a subprocess of this world needs in its environment."""
        config = self.folder / "config.toml"  # empty: a developer's own settings have no say
        config.touch()
        return {
            "ROUNDS_CONFIG": str(config),
            "ROUNDS_TELEGRAM__TOKEN": TOKEN,
            "ROUNDS_TELEGRAM__API_URL": self.sandbox.url,
            "ROUNDS_TELEGRAM__POLL_SECONDS": "2",
            "ROUNDS_STORAGE__URL": self.url,
            "ROUNDS_CLOCK__FILE": str(self.folder / "clock"),
            "ROUNDS_PUSH__PER_SECOND": "500",
            **more,
        }

    def _settings(self, more: dict[str, str]) -> Settings:
        return load(self.environment(more))

    # The bot -----------------------------------------------------------------------------------

    def start(self) -> "World":
        """Start the bot and wait until it polls."""
        ready = threading.Event()

        def live() -> None:
            async def main() -> None:
                self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
                ready.set()
                await program.run(self.settings, self._stop)

            try:
                asyncio.run(main())
            except BaseException as error:  # shown by ``close``
                self._error = error
                ready.set()

        self._thread = threading.Thread(target=live, name="bot", daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def stop(self) -> None:
        """Stop the bot as SIGTERM would."""
        if self._thread is None:
            return
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)
        assert not self._thread.is_alive(), "the bot did not stop"
        self._thread = None
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """Stop everything of this world."""
        try:
            self.stop()
        finally:
            self.database.close()

    # The clock ---------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """Business time."""
        return datetime.now(UTC) + timedelta(seconds=self._offset())  # noqa: TID251

    def _offset(self) -> float:
        file = self.folder / "clock"
        return float(file.read_text().strip() or 0) if file.exists() else 0.0

    def at(self, *moment: int, zone: ZoneInfo = SHANGHAI) -> None:
        """Move the clock to a wall-clock moment in ``zone``."""
        self.client.clock.set(datetime(*moment, tzinfo=zone))  # type: ignore[misc,arg-type]

    # People and clients ------------------------------------------------------------------------

    def write(self, work: Callable[[Session], T]) -> T:
        """Change what is remembered, as a shell command would."""
        return self.database.write_now(work)

    def read(self, work: Callable[[Session], T]) -> T:
        """Look at what is remembered."""
        return self.database.read_now(work)

    def join(self, number: int, name: str, role: Role = Role.MANAGER, team: str | None = "城东",
             lang: str = "zh", **more: Any) -> Person:  # fmt: skip
        """A bound, onboarded colleague, and their phone."""
        code = "zh-hans" if lang == "zh" else "en"
        phone = self.client.add_person(number, name, language_code=code)
        now = self.now

        def bind(session: Session) -> None:
            people.invite(session, role, name, team, now)
            row = stored_people.by_name(session, name)
            assert row is not None
            row.telegram_id, row.lang, row.onboarded_at = number, lang, now
            for field, value in more.items():
                setattr(row, field, value)
            session.flush()
            plan_all(session, row, now)

        self.write(bind)
        return phone

    def owns(self, owner: str, *names: str, kind: ClientKind = ClientKind.CORPORATE,
             tier: Tier | None = None, phone: str | None = None) -> list[int]:  # fmt: skip
        """Give a colleague clients; returns their ids."""
        now = self.now

        def enter(session: Session) -> list[int]:
            row = stored_people.by_name(session, owner)
            assert row is not None
            actor = row.as_actor()
            return [
                clients.create(
                    session, actor, name, now, kind=kind, tier=tier, phone=phone
                ).client.id
                for name in names
            ]

        return self.write(enter)

    def person(self, name: str) -> PersonRow:
        """The row of a colleague."""
        found = self.read(lambda session: stored_people.by_name(session, name))
        assert found is not None
        return found
