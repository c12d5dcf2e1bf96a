"""The real program with a small bank in its database, for the benchmarks that need one."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.bot_api import TOKEN
from domain.people import Role
from services import clients, people
from services.routines import plan_all
from storage import migrate
from storage import people as stored_people
from storage.database import Database

OUT = Path(__file__).parent / "out"
CORES = "绿源鼎盛泰锦程远景博雅恒信永安嘉禾瑞丰启宏图石云帆海纳德润百川新"
TRADES = ("食品", "科技", "机械", "贸易", "物流", "纺织", "化工", "建材", "电子", "医药")
FIRST_CHAT = 7_000_001


@dataclass(frozen=True, slots=True)
class Bank:
    """A database file, and whose clients are called what (chat id → short names)."""

    path: Path
    portfolios: dict[int, list[str]]


def make_bank(path: Path, managers: int, clients_each: int) -> Bank:
    """A migrated database with onboarded managers and their clients; written once, then copied."""
    path.parent.mkdir(exist_ok=True)
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    migrate.upgrade(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    names = iter(_names(managers * clients_each))
    portfolios = {}
    for number in range(managers):
        mine = [next(names) for _ in range(clients_each)]
        database.write_now(lambda s, n=number, m=mine: _enter(s, n, m))
        portfolios[FIRST_CHAT + number] = mine
    database.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Bank(path, portfolios)


def _names(count: int) -> list[str]:
    dice, names = random.Random(7), dict.fromkeys(())
    while len(names) < count:
        names["".join(dice.choices(CORES, k=4)) + dice.choice(TRADES)] = None
    return list(names)


def _enter(session: Any, number: int, names: list[str]) -> None:
    now = datetime.now(UTC)  # noqa: TID251 – a benchmark has no clock of its own
    people.invite(session, Role.MANAGER, f"经理{number}", "城东", now)
    row = stored_people.by_name(session, f"经理{number}")
    assert row is not None
    row.telegram_id, row.lang, row.onboarded_at = FIRST_CHAT + number, "zh", now
    session.flush()
    plan_all(session, row, now)
    for name in names:
        clients.create(session, row.as_actor(), f"{name}有限公司", now)


def copy_of(bank: Bank, name: str) -> Path:
    """A fresh copy of the database file."""
    target = OUT / name
    for old in OUT.glob(f"{name}*"):
        old.unlink()
    shutil.copy(bank.path, target)
    return target


def message(chat_id: int, number: int, text: str) -> dict[str, Any]:
    """A text message as the Bot API delivers it."""
    person = {"id": chat_id, "is_bot": False, "first_name": "经理", "language_code": "zh-hans"}
    return {
        "message_id": number, "date": int(time.time()), "text": text, "from": person,
        "chat": {"id": chat_id, "type": "private", "first_name": "经理"},
    }  # fmt: skip


def rounds(api: str, database: Path) -> tuple[list[str], dict[str, str]]:
    """The command and the environment of ``rounds run`` against a local Bot API."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ROUNDS_")} | {
        "ROUNDS_TELEGRAM__TOKEN": TOKEN,
        "ROUNDS_TELEGRAM__API_URL": api,
        "ROUNDS_STORAGE__URL": f"sqlite:///{database.resolve()}",
    }
    return [sys.executable, "-m", "bot", "run"], environment


@contextmanager
def running(command: list[str], environment: dict[str, str] | None, log: Path,
            ) -> Iterator[subprocess.Popen[bytes]]:  # fmt: skip
    """A subprocess with its output in a file, ended by SIGTERM."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used so far, all threads, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(pid: int) -> float:
    """Resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
