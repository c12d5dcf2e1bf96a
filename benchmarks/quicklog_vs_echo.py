"""Durable quick-logs of ``rounds run`` beside a bare echo bot, over the same local Bot API.

    python -m benchmarks.quicklog_vs_echo [--pairs 5] [--people 50] [--each 20]

Every round starts each program anew, warms it up, lays all updates ready at once and takes the
time until the last answer. The programs take turns, so that a busy machine hurts all alike; what
counts is the median of the ratios of a round. After each round the database is counted: as many
contacts as messages, each with its text, every update done.
"""

import argparse
import asyncio
import json
import platform
import sqlite3
import statistics
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.assistant import (
    OUT,
    Bank,
    copy_of,
    cpu_seconds,
    make_bank,
    message,
    rounds,
    running,
)
from benchmarks.bot_api import BotApi, Feed

LOG = "拜访了{}，谈了设备更新，客户很满意"
LOG_AND_NEXT = "访 {} 谈续贷500万 下周三下午跟进"
ECHOES = {"echo, stock": [], "echo, 32 at once": ["32"]}
LOGS = {"quick-log": LOG, "quick-log with next step": LOG_AND_NEXT}
WARM_UP_EACH = 4


@dataclass(frozen=True, slots=True)
class Run:
    """One program's round."""

    per_second: float
    cpu_ms: float  # processor time per update
    first_answer_ms: float


class Bench:
    """The server and the bank that every round uses."""

    def __init__(self, api: BotApi, root: str, bank: Bank, each: int) -> None:
        self._api, self._root, self._bank, self._each = api, root, bank, each

    async def echo(self, arguments: list[str]) -> Run:
        """A round of the bare echo bot."""
        command = [sys.executable, "-m", "benchmarks.echo_bot", self._root, *arguments]
        run, _, _ = await self._round(command, None, LOG)
        return run

    async def quicklog(self, text: str) -> Run:
        """A round of the real program, checked against its database."""
        database = copy_of(self._bank, "quicklog.sqlite")
        run, feed, sent = await self._round(*rounds(self._root, database), text)
        assert all(answer.has_keyboard for answer in feed.answers), "an answer without buttons"
        check(database, sent, text)
        return run

    async def _round(self, command: list[str], environment: dict[str, str] | None,
                     text: str) -> "tuple[Run, Feed, list[dict[str, Any]]]":  # fmt: skip
        self._api.expect_bot()
        with running(command, environment, OUT / "program.log") as process:
            await asyncio.wait_for(self._api.first_poll.wait(), 30)
            warm = self._messages(text, 0, WARM_UP_EACH)
            await self._api.feed(warm, 60)
            await asyncio.sleep(0.3)
            before = cpu_seconds(process.pid)
            main = self._messages(text, WARM_UP_EACH, self._each)
            feed = await self._api.feed(main, 120)
            await asyncio.sleep(0.3)
            used = cpu_seconds(process.pid) - before
        count = len(main)
        first = feed.answers[0].at - feed.begun
        return Run(count / feed.seconds, used / count * 1e3, first * 1e3), feed, warm + main

    def _messages(self, text: str, first: int, each: int) -> list[dict[str, Any]]:
        """``each`` messages of everybody, as people write: in turns, each about an own client."""
        return [
            message(chat_id, number + 1, text.format(names[number % len(names)]))
            for number in range(first, first + each)
            for chat_id, names in self._bank.portfolios.items()
        ]


def check(database: Path, sent: list[dict[str, Any]], text: str) -> None:
    """What was sent is in the database: every text a contact of the right client, once."""
    with sqlite3.connect(database) as connection:
        rows = connection.execute(
            "SELECT contact.chat_id, message_id, note,"
            " instr(note, replace(client.name, '有限公司', ''))"
            " FROM contact JOIN client ON client.id = contact.client_id"
        ).fetchall()
        open_rows = connection.execute("SELECT count(*) FROM inbox WHERE state != 'done'")
        assert open_rows.fetchone() == (0,), "updates that are not done"
        (followups,) = connection.execute("SELECT count(*) FROM followup").fetchone()
    assert all(row[3] for row in rows), "a contact with the wrong client"
    wanted = sorted((m["chat"]["id"], m["message_id"], m["text"]) for m in sent)
    assert sorted(row[:3] for row in rows) == wanted, "contacts differ from what was sent"
    assert followups == (len(sent) if text == LOG_AND_NEXT else 0), "follow-ups"


async def measure(pairs: int, people: int, each: int) -> dict[str, list[Run]]:
    """All rounds, in turns."""
    bank = make_bank(OUT / "bank.sqlite", people, 100)
    api = BotApi()
    bench = Bench(api, await api.start(), bank, each)
    runs: dict[str, list[Run]] = {name: [] for name in (*ECHOES, *LOGS)}
    for number in range(pairs):
        for name, arguments in ECHOES.items():
            runs[name].append(await bench.echo(arguments))
        for name, text in LOGS.items():
            runs[name].append(await bench.quicklog(text))
        print(f"round {number + 1}: " + ", ".join(
            f"{name} {found[-1].per_second:.0f}/s" for name, found in runs.items()))  # fmt: skip
    api.close()
    return runs


def ratios(runs: dict[str, list[Run]]) -> dict[str, float]:
    """Median over the rounds of quick-log / echo, for every variant of both."""
    return {
        f"{log} : {echo}": statistics.median(
            a.per_second / b.per_second for a, b in zip(runs[log], runs[echo], strict=True)
        )
        for log in LOGS
        for echo in ECHOES
    }


def report(runs: dict[str, list[Run]], people: int, each: int) -> dict[str, Any]:
    """The figures as they are printed and kept."""
    medians = {
        name: {
            key: round(statistics.median(getattr(run, key) for run in found), 2)
            for key in ("per_second", "cpu_ms", "first_answer_ms")
        }
        for name, found in runs.items()
    }
    return {
        "ratios": {name: round(value, 3) for name, value in ratios(runs).items()},
        "medians": medians,
        "runs": {name: [asdict(run) for run in found] for name, found in runs.items()},
        "people": people, "messages_each": each, "python": platform.python_version(),
    }  # fmt: skip


def main() -> None:
    """Measure, print, keep."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=int, default=5)
    options.add_argument("--people", type=int, default=50)
    options.add_argument("--each", type=int, default=20)
    given = options.parse_args()
    OUT.mkdir(exist_ok=True)
    runs = asyncio.run(measure(given.pairs, given.people, given.each))
    result = report(runs, given.people, given.each)
    for name, value in result["ratios"].items():
        print(f"{value:6.2f}  {name}")
    for name, found in result["medians"].items():
        print(f"{found['per_second']:6.0f}/s  {found['cpu_ms']:5.2f} ms cpu an update  {name}")
    (OUT / "quicklog_vs_echo.json").write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
