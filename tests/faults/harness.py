"""The fault harness: the real ``rounds run`` as a subprocess, killed, stopped, started anew."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from bot.config import load
from bot.opening import house_of
from storage.contacts import Contact
from storage.database import Database
from storage.inbox import Received
from storage.outbox import Notice
from tests.world import World

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0


def environment_of(given: dict[str, str]) -> dict[str, str]:
    """A clean environment for a subprocess: the machine's, without a developer's own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ROUNDS_")}
    return {**kept, "PYTHONPATH": str(ROOT), **given}


def shell(folder: Path, environment: dict[str, str], *words: str,
          timeout: float = 30) -> subprocess.CompletedProcess[str]:  # fmt: skip
    """Run ``python -m bot WORDS`` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words], cwd=folder, env=environment_of(environment),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout, check=False,
    )  # fmt: skip


def until(condition: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Wait for another process to bring something about; the value that came true."""
    deadline = time.monotonic() + patience
    while not (found := condition()):
        assert time.monotonic() < deadline, f"never came true: {what}"
        time.sleep(0.02)
    return found


class Program:
    """One ``rounds run``."""

    def __init__(self, folder: Path, environment: dict[str, str], number: int) -> None:
        self.log = folder / f"run{number}.log"
        self.out = folder / f"run{number}.out"
        with self.log.open("wb") as log, self.out.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=folder,
                env=environment_of(environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=log,
            )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def said(self) -> str:
        """Everything that it has written so far."""
        return self.log.read_text(errors="replace") + self.out.read_text(errors="replace")

    def ready(self) -> "Program":
        """Wait until the doors are open."""

        def open_or_dead() -> bool:
            assert self.alive, f"it did not start:\n{self.said()}"
            return "rounds is running" in self.said()

        until(open_or_dead, "rounds is running")
        return self

    def dies(self) -> None:
        """Wait for the failpoint: the process has killed itself."""
        self._process.wait(PATIENCE)
        assert self._process.returncode == -signal.SIGKILL, self.said()

    def terminate(self) -> tuple[int, float]:
        """SIGTERM; the exit code and the seconds it took."""
        started = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(30)
        return code, time.monotonic() - started

    def kill(self) -> None:
        """A power cut."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait(10)


class Town(World):
    """A world whose bot is a process of its own."""

    programs: list[Program]
    more: dict[str, str]

    def obey(self, **more: str) -> None:
        """Settings that the program obeys, and what this world writes by itself."""
        self.more = more
        self.database.close()
        self.database = Database(self.url, house_of(load(self.environment(more))))

    def run(self, failpoint: str | None = None, **more: str) -> Program:
        """Start ``rounds run``; with a failpoint it may die at any time."""
        self.programs = getattr(self, "programs", [])
        given = {**getattr(self, "more", {}), **more}
        if failpoint is not None:
            given["ROUNDS_FAILPOINT"] = failpoint
        program = Program(self.folder, self.environment(given), len(self.programs))
        self.programs.append(program)
        return program.ready()

    def shell(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A shell command on this world's database."""
        return shell(self.folder, self.environment(getattr(self, "more", {})), *words)

    def close(self) -> None:
        """Kill what still runs, by its own process id."""
        for program in getattr(self, "programs", []):
            program.kill()
        super().close()

    # What must hold after every fault ----------------------------------------------------------

    def count(self, model: type[Any], *conditions: Any) -> int:
        """How many rows there are."""
        query = select(func.count()).select_from(model).where(*conditions)
        return int(self.read(lambda session: session.scalar(query)) or 0)

    def contacts(self) -> list[Contact]:
        """Every contact, oldest first."""
        return self.read(lambda s: list(s.scalars(select(Contact).order_by(Contact.id))))

    def notices(self, kind: str, **wanted: Any) -> list[Notice]:
        """Every notice of a kind."""
        query = select(Notice).filter_by(kind=kind, **wanted).order_by(Notice.id)
        return self.read(lambda s: list(s.scalars(query)))

    def settled(self) -> None:
        """Wait until nothing is confirmed without being handled, and no lease is held."""
        self.client.wait_idle()
        until(
            lambda: self.count(Received, Received.state.in_(["new", "answered"])) == 0,
            "every update is settled",
        )

    def intact(self) -> None:
        """I4: the database passes its own integrity check, and nothing was parked on the way."""
        if self.database.is_sqlite:
            found = self.read(lambda s: s.execute(text("PRAGMA integrity_check")).scalars().all())
            assert found == ["ok"]
            assert self.read(lambda s: s.execute(text("PRAGMA foreign_key_check")).all()) == []
        assert self.count(Received, Received.state == "parked") == 0
        assert self.count(Notice, Notice.state == "parked") == 0
